"""`hipcoach figure`: a person in the terminal who does the movement, and pictures of all of them."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from hipcoach.commands.arguments import unknown
from hipcoach.commands.choosing import catalog_of
from hipcoach.commands.output import POOR_TERMINALS, printable, put, say, warn
from hipcoach.commands.plain.keys import GONE, Keys
from hipcoach.core.catalog import Catalog
from hipcoach.core.exercise import Side
from hipcoach.core.figure.acting import Showing, showing_of, showing_of_test
from hipcoach.core.figure.movement import Moment
from hipcoach.core.figure.scene import Ink, drawing_at
from hipcoach.core.self_test import SelfTest
from hipcoach.drawing.canvas import draw, fitting
from hipcoach.drawing.characters import Characters, characters_for
from hipcoach.drawing.svg import SIDE_COLOURS, sheet_svg
from hipcoach.errors import UsageError
from hipcoach.paths import AppPaths
from hipcoach.storage.bundled import bundled_self_tests, figure_ids, load_figure

BETWEEN = 2
"""Cells between two pictures in the terminal."""
WIDEST_PICTURE, HIGHEST_PICTURE = 40, 24
"""Cells."""
SHEET_COLUMNS = 3
FRAMES_PER_SECOND = 15
"""Enough to look smooth, at a few percent of a processor."""
LARGEST_MOVING = (72, 28)
"""Cells: larger is only coarser to look at."""
LEAVE = ("q", "escape", GONE)
STYLES = {Ink.FAR: "grey54", Ink.PROP: "grey42", Ink.GROUND: "grey35"}


def run(options: Namespace, paths: AppPaths) -> int:
    """Play a movement, or print or write pictures.

    Raises:
        UsageError: there is no such exercise, options exclude each other, or a file cannot be written.
        DataError, ResourceError: a figure has problems or is missing.
    """
    target: Path | None = options.sheet or options.svg
    if (options.exercise is None) != (options.sheet is not None):
        raise UsageError("Name an exercise ('hipcoach exercises' lists them), or --sheet FILE.svg for all.")
    if target is not None and target.suffix.lower() != ".svg":
        raise UsageError(f"Only SVG files are written, so '{target.name}' should end in .svg.")
    catalog = catalog_of(paths)
    side = options.side and Side(options.side)
    if options.sheet is not None:
        # One's own exercises may have no figure.
        names = [name for name in (*catalog.exercises, *_tests()) if name in figure_ids()]
        everything = [_showing(name, side, catalog) for name in names]
        everything.sort(key=lambda each: each.title.casefold())
        put([sheet_svg(everything, SHEET_COLUMNS)], target, overwrite=options.force)
        say(f"{target}: {len(everything)} movements.")
        return 0
    showing = _showing(options.exercise, side, catalog)
    if side is not None and showing.side is None:
        warn(f"{showing.title} works both sides at once, so --side makes no difference.")
    characters = Characters(
        options.signs or characters_for(sys.stdout.encoding, os.environ, on_windows=os.name == "nt")
    )
    if target is not None:
        put([sheet_svg([showing])], target, overwrite=options.force)
        say(f"{target}: {showing.title}.")
    elif sys.stdout.isatty() and os.environ.get("TERM", "") not in POOR_TERMINALS:
        play(showing, characters, once=options.once)
    else:
        _say_pictures(showing, characters)
    return 0


def _tests() -> dict[str, SelfTest]:
    return {test.figure: test for test in bundled_self_tests().tests}


def _showing(name: str, side: Side | None, catalog: Catalog) -> Showing:
    tests = _tests()
    if name not in catalog.exercises and name not in tests:
        raise UsageError(unknown("exercise", name, [*catalog.exercises, *tests]))
    if name not in figure_ids():
        raise UsageError(f"There is no figure of '{name}'.")
    figure = load_figure(name)
    if name in tests:
        return showing_of_test(tests[name], figure, side)
    showing = showing_of(catalog.exercises[name], figure, side)
    if showing is None:
        raise UsageError(f"The figure of '{name}' does not know the stages that your own file gives it.")
    return showing


def _say_pictures(showing: Showing, characters: Characters) -> None:
    """Print start, middle and end of each stage beside each other."""
    columns = shutil.get_terminal_size().columns
    say(showing.title)
    for stage, title in showing.stages.items():
        if len(showing.stages) > 1:
            say(f"\n{title}")
        pictures = showing.extremes(stage)
        most = (max(1, min(columns // len(pictures) - BETWEEN, WIDEST_PICTURE)), HIGHEST_PICTURE)
        width, height = fitting(pictures[0][1].frame, *most)
        texts = [
            [
                *("".join(run.text for run in row) for row in draw(drawing, width, height, characters)),
                words.center(width),
            ]
            for words, drawing in pictures
        ]
        for cells in zip(*texts, strict=True):
            say((" " * BETWEEN).join(cells).rstrip())


def play(
    showing: Showing, characters: Characters, *, once: bool, clock: Callable[[], float] = time.monotonic
) -> None:
    """Play until `q`, escape or ctrl+c, or with `once` until it has been shown once."""
    # Not at the top: where nothing moves, they would take half of the command's time.
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    console, keys = Console(highlight=False), Keys(sys.stdin)
    way_out = "" if once else "ctrl+c ends it" if not keys.is_terminal else "q ends it"
    if hasattr(signal, "SIGTSTP"):
        # As in the coach itself: a stopped program would leave the terminal without a cursor.
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    # Ctrl+c is the usual way to say that it was enough.
    with (
        suppress(KeyboardInterrupt),
        keys,
        Live(console=console, auto_refresh=False, vertical_overflow="crop") as live,
    ):
        began = clock()
        for number in count(1):
            passed = clock() - began
            is_over = once and passed >= showing.seconds
            moment = showing.end if is_over else showing.at(passed)
            pieces = _moving_picture(showing, moment, characters, console.size, way_out)
            live.update(Text.assemble(*pieces, no_wrap=True, overflow="crop"), refresh=True)
            wait = max(0.0, began + number / FRAMES_PER_SECOND - clock())
            if is_over or keys.read(wait) in LEAVE:
                break


def _moving_picture(
    showing: Showing, moment: Moment, characters: Characters, room: tuple[int, int], way_out: str
) -> Iterator[tuple[str, str]]:
    """Yield text and styles: a moment as large as there is room, below it what it shows and how to end it."""
    columns = room[0]
    drawing = drawing_at(showing.figure, moment)
    width, height = fitting(drawing.frame, *map(min, (columns, max(1, room[1] - 2)), LARGEST_MOVING))
    styles = {**STYLES, Ink.WORKING: f"bold {SIDE_COLOURS[moment.side]}"}
    for row in draw(drawing, width, height, characters):
        for text, ink in row:
            yield text, styles.get(ink, "") if ink else ""
        yield "\n", ""
    words = caption(showing, moment)
    both = f"{words}   ({way_out})"
    yield both if way_out and len(both) <= columns else words, ""


def caption(showing: Showing, moment: Moment) -> str:
    """Return in one line what is shown just now."""
    stage = showing.stages[moment.stage] if len(showing.stages) > 1 else ""
    doing = "hold" if moment.held is not None else moment.phase or "get ready"
    words = (showing.title, stage, moment.side, moment.direction, doing)
    return printable(" · ".join(filter(None, words)))
