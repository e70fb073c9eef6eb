"""What the user wrote: settings, and routines and exercises of their own."""

from __future__ import annotations

from collections.abc import Iterator

from hipcoach.commands.examination.finding import Finding
from hipcoach.errors import HipcoachError
from hipcoach.paths import AppPaths
from hipcoach.storage.catalog_toml import bundled_catalog
from hipcoach.storage.memory import memory_problems
from hipcoach.storage.table import Problem
from hipcoach.storage.user_catalog import load_catalog


def look_at_own_files(paths: AppPaths, settings_problems: tuple[Problem, ...]) -> Iterator[Finding]:
    """Look at the settings, in which `settings_problems` were found, and at the user's own routines."""
    yield from _settings(paths, settings_problems)
    yield from _routines(paths)
    for problem in memory_problems(paths.memory):
        yield Finding("memory", False, problem, f"Mend {paths.memory}, or move it away to begin anew.")


def _routines(paths: AppPaths) -> Iterator[Finding]:
    try:
        catalog, problems = load_catalog(paths.config)
    except HipcoachError:
        return  # the program itself is not whole, which is told with the program
    usual = bundled_catalog()
    own = [name for name, routine in catalog.routines.items() if usual.routines.get(name) != routine]
    yield Finding("routines", True, f"{len(own)} in use: {', '.join(own)}" if own else "none")
    for problem in problems:
        yield Finding("file", False, f"{paths.config}/{problem}", "Correct it; until then it is left out.")


def _settings(paths: AppPaths, problems: tuple[Problem, ...]) -> Iterator[Finding]:
    if not problems:
        there = paths.settings.exists()
        how = str(paths.settings) if there else f"the defaults; {paths.settings} is not there"
        yield Finding("settings", True, how)
    for problem in problems:
        yield Finding("settings", False, str(problem), f"Correct {paths.settings}; a default holds.")
