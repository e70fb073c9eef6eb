"""The table of cues: what each step sounds like, and what gives way where there is no room."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hipcoach.core.choices import Pace
from hipcoach.core.cues import STAGGER, Cue, TimedCue, cues_due, cues_of
from hipcoach.core.plan import Plan, Step, StepKind
from hipcoach.core.session import Session
from tests.core.running import run, sounds
from tests.support import a_plan, a_set, a_step

READY = a_step(StepKind.PREPARE, 8)
HOLD = a_step(StepKind.HOLD, 10)


def of_step(step: Step, *before: Step, after: Step | None = None) -> list[tuple[float, Cue]]:
    """What is heard during a step, in seconds from its beginning."""
    plan = a_plan(*before, step, *((after,) if after else ()))
    begins = plan.steps[len(before)].start
    ends = begins + step.seconds
    return [(round(at - begins, 6), cue) for at, cue in sounds(plan, until=ends) if at >= begins]


@pytest.mark.parametrize(
    ("step", "cue"),
    [
        (a_step(StepKind.WARMUP), Cue.WARM_UP),
        (a_step(StepKind.PREPARE), Cue.LEAD_IN),
        (a_step(StepKind.PREPARE, switched=True), Cue.SWITCH),
        (a_step(StepKind.SWITCH), Cue.SWITCH),
        (a_step(StepKind.REST), Cue.REST),
        (a_step(StepKind.HOLD), Cue.START),
        (a_step(StepKind.HOLD, direct=True), Cue.START),
        (a_step(StepKind.HOLD, switched=True), Cue.SWITCH),
        (a_set(), Cue.START),
        (a_set(direction="out"), Cue.START),
        (a_set(direction="in", direct=True), Cue.DIRECTION),
        (a_set(direction="out", switched=True), Cue.SWITCH),
        (a_set(pace=Pace.OWN), Cue.START),
    ],
)
def test_every_step_begins_with_its_own_sound(step: Step, cue: Cue) -> None:
    assert sounds(a_plan(step, HOLD))[0] == (0.0, cue)


def test_three_beeps_lead_into_work_and_out_of_a_hold() -> None:
    assert of_step(READY, after=HOLD) == [
        (0.0, Cue.LEAD_IN),
        (5.0, Cue.COUNT),
        (6.0, Cue.COUNT),
        (7.0, Cue.COUNT),
    ]
    assert of_step(HOLD, after=READY) == [
        (0.0, Cue.START),
        (7.0, Cue.COUNT),
        (8.0, Cue.COUNT),
        (9.0, Cue.COUNT),
    ]


def test_no_beeps_where_no_work_follows() -> None:
    assert of_step(a_step(StepKind.REST, 10), after=READY) == [(0.0, Cue.REST)]
    assert of_step(a_step(StepKind.WARMUP, 10), after=READY) == [(0.0, Cue.WARM_UP)]


@pytest.mark.parametrize("kind", [StepKind.REST, StepKind.WARMUP, StepKind.SWITCH])
def test_whatever_leads_straight_into_work_counts_down_to_it(kind: StepKind) -> None:
    found = of_step(a_step(kind, 10), after=HOLD)
    assert found[1:] == [(7.0, Cue.COUNT), (8.0, Cue.COUNT), (9.0, Cue.COUNT)]


@pytest.mark.parametrize(
    ("seconds", "counts"), [(1, []), (2, [1.0]), (3, [1.0, 2.0]), (4, [1.0, 2.0, 3.0]), (5, [2.0, 3.0, 4.0])]
)
def test_a_short_step_has_the_beeps_that_fit(seconds: int, counts: list[float]) -> None:
    for kind in (StepKind.HOLD, StepKind.SWITCH):
        found = of_step(a_step(kind, seconds), after=HOLD)
        assert [at for at, cue in found if cue is Cue.COUNT] == counts


@pytest.mark.parametrize(("reps", "ticks"), [(1, 0), (2, 0), (3, 1), (12, 10)])
def test_a_tick_begins_every_repetition_and_the_last_one_is_different(reps: int, ticks: int) -> None:
    found = of_step(a_set(reps, 2.5), after=READY)
    assert [at for at, _ in found] == [2.5 * rep for rep in range(reps)]
    last = [Cue.LAST_TICK] if reps > 1 else []
    assert [cue for _, cue in found] == [Cue.START, *[Cue.TICK] * ticks, *last]


@pytest.mark.parametrize(("seconds", "halfway"), [(19, []), (20, [10.0]), (30, [15.0]), (21, [10.5])])
def test_halfway_is_said_in_holds_of_twenty_seconds_or_more(seconds: int, halfway: list[float]) -> None:
    found = of_step(a_step(StepKind.HOLD, seconds), after=READY)
    assert [at for at, cue in found if cue is Cue.HALFWAY] == halfway


def test_the_end_of_a_hold_comes_before_the_beginning_of_a_pause() -> None:
    switch = a_step(StepKind.SWITCH, 5)
    assert of_step(switch, HOLD, after=HOLD) == [
        (0.0, Cue.HOLD_END),
        (STAGGER, Cue.SWITCH),
        (2.0, Cue.COUNT),
        (3.0, Cue.COUNT),
        (4.0, Cue.COUNT),
    ]


def test_a_round_that_is_done_is_said_between_hold_and_rest() -> None:
    last = replace(HOLD, ends_round=True)
    assert of_step(a_step(StepKind.REST, 10), last, after=READY) == [
        (0.0, Cue.HOLD_END),
        (STAGGER, Cue.ROUND_DONE),
        (2 * STAGGER, Cue.REST),
    ]
    assert of_step(READY, a_set(ends_round=True), after=HOLD)[:2] == [
        (0.0, Cue.ROUND_DONE),
        (STAGGER, Cue.LEAD_IN),
    ]


def test_the_beginning_of_work_is_never_moved() -> None:
    found = of_step(a_set(4, 0.4), replace(HOLD, ends_round=True))
    assert found[:4] == [(0.0, Cue.START), (0.4, Cue.TICK), (STAGGER, Cue.ROUND_DONE), (0.8, Cue.TICK)]


@pytest.mark.parametrize(("seconds", "ended"), [(1, False), (3, False), (4, False), (5, True), (8, True)])
def test_endings_are_left_out_where_a_short_pause_needs_its_room(seconds: int, ended: bool) -> None:
    found = of_step(a_step(StepKind.SWITCH, seconds), HOLD, after=HOLD)
    opened = (STAGGER, Cue.SWITCH) if ended else (0.0, Cue.SWITCH)
    assert ((0.0, Cue.HOLD_END) in found) == ended
    assert [each for each in found if each[1] is Cue.SWITCH] == [opened]
    assert len([cue for _, cue in found if cue is Cue.COUNT]) == min(3, seconds - 1)


@pytest.mark.parametrize(("seconds", "name"), [(3, "plus"), (5, "minus"), (8, "minus"), (8, "plus")])
def test_changing_a_pause_as_it_begins_neither_doubles_nor_loses_its_sound(seconds: int, name: str) -> None:
    plan = a_plan(HOLD, a_step(StepKind.SWITCH, seconds), HOLD)
    found = [cue for _, cue in sounds(plan, [(10.3, name)])]
    gone = seconds == 5 and name == "minus"
    assert found.count(Cue.SWITCH) == (0 if gone else 1)


def test_a_round_ends_also_where_its_last_exercise_is_dropped() -> None:
    one = [READY, a_set(2), a_step(StepKind.PREPARE, 8, item=1), a_set(2, item=1, ends_round=True)]
    found = sounds(a_plan(*one, *one), [(14.0, "drop")])
    assert [at for at, cue in found if cue is Cue.ROUND_DONE] == []
    found = sounds(a_plan(*one, *one, *one), [(14.0, "drop")])
    assert [at for at, cue in found if cue is Cue.ROUND_DONE] == [26.0]


@pytest.mark.parametrize(
    ("last", "endings"),
    [
        (HOLD, [(10.0, Cue.HOLD_END), (10 + STAGGER, Cue.SESSION_DONE)]),
        (replace(HOLD, ends_round=True), [(10.0, Cue.HOLD_END), (10 + STAGGER, Cue.SESSION_DONE)]),
        (a_set(4, 2.5), [(10.0, Cue.SESSION_DONE)]),
    ],
)
def test_the_end_of_a_session_has_its_sound(last: Step, endings: list[tuple[float, Cue]]) -> None:
    assert [each for each in sounds(a_plan(last)) if each[0] >= 10] == endings


def test_an_own_pace_set_promises_nothing_past_its_open_end() -> None:
    session = Session.begin(a_plan(READY, a_set(pace=Pace.OWN), HOLD), 0.0)
    promised = list(cues_due(session, 0.0, 1e9))
    assert promised[-1] == TimedCue(8.0, Cue.START)
    done = list(cues_due(session.advance(60.0).complete(60.0), 60.0, 1e9))
    assert done[0] == TimedCue(60.0, Cue.START)
    assert done[-1].cue is Cue.SESSION_DONE


def test_what_is_promised_ahead_is_what_comes() -> None:
    plan = a_plan(READY, a_set(), a_step(StepKind.SWITCH, 5), a_set(), HOLD)
    assert list(cues_due(Session.begin(plan, 0.0), 0.0, 1e9)) == run(plan, ticks=range(50))[1]


def test_a_window_holds_its_beginning_and_not_its_end() -> None:
    session = Session.begin(a_plan(READY, HOLD), 0.0)
    assert [cue.due for cue in cues_due(session, 5.0, 8.0)] == [5.0, 6.0, 7.0]
    assert [cue.due for cue in cues_due(session, 8.0, 8.1)] == [8.0]


def test_sounds_of_a_step_are_in_order_however_it_was_changed() -> None:
    for step in (READY, HOLD, a_set(), a_step(StepKind.SWITCH, 5)):
        for length in (0.5, 1.0, 3.5, 4.0, 4.7, 25.0):
            before = Session.begin(a_plan(replace(HOLD, ends_round=True), step, HOLD), 0.0)
            found = list(cues_of(replace(before.ended_step(10.0), length=length)))
            assert found == sorted(found)


def test_a_clock_that_stands_at_zero_is_a_time_like_any_other() -> None:
    plan = Plan("routine", "Routine", a_plan(HOLD).steps)
    found = sounds(plan, [(0.0, "pause"), (0.0, "resume")])
    assert [at for at, cue in found if cue is Cue.START] == [3.7]


def test_a_step_shorter_than_its_own_sounds_promises_none_past_its_end() -> None:
    plan = a_plan(replace(HOLD, ends_round=True), a_set(1, 0.5), a_set(1, 0.5), READY)
    promised = list(cues_due(Session.begin(plan, 0.0), 10.0, 11.0))
    assert promised == [TimedCue(10.0, Cue.START), TimedCue(10.5, Cue.START)]
