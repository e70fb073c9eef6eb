"""From what was typed, and the user's files, to a routine and choices about it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import TypeVar

from msgspec import convert

from hipcoach.commands.arguments import unknown
from hipcoach.commands.output import warn
from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Choices, Timings
from hipcoach.core.plan import Plan
from hipcoach.errors import UsageError
from hipcoach.live.choices import CliOverrides
from hipcoach.paths import AppPaths
from hipcoach.storage.catalog import load_catalog
from hipcoach.storage.settings import Settings, load_settings

T = TypeVar("T")


def named(noun: str, name: str, known: Mapping[str, T]) -> T:
    """Return what has this name.

    Raises:
        UsageError: nothing has; the message names the nearest.
    """
    if name not in known:
        raise UsageError(unknown(noun, name, known))
    return known[name]


def catalog_of(paths: AppPaths) -> Catalog:
    """Return the bundled catalogue with the user's own files over it; warn of every problem in these.

    Raises:
        DataError, ResourceError: the bundled data has problems or is missing.
    """
    catalog, problems = load_catalog(paths.config)
    for problem in problems:
        warn(f"{paths.config}/{problem}")
    return catalog


def settings_of(paths: AppPaths) -> Settings:
    """Return the user's settings; warn of every fault in them, for which the default is used."""
    settings, problems = load_settings(paths.settings)
    for problem in problems:
        warn(str(problem))
    return settings


def doable(plan: Plan) -> Plan:
    """Return the plan.

    Raises:
        UsageError: the choices leave nothing to do.
    """
    if plan.nothing_left:
        raise UsageError(plan.nothing_left)
    return plan


def notes_on(plan: Plan) -> Iterator[str]:
    """Yield a sentence for each thing that the plan does without or replaces, or whose loads are unknown."""
    for sentence in plan.left_out:
        yield f"Left out: {sentence}"
    for avoided in plan.avoided:
        yield f"{avoided.sentence[:1].upper()}{avoided.sentence[1:]}."
    for sentence in plan.loads_unknown:
        yield f"{sentence}."


def overrides_from(options: Namespace) -> CliOverrides:
    """Return the choices that were typed."""
    # A track has no choice of pace.
    typed = {name: getattr(options, name, None) for name in CliOverrides.__struct_fields__}
    return convert(typed, CliOverrides)


def choices_from(options: Namespace, timings: Timings) -> Choices:
    """Return the choices that were typed, over the defaults; nothing remembered counts."""
    return overrides_from(options).over(Choices(timings=timings))
