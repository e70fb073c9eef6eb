"""What is drawn of a live session: readable from two metres, and from the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from hipcoach.core.cues import Cue
from hipcoach.core.plan import StepSide
from hipcoach.ui.format import hanging
from hipcoach.ui.session_view import Mode, SessionView
from hipcoach.ui.widgets.bar import Bar
from hipcoach.ui.widgets.figure_view import FigureView
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


class SessionDisplay(Vertical):
    """The live screen but for the keys. Give it a view with `show`, and each cue with `cue`."""

    def __init__(self) -> None:
        super().__init__(id="display")
        self._cue_word = ""
        self._cue_until = 0.0
        self._flash_until = 0.0
        self._shown: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The parts, from top to bottom."""
        with Horizontal(id="top"):
            yield Static(id="title")
            yield Static(id="left")
        yield Bar(id="whole")
        yield PixelText(id="name", most=1)
        yield Static(id="what")
        yield PixelText(id="side", most=2)
        with Horizontal(id="middle"):
            with Vertical(id="counting"):
                yield Static(id="mode")
                yield PixelText(id="count")
                yield Static(id="unit")
                yield Bar(id="step")
            yield FigureView(id="figure")
            with Vertical(id="coaching"):
                yield Static(id="cue-word")
                yield Static(id="cues")
                yield Static(id="rhythm")
        yield PixelText(id="then", most=1)
        yield Static(id="next")

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
        cues = "\n".join(hanging(f"• {cue}", self.query_one("#cues").size.width) for cue in view.cues)
        # A lead-in has time for the whole description; where there is no room for both it comes first.
        roomy = self.size.height >= ROOMY
        self._set("cues", "\n\n".join(filter(None, (view.setup, cues if roomy or not view.setup else ""))))
        filled = round(view.rhythm_fraction * RHYTHM_WIDTH)
        bar = "●" * filled + "○" * (RHYTHM_WIDTH - filled)
        self._set("rhythm", f"{bar} {view.rhythm}" if view.rhythm else "")
        self._set("next", f"NEXT  {view.next}" if view.next else "")
        self.query_one("#name", PixelText).text = view.name
        self.query_one("#then", PixelText).text = view.then
        self.query_one("#side", PixelText).text = _arrowed(view)
        hidden = paused and int(now / BLINK) % 2 == 1 and self.app.animation_level != "none"
        self.query_one("#count", PixelText).text = "" if hidden else view.count
        self.query_one("#step", Bar).fraction = view.step_fraction
        self.query_one("#whole", Bar).fraction = view.whole_fraction
        for mode in Mode:
            self.set_class(view.mode is mode, f"-mode-{mode}")
        for side in StepSide:
            self.set_class(view.side is side, f"-side-{side}")
        self.set_class(flashing and now < self._flash_until, "-flash")

    def show_figure(self, drawing: Drawing | None) -> None:
        """Show the figure at this moment; None gives its room to the words."""
        self.set_class(drawing is not None, "-with-figure")
        self.query_one(FigureView).show(drawing)

    def _set(self, name: str, text: str) -> None:
        if self._shown.get(name) != text:
            self._shown[name] = text
            self.query_one(f"#{name}", Static).update(Content(text))


def _arrowed(view: SessionView) -> str:
    arrows = {StepSide.LEFT: "< {}", StepSide.RIGHT: "{} >"}
    return arrows.get(view.side, "{}").format(view.side_word)
