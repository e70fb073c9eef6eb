"""From what was typed, and the user's files, to a routine and choices about it."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from hipcoach.commands.arguments import unknown
from hipcoach.commands.output import warn
from hipcoach.errors import UsageError
from hipcoach.paths import AppPaths
from hipcoach.storage.settings import load_settings

if TYPE_CHECKING:
    from hipcoach.core.catalog import Catalog
    from hipcoach.core.choices import Choices
    from hipcoach.core.exercise import Exercise
    from hipcoach.core.pace import Timings
    from hipcoach.core.plan import Plan
    from hipcoach.core.routine import Routine
    from hipcoach.storage.settings import Settings


def routine_named(name: str, catalog: Catalog) -> Routine:
    """The routine with this id.

    Raises:
        UsageError: there is none; the message names the nearest.
    """
    if name not in catalog.routines:
        raise UsageError(unknown("routine", name, list(catalog.routines)))
    return catalog.routines[name]


def exercise_named(name: str, catalog: Catalog) -> Exercise:
    """The exercise with this id.

    Raises:
        UsageError: there is none; the message names the nearest.
    """
    if name not in catalog.exercises:
        raise UsageError(unknown("exercise", name, list(catalog.exercises)))
    return catalog.exercises[name]


def catalog_of(paths: AppPaths) -> Catalog:
    """The bundled catalogue and the user's own files over it; what is wrong with these is said on standard
    error.

    Raises:
        DataError, ResourceError: the bundled data has problems or is missing.
    """
    from hipcoach.storage.user_catalog import load_catalog

    catalog, problems = load_catalog(paths.config)
    for problem in problems:
        warn(f"{paths.config}/{problem}")
    return catalog


def doable(plan: Plan) -> Plan:
    """The plan.

    Raises:
        UsageError: the choices leave nothing to do.
    """
    if plan.nothing_left:
        raise UsageError(plan.nothing_left)
    return plan


def settings_of(paths: AppPaths) -> Settings:
    """The user's settings; every fault in them is said on standard error, and the default used."""
    settings, problems = load_settings(paths.settings)
    for problem in problems:
        warn(str(problem))
    return settings


def choices_from(options: Namespace, timings: Timings) -> Choices:
    """The choices that the options of `plan` make."""
    from hipcoach.core.choices import Choices, Pace

    return Choices(
        rounds=options.rounds,
        level=options.level,
        pace=Pace.OWN if options.own_pace else Pace.PACED,
        tempo=options.tempo,
        warmup=not options.no_warmup,
        gated=not options.no_gated,
        first_side=options.first_side,
        timings=timings,
        avoid=options.avoid or frozenset(),
    )
