"""Help: the keys of the screen one came from, what the sounds mean, and the words."""

from __future__ import annotations

import math
from typing import Any, ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from hipcoach.audio.api import TimedSound
from hipcoach.audio.sound_table import SOUNDS, Sound
from hipcoach.ui.screens.one_size import OneSize
from hipcoach.ui.services import Services
from hipcoach.ui.widgets.steady_list import SteadyList

NAME_WIDTH = max(len(sound.name) for sound in SOUNDS) + 2
WORDS = {
    "rep": "one complete movement, from the starting pose and back to it",
    "set": "reps or a hold without a pause",
    "hold": "staying in a stretch, counted in seconds",
    "round": "once through a circuit",
    "lead-in": "the seconds in which you get ready",
    "switch": "the change to the other side",
    "suggested": "a number the source does not give; it is ours, and the plan says where it comes from",
    "own pace": "you count the reps yourself and press enter when the set is done",
}


class HelpScreen(OneSize, ModalScreen[None]):
    """Help for the screen it is opened from. `in_session`: whether sound is open there already."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "#box"  # so that the arrow keys scroll at once
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "close", "Back", id="help.back", tooltip="Back to where you were"),
        Binding("s", "sounds", "Sounds", id="help.sounds", tooltip="To the sounds, to hear them"),
    ]

    def __init__(self, owner: Screen[Any], services: Services, *, in_session: bool = False) -> None:
        super().__init__()
        self.owner = owner
        self.services = services
        self.in_session = in_session
        self._heard_from = float("-inf") if in_session else float("inf")

    def compose(self) -> ComposeResult:
        """Keys, sounds, words."""
        with VerticalScroll(id="box"):
            yield Static("Keys", classes="heading")
            yield Static(_rows(self._keys()))
            yield Static("Sounds (s, then arrows and enter to hear one)", classes="heading")
            yield SteadyList(*(Option(_sound_row(sound), id=sound.name) for sound in SOUNDS), id="sounds")
            yield Static("Words", classes="heading")
            yield Static(_rows(WORDS))
            yield Static("escape: back", classes="heading")

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)

    def action_sounds(self) -> None:
        """To the sounds."""
        sounds = self.query_one("#sounds", OptionList)
        sounds.focus()
        if sounds.highlighted is None:
            sounds.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Let a sound be heard."""
        event.stop()
        self._play(event.option_id or "")

    def on_unmount(self) -> None:
        """Let go of a device that was opened for this page."""
        if not self.in_session and math.isfinite(self._heard_from):
            self.services.sounds.rest()

    def _play(self, name: str) -> None:
        sounds, now = self.services.sounds, self.services.clock()
        if self._heard_from == math.inf:
            sounds.open()
            sounds.set_volume(self.services.settings.volume / 100)
            sounds.set_muted(False)
            self._heard_from = now + sounds.head_start
        if now < self._heard_from:
            # A device that has just been opened would swallow what comes at once.
            sounds.cancel()
            sounds.schedule([TimedSound(name, self._heard_from)])
        else:
            sounds.play(name)

    def _keys(self) -> dict[str, str]:
        rows: dict[str, list[str]] = {}
        bindings = self.owner.active_bindings.items()
        # What holds everywhere comes last.
        for key, active in sorted(bindings, key=lambda each: (each[1].binding.id or "").startswith("app.")):
            binding = active.binding
            if binding.id is not None and binding.description:
                about = ": ".join(filter(None, (binding.description, binding.tooltip)))
                text = f"{about}  ({binding.id})"
                rows.setdefault(text, []).append(
                    self.app.get_key_display(binding) if key == binding.key else key
                )
        return {" ".join(keys): text for text, keys in rows.items()}


def _sound_row(sound: Sound) -> Text:
    described = f"  {sound.pitches} Hz, {sound.length:g} s"
    return Text.assemble((f"{sound.name:<{NAME_WIDTH}}", "bold"), sound.meaning, (described, "dim"))


def _rows(rows: dict[str, str]) -> Table:
    table = Table.grid(padding=(0, 2))
    for left, right in rows.items():
        table.add_row(Text(left, style="bold"), Text(right))
    return table
