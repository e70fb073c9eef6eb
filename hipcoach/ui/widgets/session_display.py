"""What is drawn of a live session: readable from two metres, and from the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from hipcoach.core.cues import Cue
from hipcoach.core.plan import StepSide
from hipcoach.ui.format import hanging
from hipcoach.ui.session_view import Mode, SessionView
from hipcoach.ui.widgets.bar import Bar
from hipcoach.ui.widgets.figure_view import FigureView
from hipcoach.ui.widgets.kept_lines import Backdrop, KeptLines
from hipcoach.ui.widgets.pixel_text import PixelText

if TYPE_CHECKING:
    from hipcoach.core.figure.drawing import Drawing

FLASH = 0.25
"""Seconds a flash lasts."""
CUE_SHOWN = 1.6
"""Seconds a cue's word stays on the screen."""
BLINK = 0.6
"""Seconds a paused count is shown, then not."""
CUE_WORDS = {
    Cue.HALFWAY: "HALFWAY",
    Cue.DIRECTION: "OTHER DIRECTION",
    Cue.SWITCH: "OTHER SIDE",
    Cue.HOLD_END: "AND RELEASE",
    Cue.ROUND_DONE: "ROUND DONE",
    Cue.LAST_TICK: "LAST ONE",
    Cue.START: "GO",
}
ROOMY = 30
"""Rows from which description and cues both fit."""
RHYTHM_WIDTH = 12
"""Cells."""
STEADY = frozenset({"title", "mode", "unit", "next"})
"""One line, as wide as there is room, whatever it says: a change moves nothing else."""
_SHAPE = str.maketrans("●123456789", "○000000000")


class _Row(Horizontal, Backdrop):
    """Parts beside each other."""


class _Column(Vertical, Backdrop):
    """Parts below each other."""


class _Words(Static, KeptLines):
    """A text without border and padding."""


class SessionDisplay(Vertical, Backdrop):
    """The live screen but for the keys. Give it a view with `show`, and each cue with `cue`."""

    def __init__(self) -> None:
        super().__init__(id="display")
        self._cue_word = ""
        self._cue_until = 0.0
        self._flash_until = 0.0
        self._shown: dict[str, str] = {}
        self._wrapped: tuple[tuple[str, ...], int, str] = ((), 0, "")
        self._texts = {
            name: _Words(id=name)
            for name in ("title", "left", "what", "mode", "unit", "cue-word", "cues", "rhythm", "next")
        }
        self._large_name = PixelText(id="name", most=1)
        self._side = PixelText(id="side", most=2)
        self._count = PixelText(id="count")
        self._then = PixelText(id="then", most=1)
        self._step, self._whole = Bar(id="step"), Bar(id="whole")
        self._figure = FigureView(id="figure")
        self._counting, self._coaching = _Column(id="counting"), _Column(id="coaching")
        self._looks: dict[Widget, set[str]] = {}
        """The classes of what looks otherwise in each mode or on each side."""

    def compose(self) -> ComposeResult:
        """The parts, from top to bottom."""
        texts = self._texts
        with _Row(id="top"):
            yield texts["title"]
            yield texts["left"]
        yield self._whole
        yield self._large_name
        yield texts["what"]
        yield self._side
        with _Row(id="middle"):
            with self._counting:
                yield texts["mode"]
                yield self._count
                yield texts["unit"]
                yield self._step
            yield self._figure
            with self._coaching:
                yield texts["cue-word"]
                yield texts["cues"]
                yield texts["rhythm"]
        yield self._then
        yield texts["next"]

    def cue(self, cue: Cue, now: float) -> None:
        """A cue has fallen due: show its word, and flash where it cannot be heard."""
        self._flash_until = now + FLASH
        word = CUE_WORDS.get(cue)
        if word is not None:
            self._cue_word = word
            self._cue_until = now + CUE_SHOWN

    def forget_cue(self) -> None:
        """A command has changed what is going on: the last cue's word is no longer true."""
        self._cue_until = 0.0

    def show(self, view: SessionView, now: float, *, sound: str, flashing: bool) -> None:
        """Show a moment of a session. `flashing`: whether cues have to be seen because they are not heard."""
        paused = view.mode is Mode.PAUSED
        self._set("title", f"{view.title} · {view.place}")
        self._set("left", f"{view.total_left} · {sound}")
        self._set("what", view.what)
        self._set("mode", view.mode_word)
        self._set("unit", view.unit)
        self._set("cue-word", self._cue_word if now < self._cue_until and not paused else "")
        cues = self._hanging(view.cues)
        # A lead-in has time for the whole description; where there is no room for both it comes first.
        roomy = self.size.height >= ROOMY
        self._set("cues", "\n\n".join(filter(None, (view.setup, cues if roomy or not view.setup else ""))))
        filled = round(view.rhythm_fraction * RHYTHM_WIDTH)
        bar = "●" * filled + "○" * (RHYTHM_WIDTH - filled)
        self._set("rhythm", f"{bar} {view.rhythm}" if view.rhythm else "")
        self._set("next", f"NEXT  {view.next}" if view.next else "")
        self._large_name.text = view.name
        self._then.text = view.then
        self._side.text = _arrowed(view)
        hidden = paused and int(now / BLINK) % 2 == 1 and self.app.animation_level != "none"
        self._count.text = "" if hidden else view.count
        self._step.fraction = view.step_fraction
        self._whole.fraction = view.whole_fraction
        self._dress(view.mode, view.side)
        self._count.set_class(flashing and now < self._flash_until, "-flash")

    def _dress(self, mode: Mode, side: StepSide) -> None:
        of_mode, of_side = f"-mode-{mode}", f"-side-{side}"
        wide = {of_mode} if mode is Mode.PREPARE else set()
        looks: dict[Widget, set[str]] = {self._side: {of_mode, of_side}, self._figure: {of_side, *wide}}
        looks |= {each: {of_mode} for each in (self._texts["mode"], self._count, self._step)}
        looks[self._counting] = looks[self._coaching] = wide
        changed = [each for each, names in looks.items() if names != self._looks.get(each)]
        for each in changed:
            each.remove_class(*self._looks.get(each, ()), update=False)
            each.add_class(*looks[each], update=False)
        self._looks = looks
        # These alone, and once: a change of a class of the whole display has all of it styled anew, which was
        # half of the time until a key's effect was seen.
        self.app.stylesheet.update_nodes(changed)

    def show_figure(self, drawing: Drawing | None) -> None:
        """Show the figure at this moment; None gives its room to the words."""
        self.set_class(drawing is not None, "-with-figure")
        self._figure.show(drawing)

    def _set(self, name: str, text: str) -> None:
        before = self._shown.get(name)
        if before != text:
            self._shown[name] = text
            # To lay the screen out anew costs more than all the rest of a tick, and is of no use where only
            # digits or dots have changed.
            self._texts[name].update(Content(text), layout=self._moves(name, before or "", text))

    def _moves(self, name: str, before: str, text: str) -> bool:
        """Whether another text may take other room."""
        if name in STEADY or _shape(before) == _shape(text):
            return False
        # The rhythm stays one line of as much room as there is.
        longest = max(len(before), len(text))
        return not (name == "rhythm" and before and text and longest <= self._texts[name].size.width)

    def _hanging(self, cues: tuple[str, ...]) -> str:
        """The cues, each below its own beginning; wrapped anew only where cues or room are others."""
        width = self._texts["cues"].size.width
        if self._wrapped[:2] != (cues, width):
            self._wrapped = cues, width, "\n".join(hanging(f"• {cue}", width) for cue in cues)
        return self._wrapped[2]


def _shape(text: str) -> str:
    """What the room that a text takes depends on."""
    return text.translate(_SHAPE)


def _arrowed(view: SessionView) -> str:
    arrows = {StepSide.LEFT: "< {}", StepSide.RIGHT: "{} >"}
    return arrows.get(view.side, "{}").format(view.side_word)
