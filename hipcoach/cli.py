"""The command line: understands what was typed, runs one command, and turns every fault into a sentence.

Exit codes: 0 all well, 1 something failed (or `check` found problems), 2 what was asked for cannot be done,
130 interrupted, 141 nobody reads the output any more.
"""

from __future__ import annotations

import io
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeAlias

from hipcoach.commands.arguments import read_arguments
from hipcoach.commands.printing import OutputError, end_output, warn
from hipcoach.errors import DataError, HipcoachError
from hipcoach.paths import AppPaths, user_paths

FAILED = 1
CANNOT = 2
INTERRUPTED = 130
UNREAD = 141

Command: TypeAlias = Callable[[Namespace, AppPaths], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line, `argv` or the process's own, and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a sign gets another instead of a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_for_what_cannot_be_shown(stream.encoding))
    try:
        code = _run(sys.argv[1:] if argv is None else list(argv))
        end_output()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _let_go_of_output()
        return UNREAD
    except OutputError as error:
        _let_go_of_output()
        warn(error.message)
        return FAILED
    except DataError as error:
        for problem in error.message.splitlines():
            warn(problem)
        return CANNOT
    except HipcoachError as error:
        warn(error.message)
        return CANNOT
    return code


def _run(argv: list[str]) -> int:
    options = read_arguments(argv)
    paths = user_paths(options.data_dir)
    try:
        return _command(options.command)(options, paths)
    except (HipcoachError, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001  the last edge: what nobody foresaw is kept for a report
        return _unforeseen(error, paths)


def _command(name: str | None) -> Command:
    """The command of that name. Each is loaded only when asked for, so that a script waits for nothing."""
    match name:
        case "routines":
            from hipcoach.commands.routines import run
        case "exercises":
            from hipcoach.commands.exercises import run
        case "plan":
            from hipcoach.commands.plan import run
        case "render":
            from hipcoach.commands.render import run
        case "history":
            from hipcoach.commands.history import run
        case "stats":
            from hipcoach.commands.stats import run
        case "check":
            from hipcoach.commands.check import run
        case "sounds":
            from hipcoach.commands.sounds import run
        case "doctor":
            from hipcoach.commands.doctor import run
        case "paths":
            from hipcoach.commands.paths import run
        case _:
            from hipcoach.commands.start import run
    return run


def _for_what_cannot_be_shown(encoding: str) -> str:
    if encoding.lower().replace("-", "") == "utf8":
        return "replace"
    from hipcoach.commands.look_alikes import register_look_alikes

    return register_look_alikes()


def _let_go_of_output() -> None:
    # Python writes what is left once more on its way out; that must find something that takes it.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unforeseen(error: Exception, paths: AppPaths) -> int:
    from hipcoach.commands.error_log import log_failure

    what = f"Something unforeseen went wrong ({type(error).__name__})"
    try:
        log_failure(paths.error_log, error)
    except (HipcoachError, OSError) as problem:
        warn(f"{what}, and the error log could not be written: {problem}")
    else:
        warn(f"{what}; the details are in {paths.error_log}.")
    return FAILED
