"""Discomfort on the numeric pain rating scale, 0 to 10: which change is real, and when to stop.

The coach only repeats the user's own numbers and what the articles advise. It never says what a number means
for anybody's health.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from hipcoach.core.history.record import SessionEntry

LEAST, MOST = 0, 10
"""The ends of the numeric pain rating scale: none, and the worst one can imagine."""
SCALE = f"{LEAST} none to {MOST} worst"
"""The scale in words, for wherever a rating is asked for or shown."""
REAL_CHANGE = 2
"""Points; below it a difference may be chance. Childs and others 2005 (PMID 15928561) for low back pain;
Suzuki and others 2020 (PMC7053735) found 1.3 to 1.8."""
STOP_AT = 6
"""The strictest of the published traffic lights for exercise (providephysiotherapy.org.uk: red from 6)."""
STOP_RISE = 2
"""Points above the start: the smallest rise that is no chance. Ours, after REAL_CHANGE."""


class Change(StrEnum):
    """How a rating changed between two moments."""

    LESS = "less"
    SAME = "same"
    """Less than two points either way."""
    MORE = "more"


CHANGE_WORDS = {
    Change.LESS: "less than before",
    Change.SAME: "about the same",
    Change.MORE: "more than before",
}


class Advice(NamedTuple):
    """What a stop rule advises: plain and kind. What an article says is named as its author's; "within a day"
    is the leaflets' 24 hours."""

    title: str
    text: str


HIGH_BEFORE = Advice(
    "That is a lot for today",
    "At 6 or more the better choice is not to exercise, and to be kind to yourself today. If it stays like "
    "this, or if you do not know where it comes from, let a doctor or physiotherapist have a look.\n\n"
    "Going on gently means the low end of every range. Do just enough, slowly and without force, as Joe "
    "Tichio asks of mobility work; skip with h whatever hurts, and stop if it gets worse.",
)
"""For 6 or more before the session."""
RISEN = Advice(
    "More than before: enough for now",
    "That is two points or more above where you began. Leave it at that for today; it should settle within "
    "a day. Next time do less: fewer rounds, shorter holds, a smaller movement, and leave out with N what "
    "brought it on. If it happens again, or does not settle, ask a physiotherapist; that is what Troy Vander "
    "Molen advises too where drills like these do not help.",
)
"""For two points or more above the start, after the session."""
HIGH_AFTER = Advice(
    "That is a lot: enough for now",
    "At 6 or more leave it at that for today. It should settle within a day; if it does not, or if you do "
    "not know where it comes from, let a doctor or physiotherapist have a look.",
)
"""For 6 or more after the session, where the start was lower or is not known."""


def change(earlier: int, later: int) -> Change:
    """Return how a rating changed; two points are the least that counts as real."""
    if later - earlier >= REAL_CHANGE:
        return Change.MORE
    return Change.LESS if earlier - later >= REAL_CHANGE else Change.SAME


def advice_before(before: int | None) -> Advice | None:
    """Return what to advise before a session; None where no stop rule applies, or nothing was rated."""
    return HIGH_BEFORE if before is not None and before >= STOP_AT else None


def advice_after(before: int | None, after: int | None) -> Advice | None:
    """Return what to advise after a session; None where no stop rule applies, or nothing was rated.

    Who began at 6 or more and did not rise has been told so already.
    """
    if after is None:
        return None
    if before is not None and after - before >= STOP_RISE:
        return RISEN
    return HIGH_AFTER if after >= STOP_AT and (before is None or before < STOP_AT) else None


def change_words(before: int | None, after: int | None) -> str:
    """Return both ratings in words, such as "5 before, 3 after: less"; empty where nothing was rated."""
    if before is None:
        return "" if after is None else f"{after} after"
    if after is None:
        return f"{before} before"
    words = "the same" if before == after else CHANGE_WORDS[change(before, after)]
    return f"{before} before, {after} after: {words}"


class RatedSession(NamedTuple):
    """How one session felt."""

    day: date
    before: int | None
    after: int | None

    @property
    def change(self) -> Change | None:
        """How it changed; None where one of the two was not rated."""
        if self.before is None or self.after is None:
            return None
        return change(self.before, self.after)


def rated_sessions(newest_first: Iterable[SessionEntry]) -> tuple[RatedSession, ...]:
    """Return the sessions with a rating, oldest first."""
    found = [
        RatedSession(each.day, each.discomfort_before, each.discomfort_after)
        for each in newest_first
        if each.discomfort_before is not None or each.discomfort_after is not None
    ]
    return tuple(reversed(found))


def changes(rated: Iterable[RatedSession]) -> Mapping[Change, int]:
    """Return how many sessions changed it which way; those rated only once are in none."""
    counted = Counter(each.change for each in rated)
    return {kind: counted[kind] for kind in Change}
