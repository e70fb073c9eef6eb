"""The command line: understands what was typed, runs one command, and turns every fault into a sentence.

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
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from hipcoach import __version__
from hipcoach.commands.output import OutputError, end_output, let_go, register_look_alikes, warn
from hipcoach.errors import DataError, HipcoachError, StorageError, UsageError
from hipcoach.paths import AppPaths, trouble_with, user_paths
from hipcoach.storage.atomic import make_directory, open_private

FAILED = 1
CANNOT = 2
INTERRUPTED = 130
UNREAD = 141

LARGEST_LOG = 256 * 1024
"""Bytes; then the error log is put aside, in place of the one before, and a new one begun."""
APP = (None, "start")
"""What opens the coach."""
READING_THE_LOG = ("history", "stats", "due", "export", "import")
READING_OWN_FILES = ("routines", "exercises", "plan", "render", "figure", "new")
"""Commands that read settings, routines or exercises of the user's; as do those above."""

Command: TypeAlias = Callable[[Namespace, AppPaths], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line, `argv` or the process's own, and return its exit code."""

    _fill_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a sign gets another instead of a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_for_what_cannot_be_shown(stream.encoding))
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
    except DataError as error:
        for problem in error.message.splitlines():
            warn(problem)
        return CANNOT
    except HipcoachError as error:
        warn(error.message)
        return CANNOT
    return code


def _options(argv: list[str]) -> Namespace:
    if "_ARGCOMPLETE" in os.environ:
        from hipcoach.commands.completion import complete

        complete()
    if not argv:
        # What is opened most need not wait for what understands command lines.
        return Namespace(command=None, data_dir=None)
    from hipcoach.commands.arguments import read_arguments

    try:
        return read_arguments(argv)
    except SystemExit:
        # What --help or --version has printed.
        end_output()
        raise


def _run(options: Namespace, failed: int) -> int:
    paths = user_paths(options.data_dir)
    try:
        command = _command(options.command)
        if options.command in APP:
            return command(options, paths)
        _check_directories(options.command, paths)
        with _ending_tidily():
            return command(options, paths)
    except (HipcoachError, BrokenPipeError):
        raise
    except Exception as error:
        # A file or directory that cannot be used is no fault of ours. The app looks at its own at the start.
        if isinstance(error, OSError) and error.filename is not None and options.command not in APP:
            raise UsageError(f"{error.filename} cannot be used: {error.strerror}.") from error
        # The last edge: what nobody foresaw is kept for a report.
        _tell_unforeseen(error, paths)
        return failed


def _command(name: str | None) -> Command:
    """Return the function of a command. Its module is loaded only now, so that a script waits for nothing
    else."""
    if name is None:
        from hipcoach.commands.start import run

        return run
    from hipcoach.commands.arguments import FUNCTIONS

    module, _, function = FUNCTIONS.get(name, f"{name}:run").partition(":")
    command: Command = getattr(import_module(f"hipcoach.commands.{module}"), function)
    return command


def _check_directories(command: str, paths: AppPaths) -> None:
    """See to it that what a command reads can be read.

    Raises:
        StorageError: it cannot.
    """
    if command not in READING_OWN_FILES and command not in READING_THE_LOG:
        return

    log = (("data", paths.data), ("data", paths.sessions)) if command in READING_THE_LOG else ()
    for name, path in (("config", paths.config), *log):
        if sentence := trouble_with(name, path):
            raise StorageError(sentence)


@contextmanager
def _ending_tidily() -> Iterator[None]:
    """Have a command clean up behind it where a signal ends it, as ctrl+c does; once more ends it at once."""

    def leave(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        raise SystemExit(128 + number)

    taken = []
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Not what is to be ignored, as under nohup, nor outside the main thread.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            with suppress(ValueError):
                signal.signal(number, leave)
                taken.append(number)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


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
    """See to it that the time is one that Python can tell.

    Raises:
        UsageError: it is not.
    """
    try:
        time.localtime(time.time())
        furthest = max(abs(time.timezone), abs(time.altzone))
    except (OSError, OverflowError, ValueError):
        raise UsageError("The clock of this machine is wrong by centuries; set it, then try again.") from None
    if furthest >= 24 * 3600:
        zone = os.environ.get("TZ", "")
        raise UsageError(f"The time zone, TZ={zone}, is a day or more from UTC; set TZ to one that exists.")


def _for_what_cannot_be_shown(encoding: str) -> str:
    if encoding.lower().replace("-", "") == "utf8":
        return "replace"
    return register_look_alikes()


def _tell_unforeseen(error: Exception, paths: AppPaths) -> None:
    what = f"Something unforeseen went wrong ({type(error).__name__})"
    try:
        log_failure(paths.error_log, error)
    except (HipcoachError, OSError) as problem:
        warn(f"{what}, and the error log could not be written: {problem}")
    else:
        warn(f"{what}; the details are in {paths.error_log}.")


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
