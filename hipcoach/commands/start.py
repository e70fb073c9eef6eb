"""`hipcoach` and `hipcoach start [ROUTINE]`: the app, a session at once, or one in plain lines."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

from hipcoach.commands.output import say, warn
from hipcoach.errors import StorageError, UsageError
from hipcoach.paths import AppPaths

if TYPE_CHECKING:
    from hipcoach.core.catalog import Catalog
    from hipcoach.live.choices import CliOverrides

POOR_TERMINALS = ("dumb", "unknown")
"""What TERM says of terminals that know no control sequences."""
WEB_DRIVER = "textual.drivers.web_driver:WebDriver"
NO_TERMINAL = "The coach needs a terminal to draw on and to read keys from"
CANNOT = 2
HEEDED = {
    "TEXTUAL_ANIMATIONS": "none|basic|full",
    "TEXTUAL_COLOR_SYSTEM": "auto|standard|256|truecolor|windows",
    "TEXTUAL_DISABLE_KITTY_KEY": "[01]",
    "TEXTUAL_DRIVER": WEB_DRIVER.replace(".", r"\."),
    "TEXTUAL_FPS": "[1-9][0-9]{0,2}",
    "ESCDELAY": "[0-9]{1,5}",
}
"""Of the variables that Textual takes settings from, those that mean something here and what they may say."""


def run(options: Namespace, paths: AppPaths) -> int:
    """Open the app; with `start`, in the routine named, or the one done last.

    Raises:
        UsageError: there is no such routine, a choice is out of its limits, or no terminal to draw on.
    """
    if getattr(options, "plain", False):
        from hipcoach.commands.plain.run import run_plain

        return run_plain(paths, _routine(options.routine, paths), _once(options), options.count)
    term = os.environ.get("TERM", "")
    routine, once = None, None
    if options.command == "start":
        routine, once = _routine(options.routine, paths), _once(options)
    if not is_served() and not on_terminal():
        if _is_terminal(sys.stdin) and _is_terminal(sys.stdout):
            # Said where somebody waits to see something.
            say(f"hipcoach: {NO_TERMINAL}; standard error, on which it draws, leads elsewhere.")
            return CANNOT
        raise UsageError(f"{NO_TERMINAL}.")
    if not is_served() and term in POOR_TERMINALS:
        raise UsageError(
            f"The terminal is said to be '{term}', on which nothing can be drawn; "
            "if it is not, set TERM to what it is, such as xterm-256color."
        )
    _drop_what_textual_would_stumble_over()
    from hipcoach.ui.running import run_app

    return run_app(paths, routine, once)


def _drop_what_textual_would_stumble_over() -> None:
    """Take Textual's variables out of the environment, but for good values of those in `HEEDED`.

    They are for developers, and Textual believes most unchecked, as it is loaded.
    """
    import re

    for name, value in list(os.environ.items()):
        is_textuals = name.startswith("TEXTUAL_") or name in HEEDED
        if is_textuals and not (name in HEEDED and re.fullmatch(HEEDED[name], value)):
            del os.environ[name]


def on_terminal() -> bool:
    """Whether there is a terminal to draw on and to read keys from."""
    drawn_on = sys.stdout if os.name == "nt" else sys.stderr
    written_to = (sys.stdout, drawn_on)
    return _is_terminal(sys.stdin) and all(_is_terminal(each, to_write=True) for each in written_to)


def is_served() -> bool:
    """Whether Textual draws for a browser, as `textual serve` has it: through pipes, without a terminal."""
    return os.environ.get("TEXTUAL_DRIVER") == WEB_DRIVER


def _is_terminal(stream: TextIO | None, *, to_write: bool = False) -> bool:
    if stream is None or not stream.isatty():
        return False
    if not to_write or os.name == "nt":
        return True
    import fcntl

    # A terminal may be open for reading alone, as with 2</dev/tty.
    return fcntl.fcntl(stream, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDONLY


def _once(options: Namespace) -> CliOverrides:
    """The choices that were typed, for this session."""
    from hipcoach.core.choices import Choices, check_choices
    from hipcoach.core.pace import Pace
    from hipcoach.live.choices import CliOverrides

    paces = {True: Pace.OWN, False: Pace.PACED, None: None}
    once = CliOverrides(
        rounds=options.rounds,
        level=options.level,
        pace=paces[options.own_pace],
        tempo=options.tempo,
        warmup=options.warmup,
        gated=False if options.no_gated else None,
        first_side=options.first_side,
        avoid=options.avoid,
    )
    check_choices(once.over(Choices()))
    return once


def _routine(name: str | None, paths: AppPaths) -> str:
    from hipcoach.commands.choosing import catalog_of, routine_named

    catalog = catalog_of(paths)
    if name is not None:
        return routine_named(name, catalog).id
    last = _last_done(paths, catalog)
    if last is not None:
        return last
    first = next(iter(catalog.routines.values()))
    warn(f"No session has been done yet, so this starts '{first.title}'.")
    return first.id


def _last_done(paths: AppPaths, catalog: Catalog) -> str | None:
    from hipcoach.commands.log import entries_of

    try:
        entries = entries_of(paths, datetime.now().astimezone())
    except StorageError:
        # A session can be done without what was done before; that it cannot be read is said as it starts.
        return None
    return next((each.routine for each in reversed(entries) if each.routine in catalog.routines), None)
