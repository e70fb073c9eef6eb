"""`hipcoach` and `hipcoach start [ROUTINE]`: the app, a session at once, or one in plain lines."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

from hipcoach.commands.output import POOR_TERMINALS, say, warn
from hipcoach.errors import StorageError, UsageError
from hipcoach.paths import AppPaths

if TYPE_CHECKING:
    from argparse import Namespace

    from hipcoach.live.choices import CliOverrides

WEB_DRIVER = "textual.drivers.web_driver:WebDriver"
"""What Textual draws with for a browser, through pipes, as `textual serve` runs it."""
NO_TERMINAL = "The coach needs a terminal to draw on and to read keys from"
CANNOT = 2


def open_app(
    _: Namespace, paths: AppPaths, routine: str | None = None, overrides: CliOverrides | None = None
) -> int:
    """Open the app, in a session of `routine` where one is named.

    Raises:
        UsageError: there is no terminal to draw on.
    """
    if os.environ.get("TEXTUAL_DRIVER") != WEB_DRIVER:
        if not on_terminal():
            if sys.stdin.isatty() and sys.stdout.isatty():
                # Where somebody waits to see something; standard error may lead nowhere.
                say(f"hipcoach: {NO_TERMINAL}; standard error, on which it draws, leads elsewhere.")
                return CANNOT
            raise UsageError(f"{NO_TERMINAL}.")
        term = os.environ.get("TERM", "")
        if term in POOR_TERMINALS:
            raise UsageError(
                f"Nothing can be drawn on a terminal of the kind '{term}'; "
                "set TERM to what your terminal is, such as xterm-256color."
            )
        for name in list(os.environ):
            # Textual's variables are for developers, and it believes most unchecked when it is imported.
            if name.startswith("TEXTUAL_") or name == "ESCDELAY":
                del os.environ[name]
    from hipcoach.ui.running import run_app

    return run_app(paths, routine, overrides)


def start(options: Namespace, paths: AppPaths) -> int:
    """Go straight into a session of the routine that is named, or of the one done last.

    Raises:
        UsageError: there is no such routine, or no terminal to draw on.
    """
    # The bare list opens sooner without these.
    from hipcoach.commands.choosing import overrides_from
    from hipcoach.commands.plain.run import run_plain

    routine, overrides = _routine(options.routine, paths), overrides_from(options)
    if options.plain:
        return run_plain(paths, routine, overrides, options.count)
    return open_app(options, paths, routine, overrides)


def on_terminal() -> bool:
    """Return whether there is a terminal to draw on and to read keys from."""
    drawn_on = sys.stdout if os.name == "nt" else sys.stderr
    return sys.stdin.isatty() and _can_be_drawn_on(sys.stdout) and _can_be_drawn_on(drawn_on)


def _can_be_drawn_on(stream: TextIO) -> bool:
    try:
        # Refused where the terminal is open for reading alone, as with 2</dev/tty.
        os.write(stream.fileno(), b"")
    except OSError:
        return False
    return stream.isatty()


def _routine(name: str | None, paths: AppPaths) -> str:
    """Return the id of the routine named, else of the one done last, else of the first."""
    from hipcoach.commands.choosing import catalog_of, named
    from hipcoach.commands.history import open_log

    catalog = catalog_of(paths)
    if name is not None:
        return named("routine", name, catalog.routines).id
    try:
        entries = open_log(paths, now=datetime.now().astimezone()).entries()
    except StorageError:
        entries = []  # a session can be done without the log; that it cannot be read is said as it starts
    for entry in entries:
        if entry.routine in catalog.routines:
            return entry.routine
    first = next(iter(catalog.routines.values()))
    warn(f"No session has been done yet, so this starts '{first.title}'.")
    return first.id
