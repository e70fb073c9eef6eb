"""The floor: a Textual app with a label, which space changes, and digits that change RATE times a second."""

from __future__ import annotations

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Digits, Label

READY = "bare and ready"


class Bare(App[None]):
    """What every Textual app costs that starts, answers a key or shows a number that changes."""

    BINDINGS: ClassVar[list[BindingType]] = [("space", "turn", "Turn")]

    def __init__(self, rate: float) -> None:
        super().__init__()
        self._rate = rate
        self._count = 0

    def compose(self) -> ComposeResult:
        """The label, and digits where they change."""
        yield Label(READY)
        if self._rate:
            yield Digits("0")

    def on_mount(self) -> None:
        """Begin to count."""
        if self._rate:
            self.set_interval(1 / self._rate, self._next)

    def action_turn(self) -> None:
        """The other word."""
        self._count += 1
        self.query_one(Label).update("PAUSED" if self._count % 2 else "GOING")

    def _next(self) -> None:
        self._count += 1
        self.query_one(Digits).update(str(self._count))


if __name__ == "__main__":
    Bare(float(sys.argv[1])).run()
