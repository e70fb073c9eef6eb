"""Make a log of many sessions, as years of use would leave it.

The plans are those of the bundled routines, run by the real state machine, written by the real writer. What a
person adds (own pace, sets cut short or skipped, sessions stopped, notes, days off) is drawn at random from a
fixed seed: the same files each time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache, partial
from pathlib import Path

from msgspec.structs import replace

from hipcoach import __version__
from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.fields import Intensity
from hipcoach.core.history.record import Outcome, SessionRecord, SessionStatus, StepRecord, record_of
from hipcoach.core.session import Session
from hipcoach.storage.catalog import bundled_catalog
from hipcoach.storage.session_log import new_id, record_text

LAST_DAY = date(2026, 11, 20)
SEED = 7
CHUNK = 250
"""Sessions that a process makes at a time."""
NOTES = (
    "left hip tighter than right",
    "after a long day of sitting",
    "legs heavy, went slowly",
    "much looser at the end",
    "skipped the floor drills, no room in the hotel",
    "müde, aber gut",
    "knee clicked on the lunges, stayed shallow",
    'tried the "high" level, and that was too much for a Monday',
)


def begins(count: int) -> Iterator[tuple[datetime, str]]:
    """When `count` sessions began, newest first, and their names: up to several a day, with days off."""
    chance = random.Random(SEED)  # noqa: S311  nothing secret
    day, made = LAST_DAY, 0
    while made < count:
        number = chance.choices((0, 1, 2, 3, 5, 8), (20, 25, 20, 15, 12, 8))[0]
        hours = sorted(chance.sample(range(6, 23), number), reverse=True)
        for hour in hours[: count - made]:
            offset = timezone(timedelta(hours=2 if 4 <= day.month <= 10 else 1))
            moment = time(hour, chance.randrange(60), chance.randrange(60), tzinfo=offset)
            started = datetime.combine(day, moment)
            yield started, new_id(started, f"{chance.getrandbits(24):06x}")
            made += 1
        day -= timedelta(days=1)


@cache
def whole_session(routine: str, level: Intensity, rounds: int | None) -> SessionRecord:
    """A session of a bundled routine in which everything was done, by the real state machine."""
    catalog = bundled_catalog()
    plan = compile_plan(catalog.routines[routine], catalog, Choices(level=level, rounds=rounds))
    session = Session.begin(plan, 0.0)
    while not session.is_over:
        session = session.advance(session.deadline)
    started = datetime.combine(LAST_DAY, time(12), UTC)
    choices = {
        "level": level.value,
        "pace": "paced",
        **({"rounds": rounds} if rounds else {}),
    }
    return record_of(
        session,
        now=plan.total_seconds,
        id="",
        started=started,
        day=LAST_DAY,
        app_version=__version__,
        choices=choices,
    )


def a_session(started: datetime, id: str) -> SessionRecord:
    """The session of that name, which is all that its chances hang on."""
    chance = random.Random(f"{SEED} {id}")  # noqa: S311  nothing secret
    routines = sorted(bundled_catalog().routines)
    level = chance.choices(tuple(Intensity), (70, 20, 10))[0]
    rounds = chance.choices((None, 2, 3), (80, 15, 5))[0]
    whole = whole_session(chance.choice(routines), level, rounds)
    steps = list(whole.steps)
    status, stopped_at = SessionStatus.COMPLETED, len(steps)
    if chance.random() < 0.15:
        status, stopped_at = SessionStatus.STOPPED, chance.randrange(1, len(steps) + 1)
    own_pace = chance.random() < 0.25
    steps = [
        _step(step, chance, own_pace) if number < stopped_at else _undone(step, Outcome.LEFT)
        for number, step in enumerate(steps)
    ]
    return replace(
        whole,
        id=id,
        started=started,
        day=started.date(),
        status=status,
        active_seconds=whole.active_seconds * stopped_at / len(steps) + chance.uniform(-5, 5),
        steps=tuple(steps),
        choices={**whole.choices, "pace": "own" if own_pace else "paced"},
        note=chance.choice(NOTES) if chance.random() < 0.3 else "",
    )


def _step(step: StepRecord, chance: random.Random, own_pace: bool) -> StepRecord:
    luck = chance.random()
    if luck < 0.03:
        return _undone(step, Outcome.SKIPPED, "hurt" if luck < 0.01 else "")
    if luck < 0.06:
        part = chance.uniform(0.2, 0.9)
        reps = int((step.reps or 0) * part)
        return replace(
            step, outcome=Outcome.PARTIAL, done_reps=reps, done_seconds=step.seconds * part, attempts=()
        )
    if luck < 0.08:
        attempts = ((step.done_reps // 2, step.seconds / 3), (step.done_reps, step.seconds))
        return replace(step, attempts=attempts)
    if own_pace and step.reps:
        return replace(step, done_seconds=step.seconds * chance.uniform(0.7, 1.6))
    return step


def _undone(step: StepRecord, outcome: Outcome, reason: str = "") -> StepRecord:
    return replace(step, outcome=outcome, done_reps=0, done_seconds=0.0, reason=reason, attempts=())


def make_logs(directory: Path, count: int) -> None:
    """Write the files of `count` sessions."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    write = partial(_write, directory)
    if count <= CHUNK:
        for begin in begins(count):
            write(begin)
        return
    with ProcessPoolExecutor() as pool:
        list(pool.map(write, begins(count), chunksize=CHUNK))


def _write(directory: Path, begin: tuple[datetime, str]) -> None:
    # Not by `save_record`: waiting for the disk ten thousand times is no part of what is measured.
    (directory / f"{begin[1]}.toml").write_text(record_text(a_session(*begin)), encoding="utf-8")
