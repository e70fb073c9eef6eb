"""Help: the keys of the screen one came from, what the sounds mean, and the words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from hipcoach.audio.sound_table import Sound, all_sounds
from hipcoach.audio.sounds import TimedSound
from hipcoach.live.services import Services
from hipcoach.ui.key_words import key_words
from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.widgets.steady_list import SteadyList
from hipcoach.ui.words import WORDS

Row = tuple[str, str, bool]
"""Keys or a word, what it means, and whether the key does anything now."""


class HelpScreen(Steady, ModalScreen[None]):
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
        here, everywhere = self._keys()
        with VerticalScroll(id="box"):
            yield Static("Keys here", classes="heading")
            yield Static(_rows(here))
            yield Static("Keys everywhere", classes="heading")
            yield Static(_rows(everywhere))
            yield Static("Sounds (s, then arrows and enter to hear one)", classes="heading")
            yield SteadyList(
                *(Option(_sound_row(sound), id=sound.name) for sound in all_sounds()), id="sounds"
            )
            yield Static("Words", classes="heading")
            yield Static(_rows([(word, about, True) for word, about in WORDS.items()]))
            yield Static("escape: back    keys can be changed in the settings", classes="heading")

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
            sounds.set_volume(self.services.settings.audio.volume / 100)
            sounds.set_muted(False)
            self._heard_from = now + sounds.head_start
        if now < self._heard_from:
            # A device that has just been opened would swallow what comes at once.
            sounds.cancel()
            sounds.schedule([TimedSound(name, self._heard_from)])
        else:
            sounds.play(name)

    def _keys(self) -> tuple[list[Row], list[Row]]:
        """The keys of the screen below with its list, and those of the app; what is not possible now too."""
        owner, chosen = self.owner, self.services.settings.keys
        possible = {active.binding.id or active.binding.action for active in owner.active_bindings.values()}
        nodes: list[DOMNode] = [owner]
        nodes += [] if owner.focused is None else [owner.focused]

        def rows(node: DOMNode) -> Iterator[Row]:
            for each in type(node).__dict__.get("BINDINGS", ()):
                if isinstance(each, Binding) and type(node).__module__.startswith("hipcoach."):
                    about = each.tooltip if each.id else each.description
                    keys = key_words(self.app, each, chosen.get(each.id or ""))
                    yield keys, about, (each.id or each.action) in possible

        here = [row for node in nodes for row in rows(node)]
        # What the screen has a key of its own for is not named twice.
        return here, [row for row in rows(self.app) if row[2]]


def _left_width() -> int:
    """Cells of keys and words, so that all tables of the page line up."""
    return max(*(len(sound.name) for sound in all_sounds()), *map(len, WORDS))


def _sound_row(sound: Sound) -> Text:
    described = f"  {sound.pitches} Hz, {sound.length:g} s"
    return Text.assemble((f"{sound.name:<{_left_width() + 2}}", "bold"), sound.meaning, (described, "dim"))


def _rows(rows: list[Row]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(min_width=_left_width())
    table.add_column(ratio=1)
    for left, right, possible in rows:
        text = Text(right) if possible else Text(f"{right} (not now)", style="dim")
        table.add_row(Text(left, style="bold" if possible else "dim"), text)
    return table
