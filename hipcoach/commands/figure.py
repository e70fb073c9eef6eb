"""`hipcoach figure`: a person in the terminal who does the movement, and pictures of all of them."""

from __future__ import annotations

import os
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from hipcoach.commands.arguments import unknown
from hipcoach.commands.choosing import catalog_of
from hipcoach.commands.figure_pictures import all_svg, one_svg, say_pictures, unnamed_svg
from hipcoach.commands.output import check_target, put, say, warn
from hipcoach.commands.start import POOR_TERMINALS
from hipcoach.core.exercise import Side, Sides
from hipcoach.core.figure.movement import Figure
from hipcoach.drawing.shown import Shown, shown_exercise, shown_self_test
from hipcoach.drawing.signs import signs_for
from hipcoach.errors import UsageError
from hipcoach.paths import AppPaths
from hipcoach.storage.figures import load_figure
from hipcoach.storage.self_tests import bundled_self_tests

ALONE = ("stage", "once", "size", "signs")
"""Options for one exercise in the terminal or, a stage, in a picture of it."""


def run(options: Namespace, paths: AppPaths) -> int:
    """Play a movement, or print or write pictures.

    Raises:
        UsageError: there is no such exercise or stage, options exclude each other, or a file cannot be
            written.
        DataError, ResourceError: a figure has problems or is missing.
    """
    _check(options)
    if options.sheet is not None:
        return _write_sheet(options, paths)
    shown = _of_stage(_shown(options.exercise, options.side, paths), options.stage)
    if options.side is not None and shown.sides is Sides.BOTH:
        warn(f"{shown.title} works both sides at once, so --side makes no difference.")
    if options.svg is not None:
        put([one_svg(shown)], options.svg, overwrite=options.force)
        say(f"{options.svg}: {shown.title}.")
        return 0
    signs = options.signs or signs_for(sys.stdout.encoding, os.environ, on_windows=os.name == "nt")
    if not _can_move():
        say_pictures(shown, shutil.get_terminal_size().columns, options.size, signs)
        return 0
    from hipcoach.commands.figure_play import play

    return play(shown, signs, options.size, once=options.once)


def _check(options: Namespace) -> None:
    target: Path | None = options.sheet or options.svg
    if options.exercise is None and options.sheet is None:
        raise UsageError("Name an exercise ('hipcoach exercises' lists them), or --sheet FILE.svg for all.")
    if options.sheet is not None and options.exercise is not None:
        raise UsageError(f"--sheet shows all exercises; leave '{options.exercise}' or --sheet out.")
    if options.sheet is not None:
        _exclude("sheet", ("svg", *ALONE), options)
    elif options.unnamed:
        raise UsageError("--unnamed goes with --sheet FILE.svg.")
    elif options.svg is not None:
        _exclude("svg", (name for name in ALONE if name != "stage"), options)
    if target is not None:
        if target.suffix.lower() != ".svg":
            raise UsageError(f"Only SVG files are written, so '{target.name}' should end in .svg.")
        check_target(target, overwrite=options.force)


def _exclude(name: str, others: Iterable[str], options: Namespace) -> None:
    for other in others:
        if getattr(options, other):
            raise UsageError(f"--{other} does not go with --{name}.")


def _can_move() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM", "") not in POOR_TERMINALS


def _write_sheet(options: Namespace, paths: AppPaths) -> int:
    everything = [_shown(name, options.side, paths) for name in _names(paths)]
    text, key = unnamed_svg(everything) if options.unnamed else (all_svg(everything), [])
    put([text], options.sheet, overwrite=options.force)
    for number, name in key:
        say(f"{number:2}  {name}")
    if not key:
        say(f"{options.sheet}: {len(everything)} movements.")
    return 0


def _names(paths: AppPaths) -> list[str]:
    """Every exercise and self-test with a figure; somebody's own exercises may have none."""
    catalog = catalog_of(paths)
    tests = [test.figure for test in bundled_self_tests().tests]
    return [name for name in (*catalog.exercises, *tests) if _figure(name) is not None]


def _shown(name: str, side: Side | None, paths: AppPaths) -> Shown:
    catalog, tests = catalog_of(paths), {test.figure: test for test in bundled_self_tests().tests}
    if name not in catalog.exercises and name not in tests:
        raise UsageError(unknown("exercise", name, [*catalog.exercises, *tests]))
    figure = _figure(name)
    if figure is None:
        raise UsageError(f"There is no figure of '{name}'.")
    if name in tests:
        return shown_self_test(tests[name], figure, side)
    shown = shown_exercise(catalog.exercises[name], figure, side)
    if not shown.is_complete:
        raise UsageError(f"The figure of '{name}' does not know the stages that your own file gives it.")
    return shown


def _figure(name: str) -> Figure | None:
    try:
        return load_figure(name)
    except KeyError:
        return None


def _of_stage(shown: Shown, wanted: str | None) -> Shown:
    if wanted is None:
        return shown
    stages = tuple(stage for stage in shown.stages if stage.id == wanted)
    if not stages:
        raise UsageError(unknown(f"stage of {shown.id}", wanted, [stage.id for stage in shown.stages]))
    return replace(shown, stages=stages)
