"""One exercise or source, read from its TOML table."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest

from hipcoach.core.exercise import (
    Basis,
    Breath,
    Dose,
    Entry,
    Equipment,
    Exercise,
    Level,
    Load,
    Per,
    Position,
    RepPhase,
    Side,
    Sides,
    Source,
    Stage,
    StageKind,
)
from hipcoach.storage.table import Table


def read_source(table: Table) -> Source:
    """Read a [[source]] table."""
    published = table.values.get("published")
    table.read.add("published")
    if published is not None and not isinstance(published, (date, str)):
        table.problem("published", "must be a date such as 2016-10-04, or a year in quotes")
    source = Source(
        id=table.id(),
        kind=table.text("kind"),
        title=table.maybe_text("title"),
        author=table.maybe_text("author"),
        published=None if published is None else str(published),
        credits=table.maybe_text("credits"),
        url=table.maybe_text("url"),
        note=table.text("note", ""),
    )
    if source.kind not in ("article", "reference", "ours", ""):
        table.problem("kind", "must be article, reference or ours")
    table.finish()
    return source


def read_exercise(table: Table) -> Exercise:
    """Read an [[exercise]] table."""
    sides = table.word("sides", Sides)
    exercise = Exercise(
        id=table.id(),
        name=table.text("name"),
        family=table.text("family"),
        source=table.text("source"),
        summary=table.text("summary"),
        setup=table.text("setup"),
        position=table.word("position", Position),
        sides=sides,
        stages=tuple(_stage(stage) for stage in table.tables("stage", "stage")),
        first_side=table.word("first_side", Side) if table.has("first_side") else None,
        side_means=table.text("side_means", "" if sides is Sides.BOTH else None),
        also_called=table.texts("also_called"),
        equipment=table.words("equipment", Equipment),
        optional_equipment=table.words("optional_equipment", Equipment),
        loads=table.words("loads", Load) if table.has("loads") else None,
        level=table.word("level", Level, Level.BASIC),
        builds_on=table.texts("builds_on"),
        cues=table.texts("cues"),
        cautions=table.texts("cautions"),
        breathing=table.text("breathing", ""),
        notes=table.texts("notes"),
    )
    table.read |= {"first_side", "loads"}
    table.finish()
    if exercise.stages and exercise.stages[0].entry is Entry.DIRECT:
        table.problem("stage", "the first stage cannot be entered directly: nothing comes before it")
    for stage, after in zip_longest(exercise.stages, exercise.stages[1:]):
        if stage.held_after and (after is None or after.entry is not Entry.DIRECT):
            table.problem(f"stage '{stage.id}': held_after", "no stage follows that is entered directly")
    ids = [stage.id for stage in exercise.stages]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        table.problem("stage", f"two stages have the id '{twice}'")
    return exercise


def read_dose(table: Table, kind: StageKind | None, basis: Basis, source: str | None) -> Dose:
    """Read reps or seconds, and what they count, of a dose; `kind` None takes whichever is there."""
    if kind is None:
        kind = StageKind.HOLD if table.has("seconds") else StageKind.REPS
    field = "seconds" if kind is StageKind.HOLD else "reps"
    amount = table.range(field)
    per = table.word("per", Per)
    if kind is StageKind.HOLD and per is Per.DIRECTION:
        table.problem("per", "a hold has no directions: use 'side' or 'total'")
    note = table.text("note", "")
    table.finish()
    return Dose(amount, per, basis, source, note)


def _stage(table: Table) -> Stage:
    kind = table.word("kind", StageKind)
    directions = table.texts("directions")
    phases = (
        tuple(_phase(phase) for phase in table.tables("phases", "phase")) if kind is StageKind.REPS else ()
    )
    tempo_basis = table.word("tempo_basis", Basis) if phases else None
    suggests_tempo = tempo_basis is Basis.SUGGESTED
    stage = Stage(
        id=table.id(),
        title=table.text("title", ""),
        kind=kind,
        entry=table.word("entry", Entry, Entry.LEAD_IN),
        dose=_dose(table, kind),
        phases=phases,
        held_after=table.text("held_after", ""),
        tempo_basis=tempo_basis,
        tempo_source=table.text("tempo_source") if suggests_tempo else None,
        directions=directions,
        direction_basis=table.word("direction_basis", Basis) if directions else None,
        direction_note=table.text("direction_note", ""),
        cues=table.texts("cues"),
    )
    if stage.held_after and stage.held_after not in [phase.name for phase in phases]:
        table.problem("held_after", f"{stage.held_after!r} is not the name of a phase of this stage")
    if kind is StageKind.REPS and stage.dose.per is Per.DIRECTION and not directions:
        table.problem("directions", "is missing: the dose counts each direction")
    table.finish()
    return stage


def _dose(table: Table, kind: StageKind) -> Dose:
    own, suggested = table.table("dose"), table.table("suggested")
    if own is not None and suggested is not None:
        table.problem("suggested", "stands beside the source's own dose: keep one of them")
    if own is not None:
        return read_dose(own, kind, Basis.SOURCE, None)
    if suggested is not None:
        return read_dose(suggested, kind, Basis.SUGGESTED, suggested.text("source"))
    table.problem("dose", "is missing: give the source's dose, or a suggested one with its source")
    return read_dose(Table({"reps": 1, "seconds": 1, "per": "side"}, "", "", []), kind, Basis.SOURCE, None)


def _phase(table: Table) -> RepPhase:
    phase = RepPhase(
        name=table.text("name"),
        seconds=table.seconds("seconds"),
        breath=table.word("breath", Breath) if table.has("breath") else None,
    )
    table.read.add("breath")
    table.finish()
    return phase
