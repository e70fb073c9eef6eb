"""What a sheet was taken for, as one writes it: its plan with the total, and what was not understood."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace
from rich.console import Group, RenderableType
from rich.text import Text

from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Choices, Timings
from hipcoach.core.compile import compile_plan
from hipcoach.core.plan import Plan, StepSide
from hipcoach.core.routine import Routine
from hipcoach.core.sheet.meaning import slug
from hipcoach.core.sheet.printing import sheet_text
from hipcoach.core.sheet.reading import Sheet, read_sheet
from hipcoach.errors import HipcoachError
from hipcoach.ui.format import clock_text, total_text
from hipcoach.ui.plan_preview import set_rows

EMPTY = "A line for each exercise, such as “Fire hydrant 12/side” or “Supine figure four 30s/side x2”."


class Reading(Struct, frozen=True):
    """A sheet, and the plan that it would be."""

    sheet: Sheet
    catalog: Catalog
    """With what only the sheet knows."""
    plan: Plan | None
    problem: str = ""
    """Why there is no plan."""


def read(text: str, catalog: Catalog, timings: Timings) -> Reading:
    """Read a sheet and compile what it says at its default choices, with the user's own `timings`."""
    sheet = read_sheet(text, catalog)
    known = catalog.over(sheet.exercises, sheet.sources)
    if sheet.routine is None:
        return Reading(sheet, known, None)
    try:
        return Reading(sheet, known, compile_plan(sheet.routine, known, Choices(timings=timings)))
    except HipcoachError as error:
        return Reading(sheet, known, None, error.message)


def copy_of(routine: Routine, catalog: Catalog) -> str:
    """The sheet of a routine, under a title and an id that no routine has yet."""
    number, title = 2, f"{routine.title} (mine)"
    while slug(title) in catalog.routines:
        title, number = f"{routine.title} (mine {number})", number + 1
    return sheet_text(replace(routine, id=slug(title), title=title), catalog)


def meaning(reading: Reading, side_colours: Mapping[StepSide, str], wrong: str) -> RenderableType:
    """The whole of it: problems first, since they are what is left to do. `wrong` is their colour."""
    parts: list[RenderableType] = []
    sheet = reading.sheet
    for remark in sheet.problems:
        parts.append(Text(f"✗ {remark.sentence}", style=wrong))
        for number, line in enumerate(remark.instead):
            parts.append(Text(f"  {'   or' if number else 'write'}: {line}"))
    if reading.problem:
        parts.append(Text(f"✗ {reading.problem}", style=wrong))
    if parts:
        parts.append(Text(""))
    if reading.plan is None or sheet.routine is None:
        if not sheet.is_too_large:
            parts.append(Text(EMPTY, style="dim"))
        return Group(*parts)
    parts.append(Text(f"{sheet.routine.title}  {total_text(reading.plan)}", style="bold"))
    parts.append(set_rows(reading.plan, side_colours))
    new = [each.name for each in sheet.exercises]
    if new:
        parts.append(Text(f"\nNew exercises of your own: {', '.join(new)}.", style="dim"))
    parts.append(Text("\nTaken for:", style="dim"))
    for remark in sheet.understood:
        parts.append(Text(f"{remark.number:>3}  {remark.words}", style="dim"))
    return Group(*parts)


def summary(reading: Reading) -> str:
    """One line: how long it is, and how much is left to mend."""
    problems = len(reading.sheet.problems) + bool(reading.problem)
    parts = [] if reading.plan is None else [clock_text(reading.plan.total_seconds)]
    if problems:
        parts.append(f"{problems} line{'s' if problems > 1 else ''} not understood")
    return " · ".join(parts) or "nothing yet"
