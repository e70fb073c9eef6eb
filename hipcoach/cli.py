"""The command line: reads what was typed, runs one command, and turns every fault into a sentence.

Exit codes: 0 all well, 1 something failed (or `check` found problems), 2 what was asked for cannot be done,
130 interrupted, 143 or 129 ended by SIGTERM or SIGHUP, 141 nobody reads the output any more. To `due`, 1 is
an answer: what fails there is a 2.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, TypeAlias

from hipcoach import __version__
from hipcoach.commands.output import OutputError, end_output, let_go, warn
from hipcoach.errors import DataError, HipcoachError, StorageError, UsageError
from hipcoach.paths import AppPaths, trouble_with, user_paths
from hipcoach.storage.atomic import make_directory, open_private

if TYPE_CHECKING:
    from argparse import Namespace

    Options: TypeAlias = Namespace | SimpleNamespace

FAILED = 1
CANNOT = 2
INTERRUPTED = 130
UNREAD = 141

LARGEST_LOG = 256 * 1024
"""Bytes; then the error log is put aside, in place of the one before, and a new one begun."""
NO_COMMAND = {"command": None, "data_dir": None, "run": "start:open_app", "reads": ()}
"""What an empty command line stands for."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line, `argv` or the process's own, and return its exit code."""

    _fill_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets another instead of a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    failed = FAILED
    try:
        _check_clock()
        options = _options(sys.argv[1:] if argv is None else list(argv))
        failed = CANNOT if options.command == "due" else FAILED
        code = _run(options, failed)
        end_output()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        let_go(sys.stdout)
        return UNREAD
    except OutputError as error:
        let_go(sys.stdout)
        warn(error.message)
        return failed
    except HipcoachError as error:
        for problem in error.message.splitlines() if isinstance(error, DataError) else [error.message]:
            warn(problem)
        return CANNOT
    return code


def _options(argv: list[str]) -> Options:
    if "_ARGCOMPLETE" in os.environ:
        from hipcoach.commands.completion import complete

        complete()
    if not argv:
        # What is opened most need not wait for what reads command lines.
        return SimpleNamespace(**NO_COMMAND)
    from argparse import Namespace

    from hipcoach.commands.arguments import make_parser

    try:
        return make_parser().parse_args(argv, Namespace(**NO_COMMAND))
    except SystemExit:
        # What --help or --version has printed.
        end_output()
        raise


def _run(options: Options, failed: int) -> int:
    """Run a command, whose module is loaded only now, so that a script waits for nothing else."""
    paths = user_paths(options.data_dir)
    module, _, function = options.run.partition(":")
    opens_app = module == "start"
    try:
        command: Callable[[Options, AppPaths], int]
        command = getattr(import_module(f"hipcoach.commands.{module}"), function)
        for name, path in (("config", paths.config), ("data", paths.data), ("data", paths.sessions)):
            if name in options.reads and (sentence := trouble_with(name, path)):
                raise StorageError(sentence)
        if not opens_app:
            _end_tidily()
        return command(options, paths)
    except (HipcoachError, BrokenPipeError):
        raise
    except Exception as error:
        # A file or directory that cannot be used is no fault of ours. The app looks at its own at the start.
        if isinstance(error, OSError) and error.filename is not None and not opens_app:
            raise UsageError(f"{error.filename} cannot be used: {error.strerror}.") from error
        # The last edge: what nobody foresaw is kept for a report.
        what = f"Something unforeseen went wrong ({type(error).__name__})"
        try:
            log_failure(paths.error_log, error)
        except (HipcoachError, OSError) as problem:
            warn(f"{what}, and the error log could not be written: {problem}")
        else:
            warn(f"{what}; the details are in {paths.error_log}.")
        return failed


def _end_tidily() -> None:
    """Have a command clean up behind it where a signal ends it, as ctrl+c does; once more ends it at once."""

    def leave(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Not what is to be ignored, as under nohup.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, leave)


def _fill_closed_streams() -> None:
    """Have standard streams that are closed taken, so that no file of ours gets the place of one.

    There is nothing to read then, and warnings go nowhere; output is refused like that to a full disk.
    """
    for name, mode, flags in (
        ("stdin", "r", os.O_RDONLY),
        ("stdout", "w", os.O_RDONLY),
        ("stderr", "w", os.O_WRONLY),
    ):
        if getattr(sys, name) is None:
            stream = os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8")
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)


def _check_clock() -> None:
    """Check that the time is one that Python can tell.

    Raises:
        UsageError: it is not.
    """
    try:
        datetime.fromtimestamp(time.time()).astimezone()
    except (OSError, OverflowError, ValueError):
        zone = f" (TZ={os.environ['TZ']})" if "TZ" in os.environ else ""
        sentence = (
            f"The clock or the time zone{zone} of this machine cannot be right; set it, then try again."
        )
        raise UsageError(sentence) from None


def log_failure(path: Path, error: Exception) -> None:
    """Write a traceback, without the values of any variable, for the user to send or to throw away.

    Raises:
        StorageError, OSError: it cannot be written.
    """
    import traceback  # which nobody needs as long as all goes well

    make_directory(path.parent)
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(f"{path}.1")
    now = datetime.now().astimezone()
    about = f"hipcoach {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    with open(path, "a", encoding="utf-8", opener=open_private) as log:
        log.write(f"{now:%Y-%m-%d %H:%M:%S %z} {about}\n")
        traceback.print_exception(error, file=log)
