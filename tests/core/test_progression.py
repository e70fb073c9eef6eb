"""When another level is offered: only where a source gives a range, after three good sessions or a bad."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Choices
from hipcoach.core.exercise import Basis, StageKind
from hipcoach.core.fields import Intensity, Range
from hipcoach.core.history.progression import Offer, offer_for
from hipcoach.core.history.record import Outcome, SessionEntry, SessionStatus, entry_of, judged
from hipcoach.core.routine import Item, Routine
from tests.support import (
    a_block,
    a_catalog,
    a_dose,
    a_record,
    a_routine,
    a_stage,
    a_step_record,
    an_exercise,
    an_own_dose,
)

LOW, MID, HIGH = Intensity
BASE = datetime(2026, 3, 2, 12, tzinfo=UTC)
CIRCUIT = a_routine(a_block("clam", stated=Range(3, 5)))
CATALOG = a_catalog()
STEP_UP = Offer(MID, is_step_back=False, changes=("4 rounds instead of 3",))


def an_entry(
    number: int = 0, before: int | None = None, after: int | None = None, **rest: object
) -> SessionEntry:
    """A completed session of the routine at the low level, so many days after the first."""
    hurt = rest.pop("hurt", False)
    choices = {"level": rest.pop("level", "low"), "rounds": rest.pop("rounds", None)}
    step = a_step_record(Outcome.SKIPPED, reason="hurt") if hurt else a_step_record()
    record = a_record(
        id=f"{number}",
        started=BASE + timedelta(days=number),
        steps=rest.pop("steps", (step,)),
        choices={key: value for key, value in choices.items() if value is not None},
        discomfort_before=before,
        discomfort_after=after,
        **rest,  # type: ignore[arg-type]  # names of fields
    )
    return entry_of(judged(record))


def three(**last: object) -> list[SessionEntry]:
    """Three sessions at the low level; the newest is as said."""
    return [an_entry(0), an_entry(1), an_entry(2, **last)]  # type: ignore[arg-type]  # the same


def offered(*sessions: SessionEntry, level: Intensity = LOW, **rest: object) -> Offer | None:
    return offer_for(CIRCUIT, CATALOG, Choices(level=level, **rest), sessions)  # type: ignore[arg-type]  # the same


@pytest.mark.parametrize(
    ("session", "expected"),
    [
        ({}, "good"),
        ({"before": 3, "after": 4}, "good"),
        ({"before": 5, "after": 1}, "good"),
        ({"before": 5}, "good"),
        ({"after": 5}, "good"),
        ({"before": 3, "after": 5}, "bad"),
        ({"before": 5, "after": 6}, "bad"),
        ({"after": 6}, "bad"),
        ({"before": 3, "after": 5, "status": SessionStatus.STOPPED}, "bad"),
        ({"hurt": True}, "unsure"),
        ({"status": SessionStatus.STOPPED}, "passed over"),
        ({"before": 7, "after": 6}, "passed over"),
    ],
)
def test_what_a_session_says_about_its_level(session: dict[str, Any], expected: str) -> None:
    assert (offered(*three(**session)) == STEP_UP) is (expected == "good")
    at_last = offered(*three(), an_entry(3, **session))
    assert (at_last == STEP_UP) is (expected in ("good", "passed over"))
    back = offered(an_entry(3, level="mid", **session), level=MID)
    assert (back is not None) is (expected == "bad")


def test_three_good_sessions_offer_the_next_level() -> None:
    assert offered(*three()[:2]) is None
    assert offered(*three()) == STEP_UP
    assert offered(*reversed(three())) == STEP_UP


def test_skipping_to_the_end_of_three_sessions_offers_nothing() -> None:
    steps = (a_step_record(), *[a_step_record(Outcome.SKIPPED)] * 9)
    skipped = [an_entry(day, steps=steps) for day in range(3)]
    assert offered(*skipped) is None


@pytest.mark.parametrize(
    "last",
    [{"level": "mid"}, {"level": "nonsense"}, {"rounds": 9}],
)
def test_without_three_good_ones_in_a_row_nothing_is_offered(last: dict[str, object]) -> None:
    assert offered(*three(**last)) is None


def test_after_a_bad_one_a_step_back_is_offered() -> None:
    bad = an_entry(5, before=2, after=4, level="mid")
    assert offered(bad, level=MID) == Offer(LOW, is_step_back=True, changes=("3 rounds instead of 4",))
    assert offered(bad, an_entry(6, level="mid"), level=MID) is None
    assert offered(an_entry(5, before=2, after=4)) is None  # nothing is below the low end


def test_a_change_of_level_begins_the_count_anew() -> None:
    up_and_back = [*three(), an_entry(3, before=2, after=6, level="mid")]
    assert offered(*up_and_back) is None
    assert offered(*up_and_back, an_entry(4), an_entry(5)) is None
    assert offered(*up_and_back, an_entry(4), an_entry(5), an_entry(6)) == STEP_UP


def test_at_the_high_end_there_is_no_next() -> None:
    assert offered(*(an_entry(number, level="high") for number in range(3)), level=HIGH) is None


def test_who_sets_rounds_of_their_own_is_not_led() -> None:
    assert offered(*three(), rounds=7) is None
    assert offered(*three(), rounds=3) == STEP_UP


def test_sessions_of_other_routines_do_not_count() -> None:
    assert offered(*three()[:2], replace(three()[2], routine="other")) is None


def ranged(amount: tuple[int, int], basis: Basis, kind: StageKind) -> tuple[Routine, Catalog]:
    if basis is Basis.USER:
        return a_routine(a_block(Item("clam", (an_own_dose(*amount),)))), a_catalog(an_exercise("clam"))
    exercise = an_exercise("clam", a_stage(a_dose(*amount, basis=basis), kind=kind))
    return a_routine(a_block("clam")), a_catalog(exercise)


@pytest.mark.parametrize(
    ("amount", "kind", "words"),
    [
        ((8, 10), StageKind.REPS, "9 reps instead of 8"),
        ((5, 15), StageKind.HOLD, "10 s of hold instead of 5"),
        ((1, 2), StageKind.REPS, "2 reps instead of 1"),
    ],
)
def test_reps_and_holds_have_levels_too(amount: tuple[int, int], kind: StageKind, words: str) -> None:
    offer = offer_for(*ranged(amount, Basis.SOURCE, kind), Choices(), three())
    assert offer is not None
    assert offer.changes == (words,)


@pytest.mark.parametrize(
    ("amount", "basis"), [((8, 8), Basis.SOURCE), ((8, 10), Basis.SUGGESTED), ((8, 10), Basis.USER)]
)
def test_where_no_source_gives_a_range_nothing_is_offered(amount: tuple[int, int], basis: Basis) -> None:
    assert offer_for(*ranged(amount, basis, StageKind.REPS), Choices(), three()) is None


def test_a_routines_own_dose_goes_before_the_exercises() -> None:
    routine, catalog = ranged((8, 10), Basis.SOURCE, StageKind.REPS)
    fixed = a_routine(a_block(Item("clam", (an_own_dose(9),))))
    assert offer_for(routine, catalog, Choices(), three()) is not None
    assert offer_for(fixed, catalog, Choices(), three()) is None


@given(
    st.lists(
        st.builds(
            lambda number, before, after, hurt, level: an_entry(
                number, before, after, hurt=hurt, level=level
            ),
            st.integers(0, 30),
            st.none() | st.integers(0, 10),
            st.none() | st.integers(0, 10),
            st.booleans(),
            st.sampled_from(["low", "mid", "high"]),
        ),
        max_size=8,
    ),
    st.sampled_from(Intensity),
)
def test_an_offer_always_changes_something_and_never_leaves_the_range(
    sessions: list[SessionEntry], level: Intensity
) -> None:
    offer = offered(*sessions, level=level)
    if offer is not None:
        levels = list(Intensity)
        assert abs(levels.index(offer.level) - levels.index(level)) == 1
        assert (levels.index(offer.level) < levels.index(level)) is offer.is_step_back
        assert offer.changes
