"""The command line: every command, its arguments, and how each value is read."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from hipcoach import __version__
from hipcoach.core.avoid import AVOIDABLE
from hipcoach.core.choices import MOST_ROUNDS, TEMPO_LIMITS
from hipcoach.core.cues import SoundProfile
from hipcoach.core.exercise import Load, Side
from hipcoach.core.fields import Intensity
from hipcoach.core.history.filter import read_days
from hipcoach.core.text import nearest
from hipcoach.drawing.signs import Signs
from hipcoach.errors import UsageError

SOME_DAY = date(2000, 1, 1)
NOTHING = "none"
"""What is typed to avoid nothing."""
SMALLEST_FIGURE, LARGEST_FIGURE = (24, 10), (300, 100)
"""Columns and rows."""


class Format(StrEnum):
    """What an export can be written as."""

    CSV = "csv"
    JSON = "json"
    ICAL = "ical"


SUFFIXES = {".csv": Format.CSV, ".json": Format.JSON, ".ics": Format.ICAL, ".ical": Format.ICAL}
"""The format that the name of a file asks for."""


def unknown(noun: str, name: str, known: list[str]) -> str:
    """Return one sentence on a name that does not exist, with the nearest that does."""
    near = nearest(name, known, cutoff=0.5)
    hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(known)}."
    return f"There is no {noun} '{name}'; {hint}"


# How values are read. A reader raises ArgumentTypeError, of which the parser makes one sentence.


class OneOf:
    """Reads one of the words of an enum."""

    def __init__(self, words: type[StrEnum]) -> None:
        self.words = words

    def __call__(self, text: str) -> StrEnum:
        """Return the word."""
        if text not in list(self.words):
            raise argparse.ArgumentTypeError(f"'{text}' is not one of {', '.join(self.words)}")
        return self.words(text)


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    """Return a reader of whole numbers within limits."""

    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,3}", text) or not lowest <= int(text) <= highest:
            raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from {lowest} to {highest}")
        return int(text)

    return read


def _tempo(text: str) -> Fraction:
    low, high = TEMPO_LIMITS
    if not re.fullmatch(r"\d?\.?\d{1,4}", text) or not low <= Fraction(text) <= high:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from {float(low):g} to {float(high):g}")
    return Fraction(text)


def _days(text: str) -> str:
    try:
        # Only whether it can be read; what today is depends on the settings.
        read_days(text, SOME_DAY)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def _size(text: str) -> tuple[int, int]:
    (least, low), (most, high) = SMALLEST_FIGURE, LARGEST_FIGURE
    match = re.fullmatch(r"(\d{1,3})x(\d{1,3})", text)
    if match and least <= int(match[1]) <= most and low <= int(match[2]) <= high:
        return int(match[1]), int(match[2])
    limits = f"{least}x{low} to {most}x{high}"
    raise argparse.ArgumentTypeError(f"'{text}' is not WIDTHxHEIGHT in cells, {limits}")


def _loads(text: str) -> frozenset[Load]:
    if text == NOTHING:
        return frozenset()
    known = {load.value: load for load in AVOIDABLE}
    words = [word.strip() for word in text.split(",")]
    for word in words:
        if word not in known:
            raise argparse.ArgumentTypeError(unknown("load", word, [*known, NOTHING]))
    return frozenset(known[word] for word in words)


def _file(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("needs the name of a file")
    return Path(text)


def _directory(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("needs the name of a directory")
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:
        raise argparse.ArgumentTypeError(f"there is no such user, so no directory '{text}'") from None
    except OSError:
        message = f"the directory that '{text}' starts from is gone; give it from / on"
        raise argparse.ArgumentTypeError(message) from None


# Every command with its arguments.


class Argument(NamedTuple):
    """What `add_argument` is called with."""

    names: tuple[str, ...]
    options: dict[str, Any]


class Command(NamedTuple):
    """One command: what it does, the function that does it, and its arguments.

    Arguments in a list of their own exclude one another.
    """

    help: str
    run: str
    """`module:function` in `hipcoach.commands`; loaded only when the command runs."""
    arguments: Sequence[Argument | list[Argument]] = ()
    epilog: str | None = None


def argument(*names: str, **options: Any) -> Argument:
    """Return an argument as `add_argument` takes it."""
    return Argument(names, options)


def switch(*names: str, help: str) -> Argument:
    """Return an option without a value."""
    return argument(*names, action="store_true", help=help)


def either(name: str, help: str) -> Argument:
    """Return an option that can be said in two ways: `--name` and `--no-name`."""
    return argument(name, action=argparse.BooleanOptionalAction, help=help)


def _data_dir(default: object) -> Argument:
    about = "keep the session log in DIR instead of the usual place"
    return argument("--data-dir", metavar="DIR", type=_directory, default=default, help=about)


def _routine(help: str = "id of a routine", nargs: str | None = None) -> Argument:
    return argument("routine", metavar="ROUTINE", nargs=nargs, help=help)


def _output(metavar: str, help: str, *, required: bool = False) -> Argument:
    return argument("-o", "--output", metavar=metavar, type=_file, required=required, help=help)


LOADS = ", ".join(AVOIDABLE)
DATES = "2026-03-01, 2026-03, 2026, today, yesterday, 30d or 2w (ago)"
JSON = switch("--json", help="print JSON, for scripts")
FORCE = switch("--force", help="replace the file if it is there")
EXERCISE = argument("exercise", metavar="EXERCISE", nargs="?", help="id of an exercise or a self-test")
CHOICES = (
    argument("--rounds", metavar="N", type=_whole(1, MOST_ROUNDS), help=f"1 to {MOST_ROUNDS}"),
    argument("--level", type=OneOf(Intensity), help="low, mid or high; for the rounds too, without --rounds"),
    argument("--tempo", metavar="X", type=_tempo, help="seconds per repetition, times X: 2 is half as fast"),
    either("--own-pace", help="repetitions wait for a key, or are paced"),
    either("--warmup", help="with the warm-up, or without"),
    switch("--no-gated", help="leave advanced drills out"),
    argument("--first-side", type=OneOf(Side), help="left or right"),
    argument("--avoid", metavar="LOADS", type=_loads, help=f"avoid what loads these: {LOADS} (or {NOTHING})"),
)
FILTERS = (
    argument("--since", metavar="DATE", type=_days, help=f"from that day on: {DATES}"),
    argument("--until", metavar="DATE", type=_days, help="up to that day, which is included"),
    argument("--routine", metavar="ROUTINE", action="append", dest="routines", help="may be given again"),
)

COMMANDS = {
    "start": Command(
        "go straight into a session",
        "start:run",
        [
            _routine("id of a routine; without it the one done last", nargs="?"),
            *CHOICES,
            switch("--plain", help="plain lines instead of a screen, such as for a screen reader"),
            argument(
                "--count", metavar="N", type=_whole(0, 999), help="with --plain: say every Nth rep; 0: none"
            ),
        ],
        epilog="Choices hold for this once; the others are as you made them in the list of routines.",
    ),
    "routines": Command(
        "list the routines",
        "listings:routines",
        [_routine("show this one, in the short form that 'new --from' reads", nargs="?"), JSON],
    ),
    "exercises": Command("list the exercises, or show one", "listings:exercises", [EXERCISE, JSON]),
    "plan": Command("show every step of a routine", "plan:run", [_routine(), *CHOICES, JSON]),
    "render": Command(
        "write a whole session as an audio track",
        "render:run",
        [
            _routine(),
            *CHOICES,
            _output("FILE.wav", "the file to write: WAV, 44.1 kHz, mono, 16 bit", required=True),
            FORCE,
            either("--speech", help="with or without speech; otherwise as the settings say"),
            argument(
                "--profile", type=OneOf(SoundProfile), help="all sounds, or sparse; else as in the settings"
            ),
            argument(
                "--volume", metavar="N", type=_whole(0, 100), default=100, help="0 to 100; 100 if not given"
            ),
        ],
    ),
    "figure": Command(
        "show how an exercise goes, as a moving figure",
        "figure:run",
        [
            EXERCISE,
            argument("--side", type=OneOf(Side), help="left or right"),
            argument("--stage", metavar="ID", help="only this stage of the exercise"),
            switch("--once", help="play it once instead of over and over, until q"),
            argument("--size", metavar="WxH", type=_size, help="cells, such as 50x25"),
            argument(
                "--signs", type=OneOf(Signs), help="braille, blocks or ascii; else what the terminal has"
            ),
            argument("--svg", metavar="FILE.svg", type=_file, help="write a picture of it instead"),
            argument(
                "--sheet", metavar="FILE.svg", type=_file, help="write one picture of all, self-tests too"
            ),
            FORCE,
        ],
    ),
    "history": Command(
        "list what was done, newest first",
        "history:run_history",
        [[JSON, switch("--csv", help="print comma-separated values")], *FILTERS],
    ),
    "stats": Command("show streaks and totals", "history:run_stats", [JSON, *FILTERS]),
    "due": Command(
        "say whether a session is due today",
        "history:run_due",
        [
            [switch("-q", "--quiet", help="print nothing: the exit code says it"), JSON],
            switch("--daily", help="also where the week's goal is reached"),
        ],
    ),
    "export": Command(
        "write the sessions as CSV, JSON (to be imported again) or a calendar",
        "export:run_export",
        [
            *FILTERS,
            argument(
                "--format", type=OneOf(Format), help="csv, json or ical; else as FILE's name ends, or json"
            ),
            switch("--sets", help="a row for every set, planned and done"),
            _output("FILE", "write there instead of standard output"),
            FORCE,
        ],
    ),
    "import": Command(
        "take in sessions that were exported elsewhere",
        "export:run_import",
        [
            argument("file", metavar="FILE", type=_file, help="what 'hipcoach export --format json' wrote"),
            switch("--dry-run", help="only say what would be imported"),
        ],
    ),
    "new": Command(
        "write a routine of your own, or make one of a sheet",
        "new:run",
        [
            argument("name", metavar="NAME", nargs="?", help="what it is called; its id is made of it"),
            argument(
                "--from",
                metavar="FILE",
                dest="sheet",
                type=_file,
                help="make it of the lines of this text, such as 'Clamshell 12/side'; - is standard input",
            ),
            _output("FILE", "write there instead of your routines directory"),
            switch("--force", help="replace what is there, instead of taking the next free name"),
            switch("-y", "--yes", help="save without asking, and without lines not understood"),
        ],
    ),
    "check": Command(
        "find every problem of routine files",
        "check:run",
        [argument("paths", metavar="PATH", nargs="+", type=Path, help="a file or a directory")],
    ),
    "schema": Command(
        "print a JSON Schema of routine files, for editors",
        "check:schema",
        [
            argument(
                "document",
                nargs="?",
                choices=["routine", "exercise"],
                default="routine",
                help="of which file",
            )
        ],
    ),
    "sounds": Command(
        "play every sound and say what it means",
        "sounds:run",
        [
            argument("names", metavar="SOUND", nargs="*", help="a sound; without any, all of them"),
            switch("--list", help="only list them, with pitch and length"),
        ],
    ),
    "doctor": Command("say what works here, what does not, and what to do", "doctor:run"),
    "paths": Command("say where files live", "paths:run", [JSON]),
    "completion": Command(
        "print a script that lets a shell complete command lines",
        "completion:run",
        [argument("shell", choices=["bash", "zsh", "fish"], help="bash, zsh or fish")],
    ),
}


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence instead of printing its usage."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        command = re.match(r"argument COMMAND: invalid choice: '(.*?)'", message)
        if command:
            raise UsageError(unknown("command", command.group(1), list(COMMANDS)))
        for prefix in ("argument ", "unrecognized "):
            message = message.removeprefix(prefix)
        raise UsageError(f"{message[:1].upper()}{message[1:]}; '{self.prog} --help' says what there is.")


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of every command line."""
    parser = _Parser(
        prog="hipcoach",
        description="A guided hip and back mobility coach. Without a command it opens the coach.",
    )
    parser.add_argument("--version", action="version", version=f"hipcoach {__version__}")
    _add(parser, _data_dir(default=None))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, command in COMMANDS.items():
        description = f"{command.help[:1].upper()}{command.help[1:]}."
        added = commands.add_parser(name, help=command.help, description=description, epilog=command.epilog)
        # A default of the command's own would undo what was given before the command.
        _add(added, _data_dir(default=argparse.SUPPRESS))
        for each in command.arguments:
            if isinstance(each, list):
                group = added.add_mutually_exclusive_group()
                for one in each:
                    group.add_argument(*one.names, **one.options)
            else:
                _add(added, each)
    return parser


def _add(parser: argparse.ArgumentParser, argument: Argument) -> None:
    parser.add_argument(*argument.names, **argument.options)


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for. `--help` and `--version` print and raise SystemExit.

    Raises:
        UsageError: it cannot be understood.
    """
    return make_parser().parse_args(argv)
