"""One routine, read from its TOML file."""

from __future__ import annotations

from hipcoach.core.choices import LONGEST_PAUSE, MOST_ROUNDS
from hipcoach.core.exercise import Basis, Dose
from hipcoach.core.routine import ONCE, Block, Item, Order, Routine, WarmUp
from hipcoach.storage.exercise_toml import read_dose
from hipcoach.storage.table import Table

ONLY_STAGE = ""
"""Stands for "the only stage" until the exercise is known."""


def read_routine(table: Table, blocks: list[Table]) -> Routine:
    """Read a [routine] table and its [[block]] tables."""
    warmup = table.table("warmup")
    routine = Routine(
        id=table.id(),
        title=table.text("title"),
        source=table.text("source"),
        summary=table.text("summary"),
        blocks=tuple(_block(block) for block in blocks),
        warmup=None if warmup is None else _warmup(warmup),
        when=table.text("when", ""),
        cautions=table.texts("cautions"),
        notes=table.texts("notes"),
    )
    table.finish()
    return routine


def _warmup(table: Table) -> WarmUp:
    warmup = WarmUp(
        title=table.text("title"),
        seconds=table.whole("seconds", 1),
        basis=table.word("basis", Basis),
        source=table.text("source"),
        options=table.texts("options"),
    )
    table.finish()
    return warmup


def _block(table: Table) -> Block:
    rounds = table.range("rounds", default=ONCE)
    if rounds.high > MOST_ROUNDS:
        table.problem("rounds", f"must be at most {MOST_ROUNDS} (is {rounds.high})")
    block = Block(
        items=tuple(_item(item) for item in table.tables("item", "item")),
        rounds=rounds,
        rounds_stated=table.has("rounds"),
        order=table.word("order", Order, Order.ONE_BY_ONE),
        rest_between_rounds=table.whole("rest_between_rounds", default=0, most=LONGEST_PAUSE),
        rest_between_exercises=table.whole("rest_between_exercises", default=0, most=LONGEST_PAUSE),
    )
    table.finish()
    return block


def _item(table: Table) -> Item:
    doses: dict[str, Dose] = {}
    for dose in table.tables("dose", "dose", required=False):
        stage = dose.text("stage", ONLY_STAGE)
        basis = dose.word("basis", Basis)
        if stage in doses:
            dose.problem("stage", "has a dose already in this item")
        source = dose.text("source") if basis is Basis.SUGGESTED else None
        doses[stage] = read_dose(dose, None, basis, source)
    item = Item(exercise=table.text("exercise"), doses=doses, gate=table.text("gate", ""))
    table.finish()
    return item
