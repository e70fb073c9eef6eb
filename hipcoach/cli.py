"""The command line: understands what was typed, runs one command, and turns every fault into a sentence.

Exit codes: 0 all well, 1 something failed (or `check` found problems), 2 what was asked for cannot be done,
130 interrupted, 141 nobody reads the output any more. To `due`, 1 is an answer: what fails there is a 2.
"""

from __future__ import annotations

import io
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TypeAlias

from hipcoach.commands.printing import OutputError, end_output, let_go_of_output, warn
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
    failed = FAILED
    try:
        options = _options(sys.argv[1:] if argv is None else list(argv))
        failed = CANNOT if options.command == "due" else FAILED
        code = _run(options, failed)
        end_output()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        let_go_of_output()
        return UNREAD
    except OutputError as error:
        let_go_of_output()
        warn(error.message)
        return failed
    except DataError as error:
        for problem in error.message.splitlines():
            warn(problem)
        return CANNOT
    except HipcoachError as error:
        warn(error.message)
        return CANNOT
    return code


def _options(argv: list[str]) -> Namespace:
    if not argv:
        # The app itself is what is opened most; it need not wait for what understands command lines.
        return Namespace(command=None, data_dir=None)
    from hipcoach.commands.arguments import read_arguments

    return read_arguments(argv)


def _run(options: Namespace, failed: int) -> int:
    paths = user_paths(options.data_dir)
    try:
        return _command(options.command)(options, paths)
    except (HipcoachError, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001  the last edge: what nobody foresaw is kept for a report
        _tell_unforeseen(error, paths)
        return failed


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
        case "figure":
            from hipcoach.commands.figure import run
        case "history":
            from hipcoach.commands.history import run
        case "stats":
            from hipcoach.commands.stats import run
        case "due":
            from hipcoach.commands.due import run
        case "export":
            from hipcoach.commands.export import run
        case "import":
            from hipcoach.commands.import_sessions import run
        case "new":
            from hipcoach.commands.new import run
        case "schema":
            from hipcoach.commands.schema import run
        case "check":
            from hipcoach.commands.check import run
        case "sounds":
            from hipcoach.commands.sounds import run
        case "doctor":
            from hipcoach.commands.doctor import run
        case "completion":
            from hipcoach.commands.completion import run
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


def _tell_unforeseen(error: Exception, paths: AppPaths) -> None:
    from hipcoach.commands.error_log import log_failure

    what = f"Something unforeseen went wrong ({type(error).__name__})"
    try:
        log_failure(paths.error_log, error)
    except (HipcoachError, OSError) as problem:
        warn(f"{what}, and the error log could not be written: {problem}")
    else:
        warn(f"{what}; the details are in {paths.error_log}.")
