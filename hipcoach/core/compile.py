"""Routine + choices -> Plan: deterministic and linear in the number of steps."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.avoid import Avoided, unknown_text, without_loads
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
    plan = _Compiler(adapted.routine, catalog, choices).plan(adapted.avoided)
    if not choices.avoid:
        return plan
    done = dict.fromkeys(step.exercise for step in plan.steps if step.is_work and step.exercise)
    unknown = (catalog.exercises[name] for name in done if catalog.exercises[name].loads is None)
    return replace(plan, loads_unknown=tuple(unknown_text(each.name, choices.avoid) for each in unknown))


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


class _Round(Struct, frozen=True):
    """One of the rounds of a block."""

    block: Block
    number: int
    rounds: int
    is_own_number: bool
    """Whether the number of rounds is the user's own."""


class _Visit(Struct, frozen=True):
    """One go at an exercise: on one side, or on both."""

    number: int
    """Of the item in the routine."""
    item: Item
    exercise: Exercise
    side: StepSide
    side_index: int
    first_side: Side
    round: _Round

    @property
    def per_leg(self) -> bool:
        """Whether it is a part of a circuit on one leg."""
        return self.round.block.order is Order.PER_LEG


class _Compiler:
    def __init__(self, routine: Routine, catalog: Catalog, choices: Choices) -> None:
        self.routine = routine
        self.catalog = catalog
        self.choices = choices
        self.steps: list[Step] = []
        self.clock = Fraction(0)
        # The user has just pressed a key at a desk and got up.
        self.position = Position.STANDING
        self.sets = 0
        self.left_out: list[str] = []
        self.previous: _Visit | None = None

    def plan(self, avoided: tuple[Avoided, ...]) -> Plan:
        self._warm_up()
        number = 0
        for block in self.routine.blocks:
            items = []
            for item in block.items:
                if not item.gate or self.choices.gated:
                    items.append((number, item))
                else:
                    name = self.catalog.exercises[item.exercise].name
                    self.left_out.append(f"{name} is left out until you say that you are ready: {item.gate}")
                number += 1
            self._block(block, items)
        source = self.catalog.sources.get(self.routine.source)
        return Plan(
            routine=self.routine.id,
            title=self.routine.title,
            # A warm-up for nothing is nothing to do either.
            steps=tuple(self.steps) if self.sets else (),
            source_title=source.title if source else None,
            source_author=source.author if source else None,
            source_published=source.published if source else None,
            left_out=tuple(self.left_out),
            avoided=avoided,
        )

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
        rounds, is_own_number = rounds_of(self.routine, block, self.choices)
        for number in range(1, rounds + 1):
            before = len(self.steps)
            for visit in self._visits(_Round(block, number, rounds, is_own_number), items):
                self._enter(visit, opens_round=len(self.steps) == before)
                self._stages(visit)
                self.previous = visit
            if rounds > 1 and len(self.steps) > before:
                self.steps[-1] = replace(self.steps[-1], ends_round=True)

    def _visits(self, round_: _Round, items: list[tuple[int, Item]]) -> Iterator[_Visit]:
        if round_.block.order is Order.PER_LEG and items:
            first = self._first_side(items[0][1])
            for index, side in enumerate((first, first.other)):
                for number, item in items:
                    exercise = self.catalog.exercises[item.exercise]
                    yield _Visit(number, item, exercise, StepSide.of(side), index, first, round_)
            return
        for number, item in items:
            exercise, first = self.catalog.exercises[item.exercise], self._first_side(item)
            sides = [StepSide.of(first), StepSide.of(first.other)]
            if exercise.sides is not Sides.ONE_AT_A_TIME:
                sides = [StepSide(exercise.sides.value)]
            for index, shown in enumerate(sides):
                yield _Visit(number, item, exercise, shown, index, first, round_)

    def _first_side(self, item: Item) -> Side:
        return self.choices.first_side or self.catalog.exercises[item.exercise].first_side or Side.RIGHT

    def _enter(self, visit: _Visit, *, opens_round: bool) -> None:
        """Add what comes before the work of a visit: a switch, or a rest and a lead-in."""
        times, last = self.choices.timings, self.previous
        if not opens_round and last is not None and last.number == visit.number:
            if times.switch:
                self._add_of(visit, visit.exercise.stages[0], StepKind.SWITCH, times.switch)
            return
        round_ = visit.round
        between = round_.block.rest_between_exercises
        if opens_round and round_.number > 1:
            between = max(between, round_.block.rest_between_rounds)
        pause = max(times.rest, between)
        if last is not None and pause:
            self._add(StepKind.REST, "Rest", pause, round=round_.number, rounds=round_.rounds)
        self._lead_in(visit, visit.exercise.stages[0])

    def _lead_in(self, visit: _Visit, stage: Stage) -> None:
        times = self.choices.timings
        exercise = visit.exercise
        seconds = times.lead_in if exercise.position is self.position else times.lead_in_new_position
        self.position = exercise.position
        if seconds:
            self._add_of(
                visit,
                stage,
                StepKind.PREPARE,
                seconds,
                switched=self._changes_leg(visit),
                note=f"{exercise.summary}\n{exercise.setup}",
            )

    def _stages(self, visit: _Visit) -> None:
        for index, stage in enumerate(visit.exercise.stages):
            if index and stage.entry is Entry.LEAD_IN:
                self.previous = visit
                self._lead_in(visit, stage)
            self._work(visit, stage, direct=bool(index) and stage.entry is Entry.DIRECT)

    def _work(self, visit: _Visit, stage: Stage, *, direct: bool) -> None:
        dose = visit.item.doses.get(stage.id, stage.dose)
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
            self.sets += 1
            self._add_of(
                visit,
                stage,
                StepKind.HOLD if is_hold else StepKind.REPS,
                amount if is_hold else (stage.rep_seconds * amount - cut_off) * tempo,
                number=self.sets,
                direction=direction,
                reps=None if is_hold else amount,
                pace=Pace.OWN if own else Pace.PACED,
                dose_basis=Basis.USER if visit.round.is_own_number else dose.basis,
                basis_in_round=dose.basis if visit.round.is_own_number else None,
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
            "round": visit.round.number,
            "rounds": visit.round.rounds,
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
