"""How a session goes on by itself, stands, goes on again, and is made longer or shorter."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hipcoach.core.choices import Pace
from hipcoach.core.cues import Cue
from hipcoach.core.plan import StepKind
from hipcoach.core.session import RESUME_GAP, Attempt, Session
from hipcoach.errors import IllegalCommandError
from tests.core.running import COMMANDS, Script, run, sounds
from tests.support import a_plan, a_set, a_step

READY = a_step(StepKind.PREPARE, 8)
HOLD = a_step(StepKind.HOLD, 30)
COUNT_IN = RESUME_GAP + 3


def heard(script: Script, *names: Cue) -> list[float]:
    """When any of these cues sounds, in a lead-in of 8 s and a hold of 30 s."""
    return [at for at, cue in sounds(a_plan(READY, HOLD), script) if cue in names]


def test_steps_end_at_their_deadlines_however_late_one_looks() -> None:
    plan = a_plan(READY, a_set(4, 2.0), HOLD)
    session = Session.begin(plan, 100.0)
    assert session.advance(107.999).index == 0
    assert session.advance(108.0).index == 1
    late = session.advance(140.0)
    assert (late.index, late.began, late.elapsed(140.0)) == (2, 116.0, 24.0)
    assert late.attempts == (Attempt(1, 4, 8.0),)


def test_the_end_of_the_last_step_is_the_end_of_the_session() -> None:
    session = Session.begin(a_plan(READY, HOLD), 0.0).advance(1000.0)
    assert (session.is_over, session.reached_end, session.ended_at) == (True, True, 38.0)
    assert session.step is None
    assert session.remaining(1000.0) == 0.0
    assert session.active_seconds(1000.0) == 38.0


def test_a_plan_of_nothing_is_over_at_once() -> None:
    assert Session.begin(a_plan(), 5.0).is_over


def test_remaining_is_the_plan_less_what_has_passed() -> None:
    session = Session.begin(a_plan(READY, a_set(4, 2.0, pace=Pace.OWN), HOLD), 0.0)
    assert session.remaining(3.0) == 5 + 8 + 30
    running = session.advance(9.0)
    assert running.remaining(9.0) == 7 + 30
    assert running.remaining(500.0) == 30


@pytest.mark.parametrize("kind", [kind for kind in StepKind if kind not in (StepKind.REPS, StepKind.HOLD)])
def test_a_pause_between_work_goes_on_where_it_stood_without_a_count(kind: StepKind) -> None:
    plan = a_plan(a_step(kind, 8), a_set(pace=Pace.OWN))
    session, found = run(plan, [(4.0, "pause"), (50.0, "resume")])
    assert session.attempts == ()
    rest = [(round(cue.due, 6), cue.cue) for cue in found if cue.due >= 4]
    counts = [(51.7, Cue.COUNT), (52.7, Cue.COUNT), (53.7, Cue.COUNT)]
    assert rest == [(4.0, Cue.PAUSED), (50.0, Cue.RESUMED), *counts, (54.7, Cue.START)]


def test_a_hold_goes_on_where_it_stood_after_3_2_1() -> None:
    script = [(18.0, "pause"), (100.0, "resume")]
    live = 100 + COUNT_IN
    session, found = run(a_plan(READY, HOLD), script)
    after = [(round(cue.due, 6), cue.cue) for cue in found if 18 <= cue.due < live + 15]
    assert after == [
        (18.0, Cue.PAUSED),
        (100.0, Cue.RESUMED),
        (100.7, Cue.COUNT),
        (101.7, Cue.COUNT),
        (102.7, Cue.COUNT),
        (103.7, Cue.START),
        (108.7, Cue.HALFWAY),
    ]
    assert session.ended_at == pytest.approx(live + 20)
    assert session.attempts == (Attempt(1, 0, 30.0),)


def test_the_clock_stands_while_paused_and_while_counting_in() -> None:
    paused = Session.begin(a_plan(READY, HOLD), 0.0).pause(18.0)
    assert (paused.is_paused, paused.elapsed(90.0)) == (True, 10.0)
    assert paused.remaining(90.0) == 20.0
    resumed = paused.resume(100.0)
    assert resumed.is_counting_in(101.0)
    assert resumed.elapsed(101.0) == pytest.approx(10.0)
    assert not resumed.is_counting_in(104.0)
    assert resumed.elapsed(104.7) == pytest.approx(11.0)


def test_a_paced_set_goes_on_from_the_beginning_of_its_repetition() -> None:
    session = Session.begin(a_plan(a_set(4, 2.0)), 0.0).pause(5.5).resume(20.0)
    live = 20 + COUNT_IN
    assert session.elapsed(live) == 4.0
    ended = session.advance(100.0)
    assert ended.ended_at == pytest.approx(live + 4)
    assert ended.attempts == (Attempt(0, 4, 8.0),)


def test_a_set_paused_in_its_very_last_moment_does_its_last_repetition_again() -> None:
    resumed = Session.begin(a_plan(a_set(4, 2.0)), 0.0).pause(7.9999999).resume(20.0)
    assert resumed.elapsed(20.0) == pytest.approx(6.0)


def test_pausing_while_counting_in_counts_in_again() -> None:
    script = [(18.0, "pause"), (30.0, "resume"), (31.0, "pause"), (50.0, "resume")]
    assert heard(script, Cue.START) == [8.0, 50 + COUNT_IN]
    assert run(a_plan(READY, HOLD), script)[0].ended_at == pytest.approx(50 + COUNT_IN + 20)


def test_a_step_that_is_paused_as_it_begins_has_its_opening_sound_later() -> None:
    direction = a_set(2, 2.0, direct=True, direction="in")
    found = sounds(a_plan(a_set(2, 2.0, direction="out"), direction), [(4.0, "pause"), (9.0, "resume")])
    assert (9 + COUNT_IN, Cue.DIRECTION) in found
    assert [cue for _, cue in found].count(Cue.START) == 1


@pytest.mark.parametrize(
    ("script", "ends", "halfway"),
    [
        ([(10.0, "plus")], 43.0, [25.5]),
        ([(24.0, "plus")], 43.0, [23.0]),
        ([(10.0, "minus")], 33.0, [20.5]),
        ([(24.0, "minus")], 33.0, [23.0]),
        ([(10.0, "minus"), (10.0, "minus"), (10.0, "minus")], 23.0, []),
        ([(24.0, "plus"), (24.5, "plus"), (24.5, "plus"), (25.0, "plus")], 58.0, [23.0]),
        ([(34.0, "minus")], 34.0, [23.0]),
    ],
)
def test_plus_and_minus_change_a_hold_by_five_seconds_and_halfway_never_comes_twice(
    script: Script, ends: float, halfway: list[float]
) -> None:
    assert run(a_plan(READY, HOLD), script)[0].ended_at == ends
    assert heard(script, Cue.HALFWAY) == halfway


@pytest.mark.parametrize(
    ("script", "attempt"),
    [
        ([(3.0, "plus")], Attempt(0, 5, 10.0)),
        ([(3.0, "minus")], Attempt(0, 3, 6.0)),
        ([(7.0, "minus")], Attempt(0, 3, 7.0)),
        ([(3.0, "minus"), (3.0, "minus"), (3.0, "minus")], Attempt(0, 1, 3.0)),
    ],
)
def test_plus_and_minus_change_a_set_by_one_repetition(script: Script, attempt: Attempt) -> None:
    assert run(a_plan(a_set(4, 2.0)), script)[0].attempts == (attempt,)


def test_a_set_with_its_last_repetition_held_is_shorter_and_whole() -> None:
    session, found = run(a_plan(a_set(3, 2.0, seconds=5.0), a_step(StepKind.HOLD, 10, direct=True)))
    assert session.attempts == (Attempt(0, 3, 5.0), Attempt(1, 0, 10.0))
    assert [(cue.due, cue.cue) for cue in found[:4]] == [
        (0.0, Cue.START),
        (2.0, Cue.TICK),
        (4.0, Cue.LAST_TICK),
        (5.0, Cue.START),
    ]


def test_a_pause_between_work_is_lengthened_and_ended_by_plus_and_minus() -> None:
    assert heard([(2.0, "plus")], Cue.START) == [13.0]
    assert heard([(2.0, "minus")], Cue.START) == [3.0]
    assert heard([(4.0, "minus")], Cue.START) == [4.0]


def test_an_own_pace_set_waits_and_is_ended_by_hand() -> None:
    plan = a_plan(READY, a_set(4, 2.0, pace=Pace.OWN), HOLD)
    waiting = Session.begin(plan, 0.0).advance(500.0)
    assert waiting.index == 1
    done = waiting.complete(500.0)
    assert done.index == 2
    assert done.attempts == (Attempt(1, 4, 492.0),)


def test_repetitions_of_an_own_pace_set_can_be_changed() -> None:
    session = Session.begin(a_plan(a_set(1, 2.0, pace=Pace.OWN)), 0.0)
    assert session.add(1.0, 5.0).complete(9.0).attempts == (Attempt(0, 2, 9.0),)
    assert session.add(1.0, -5.0).is_over


def test_only_an_own_pace_set_that_runs_is_ended_by_hand() -> None:
    session = Session.begin(a_plan(READY, a_set(pace=Pace.OWN), HOLD), 0.0)
    paused = session.pause(9.0)
    holding = session.skip(1.0).complete(2.0)
    for state, at in [(session, 1.0), (paused, 10.0), (paused.resume(20.0), 22.0), (holding, 5.0)]:
        with pytest.raises(IllegalCommandError, match="own pace"):
            state.complete(at)


def test_finishing_ends_at_once_with_what_was_done() -> None:
    session = Session.begin(a_plan(READY, HOLD, READY, HOLD), 0.0).finish(18.0)
    assert (session.is_over, session.reached_end, session.ended_at) == (True, False, 18.0)
    assert session.attempts == (Attempt(1, 0, 10.0),)
    assert not [cue for cue in sounds(a_plan(READY, HOLD), [(18.0, "finish")]) if cue[0] >= 18.0]


@pytest.mark.parametrize("name", sorted(COMMANDS))
@pytest.mark.parametrize("ended", [False, True])
def test_nothing_can_be_done_after_the_end(name: str, ended: bool) -> None:
    session = Session.begin(a_plan(READY, HOLD), 0.0)
    over = session.finish(5.0) if ended else session
    with pytest.raises(IllegalCommandError, match="ended"):
        COMMANDS[name](over, 1000.0)


def test_pausing_twice_and_resuming_what_runs_are_refused() -> None:
    session = Session.begin(a_plan(READY, HOLD), 0.0)
    with pytest.raises(IllegalCommandError, match="not paused"):
        session.resume(1.0)
    with pytest.raises(IllegalCommandError, match="paused already"):
        session.pause(1.0).pause(2.0)


def test_a_session_taken_up_again_gets_ready_for_the_step_it_was_cut_off_in() -> None:
    other = a_step(StepKind.PREPARE, 8, item=1, switched=True)
    plan = a_plan(READY, HOLD, other, a_step(StepKind.HOLD, 30, item=1), READY, HOLD)
    begun = Session.begin(plan, 100.0)
    done = replace(begun, attempts=(Attempt(1, 0, 30.0),), dropped=frozenset({1}), active_from=50.0)
    session = done.taken_up(5, 100.0)
    assert (session.index, session.switched) == (4, False)
    assert session.active_seconds(110.0) == 60.0
    assert begun.taken_up(3, 100.0).switched
