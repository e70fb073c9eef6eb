"""Files as they were released stay readable and keep their meaning. The files must never be edited."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

import pytest

from hipcoach.core.choices import Pace, Timings
from hipcoach.core.cues import SoundProfile
from hipcoach.core.exercise import (
    Basis,
    Breath,
    Dose,
    Entry,
    Equipment,
    Exercise,
    Intensity,
    Level,
    Load,
    Per,
    Position,
    Range,
    RepPhase,
    Side,
    Sides,
    Source,
    Stage,
    StageKind,
)
from hipcoach.core.plan import StepKind, StepSide
from hipcoach.core.record import Outcome, SessionStatus
from hipcoach.core.routine import Block, Item, Order, Routine, WarmUp
from hipcoach.core.streak_rules import StreakRules
from hipcoach.storage.catalog_toml import Reading, bundled_catalog, check_references, read_file
from hipcoach.storage.memory import Memory, RememberedChoices, load_memory, memory_problems, save_memory
from hipcoach.storage.recovery import find_unfinished
from hipcoach.storage.session_log import load_log
from hipcoach.storage.settings import Settings, SoundBackend, SpeechSettings, load_settings
from tests.golden import EXERCISE, GOLDEN, JOURNAL, MEMORY, ROUTINE, SESSION, SETTINGS, SOURCES

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


def read(path: Path) -> Reading:
    reading = Reading()
    read_file(path, path.name, reading)
    assert reading.problems == []
    return reading


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


def test_settings() -> None:
    assert load_settings(SETTINGS) == (
        Settings(
            timings=Timings(lead_in=10, lead_in_new_position=20, switch=6, rest=15),
            rules=StreakRules(week_goal=4, first_weekday=6),
            day_start=4,
            backend=SoundBackend.MINIAUDIO,
            volume=65,
            profile=SoundProfile.SPARSE,
            speech=SpeechSettings(on=True, voice="en-gb", rate=150, volume=90),
            keys={"session.pause": "space,k"},
        ),
        (),
    )


def test_memory(tmp_path: Path) -> None:
    expected = Memory(
        safety_read=True,
        last_routine="leg-circuit",
        mastered={"leg-circuit": True},
        choices={
            "leg-circuit": RememberedChoices(
                rounds=4,
                level=Intensity.HIGH,
                pace=Pace.OWN,
                warmup=False,
                profile=SoundProfile.SPARSE,
                speech=True,
            )
        },
        standing_only=True,
        muted=True,
        speech=False,
    )
    assert memory_problems(MEMORY) == ()
    assert load_memory(MEMORY) == expected
    copied = Path(shutil.copy(MEMORY, tmp_path / "memory.toml"))
    save_memory(copied, expected)
    assert load_memory(copied) == expected


def test_a_routine() -> None:
    reading = read(ROUTINE)
    expected = Routine(
        id="two-circles",
        title="Two circles",
        source="hipcoach",
        summary="Circles on each leg, then a stretch.",
        when="In the morning.",
        cautions=("Gently.",),
        notes=("For the golden files.",),
        warmup=WarmUp("Walk on the spot", 60, Basis.SUGGESTED, "hipcoach", ("Walk", "March")),
        blocks=(
            Block(
                items=(
                    Item(
                        "straight-leg-swing",
                        {"": Dose(Range(8, 12), Per.SIDE, Basis.USER)},
                        "Swings are easy for you.",
                    ),
                    Item(
                        "supine-figure-four",
                        {"": Dose(Range(45, 45), Per.SIDE, Basis.SUGGESTED, "hipcoach")},
                    ),
                ),
                rounds=Range(2, 3),
                rounds_stated=True,
                order=Order.PER_LEG,
                rest_between_rounds=30,
                rest_between_exercises=5,
            ),
        ),
    )
    assert reading.routines == {"two-circles": expected}


def test_an_exercise() -> None:
    reading = read(EXERCISE)
    circle = Stage(
        id="circle",
        title="Circle",
        kind=StageKind.REPS,
        entry=Entry.LEAD_IN,
        dose=Dose(Range(4, 6), Per.DIRECTION, Basis.SOURCE),
        phases=(RepPhase("round", Fraction(5, 2), Breath.IN), RepPhase("back", Fraction(1))),
        held_after="back",
        tempo_basis=Basis.SUGGESTED,
        tempo_source="hipcoach",
        directions=("outward", "inward"),
        direction_basis=Basis.SOURCE,
        direction_note="Outward is away from the other leg.",
    )
    hold = Stage(
        id="hold",
        title="Hold",
        kind=StageKind.HOLD,
        entry=Entry.DIRECT,
        dose=Dose(Range(10, 10), Per.SIDE, Basis.SUGGESTED, "hipcoach", "Ours."),
        phases=(),
    )
    assert reading.exercises == {
        "knee-circle": Exercise(
            id="knee-circle",
            name="Knee circle",
            family="leg-circle",
            also_called=("Standing circle",),
            source="hipcoach",
            summary="A lifted knee draws a circle.",
            setup="Stand beside a wall.",
            position=Position.STANDING,
            sides=Sides.ONE_AT_A_TIME,
            first_side=Side.LEFT,
            side_means="the lifted knee",
            equipment=(Equipment.SUPPORT,),
            optional_equipment=(Equipment.BARE_FEET,),
            loads=(Load.BALANCE,),
            level=Level.BASIC,
            cues=("Slowly", "Stay tall"),
            cautions=("Keep a hand on the wall.",),
            breathing="Breathe on.",
            notes=("Small circles will do.",),
            stages=(circle, hold),
        )
    }


def test_sources() -> None:
    assert read(SOURCES).sources == {
        "leaflet-2019": Source(
            id="leaflet-2019",
            kind="reference",
            title="Moving at your desk",
            author="A clinic",
            published="2019-05-04",
            credits="Somebody before them",
            url="https://example.org/leaflet",
            note="Handed out on paper.",
        ),
        "me": Source(id="me", kind="ours", title=None, author=None, published=None),
    }


@pytest.mark.parametrize("path", [ROUTINE, EXERCISE, SOURCES], ids=lambda path: path.parent.name)
def test_what_refers_to_the_bundled_data_still_finds_it(path: Path) -> None:
    bundled = bundled_catalog()
    reading = Reading(dict(bundled.exercises), dict(bundled.routines), dict(bundled.sources))
    read_file(path, path.name, reading)
    check_references(reading)
    assert [str(problem) for problem in reading.problems] == []


def test_there_is_one_of_every_format() -> None:
    kinds = {path.parent.name for path in GOLDEN.rglob("*") if path.suffix in (".toml", ".jsonl")}
    later = {"rated-session", "rated-journal", "self-test", "marked-day"}
    assert kinds - later == {"session", "journal", "settings", "memory", "routine", "exercise", "sources"}
