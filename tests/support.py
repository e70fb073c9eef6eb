"""Builders of what is prescribed, planned and recorded, with harmless defaults, and a clock to set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from hipcoach.core.catalog import Catalog
from hipcoach.core.exercise import (
    Basis,
    Dose,
    Entry,
    Exercise,
    Per,
    Position,
    RepPhase,
    Sides,
    Source,
    Stage,
    StageKind,
    SuggestedDose,
)
from hipcoach.core.fields import Range
from hipcoach.core.history.record import (
    Outcome,
    SessionEntry,
    SessionRecord,
    SessionStatus,
    StepRecord,
    entry_of,
)
from hipcoach.core.plan import Plan, Step, StepKind, StepSide, TimedPhase
from hipcoach.core.routine import Block, Item, OwnDose, Routine

ARTICLE = Source("article", "article", "A title", "An author", "2020-02-29")


class FakeClock:
    """Stands in for a monotonic clock; time passes only when told to."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> float:
        """Let seconds pass and return the new time."""
        self.now += seconds
        return self.now


def a_step(kind: StepKind = StepKind.HOLD, seconds: float = 10.0, **rest: Any) -> Step:
    """A step; `a_plan` sets its index and start. Work and what leads into it belong to item 0."""
    if kind not in (StepKind.WARMUP, StepKind.REST):
        rest = {"exercise": "clam", "item": 0, "side": StepSide.RIGHT, **rest}
    return Step(index=0, kind=kind, name=rest.pop("name", kind.value), seconds=seconds, start=0.0, **rest)


def a_set(reps: int = 4, rep_seconds: float = 2.0, **rest: Any) -> Step:
    """A `reps` step; its repetitions go out and back in equal halves."""
    phases = (TimedPhase("out", rep_seconds / 2, None), TimedPhase("back", rep_seconds / 2, None))
    return a_step(StepKind.REPS, rest.pop("seconds", reps * rep_seconds), reps=reps, phases=phases, **rest)


def a_plan(*steps: Step) -> Plan:
    """A plan of these steps, numbered and one after the other."""
    placed: list[Step] = []
    start, sets = 0.0, 0
    for index, step in enumerate(steps):
        sets += step.is_work
        placed.append(replace(step, index=index, start=start, number=sets if step.is_work else None))
        start += step.seconds
    return Plan("routine", "Routine", tuple(placed), ARTICLE.title, ARTICLE.author, ARTICLE.published)


def a_dose(
    low: int = 4, high: int | None = None, per: Per = Per.SIDE, *, basis: Basis = Basis.SOURCE
) -> Dose:
    """Repetitions that the source gives, or that are suggested; a hold takes them for seconds."""
    if basis is Basis.SUGGESTED:
        return SuggestedDose(reps=Range(low, high), per=per, source=ARTICLE.id)
    assert basis is Basis.SOURCE, "an exercise has no doses of the user"
    return Dose(reps=Range(low, high), per=per)


def an_own_dose(low: int = 4, high: int | None = None, per: Per = Per.SIDE, **rest: Any) -> OwnDose:
    """Repetitions of a routine's own, for the stage "reps"."""
    return OwnDose(reps=Range(low, high), per=per, **({"basis": Basis.USER, "stage": "reps"} | rest))


def a_stage(dose: Dose | None = None, *, kind: StageKind = StageKind.REPS, **rest: Any) -> Stage:
    """A set of 2-second repetitions, or a hold."""
    dose = dose or a_dose()
    if kind is StageKind.HOLD:
        dose = replace(dose, reps=None, seconds=dose.reps)
    is_set = kind is StageKind.REPS
    phases = (RepPhase("out", Fraction(1)), RepPhase("back", Fraction(1))) if is_set else ()
    values: dict[str, Any] = {
        "id": kind.value,
        "title": kind.value.title(),
        "entry": Entry.LEAD_IN,
        "phases": phases,
        "tempo_basis": Basis.SUGGESTED if is_set else None,
    }
    values["suggested" if isinstance(dose, SuggestedDose) else "sourced"] = dose
    return Stage(kind=kind, **(values | rest))


def an_exercise(id: str = "clam", *stages: Stage, **rest: Any) -> Exercise:
    """An exercise done standing, one side at a time."""
    values: dict[str, Any] = {
        "name": id.replace("-", " ").capitalize(),
        "family": id,
        "source": ARTICLE.id,
        "summary": "A movement.",
        "setup": "Stand.",
        "position": Position.STANDING,
        "sides": Sides.ONE_AT_A_TIME,
        "side_means": "the leg that moves",
        "loads": (),
        "cues": ("Slowly",),
    }
    return Exercise(id=id, stages=stages or (a_stage(),), **(values | rest))


def a_block(*items: Item | str, **rest: Any) -> Block:
    """A block of items, each given whole or by the id of its exercise."""
    return Block(tuple(Item(each) if isinstance(each, str) else each for each in items), **rest)


def a_routine(*blocks: Block, **rest: Any) -> Routine:
    """A routine of blocks; without any, of the exercise "clam" once."""
    values = {"id": "routine", "title": "Routine", "source": ARTICLE.id, "summary": "Some movements."}
    return Routine(blocks=blocks or (a_block("clam"),), **(values | rest))


def a_catalog(*exercises: Exercise, routines: Sequence[Routine] = ()) -> Catalog:
    """A catalogue of these exercises and routines, and of one source."""
    return Catalog(
        {each.id: each for each in exercises or (an_exercise(),)},
        {each.id: each for each in routines},
        {ARTICLE.id: ARTICLE},
    )


def a_step_record(outcome: Outcome = Outcome.DONE, **rest: Any) -> StepRecord:
    """What was done of a set of 4 repetitions of 2 s on the right: all of it, unless said otherwise."""
    done = outcome is Outcome.DONE
    values: dict[str, Any] = {
        "kind": StepKind.REPS,
        "exercise": "clam",
        "name": "Clam",
        "stage": "",
        "side": StepSide.RIGHT,
        "direction": None,
        "round": 1,
        "reps": 4,
        "seconds": 8.0,
        "dose_basis": Basis.SOURCE,
        "dose_source": None,
        "tempo_basis": Basis.SUGGESTED,
        "done_reps": 4 if done else 0,
        "done_seconds": 8.0 if done else 0.0,
    }
    return StepRecord(outcome=outcome, **(values | rest))


def a_record(day: date = date(2026, 3, 2), **rest: Any) -> SessionRecord:
    """A session completed at noon of `day`, of one step that was done and ten active minutes."""
    values: dict[str, Any] = {
        "id": f"{day:%Y%m%d}",
        "routine": "routine",
        "title": "Routine",
        "started": datetime.combine(day, time(12), UTC),
        "status": SessionStatus.COMPLETED,
        "active_seconds": 600.0,
        "steps": (a_step_record(),),
    }
    return SessionRecord(day=day, **(values | rest))


def an_entry(day: date = date(2026, 3, 1), **rest: Any) -> SessionEntry:
    """The entry of such a record."""
    return entry_of(a_record(day, **rest))
