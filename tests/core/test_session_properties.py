"""Whatever is commanded and however time is sliced, a session sounds the same and records the same."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipcoach.core.cues import Cue, TimedCue, cues_due
from hipcoach.core.history.record import Outcome, SessionStatus, record_of, step_records
from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.errors import IllegalCommandError
from tests.core.running import COMMANDS, Script, run
from tests.core.strategies import plans

gaps = st.one_of(
    st.integers(0, 60).map(lambda quarters: quarters / 4),
    st.floats(0.0, 30.0, allow_nan=False),
)
names = st.sampled_from([*(name for name in COMMANDS if name != "finish"), "pause", "resume", "complete"])
commands = st.lists(st.tuples(gaps, names), max_size=12)
one_in_five = st.integers(0, 4)
LAST = 400.0


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """Commands at random times, some of them at the very moments when steps begin; few that end it all."""
    found = draw(commands)
    if draw(one_in_five) == 0:
        found.append((draw(gaps), "finish"))
    times = accumulate(gap for gap, _ in found)
    return [(at, name) for at, (_, name) in zip(times, found, strict=True)]


ticks = st.lists(st.floats(0.0, LAST, allow_nan=False) | st.integers(0, 400).map(float), max_size=40)


@settings(max_examples=200)
@given(plans(), scripts(), ticks, ticks)
def test_every_session(plan: Plan, script: Script, some: list[float], others: list[float]) -> None:
    session, heard = run(plan, script, LAST)
    assert (session, heard) == run(plan, script, LAST, some), "however time is sliced"
    assert (session, heard) == run(plan, script, LAST, others, look_ahead=2.0), "whatever is promised"
    cues_come_in_order_and_none_twice(script, heard)
    if session.is_paused and session.paused_at is not None:
        assert list(cues_due(session, 0.0, 1e6)) == [TimedCue(session.paused_at, Cue.PAUSED)]
    for after, until in pairwise(sorted(some)):
        assert all(after <= cue.due < until for cue in cues_due(session, after, until))
    active_time_is_all_but_the_pauses(plan, script)
    if not session.is_over and not session.is_paused:
        what_is_left_is_still_gone_through(session)
    finished = session if session.is_over else session.finish(LAST)
    every_work_step_has_one_honest_status(finished)
    it_comes_to_what_was_done_in_the_time_there_was(finished)


def cues_come_in_order_and_none_twice(script: Script, heard: list[TimedCue]) -> None:
    assert heard == sorted(heard, key=lambda cue: cue.due)
    commanded = {at for at, _ in script}
    for earlier, later in pairwise(heard):
        # A command is answered at once, so two of them within a moment may sound the same.
        if not any(earlier.due <= at <= later.due for at in commanded):
            assert later.due - earlier.due > 0.01 or later.cue is not earlier.cue, (earlier, later)


def every_work_step_has_one_honest_status(session: Session) -> None:
    records = step_records(session)
    work = [step for step in session.plan.steps if step.is_work]
    assert [record.name for record in records] == [step.name for step in work]
    for step, record in zip(work, records, strict=True):
        attempts = [each for each in session.attempts if each.index == step.index]
        assert (record.outcome is Outcome.DONE) <= bool(attempts)
        assert (record.outcome is Outcome.LEFT) <= (step.index >= session.index)
        assert 0 <= record.work_done <= record.seconds + 1e-9
        assert record.done_reps <= max((each.reps for each in attempts), default=0)
    if session.reached_end:
        assert Outcome.LEFT not in {record.outcome for record in records}


def it_comes_to_what_was_done_in_the_time_there_was(session: Session) -> None:
    record = record_of(
        session,
        now=LAST,
        id="one",
        started=datetime(2026, 3, 2, tzinfo=UTC),
        day=date(2026, 3, 2),
        app_version="1",
        choices={},
    )
    work = [step for step in session.plan.steps if step.is_work]
    planned = sum(step.seconds for step in work)
    assert record.work_planned == pytest.approx(planned)
    assert record.counts is (record.work_done >= planned / 2 - 1e-6)
    assert (record.status is SessionStatus.COMPLETED) is (session.reached_end and record.counts)
    assert record.is_empty <= (not record.work_done)
    for step, done in zip(work, record.steps, strict=True):
        if step.is_open:
            assert done.done_reps <= 2 * done.done_seconds + 1e-3


def what_is_left_is_still_gone_through(session: Session) -> None:
    later = session.ended_step(LAST)
    left, gone = later.remaining(LAST), 0.0
    while step := later.step:
        # What a set at one's own pace takes is estimated, once it is in progress, without what cuts it short.
        gone += step.rep_seconds * later.reps if step.is_open and not gone else step.seconds
        later = later.ended_step(LAST)
    assert left == pytest.approx(gone)


def active_time_is_all_but_the_pauses(plan: Plan, script: Script) -> None:
    paused = last = 0.0
    state = Session.begin(plan, 0.0)
    for at, name in [*script, (LAST, "")]:
        paused += at - last if state.is_paused else 0.0
        last = at
        with suppress(IllegalCommandError):
            state = COMMANDS[name](state, at) if name else state.advance(at)
    end = LAST if state.ended_at is None else state.ended_at
    assert state.active_seconds(LAST) == pytest.approx(end - paused)


@given(plans(), scripts(), st.sampled_from(sorted(COMMANDS)))
def test_a_command_leads_to_a_step_still_to_be_done_or_is_refused(
    plan: Plan, script: Script, name: str
) -> None:
    session, _ = run(plan, script, LAST)
    try:
        after = COMMANDS[name](session, LAST)
    except IllegalCommandError as error:
        assert error.message.endswith(".")
        nothing_to_bring_back = name == "bring back" and not session.left_out
        assert session.is_over or nothing_to_bring_back or name in ("pause", "resume", "complete")
        return
    assert after.remaining(LAST) >= 0.0
    if after.step is not None:
        assert after.step.item is None or after.step.item not in after.dropped


@given(plans(), scripts(), gaps, scripts())
def test_what_is_brought_back_is_done_and_what_was_done_meanwhile_stays(
    plan: Plan, script: Script, pause: float, meanwhile: Script
) -> None:
    now = script[-1][0] if script else 0.0
    session, _ = run(plan, script, now)
    if session.is_over:
        return
    dropped = session.drop(now)
    left_out, place = dropped.left_out, dropped.left_out[-1]
    later = dropped
    now += pause
    for gap, name in meanwhile:
        if name in ("drop", "bring back"):
            continue
        with suppress(IllegalCommandError):
            later = COMMANDS[name](later, now + gap)
            now += gap
    if later.advance(now).is_over:
        return
    done = later.advance(now).attempts
    back = later.bring_back(now)
    item = plan.steps[place].item
    assert back.left_out == left_out[:-1]
    assert back.dropped == session.dropped - {item} | (session.dropped if item is None else set())
    assert back.attempts[: len(done)] == tuple(done)
    if back.is_paused:
        back = back.resume(now)
    seen = len(back.attempts)
    for _ in range(2 * len(plan.steps)):
        if back.is_over:
            break
        step = back.plan.steps[back.index]
        at = max(now, back.live_from) + 1.0
        back = back.complete(at) if step.is_open else back.advance(back.deadline)
        now = max(now, at if step.is_open else back.began)
    assert back.reached_end
    remaining = {step.index for step in plan.steps[place:] if step.is_work and step.item == item}
    assert remaining <= {each.index for each in back.attempts[seen:]} or item is None
