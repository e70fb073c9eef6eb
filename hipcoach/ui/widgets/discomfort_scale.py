"""The numeric pain rating scale in one line: 0 to 10, by digit or arrow, or left empty."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from hipcoach.core.discomfort import LEAST, MOST

NUMBERS = f" {' '.join(map(str, range(LEAST, MOST + 1)))} "


def digit_of(event: events.Key) -> int | None:
    """The digit that a key writes; None where it writes none."""
    return int(event.character) if event.character and event.character in "0123456789" else None


class DiscomfortScale(Widget, can_focus=True):
    """Shows the scale and takes a rating; 1 and then 0 make 10. It leaves other keys to others."""

    DEFAULT_CSS = f"""
    DiscomfortScale {{ width: {len(NUMBERS)}; height: 1; color: $foreground 70%; }}
    DiscomfortScale:focus {{ color: $foreground; text-style: none; background: $primary 20%; }}
    """

    rating: reactive[int | None] = reactive(None)

    class Rated(Message):
        """The rating is another now; None where it was taken back."""

        def __init__(self, rating: int | None) -> None:
            super().__init__()
            self.rating = rating

    def __init__(self, rating: int | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(DiscomfortScale.rating, rating)

    def render(self) -> Content:
        """The numbers; the chosen one in brackets, so that it shows without colours and nothing moves."""
        if self.rating is None:
            return Content(NUMBERS)
        start = NUMBERS.index(f" {self.rating} ")
        end = start + len(f" {self.rating} ")
        marked = f"{NUMBERS[:start]}[{self.rating}]{NUMBERS[end:]}"
        return Content(marked).stylize("bold reverse", start, end)

    def on_key(self, event: events.Key) -> None:
        """Take digits, arrows and what takes a rating back."""
        if event.key in ("left", "right"):
            change = 1 if event.key == "right" else -1
            first = LEAST if change > 0 else MOST
            self._rate(first if self.rating is None else min(MOST, max(LEAST, self.rating + change)))
        elif event.key in ("backspace", "delete"):
            self._rate(None)
        elif (digit := digit_of(event)) is not None:
            self.take(digit)
        else:
            return
        event.stop()

    def take(self, digit: int) -> None:
        """Rate by a digit; 0 after 1 makes 10."""
        self._rate(MOST if self.rating == 1 and digit == 0 else digit)

    def _rate(self, rating: int | None) -> None:
        if rating != self.rating:
            self.rating = rating
            self.post_message(self.Rated(rating))
