"""The settings: each with its value and what it is for; a change works at once and is written down."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from hipcoach.audio.speech import NO_SPEECH
from hipcoach.live.drafts import SETTING, continued
from hipcoach.live.services import Services
from hipcoach.live.writer import result_of
from hipcoach.storage.settings import Setting, Settings, all_settings, why_not_written
from hipcoach.ui.format import count_text
from hipcoach.ui.screens.choice import Answer, ChoiceScreen
from hipcoach.ui.screens.keys import KeysScreen
from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.screens.value_editor import ValueEditor
from hipcoach.ui.setting_changes import change_setting
from hipcoach.ui.widgets.fitting_footer import FittingFooter
from hipcoach.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from hipcoach.ui.app import HipcoachApp

KEYS = "keys"
"""The row that leads to the keys."""
THEME = "look.theme"
HEADINGS = {
    "session.lead_in": "Times",
    "session.level": "Routines",
    "audio.volume": "Sound",
    "speech.on": "Speech",
    THEME: "Looks",
    "week.goal": "Week",
}
"""The headings, by the setting that stands first under each."""
TITLE_WIDTH = max(len(setting.title) for setting in all_settings().values()) + 2
FEW = 2
"""As many words as enter goes through; of more it has one choose."""


class SettingsScreen(Steady, Screen[None]):
    """Every setting, explained where it stands."""

    CSS_PATH = "settings.tcss"
    AUTO_FOCUS = "#rows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "edit", "Change", id="settings.edit", tooltip="Choose, switch or write the value"),
        Binding("right,plus,equals_sign", "move(1)", "More", id="settings.more", tooltip="The next value"),
        Binding("left,minus", "move(-1)", "Less", id="settings.less", tooltip="The value before"),
        Binding("backspace,delete", "reset", "Default", id="settings.reset", tooltip="The default again"),
        Binding("escape,q,comma", "back", "Back", id="settings.back", tooltip="Back to where you were"),
    ]

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self._marked = ""

    @property
    def coach(self) -> HipcoachApp:
        """The app, as what it is."""
        return cast("HipcoachApp", self.app)

    def compose(self) -> ComposeResult:
        """Where they are kept, and the list."""
        path = f"  {shortened(self.services.paths.settings)}"
        yield Static(Content.assemble(("Settings", "bold"), (path, "dim")), id="heading")
        yield Static("", id="problem")
        yield RowList(id="rows")
        yield FittingFooter("reset", "move(-1)", "move(1)")

    def on_mount(self) -> None:
        """Fill the list, and say at once if nothing can be written."""
        rows = self.query_one(RowList)
        for name, setting in all_settings().items():
            if name in HEADINGS:
                rows.add_option(_heading(HEADINGS[name], first=not rows.option_count))
            rows.add_option(Option(self._row(setting), id=name))
        rows.add_option(_heading("Keys"))
        rows.add_option(Option(self._keys_row(), id=KEYS))
        rows.highlighted = 1
        self._tell_of(self.services.writer.write(partial(why_not_written, self.services.paths.settings)))
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._show_all())

    def on_screen_resume(self) -> None:
        """Back from the keys, or a dialog."""
        self._show_all()

    @property
    def _setting(self) -> Setting | None:
        """The setting under the cursor; None on the row of the keys."""
        rows = self.query_one(RowList)
        if rows.highlighted is None:
            return None
        name = rows.get_option_at_index(rows.highlighted).id
        return None if name is None or name == KEYS else all_settings()[name]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the setting under the cursor can do."""
        if action in ("move", "reset") and self.is_mounted:
            setting = self._setting
            if setting is None:
                return False
            if action == "reset":
                return bool(setting.value(self.services.settings) != setting.value(Settings()))
            return _is_movable(setting)
        return True

    def on_option_list_option_highlighted(self) -> None:
        """Mark the row that the arrows change."""
        now = self._setting
        before, self._marked = self._marked, now.key if now else ""
        if before and before != self._marked:
            self._show(all_settings()[before])
        if now:
            self._show(now)
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on a row."""
        event.stop()
        self.action_edit()

    def action_move(self, by: int) -> None:
        """The next value, or the one before."""
        setting = self._setting
        if setting is not None:
            value = setting.value(self.services.settings)
            if setting.key == THEME:
                names = sorted(self.app.available_themes)
                self._change(setting, names[(names.index(value) + by) % len(names)])
            else:
                self._change(setting, setting.moved(value, by))

    def action_reset(self) -> None:
        """The default again."""
        setting = self._setting
        if setting is not None:
            self._change(setting, None)

    @work(exclusive=True, group="edit")
    async def action_edit(self) -> None:
        """Choose, switch or write the value; or go to the keys."""
        setting = self._setting
        if setting is None:
            self.app.push_screen(KeysScreen(self.services))
            return
        value = setting.value(self.services.settings)
        if setting.key == THEME:
            self.app.search_themes()
        elif setting.kind in (int, str):
            draft = await asyncio.to_thread(continued, self.services, SETTING + setting.key)
            wanted = await self.app.push_screen_wait(ValueEditor(setting, value, draft))
            draft.drop()
            if wanted is not None:
                self._change(setting, wanted)
        elif setting.kind is bool or len(setting.labels) <= FEW:
            self._change(setting, setting.moved(value, 1))
        else:
            self._change(setting, setting.kind(await self._chosen(setting, value)))

    async def _chosen(self, setting: Setting, now: str) -> str:
        answers = tuple(
            Answer(word, str(number), label + (" (now)" if word == now else ""))
            for number, (word, label) in enumerate(setting.labels.items(), 1)
        )
        chosen: str = await self.app.push_screen_wait(
            ChoiceScreen(setting.title, setting.about, answers, harmless=now)
        )
        return chosen

    def action_back(self) -> None:
        """Back to where the settings were opened."""
        self.dismiss(None)

    def _change(self, setting: Setting, value: Any) -> None:
        if value is not None and value == setting.value(self.services.settings):
            return
        self._tell_of(change_setting(self.coach, setting, value))
        self._show(setting)
        self.refresh_bindings()
        if setting.key == "speech.on" and self.services.settings.speech.on and self.services.speech is None:
            self.notify(NO_SPEECH, title="No speech", timeout=6)

    @work(exclusive=True, group="problem")
    async def _tell_of(self, written: Future[str]) -> None:
        """Show what keeps the settings from being written, once that is known."""
        problem = await result_of(written)
        line = self.query_one("#problem", Static)
        line.update(Content(problem))
        line.set_class(bool(problem), "-shown")

    def _show(self, setting: Setting) -> None:
        self.query_one(RowList).replace_option_prompt(setting.key, self._row(setting))

    def _show_all(self) -> None:
        rows = self.query_one(RowList)
        if rows.option_count:
            for setting in all_settings().values():
                self._show(setting)
            rows.replace_option_prompt(KEYS, self._keys_row())

    def _row(self, setting: Setting) -> Content:
        value, usual = (setting.value(each) for each in (self.services.settings, Settings()))
        marked = setting.key == self._marked
        shown = setting.shown(value)
        parts: list[str | tuple[str, str]] = [
            (f"{setting.title:<{TITLE_WIDTH}}", "bold"),
            (f"‹ {shown} ›" if marked and _is_movable(setting) else f"  {shown}", "bold $accent"),
        ]
        if value != usual:
            parts.append((f"   default: {setting.shown(usual)}", "dim"))
        return Content.assemble(*parts, "\n", (setting.about, "dim"))

    def _keys_row(self) -> Content:
        changed = len(self.services.settings.keys)
        shown = f"  {count_text(changed, 'key')} changed" if changed else "  as they come"
        return Content.assemble(
            (f"{'Keys':<{TITLE_WIDTH}}", "bold"),
            (shown, "bold $accent"),
            "\n",
            ("Give any action of any screen another key. Enter lists them.", "dim"),
        )


def shortened(path: Path) -> str:
    """A path with a tilde for the user's home."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def _is_movable(setting: Setting) -> bool:
    """Whether the arrows change it: all but a text that anything may stand in."""
    return setting.kind is not str or setting.key == THEME


def _heading(text: str, *, first: bool = False) -> Option:
    return Option(Content(("" if first else "\n") + text.upper()), disabled=True)
