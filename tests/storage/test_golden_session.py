"""A session and a journal as they were released. The files must never be edited."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from hipcoach.core.exercise import Basis, Position
from hipcoach.core.history.record import Outcome, SessionStatus, entry_of
from hipcoach.core.plan import StepKind, StepSide
from hipcoach.storage.journal import find_unfinished
from hipcoach.storage.session_index import SessionIndex
from tests.golden import HASTY_SESSION, JOURNAL, SESSION, SKIPPED_SESSION
from tests.logs import load_log

CHOICES = {
    "level": "low",
    "pace": "paced",
    "tempo": 1.0,
    "warmup": True,
    "gated": True,
    "timings": {"lead_in": 8, "lead_in_new_position": 15, "switch": 5, "rest": 0},
}
STARTED = datetime(2026, 11, 20, 18, 30, 15, tzinfo=timezone(timedelta(hours=1)))
# fmt: off
STEPS = [
    ("straight-leg-swing", "right", None, 10, 30, Outcome.DONE, 10, 30, ""),
    ("straight-leg-swing", "left", None, 10, 30, Outcome.DONE, 10, 30, ""),
    ("lateral-leg-lift", "right", None, 8, 24, Outcome.PARTIAL, 1, 3, "hurt"),
    ("lateral-leg-lift", "left", None, 8, 24, Outcome.DONE, 8, 24, ""),
    ("standing-leg-circle", "right", "clockwise", 5, 15, Outcome.SKIPPED, 0, 2.5, ""),
    ("standing-leg-circle", "right", "counter-clockwise", 5, 15, Outcome.SKIPPED, 0, 0, ""),
    ("standing-leg-circle", "left", "clockwise", 5, 15, Outcome.SKIPPED, 0, 0, ""),
    ("standing-leg-circle", "left", "counter-clockwise", 5, 15, Outcome.SKIPPED, 0, 0, ""),
    ("overhead-squat", "both", None, 10, 40, Outcome.LEFT, 0, 0, ""),
    ("surfer-squat", "alternating", None, 10, 40, Outcome.LEFT, 0, 0, ""),
]
# fmt: on


def test_a_session() -> None:
    log = load_log(SESSION.parent)
    assert log.problems == ()
    (record,) = log.records
    assert record.id == SESSION.stem
    assert (record.routine, record.title, record.source) == ("desk-break", "Desk break", "hipcoach")
    assert record.started == STARTED
    assert record.started.utcoffset() == STARTED.utcoffset()
    assert record.day == date(2026, 11, 20)
    assert record.status is SessionStatus.STOPPED
    assert record.active_seconds == 129.2
    assert record.app_version == "0.1.0"
    assert record.note == "A good one: née, naïve, 髋."
    assert record.choices == CHOICES
    assert [
        (
            step.exercise,
            step.side,
            step.direction,
            step.reps,
            step.seconds,
            step.outcome,
            step.done_reps,
            step.done_seconds,
            step.reason,
        )
        for step in record.steps
    ] == STEPS
    assert {step.kind for step in record.steps} == {StepKind.REPS}
    assert [step.dose_basis for step in record.steps[:2]] == [Basis.SUGGESTED, Basis.SUGGESTED]
    assert record.steps[0].name == "Straight-leg swing"


@pytest.mark.parametrize("path", [SKIPPED_SESSION, HASTY_SESSION])
def test_a_session_that_was_called_completed_is_judged_by_what_was_done(path: Path) -> None:
    assert 'status = "completed"' in path.read_text()
    (record,) = load_log(path.parent).records
    assert record.status is SessionStatus.STOPPED
    assert not record.counts
    (entry,) = SessionIndex(path.parent).read().entries
    assert entry == entry_of(record)
    assert (entry.status, entry.counts) == (SessionStatus.STOPPED, False)


def test_a_rep_of_a_session_that_was_skipped_through() -> None:
    (record,) = load_log(SKIPPED_SESSION.parent).records
    assert [(step.outcome, step.done_reps) for step in record.steps] == [
        (Outcome.PARTIAL, 1),
        *[(Outcome.SKIPPED, 0)] * 9,
    ]


def test_sets_that_were_ended_too_soon() -> None:
    """0.41 s and 2.2 s for 10 reps, 6 s for 8, and 0.41 s for all the others."""
    (record,) = load_log(HASTY_SESSION.parent).records
    assert [(step.outcome, step.done_reps) for step in record.steps] == [
        (Outcome.SKIPPED, 0),
        (Outcome.PARTIAL, 4),
        (Outcome.DONE, 8),
        *[(Outcome.SKIPPED, 0)] * 7,
    ]


def test_a_journal(tmp_path: Path) -> None:
    shutil.copytree(JOURNAL.parent, tmp_path / "journal")
    found = find_unfinished(tmp_path / "journal")
    assert found.problems == ()
    (unfinished,) = found.unfinished
    header = unfinished.header
    assert (header.id, header.started, header.day) == (JOURNAL.stem, STARTED, date(2026, 11, 20))
    assert (header.app_version, header.choices) == ("0.1.0", CHOICES)
    plan = header.plan
    assert (plan.routine, plan.title, len(plan.steps), plan.total_seconds) == (
        "desk-break",
        "Desk break",
        18,
        303,
    )
    first = plan.steps[1]
    assert (first.kind, first.side, first.reps, first.seconds, first.start) == (
        StepKind.REPS,
        StepSide.RIGHT,
        10,
        30,
        8,
    )
    assert [(phase.name, phase.seconds) for phase in first.phases] == [
        ("down and back", 1.5),
        ("swing forward", 1.5),
    ]
    assert plan.steps[0].position is Position.STANDING
    assert unfinished.index == 14
    assert unfinished.active_seconds == 128.2
    assert not unfinished.ended
    record = unfinished.record()
    assert [(step.exercise, step.outcome, step.done_reps, step.reason) for step in record.steps] == [
        (exercise, outcome, done, reason) for exercise, _, _, _, _, outcome, done, _, reason in STEPS
    ]
    unfinished.close(remove=False)
