"""What the coach says beside the count: a cue's word, how to do it, and the rhythm of the repetition."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from hipcoach.ui.format import hanging
from hipcoach.ui.widgets.dressed_lines import DressedLines
from hipcoach.ui.widgets.one_line import fitted

RHYTHM_WIDTH = 12
"""Cells of the rhythm's bar."""
BESIDE = 30
"""Cells that the words of a rhythm need beside its bar, so that no phase of a bundled exercise is wrapped;
with less they all stand below it, and nothing jumps from phase to phase."""
BLANK = ("", "")
WORD, RHYTHM = "coaching--word", "coaching--rhythm"


class Coached(Struct, frozen=True):
    """What is to be said at one moment."""

    word: str = ""
    """Of a cue; it has a row of its own also where there is none, so that nothing moves when it comes."""
    setup: str = ""
    """The description of an exercise and how to get into position."""
    cues: tuple[str, ...] = ()
    rhythm: str = ""
    """The phase of the repetition."""
    through: int = 0
    """Cells of the rhythm's bar that are filled, up to `RHYTHM_WIDTH`."""


class Coaching(DressedLines):
    """Stands in the middle of its height. Where description and cues do not both fit, the description comes
    first. It wraps its text itself, so that the screen is not laid out anew for another."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {WORD, RHYTHM}
    DEFAULT_CSS = """
    Coaching > .coaching--word { text-style: bold reverse; }
    Coaching > .coaching--rhythm { color: $secondary; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.said = Coached()
        self._rows: list[tuple[str, str]] = []
        self._rows_for: tuple[Coached, int, int] | None = None
        """What the rows were made for: all but the bar, width and height in cells."""

    def show(self, said: Coached) -> None:
        """Say this from now on."""
        before, self.said = self.said, said
        if _but_the_bar(said) != _but_the_bar(before):
            self.refresh()
        elif said.through != before.through:
            place = self._top() + self._bar_row()
            self.refresh(Region(0, place, self.size.width, 1))

    def line(self, y: int, width: int) -> Strip:
        """A row of the block, or a blank one above or below it."""
        rows = self._laid_out(width, self._kept_at.height)
        place = y - self._top()
        text, look = rows[place] if 0 <= place < len(rows) else ("", "")
        if look == RHYTHM and place == self._bar_row():
            text = _bar(self.said.through) + text[RHYTHM_WIDTH:]
        text = fitted(text, width)
        rest = Segment(" " * (width - cell_len(text)), self.finished(""))
        return Strip([Segment(text, self.finished(look)), rest], width)

    def _top(self) -> int:
        return max(0, (self._kept_at.height - len(self._rows)) // 2)

    def _bar_row(self) -> int:
        return next((place for place, (_, look) in enumerate(self._rows) if look == RHYTHM), 0)

    def _laid_out(self, width: int, height: int) -> list[tuple[str, str]]:
        """Each row's text and look, kept until what is said or the room is another."""
        wanted = _but_the_bar(self.said), width, height
        if self._rows_for != wanted:
            self._rows_for, self._rows = wanted, rows_of(self.said, width, height)
        return self._rows


def rows_of(said: Coached, width: int, height: int) -> list[tuple[str, str]]:
    """Rows of text, each with its look, for `width` x `height` cells; at most `height`, where any fit."""
    rhythm = [(line, RHYTHM) for line in _rhythm(said.rhythm, width)]
    setup = [line.plain for line in Content(said.setup).wrap(width)] if said.setup and width > 0 else []
    cues = [line for cue in said.cues for line in hanging(f"• {cue}", width).split("\n")]
    word = [(f" {said.word} ", WORD)] if said.word else [BLANK]
    body = [*setup, "", *cues] if setup and cues else setup or cues
    only_word = word if said.word else []
    # First without blanks, then without the word's own row, then without the cues.
    for texts, gap, before in (
        (body, [BLANK], word),
        (body, [], word),
        (body, [], only_word),
        (setup or cues, [BLANK], word),
        (setup or cues, [], word),
        (setup or cues, [], only_word),
    ):
        told = [(line, "") for line in texts]
        rows = [*before, *(gap + told if told else []), *(gap + rhythm if rhythm else [])]
        if len(rows) <= height:
            return rows
    # The rhythm goes on from moment to moment, a text has been read by the third repetition.
    room = max(0, height - len(before) - len(rhythm))
    cut = [*told[: room - 1], (told[room - 1][0] + " …", "")] if 0 < room < len(told) else told[:room]
    return [*before, *cut, *rhythm][: max(0, height)]


def _rhythm(words: str, width: int) -> list[str]:
    """Bar and words beside or below each other; the bar comes first, and is filled where it is drawn."""
    if not words or width <= 0:
        return []
    if width >= RHYTHM_WIDTH + 1 + max(BESIDE, cell_len(words)):
        return [f"{_bar(0)} {words}"]
    return [_bar(0), *(line.plain for line in Content(words).wrap(width))]


def _bar(filled: int) -> str:
    return "●" * filled + "○" * (RHYTHM_WIDTH - filled)


def _but_the_bar(said: Coached) -> Coached:
    return replace(said, through=0) if said.through else said
