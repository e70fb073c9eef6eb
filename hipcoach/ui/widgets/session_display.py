"""What is drawn of a live session: readable from two metres, and from the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from hipcoach.core.cues import Cue
from hipcoach.core.exercise import Side
from hipcoach.core.plan import StepSide
from hipcoach.ui.session_view import Mode, SessionView
from hipcoach.ui.widgets.bar import Bar
from hipcoach.ui.widgets.coaching import RHYTHM_WIDTH, Coached, Coaching
from hipcoach.ui.widgets.figure_view import FigureView
from hipcoach.ui.widgets.kept_lines import Backdrop, KeptLines
from hipcoach.ui.widgets.one_line import OneLine
from hipcoach.ui.widgets.pixel_text import PixelText

if TYPE_CHECKING:
    from hipcoach.core.figure.scene import Drawing

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
MODE_LOOKS = {
    Mode.WORK: "look--work",
    Mode.PREPARE: "look--lead-in",
    Mode.WARMUP: "look--lead-in",
    Mode.SWITCH: "look--switch",
    Mode.REST: "look--rest",
    Mode.PAUSED: "look--paused",
}
FLASHING = "look--flash"
WORKING_SIDES = {StepSide.LEFT: Side.LEFT, StepSide.RIGHT: Side.RIGHT}


class _Row(Horizontal, Backdrop):
    """Parts beside each other."""


class _Column(Vertical, Backdrop):
    """Parts below each other."""


class _Words(Static, KeptLines):
    """A text of one line or two, without border and padding."""

    _said = Content("")

    def say(self, text: str) -> None:
        """Say this. The screen is only laid out anew, which takes long, where it is another height."""
        if text != self._said.plain:
            old, self._said = self._said, Content(text)
            width = self.size.width
            self.update(self._said, layout=not width or _lines(self._said, width) != _lines(old, width))


class _Mode(OneLine):
    """What kind of moment it is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(MODE_LOOKS.values())


class _Count(PixelText):
    """The number that is counted."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*MODE_LOOKS.values(), FLASHING}


class _StepBar(Bar):
    """How far the step has come."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(MODE_LOOKS.values())


class _SideBanner(PixelText):
    """The side: a filled banner while it works, else only its name in its colour."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"look--{side}{state}" for side in ("left", "right", "both") for state in ("", "-at-work")
    }


class SessionDisplay(Vertical, Backdrop):
    """The live screen but for the keys. Give it a view with `show`, and each cue with `cue`.

    A key's effect is to be seen at once: so nothing here changes a class, and next to nothing has the screen
    laid out anew. The parts have their rooms whatever they say, and their colours from looks.
    """

    def __init__(self) -> None:
        super().__init__(id="display")
        self._cue_word = ""
        self._cue_until = 0.0
        self._flash_until = 0.0
        self._shown_side = StepSide.BOTH
        self._title = OneLine(id="title")
        self._whole = Bar(id="whole")
        self._large_name = PixelText(id="name", most=2)
        self._what = _Words(id="what")
        self._side = _SideBanner(id="side", most=4, free=1)
        self._mode = _Mode(centred=True, id="mode")
        self._count = _Count(id="count")
        self._unit = OneLine(centred=True, id="unit")
        self._step = _StepBar(id="step")
        self._figure = FigureView(id="figure")
        self._coaching = Coaching(id="coaching")
        self._then = PixelText(id="then", most=2)
        self._next = OneLine(centred=True, id="next")

    def compose(self) -> ComposeResult:
        """The parts, from top to bottom."""
        yield from (self._title, self._whole, self._large_name, self._what, self._side)
        with _Row(id="middle"):
            with _Column(id="counting"):
                yield from (self._mode, self._count, self._unit, self._step)
            yield self._figure
            yield self._coaching
        yield from (self._then, self._next)

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
        look = MODE_LOOKS.get(view.mode, "")
        self._shown_side = view.side
        self._title.show(f"{view.title} · {view.place}", f"{view.total_left} · {sound}")
        self._whole.fraction = view.whole_fraction
        self._large_name.text = view.name
        self._what.say(view.what)
        self._side.text = _arrowed(view)
        self._side.wear(_side_look(view))
        self._mode.show(view.mode_word)
        self._mode.wear(look)
        hidden = paused and int(now / BLINK) % 2 == 1 and self.app.animation_level != "none"
        self._count.text = "" if hidden else view.count
        self._count.wear(FLASHING if flashing and now < self._flash_until else look)
        self._unit.show(view.unit)
        self._step.fraction = view.step_fraction
        self._step.wear(look)
        self._coaching.show(
            Coached(
                word=self._cue_word if now < self._cue_until and not paused else "",
                setup=view.setup,
                cues=view.cues,
                rhythm=view.rhythm,
                through=round(view.rhythm_fraction * RHYTHM_WIDTH),
            )
        )
        self._then.text = view.then
        self._next.show(f"NEXT  {view.next}" if view.next else "")

    def show_figure(self, drawing: Drawing | None) -> None:
        """Show the figure at the moment shown, its working limb in the side's colour; None gives its room
        to the rest."""
        self.set_class(drawing is not None, "-with-figure")
        self._figure.side = WORKING_SIDES.get(self._shown_side)
        self._figure.show(drawing)


def _lines(text: Content, width: int) -> int:
    return text.get_height({}, width)


def _side_look(view: SessionView) -> str:
    # Sides in turn are named in the colour of both, and have no banner: it would say both at once.
    side = "both" if view.side is StepSide.ALTERNATING else str(view.side)
    at_work = view.mode is Mode.WORK and view.side is not StepSide.ALTERNATING
    return f"look--{side}{'-at-work' if at_work else ''}"


def _arrowed(view: SessionView) -> str:
    arrows = {StepSide.LEFT: "< {}", StepSide.RIGHT: "{} >"}
    return arrows.get(view.side, "{}").format(view.side_word)
