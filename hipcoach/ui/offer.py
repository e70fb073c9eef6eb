"""What the picker offers beside the routines, in a line each: a rating, another level, the self-tests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from textual.content import Content

from hipcoach.core.history.discomfort import SCALE
from hipcoach.core.text import plain
from hipcoach.ui.format import day_text

if TYPE_CHECKING:
    from hipcoach.core.history.progression import Offer
    from hipcoach.storage.removed import Removed


class SelfTests(Struct, frozen=True):
    """What there is to know for offering the self-tests."""

    last: date | None
    """The day they were last done."""
    has_practised: bool
    """Whether there is any session: nobody begins with tests."""


def level_line(offer: Offer) -> Content:
    """The offer of another level, with its key and what it changes."""
    from hipcoach.core.history.progression import GOOD_SESSIONS

    why = "last time it rose" if offer.is_step_back else f"{GOOD_SESSIONS} good sessions"
    what = "A step back" if offer.is_step_back else "Next level"
    return Content.assemble(("u ", "bold"), f"{what}? {', '.join(offer.changes)} ({why})")


def feeling_line(rating: int | None) -> Content:
    """What was said of how it feels, or that it can be said."""
    if rating is None:
        return Content.assemble(("d ", "bold"), f"Discomfort now? {SCALE}")
    return Content.assemble(("d ", "bold"), f"Discomfort now: {rating} ({SCALE})")


def self_test_line(known: SelfTests, today: date) -> Content | None:
    """The offer of the self-tests, where it is time for them."""
    if not known.has_practised:
        return None
    from hipcoach.core.self_test import self_tests_due

    if not self_tests_due(known.last, today):
        return None
    ago = day_text(known.last, today) if known.last else "not done yet"
    return Content.assemble(("t ", "bold"), f"Self-tests, 3 min: {ago}")


def offer_lines(
    rating: int | None,
    offer: Offer | None,
    self_tests: SelfTests,
    today: date,
    deleted: Removed | None = None,
) -> Content:
    """All that is offered now, a line each; what was just deleted goes before another level."""
    first = level_line(offer) if offer else None
    if deleted is not None:
        first = Content.assemble(("u ", "bold"), f"Bring back {plain(deleted.moves[0][1].name)}")
    lines = [first, feeling_line(rating), self_test_line(self_tests, today)]
    return Content("\n").join([line for line in lines if line is not None])
