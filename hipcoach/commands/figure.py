"""`hipcoach figure`: a person in the terminal who does the movement, and pictures of all of them."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

from hipcoach.commands.arguments import unknown
from hipcoach.commands.choosing import catalog_of
from hipcoach.commands.output import POOR_TERMINALS, check_target, printable, put, say, warn
from hipcoach.commands.plain.keys import GONE, Keys
from hipcoach.core.catalog import Catalog
from hipcoach.core.exercise import Side
from hipcoach.core.figure.acting import Showing, showing_of, showing_of_test
from hipcoach.core.figure.movement import Moment
from hipcoach.core.figure.scene import Frame, Ink, drawing_at
from hipcoach.drawing.canvas import draw, fitting
from hipcoach.drawing.characters import Characters, characters_for
from hipcoach.drawing.svg import SIDE_COLOURS, sheet_svg
from hipcoach.errors import UsageError
from hipcoach.paths import AppPaths
from hipcoach.storage.bundled import bundled_self_tests, figure_ids, load_figure

Size = tuple[int, int]
"""Columns and rows."""

BETWEEN = 2
"""Cells between two pictures in the terminal."""
NARROWEST, LARGEST_PICTURE = 24, (40, 24)
"""Cells; where there is less room, pictures go one below the other."""
SHEET_COLUMNS = 3
FRAMES_PER_SECOND = 15
"""Enough to look smooth, at a few percent of a processor."""
LARGEST_MOVING = (72, 28)
"""Cells, where no size is asked for: larger is only coarser to look at."""
LEAVE = ("q", "escape", GONE)
STYLES = {Ink.FAR: "grey54", Ink.PROP: "grey42", Ink.GROUND: "grey35"}


def run(options: Namespace, paths: AppPaths) -> int:
    """Play a movement, or print or write pictures.

    Raises:
        UsageError: there is no such exercise or stage, options exclude each other, or a file cannot be
            written.
        DataError, ResourceError: a figure has problems or is missing.
    """
    _check(options)
    catalog = catalog_of(paths)
    if options.sheet is not None:
        return _write_sheet(options, catalog)
    showing = _showing(options.exercise, options, catalog)
    if options.side is not None and showing.side is None:
        warn(f"{showing.title} works both sides at once, so --side makes no difference.")
    if options.svg is not None:
        put([sheet_svg([showing])], options.svg, overwrite=options.force)
        say(f"{options.svg}: {showing.title}.")
        return 0
    signs = Characters(
        options.signs or characters_for(sys.stdout.encoding, os.environ, on_windows=os.name == "nt")
    )
    if sys.stdout.isatty() and os.environ.get("TERM", "") not in POOR_TERMINALS:
        return play(showing, signs, options.size, once=options.once)
    _say_pictures(showing, shutil.get_terminal_size().columns, options.size, signs)
    return 0


def _check(options: Namespace) -> None:
    target: Path | None = options.sheet or options.svg
    if options.exercise is None and options.sheet is None:
        raise UsageError("Name an exercise ('hipcoach exercises' lists them), or --sheet FILE.svg for all.")
    if options.exercise is not None and options.sheet is not None:
        raise UsageError(f"--sheet shows all exercises; leave '{options.exercise}' or --sheet out.")
    if target is None:
        return
    name, of_one = ("svg", ()) if options.sheet is None else ("sheet", ("svg", "stage"))
    for other in (*of_one, "once", "size", "signs"):
        if getattr(options, other):
            raise UsageError(f"--{other} does not go with --{name}.")
    if target.suffix.lower() != ".svg":
        raise UsageError(f"Only SVG files are written, so '{target.name}' should end in .svg.")
    check_target(target, overwrite=options.force)


def _showing(name: str, options: Namespace, catalog: Catalog) -> Showing:
    tests = {test.figure: test for test in bundled_self_tests().tests}
    if name not in catalog.exercises and name not in tests:
        raise UsageError(unknown("exercise", name, [*catalog.exercises, *tests]))
    if name not in figure_ids():
        raise UsageError(f"There is no figure of '{name}'.")
    figure = load_figure(name)
    if options.stage and options.stage not in figure.stages:
        raise UsageError(unknown(f"stage of {name}", options.stage, list(figure.stages)))
    side = options.side and Side(options.side)
    if name in tests:
        return showing_of_test(tests[name], figure, side)
    showing = showing_of(catalog.exercises[name], figure, side, options.stage)
    if showing is None:
        raise UsageError(f"The figure of '{name}' does not know the stages that your own file gives it.")
    return showing


def _say_pictures(showing: Showing, columns: int, size: Size | None, signs: Characters) -> None:
    """Print start, middle and end of each stage, beside each other where they fit."""
    say(showing.title)
    for stage, title in showing.stages.items():
        if len(showing.stages) > 1:
            say()
            say(title)
        pictures = showing.extremes(stage)
        width, height = size or _size(columns, len(pictures), pictures[0][1].frame)
        many = max(1, (columns + BETWEEN) // (width + BETWEEN))
        texts = [
            [
                *("".join(run.text for run in row) for row in draw(drawing, width, height, signs)),
                words.center(width),
            ]
            for words, drawing in pictures
        ]
        for first in range(0, len(texts), many):
            for cells in zip(*texts[first : first + many], strict=True):
                say((" " * BETWEEN).join(cells).rstrip())


def _size(columns: int, count: int, frame: Frame) -> Size:
    """Return a size of which as many as go fit beside each other, each as high as its frame needs."""
    width = (columns + BETWEEN) // count - BETWEEN
    if width < NARROWEST:
        width = columns
    return fitting(frame, min(max(width, 1), LARGEST_PICTURE[0]), LARGEST_PICTURE[1])


def _write_sheet(options: Namespace, catalog: Catalog) -> int:
    """Write one picture of every exercise and self-test with a figure; one's own exercises may have none."""
    tests = (test.figure for test in bundled_self_tests().tests)
    names = [name for name in (*catalog.exercises, *tests) if name in figure_ids()]
    everything = [_showing(name, options, catalog) for name in names]
    everything.sort(key=lambda each: each.title.casefold())
    put([sheet_svg(everything, SHEET_COLUMNS)], options.sheet, overwrite=options.force)
    say(f"{options.sheet}: {len(everything)} movements.")
    return 0


def play(
    showing: Showing,
    signs: Characters,
    size: Size | None,
    *,
    once: bool,
    clock: Callable[[], float] = time.monotonic,
) -> int:
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
    try:
        with keys, Live(console=console, auto_refresh=False, vertical_overflow="crop") as live:
            began = clock()
            for number in range(1, sys.maxsize):
                passed = clock() - began
                is_over = once and passed >= showing.seconds
                moment = showing.end if is_over else showing.at(passed)
                room = (console.size.width, max(1, console.size.height - 2))
                pieces = _moving_picture(showing, moment, signs, size, room, way_out)
                live.update(Text.assemble(*pieces, no_wrap=True, overflow="crop"), refresh=True)
                wait = max(0.0, began + number / FRAMES_PER_SECOND - clock())
                if is_over or keys.read(wait) in LEAVE:
                    break
    except KeyboardInterrupt:
        pass  # the usual way to say that it was enough
    return 0


def _moving_picture(
    showing: Showing, moment: Moment, signs: Characters, size: Size | None, room: Size, way_out: str
) -> Iterator[tuple[str, str]]:
    """Yield text and styles: a moment as large as there is room, below it what it shows and how to end it."""
    columns, rows = room
    drawing = drawing_at(showing.figure, moment)
    wanted = size or fitting(drawing.frame, min(columns, LARGEST_MOVING[0]), min(rows, LARGEST_MOVING[1]))
    styles = {**STYLES, Ink.WORKING: f"bold {SIDE_COLOURS[moment.side]}"}
    for row in draw(drawing, min(columns, wanted[0]), min(rows, wanted[1]), signs):
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
