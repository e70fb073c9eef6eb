"""What must hold of a running app at any moment: session, summary, log and history agree; nothing is lost."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

from hipcoach.core.history.record import Outcome, SessionRecord, step_records
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.session_detail import SessionDetailScreen, fact_lines
from hipcoach.ui.screens.summary import SummaryScreen, headline
from tests.ui.support import Coach


class Past(Struct):
    """What has come by below one set of directories, and what the log must therefore hold."""

    sessions: dict[str, SessionScreen] = field(default_factory=dict)
    """Every session that was running, by its id."""
    cut_off: set[str] = field(default_factory=set)
    """The sessions whose process ended under them: their journal may wait for its owner's answer."""
    saved: dict[str, SessionRecord] = field(default_factory=dict)


async def check(it: Coach, past: Past) -> None:
    """All of it."""
    check_session(it, past)
    check_log(it, past)
    check_summary(it, past)
    check_history(it)
    await check_journals(it, past)


def check_session(it: Coach, past: Past) -> None:
    """Every set of the session in progress is in exactly one status."""
    running = it.app.running_session
    if running is not None:
        name = running.runner.header.id
        past.sessions[name] = running
        past.cut_off.discard(name)
        check_steps(running)


def check_steps(session: SessionScreen) -> None:
    """One entry for each set of the plan, in its order, in one status."""
    steps = step_records(session.session)
    planned = [step for step in session.session.plan.steps if step.is_work]
    assert [(each.exercise, each.side) for each in steps] == [
        (each.exercise or "", each.side) for each in planned
    ]
    assert sum(Counter(each.outcome for each in steps)[outcome] for outcome in Outcome) == len(planned)


def check_log(it: Coach, past: Past) -> None:
    """The log loads, holds whatever was saved and not deleted, and the figures are its sums."""
    log = it.log()
    assert log.problems == ()
    deleted = {path.stem for path in it.services.paths.removed.rglob("*.toml")}
    lost = past.saved.keys() - {record.id for record in log.records} - deleted
    assert not lost, f"{lost} are neither in the log nor deleted"
    entries = it.services.load_log()
    stats = it.services.stats(entries)
    listed, logged = [sorted(each.id for each in some) for some in (entries.entries, log.records)]
    assert listed == logged, f"listed are {listed}, in the log are {logged}"
    assert stats.sessions == len(log.records)
    assert abs(stats.minutes * 60 - sum(each.active_seconds for each in log.records)) < 0.01
    assert stats.week_days == len({each.day for each in log.records if each.counts})


async def check_journals(it: Coach, past: Past) -> None:
    """Where no session runs no journal is left."""
    if it.app.running_session is None and isinstance(it.screen, (PickerScreen, SummaryScreen)):
        await _journals_are_gone(it, past)


async def _journals_are_gone(it: Coach, past: Past) -> None:
    """All but those of sessions that were cut off and not decided on."""
    await it.until(lambda: {path.stem for path in it.journals()} <= past.cut_off, "the journals to be gone")


def check_summary(it: Coach, past: Past) -> None:
    """A summary says what the session came to, and the log holds it."""
    if isinstance(it.screen, SummaryScreen) and it.screen.record.id not in past.saved:
        record = it.screen.record
        past.saved[record.id] = record
        _check_record(past.sessions[record.id], record)
        _check_saved(it, record)
        _check_headline(record)


def _check_record(session: SessionScreen, record: SessionRecord) -> None:
    """The session and its record agree."""
    check_steps(session)
    assert record.steps == step_records(session.session)
    assert record.active_seconds == session.session.active_seconds(session.services.clock())


def _check_saved(it: Coach, record: SessionRecord) -> None:
    """The record and its file agree."""
    (logged,) = [each for each in it.log().records if each.id == record.id]
    assert [(step.exercise, step.outcome, step.done_reps) for step in logged.steps] == [
        (step.exercise, step.outcome, step.done_reps) for step in record.steps
    ]
    assert abs(logged.active_seconds - record.active_seconds) < 0.001
    sides = logged.balance
    assert sum(sides.reps.values()) <= sum(step.done_reps for step in logged.steps)


def _check_headline(record: SessionRecord) -> None:
    """The words of the summary and its record agree."""
    assert all(isinstance(step.outcome, Outcome) for step in record.steps)
    outcomes = {outcome: sum(step.outcome is outcome for step in record.steps) for outcome in Outcome}
    assert sum(outcomes.values()) == len(record.steps)
    text = headline(record).plain
    assert f"{len(record.steps)} set" in text
    if outcomes[Outcome.DONE]:
        assert f"{outcomes[Outcome.DONE]} done" in text
    if reps := sum(step.done_reps for step in record.steps):
        assert f"{reps} rep" in text


def check_history(it: Coach) -> None:
    """The history shows the log as it is, and a session of it as its file is."""
    screen = it.screen
    if isinstance(screen, HistoryScreen):
        view, log = screen.view, it.log()
        assert view is not None
        assert view.is_whole
        assert view.stats is not None
        assert sorted(each.id for each in view.entries) == sorted(each.id for each in log.records)
        assert view.stats == it.services.stats(it.services.load_log())
        assert sum(each.sessions for each in view.activity.values()) == len(log.records)
    elif isinstance(screen, SessionDetailScreen):
        (logged,) = [each for each in it.log().records if each.id == screen.record.id]
        assert screen.record.steps == logged.steps
        done = sum(step.outcome is Outcome.DONE for step in logged.steps)
        assert f"{done} of {len(logged.steps)} sets done" in fact_lines(screen.record)[0]


async def check_leaving(it: Coach, past: Past) -> None:
    """End the process as a closed terminal does: what is running is saved, if anything was done of it."""
    running = it.app.running_session
    if running is not None:
        running.keep_unsaved()
        worked = any(step.is_begun for step in step_records(running.session))
        name = running.runner.header.id
        assert (name in [record.id for record in it.log().records]) is worked
    if not _is_asked_about_nothing(it):
        await _journals_are_gone(it, past)
    check_log(it, past)


def _is_asked_about_nothing(it: Coach) -> bool:
    """Whether a session in which nothing was done has ended, and its owner is asked what to do with it."""
    ended = any(isinstance(each, SessionScreen) and each.has_ended for each in it.app.screen_stack)
    return ended and isinstance(it.screen, ChoiceScreen)


def cut_off(it: Coach, past: Past) -> None:
    """Leave the journal of a running session as the end of the process does."""
    running = it.app.running_session
    if running is not None:
        past.cut_off.add(running.runner.header.id)
        running.runner._journal.close(remove=False)
