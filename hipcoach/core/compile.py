"""Routine + choices -> Plan: deterministic and linear in the number of steps."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import count
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.avoid import unknown_text, without_loads
from hipcoach.core.catalog import Catalog, check_size
from hipcoach.core.choices import Choices, Pace, rounds_of
from hipcoach.core.exercise import (
    Basis,
    Dose,
    Entry,
    Exercise,
    Per,
    Position,
    Side,
    Sides,
    Source,
    Stage,
    StageKind,
)
from hipcoach.core.fields import Intensity
from hipcoach.core.plan import Plan, Step, StepKind, StepSide, TimedPhase
from hipcoach.core.routine import Block, Item, Order, Routine


def compile_plan(routine: Routine, catalog: Catalog, choices: Choices | None = None) -> Plan:
    """Compile a routine into a flat list of timed steps; none at all where the choices leave no work.

    Raises:
        UsageError: it would have more steps than a session can have.
    """
    choices = choices or Choices()
    check_size(routine, catalog, choices)
    adapted = without_loads(routine, catalog, choices.avoid)
    compiler = _Compiler(adapted.routine, catalog, choices)
    compiler.compile()
    source = catalog.sources.get(routine.source)
    done = [catalog.exercises[name] for name in dict.fromkeys(compiler.done)]
    unknown = [each.name for each in done if each.loads is None] if choices.avoid else []
    return Plan(
        routine=routine.id,
        title=routine.title,
        # A warm-up for nothing is nothing to do either.
        steps=tuple(compiler.steps) if done else (),
        source_title=source.title if source else None,
        source_author=source.author if source else None,
        source_published=source.published if source else None,
        left_out=tuple(compiler.left_out),
        avoided=adapted.avoided,
        loads_unknown=tuple(unknown_text(name, choices.avoid) for name in unknown),
    )


def as_chosen(routine: Routine, catalog: Catalog, choices: Choices) -> Routine:
    """Return the routine with the exercises that its plan with these choices holds, and no others."""
    adapted = without_loads(routine, catalog, choices.avoid).routine
    if choices.gated or not adapted.is_gated:
        return adapted
    blocks = (
        replace(block, items=tuple(item for item in block.items if not item.gate)) for block in adapted.blocks
    )
    return replace(adapted, blocks=tuple(blocks))


def label_of(source: Source | None) -> str | None:
    """What a screen says a suggestion comes from."""
    if source is None:
        return None
    return ", ".join(part for part in (source.author, source.title, source.published) if part) or source.id


class _Visit(Struct, frozen=True):
    """One go at an exercise: on one side, or on both."""

    number: int
    """Of the item in the routine."""
    item: Item
    exercise: Exercise
    side: StepSide
    side_index: int
    first_side: Side
    per_leg: bool
    """Whether it is a part of a circuit on one leg."""
    round: int
    rounds: int
    own_rounds: bool
    """Whether the number of rounds is the user's own."""


class _Compiler:
    """Makes the steps, one after the other."""

    def __init__(self, routine: Routine, catalog: Catalog, choices: Choices) -> None:
        self.routine = routine
        self.catalog = catalog
        self.choices = choices
        self.steps: list[Step] = []
        self.done: list[str] = []
        """The exercise of each set."""
        self.left_out: list[str] = []
        self.clock = Fraction(0)
        # The user has just pressed a key at a desk and got up.
        self.position = Position.STANDING
        self.previous: _Visit | None = None

    def compile(self) -> None:
        self._warm_up()
        numbers = count()
        for block in self.routine.blocks:
            items = []
            for item in block.items:
                number = next(numbers)
                if not item.gate or self.choices.gated:
                    items.append((number, item))
                    continue
                name = self.catalog.exercises[item.exercise].name
                self.left_out.append(f"{name} is left out until you say that you are ready: {item.gate}")
            if items:
                self._block(block, items)

    def _warm_up(self) -> None:
        warmup = self.routine.warmup
        if warmup is None:
            return
        if not self.choices.warmup:
            self.left_out.append(f"The warm-up is left out by your choice: {warmup.title.lower()} first.")
            return
        self._add(
            StepKind.WARMUP,
            warmup.title,
            warmup.seconds,
            dose_basis=warmup.basis,
            dose_source=label_of(self.catalog.sources.get(warmup.source)),
            position=Position.STANDING,
            cues=warmup.options,
        )

    def _block(self, block: Block, items: list[tuple[int, Item]]) -> None:
        rounds, own_rounds = rounds_of(self.routine, block, self.choices)
        for round_ in range(1, rounds + 1):
            opens_round = True
            for visit in self._visits(block, items, round_, rounds, own_rounds=own_rounds):
                self._lead_into(visit, block, opens_round=opens_round)
                self._stages(visit)
                self.previous, opens_round = visit, False
            if rounds > 1:
                self.steps[-1] = replace(self.steps[-1], ends_round=True)

    def _visits(
        self, block: Block, items: list[tuple[int, Item]], round_: int, rounds: int, *, own_rounds: bool
    ) -> Iterator[_Visit]:
        per_leg = block.order is Order.PER_LEG
        for group in [items] if per_leg else [[each] for each in items]:
            lead = self.catalog.exercises[group[0][1].exercise]
            first = self.choices.first_side or lead.first_side or Side.RIGHT
            sides = [StepSide(first), StepSide(first.other)]
            if lead.sides is not Sides.ONE_AT_A_TIME:
                sides = [StepSide(lead.sides)]
            for index, side in enumerate(sides):
                for number, item in group:
                    exercise = self.catalog.exercises[item.exercise]
                    yield _Visit(
                        number, item, exercise, side, index, first, per_leg, round_, rounds, own_rounds
                    )

    def _lead_into(self, visit: _Visit, block: Block, *, opens_round: bool) -> None:
        """Add what comes before the work of a visit: a switch, or a rest and a lead-in."""
        times, last = self.choices.timings, self.previous
        if not opens_round and last is not None and last.number == visit.number:
            if times.switch:
                self._add_of(visit, visit.exercise.stages[0], StepKind.SWITCH, times.switch)
            return
        pause = max(times.rest, block.rest_between_exercises)
        if opens_round and visit.round > 1:
            pause = max(pause, block.rest_between_rounds)
        if last is not None and pause:
            self._add(StepKind.REST, "Rest", pause, round=visit.round, rounds=visit.rounds)
        self._lead_in(visit, visit.exercise.stages[0])

    def _lead_in(self, visit: _Visit, stage: Stage) -> None:
        times, exercise = self.choices.timings, visit.exercise
        seconds = times.lead_in if exercise.position is self.position else times.lead_in_new_position
        self.position = exercise.position
        if seconds:
            note = f"{exercise.summary}\n{exercise.setup}"
            switched = self._changes_leg(visit)
            self._add_of(visit, stage, StepKind.PREPARE, seconds, switched=switched, note=note)

    def _stages(self, visit: _Visit) -> None:
        for index, stage in enumerate(visit.exercise.stages):
            if index and stage.entry is Entry.LEAD_IN:
                self.previous = visit
                self._lead_in(visit, stage)
            self._work(visit, stage, direct=bool(index) and stage.entry is Entry.DIRECT)

    def _work(self, visit: _Visit, stage: Stage, *, direct: bool) -> None:
        dose = visit.item.dose_of(stage)
        directions: tuple[str | None, ...] = stage.directions or (None,)
        amounts = amounts_of(
            dose, self.choices.level, visit.exercise.sides, visit.side_index, len(directions)
        )
        led_in = bool(self.steps) and self.steps[-1].kind in (StepKind.PREPARE, StepKind.SWITCH)
        is_hold = stage.kind is StageKind.HOLD
        own = self.choices.pace is Pace.OWN and not is_hold
        tempo = self.choices.tempo
        phases = tuple(
            TimedPhase(each.name, float(each.seconds * tempo), each.breath) for each in stage.phases
        )
        tempo_basis = stage.tempo_basis if tempo == 1 else Basis.USER
        for index, (direction, amount) in enumerate(zip(directions, amounts, strict=True)):
            # Only before the hold is the last repetition cut short, not before a change of direction.
            cut_off = stage.way_back if index == len(amounts) - 1 else 0
            self.done.append(visit.exercise.id)
            self._add_of(
                visit,
                stage,
                StepKind.HOLD if is_hold else StepKind.REPS,
                amount if is_hold else (stage.rep_seconds * amount - cut_off) * tempo,
                number=len(self.done),
                direction=direction,
                reps=None if is_hold else amount,
                pace=Pace.OWN if own else Pace.PACED,
                dose_basis=Basis.USER if visit.own_rounds else dose.basis,
                basis_in_round=dose.basis if visit.own_rounds else None,
                dose_source=label_of(self.catalog.sources.get(dose.source or "")),
                tempo_basis=None if is_hold or own else tempo_basis,
                phases=phases,
                direct=direct or index > 0,
                switched=not led_in and not direct and not index and self._changes_side(visit),
            )

    def _changes_leg(self, visit: _Visit) -> bool:
        """Whether a circuit per leg now goes on to the other leg."""
        last = self.previous
        return last is not None and last.per_leg and visit.per_leg and last.side is not visit.side

    def _changes_side(self, visit: _Visit) -> bool:
        """Whether work that follows without a lead-in begins the other side, and must say so itself."""
        last = self.previous
        same_item = last is not None and last.number == visit.number and last.side is not visit.side
        return same_item or self._changes_leg(visit)

    def _add_of(
        self, visit: _Visit, stage: Stage, kind: StepKind, seconds: Fraction | int, **rest: Any
    ) -> None:
        """Add a step of an exercise: its work, or what leads into that."""
        exercise = visit.exercise
        values = {
            "exercise": exercise.id,
            "item": visit.number,
            # A stage is named where there are others to tell it from.
            "stage": stage.title if len(exercise.stages) > 1 else "",
            "stage_id": stage.id,
            "side": visit.side,
            "side_means": exercise.side_means,
            "direction": stage.directions[0] if stage.directions else None,
            "round": visit.round,
            "rounds": visit.rounds,
            "first_side": visit.first_side if exercise.sides is Sides.ALTERNATING else None,
            "position": exercise.position,
            "cues": stage.cues or exercise.cues,
        }
        self._add(kind, exercise.name, seconds, **(values | rest))

    def _add(self, kind: StepKind, name: str, seconds: Fraction | int, **rest: Any) -> None:
        self.steps.append(
            Step(len(self.steps), kind, name, _plain(seconds), start=_plain(self.clock), **rest)
        )
        self.clock += seconds


def _plain(seconds: Fraction | int) -> float:
    """Seconds as steps have them: a whole number where they are whole."""
    return seconds.numerator if seconds.denominator == 1 else float(seconds)


def amounts_of(dose: Dose, level: Intensity, sides: Sides, side_index: int, directions: int) -> list[int]:
    """The numbers of the steps that one visit of a stage makes: one for each direction.

    `side_index` is 0 for the side that goes first; it takes the odd one where a total is split. Nothing
    is shared out to less than one.
    """
    amount = dose.amount.at(level)
    both_in_one = 2 if sides is Sides.ALTERNATING else 1
    if dose.per is Per.DIRECTION:
        return [amount * both_in_one] * directions
    if dose.per is Per.SIDE:
        amount *= both_in_one
    elif sides is Sides.ONE_AT_A_TIME:
        amount = (amount + 1 - side_index) // 2
    return [max(1, (amount + directions - 1 - index) // directions) for index in range(directions)]
