"""A session and a journal as they were released. The files must never be edited."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from hipcoach.core.exercise import Basis, Position
from hipcoach.core.plan import StepKind, StepSide
from hipcoach.core.record import Outcome, SessionStatus
from hipcoach.storage.recovery import find_unfinished
from hipcoach.storage.session_log import load_log
from tests.golden import JOURNAL, SESSION

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
