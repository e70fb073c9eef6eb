"""The numeric pain rating scale in one line: 0 none to 10 worst, by digit or arrow, or left empty."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from hipcoach.core.history.discomfort import LEAST, MOST

NUMBERS = f" {' '.join(map(str, range(LEAST, MOST + 1)))} "
BEFORE, AFTER = "none", "worst"
"""What the ends mean; the scale never stands without them."""
WIDTH = len(BEFORE + NUMBERS + AFTER)


def digit_of(event: events.Key) -> int | None:
    """The digit that a key writes; None where it writes none."""
    return int(event.character) if event.character and event.character in "0123456789" else None


class DiscomfortScale(Widget, can_focus=True):
    """Shows the scale and takes a rating: a digit at once, ten by arrow or `end`, so that no two keys are
    ever read as one. It leaves other keys to others."""

    DEFAULT_CSS = f"""
    DiscomfortScale {{ width: {WIDTH}; height: 1; color: $foreground 70%; }}
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
            return Content(BEFORE + NUMBERS + AFTER)
        start = NUMBERS.index(f" {self.rating} ")
        end = start + len(f" {self.rating} ")
        marked = f"{BEFORE}{NUMBERS[:start]}[{self.rating}]{NUMBERS[end:]}{AFTER}"
        return Content(marked).stylize("bold reverse", len(BEFORE) + start, len(BEFORE) + end)

    def on_key(self, event: events.Key) -> None:
        """Take digits, arrows and what takes a rating back."""
        if event.key in ("left", "right"):
            change = 1 if event.key == "right" else -1
            self.rate(LEAST if self.rating is None else min(MOST, max(LEAST, self.rating + change)))
        elif event.key in ("home", "end"):
            self.rate(LEAST if event.key == "home" else MOST)
        elif event.key in ("backspace", "delete"):
            self.rate(None)
        elif (digit := digit_of(event)) is not None:
            self.rate(digit)
        else:
            return
        event.stop()

    def rate(self, rating: int | None) -> None:
        """Rate, or take the rating back."""
        if rating != self.rating:
            self.rating = rating
            self.post_message(self.Rated(rating))
