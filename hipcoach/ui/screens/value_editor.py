"""Asks for the value of a setting that is a number or a text."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from hipcoach.errors import SettingsError
from hipcoach.live.drafts import KEEP_EVERY, Draft
from hipcoach.storage.settings import Setting
from hipcoach.ui.screens.steady import Steady


class ValueEditor(Steady, ModalScreen[Any]):
    """Dismissed with the value, or None where it is to stay as it was. What is wrong is said as one types."""

    CSS_PATH = "value_editor.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Leave it", id="value.cancel", tooltip="Leave the value as it was"),
    ]

    def __init__(self, setting: Setting, value: int | str, draft: Draft) -> None:
        """`draft`: keeps what is written, and is what there is to begin with where it holds something."""
        super().__init__()
        self.setting = setting
        self.value = value
        self.draft = draft
        self.first = draft.text or str(value)

    def compose(self) -> ComposeResult:
        """What it is for, a line to write in, what is allowed or wrong."""
        with Vertical(id="box"):
            yield Static(Content(self.setting.title), id="heading")
            yield Static(Content(self.setting.about), id="about")
            yield Input(self.first, max_length=200, select_on_focus=self.draft.text is None)
            yield Static(Content(f"{self.setting.allowed} · enter takes it · escape leaves it"), id="allowed")

    def on_mount(self) -> None:
        """Keep what is written every now and then; say what is wrong with what was kept."""
        self.set_interval(KEEP_EVERY, self.keep_unsaved)
        self._understood(self.first)

    def keep_unsaved(self) -> None:
        """Keep what is written as a draft."""
        text = self.query_one(Input).value
        self.draft.keep(text if text and text != str(self.value) else None)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say at once what is wrong."""
        self._understood(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the value, if it is one."""
        value = self._understood(event.value)
        if value is not None:
            self.dismiss(value)

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)

    def _understood(self, text: str) -> int | str | None:
        line = self.query_one("#allowed", Static)
        try:
            value = self.setting.understood(text)
        except SettingsError as error:
            line.add_class("-wrong")
            line.update(Content(error.message))
            return None
        line.remove_class("-wrong")
        line.update(Content(f"{self.setting.allowed} · enter takes it · escape leaves it"))
        return value
