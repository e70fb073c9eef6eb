"""The floors: Textual apps that do next to nothing. `bare.py` takes `label`, `digits RATE` or `keys`."""

from __future__ import annotations

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Digits, Label

READY = "bare and ready"


class BareLabel(App[None]):
    """One label: what every Textual app costs."""

    def compose(self) -> ComposeResult:
        """The label."""
        yield Label(READY)


class BareDigits(App[None]):
    """Digits that change so many times a second: what every live screen costs."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self._rate = rate
        self._count = 0

    def compose(self) -> ComposeResult:
        """The digits, and a word to see that they are there."""
        yield Label(READY)
        yield Digits("0")

    def on_mount(self) -> None:
        """Begin to count."""
        self.set_interval(1 / self._rate, self._next)

    def _next(self) -> None:
        self._count += 1
        self.query_one(Digits).update(str(self._count))


class BareKeys(App[None]):
    """A label that says which of two words a key has called up: what every key costs."""

    BINDINGS: ClassVar[list[BindingType]] = [("space", "turn", "Turn")]

    def __init__(self) -> None:
        super().__init__()
        self._turned = False

    def compose(self) -> ComposeResult:
        """The label."""
        yield Label(READY)

    def action_turn(self) -> None:
        """The other word."""
        self._turned = not self._turned
        self.query_one(Label).update("PAUSED" if self._turned else "GOING")


def main() -> None:
    """Run the one that is asked for."""
    match sys.argv[1:]:
        case ["digits", rate]:
            BareDigits(float(rate)).run()
        case ["keys"]:
            BareKeys().run()
        case _:
            BareLabel().run()


if __name__ == "__main__":
    main()
