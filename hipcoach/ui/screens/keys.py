"""The keys of every screen: choose an action, press its new key."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from hipcoach.live.services import Services
from hipcoach.live.writer import result_of
from hipcoach.ui.key_words import key_words
from hipcoach.ui.keymap import Naming, key_faults, known_bindings, places
from hipcoach.ui.screens.key_capture import KeyCapture
from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.setting_changes import change_keys, with_keys
from hipcoach.ui.widgets.fitting_footer import FittingFooter
from hipcoach.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from hipcoach.ui.app import HipcoachApp

KEY_WIDTH = 12
"""Cells; longer ones push the rest to the right."""


class KeysScreen(Steady, Screen[None]):
    """Every action with its keys."""

    CSS_PATH = "keys.tcss"
    AUTO_FOCUS = "#rows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "capture(False)", "New key", id="keys.change", tooltip="Give it another key"),
        Binding(
            "plus,equals_sign", "capture(True)", "One more", id="keys.add", tooltip="Give it one more key"
        ),
        Binding("backspace,delete", "reset", "Default", id="keys.reset", tooltip="Its own keys again"),
        Binding("escape,q", "back", "Back", id="keys.back", tooltip="Back to the settings"),
    ]

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.known = known_bindings()
        self.naming = Naming(self._action_words, lambda key: key_words(self.app, Binding(key, "", "")))

    def compose(self) -> ComposeResult:
        """The list, and what is wrong with the keys as they are."""
        yield Static(
            Content.assemble(
                ("Keys", "bold"), ("  enter, then press the new key. Under [keys] in the file.", "dim")
            ),
            id="heading",
        )
        yield Static("", id="problem")
        yield RowList(id="rows")
        yield FittingFooter("reset", "capture(True)")

    def on_mount(self) -> None:
        """Fill the list."""
        rows = self.query_one(RowList)
        for place in places():
            title = Content(("\n" if rows.option_count else "") + place.title.upper())
            rows.add_option(Option(title, disabled=True))
            rows.add_options(Option(self._row(name), id=name) for name in place.bindings)
        rows.highlighted = 1
        self._tell("")

    @property
    def _chosen(self) -> str | None:
        rows = self.query_one(RowList)
        return None if rows.highlighted is None else rows.get_option_at_index(rows.highlighted).id

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the default where there is another key now."""
        if action == "reset" and self.is_mounted:
            return self._chosen in self.services.settings.keys
        return True

    def on_option_list_option_highlighted(self) -> None:
        """Another action: its keys may be its own, or not."""
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on a row."""
        event.stop()
        self.action_capture(False)

    @work(exclusive=True, group="capture")
    async def action_capture(self, more: bool) -> None:
        """Ask for a key, and give it to the action in place of the others or beside them."""
        name = self._chosen
        if name is None:
            return
        binding, keys = self.known[name], self.services.settings.keys
        now = keys.get(name, binding.key)

        def wanted(key: str) -> str:
            return f"{now},{key}" if more else key

        def faults(key: str) -> list[str]:
            before = set(self._faults(keys))
            return [each for each in self._faults(with_keys(keys, name, wanted(key))) if each not in before]

        heading = f"{binding.description or binding.tooltip}: {key_words(self.app, binding, now)}"
        key = await self.app.push_screen_wait(KeyCapture(heading, binding.tooltip or "", faults))
        if key is not None:
            self._set(name, wanted(key))

    def action_reset(self) -> None:
        """Its own keys again."""
        if self._chosen is not None:
            self._set(self._chosen, None)

    def action_back(self) -> None:
        """Back to the settings."""
        self.dismiss(None)

    def _set(self, name: str, keys: str | None) -> None:
        self._tell_of(change_keys(cast("HipcoachApp", self.app), name, keys))
        self.query_one(RowList).replace_option_prompt(name, self._row(name))
        self.refresh_bindings()

    @work(exclusive=True, group="problem")
    async def _tell_of(self, written: Future[str]) -> None:
        self._tell("")
        self._tell(await result_of(written))

    def _tell(self, problem: str) -> None:
        """Say what could not be written, and what is wrong with the keys as they are."""
        lines = [problem, *self._faults(self.services.settings.keys)]
        line = self.query_one("#problem", Static)
        line.update(Content("\n".join(filter(None, lines))))
        line.set_class(any(lines), "-shown")

    def _faults(self, keys: Mapping[str, str]) -> list[str]:
        return key_faults(keys, self.naming)

    def _action_words(self, name: str) -> str:
        """An action as its row calls it."""
        return f"“{self.known[name].tooltip}”"

    def _row(self, name: str) -> Content:
        binding, own = self.known[name], self.services.settings.keys.get(name)
        words = key_words(self.app, binding, own)
        parts: list[str | tuple[str, str]] = [
            (f"{words:<{KEY_WIDTH}} ", "bold $accent"),
            binding.tooltip or "",
        ]
        if own is not None:
            parts.append((f"   default: {key_words(self.app, binding)}", "dim"))
        return Content.assemble(*parts, (f"   {name}", "dim"))
