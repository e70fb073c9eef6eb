"""The command line: every command, its arguments, and how each value is read."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from hipcoach import __version__
from hipcoach.core.avoid import AVOIDABLE
from hipcoach.core.choices import MOST_ROUNDS, TEMPO_LIMITS
from hipcoach.core.cues import SoundProfile
from hipcoach.core.exercise import Load, Side
from hipcoach.core.fields import Intensity
from hipcoach.core.text import nearest
from hipcoach.drawing.characters import Characters
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
    from hipcoach.core.history.filter import read_days  # with all of the history, which most commands leave

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


# Every command, and its arguments.

COMMANDS = {
    "start": "go straight into a session",
    "routines": "list the routines",
    "exercises": "list the exercises, or show one",
    "plan": "show every step of a routine",
    "render": "write a whole session as an audio track",
    "figure": "show how an exercise goes, as a moving figure",
    "history": "list what was done, newest first",
    "stats": "show streaks and totals",
    "due": "say whether a session is due today",
    "export": "write the sessions as CSV, JSON (to be imported again) or a calendar",
    "import": "take in sessions that were exported elsewhere",
    "new": "write a routine of your own, or make one of a sheet",
    "check": "find every problem of routine files",
    "schema": "print a JSON Schema of routine files or the settings, for editors",
    "sounds": "play every sound and say what it means",
    "doctor": "say what works here, what does not, and what to do",
    "paths": "say where files live",
    "completion": "print a script that lets a shell complete command lines",
}
EPILOGS = {
    "start": "Choices hold for this session only; the others are as you made them in the list of routines.",
    "plan": "What you chose in the list of routines does not count here.",
    "render": "What you chose in the list of routines does not count here.",
}
"""What follows the options in the help of a command."""
FUNCTIONS = {
    "routines": "listings:routines",
    "exercises": "listings:exercises",
    "plan": "listings:plan",
    "history": "history:run_history",
    "stats": "history:run_stats",
    "due": "history:run_due",
    "export": "export:run_export",
    "import": "export:run_import",
    "schema": "check:schema",
}
"""The function of a command, as `module:function` in `hipcoach.commands`, if not `run` in its own module."""

Argument = tuple[tuple[str, ...], dict[str, Any]]
"""What `add_argument` is called with."""


def argument(name: str, help: str, metavar: str | None = None, **more: Any) -> Argument:
    """Return an argument that is known by its place."""
    return (name,), {"help": help, "metavar": metavar or name.upper(), **more}


def option(
    name: str, help: str, type: Callable[[str], Any], metavar: str | None = None, **more: Any
) -> Argument:
    """Return an option with a value."""
    return (name,), {"help": help, "type": type, "metavar": metavar, **more}


def switch(*names: str, help: str) -> Argument:
    """Return an option without a value."""
    return names, {"help": help, "action": "store_true"}


def either(name: str, help: str) -> Argument:
    """Return an option that can be said in two ways: `--name` and `--no-name`."""
    return (name,), {"help": help, "action": argparse.BooleanOptionalAction}


def output(help: str, metavar: str = "FILE", *, required: bool = False) -> Argument:
    """Return the option that names the file to write."""
    return ("-o", "--output"), {"help": help, "type": _file, "metavar": metavar, "required": required}


def avoid(default: str) -> Argument:
    """Return the option that names what should not be loaded."""
    loads = f"{', '.join(AVOIDABLE)} (or {NOTHING})"
    return option("--avoid", f"replace or leave out what loads these: {loads}; {default}", _loads, "LOADS")


DATES = "2026-03-01, 2026-03, 2026, today, yesterday, 30d or 2w (ago)"
DATA_DIR = option("--data-dir", "keep the session log in DIR instead of the usual place", _directory, "DIR")
JSON = switch("--json", help="print JSON, for scripts")
FORCE = switch("--force", help="replace the file if it is there")
ROUTINE = argument("routine", "id of a routine")
OWN_PACE = either("--own-pace", help="repetitions wait for a key, or are paced")
CHOICES = (
    option("--rounds", f"rounds, 1 to {MOST_ROUNDS}", _whole(1, MOST_ROUNDS), "N"),
    option(
        "--level",
        "low, mid or high: which end of every range; rounds as well, unless --rounds is given",
        OneOf(Intensity),
    ),
    option("--tempo", "seconds per repetition, times X: 2 is half as fast", _tempo, "X"),
    either("--warmup", help="with the warm-up, or without"),
    switch("--no-gated", help="leave advanced drills out"),
    option("--first-side", "left or right", OneOf(Side)),
)
FILTERS = (
    option("--since", f"from that day on: {DATES}", _days, "DATE"),
    option("--until", "up to that day, which is included", _days, "DATE"),
    option(
        "--routine", "only this routine; may be given again", str, "ROUTINE", action="append", dest="routines"
    ),
)
ARGUMENTS: dict[str, list[Argument | list[Argument]]] = {
    "start": [
        argument("routine", "id of a routine; without it the one done last", nargs="?"),
        *CHOICES,
        OWN_PACE,
        avoid("by default as chosen on the first screen"),
        switch("--plain", help="plain lines instead of a screen, such as for a screen reader"),
        option("--count", "with --plain: print every Nth rep; 5 by default, 0 for none", _whole(0, 999), "N"),
    ],
    "routines": [argument("routine", "show it in the short form that 'new --from' reads", nargs="?"), JSON],
    "exercises": [argument("exercise", "show all there is to know of this one", nargs="?"), JSON],
    "plan": [ROUTINE, *CHOICES, OWN_PACE, avoid("by default nothing"), JSON],
    "render": [
        ROUTINE,
        *CHOICES,
        avoid("by default nothing"),
        output(
            "the file to write: WAV, 44.1 kHz, mono, 16 bit; other programs can convert it to MP3",
            "FILE.wav",
            required=True,
        ),
        FORCE,
        either("--speech", help="with or without speech; otherwise as the settings say"),
        option(
            "--profile",
            "all sounds, or sparse: only what begins and ends work; otherwise as the settings say",
            OneOf(SoundProfile),
        ),
        option("--volume", "0 to 100; 100 if not given", _whole(0, 100), "N", default=100),
    ],
    "figure": [
        argument("exercise", "id of an exercise or a self-test", nargs="?"),
        option("--side", "left or right", OneOf(Side)),
        option("--stage", "only this stage of the exercise", str, "ID"),
        switch("--once", help="play it once instead of over and over, until q"),
        option("--size", "cells, such as 50x25", _size, "WxH"),
        option("--signs", "braille, blocks or ascii; otherwise what the terminal has", OneOf(Characters)),
        option("--svg", "write a picture of it instead", _file, "FILE.svg"),
        option("--sheet", "write one picture of all, self-tests included", _file, "FILE.svg"),
        FORCE,
    ],
    # Arguments in a list of their own exclude one another.
    "history": [[JSON, switch("--csv", help="print comma-separated values")], *FILTERS],
    "stats": [JSON, *FILTERS],
    "due": [
        [switch("-q", "--quiet", help="print nothing: the exit code says it"), JSON],
        switch("--daily", help="also where the week's goal is reached"),
    ],
    "export": [
        *FILTERS,
        option(
            "--format",
            "csv, json (everything; can be imported again) or ical (a calendar); "
            "by default as the name of FILE ends, or json",
            OneOf(Format),
        ),
        switch("--sets", help="a row for every set, planned and done"),
        output("write there instead of standard output"),
        FORCE,
    ],
    "import": [
        argument("file", "what 'hipcoach export --format json' wrote", type=_file),
        switch("--dry-run", help="only say what would be imported"),
    ],
    "new": [
        argument("name", "what it is called; its id is made of it", nargs="?"),
        option(
            "--from",
            "make it of lines like 'Clamshell 12/side'; - reads standard input",
            _file,
            "FILE",
            dest="sheet",
        ),
        output("write there instead of your routines directory"),
        switch("--force", help="replace what is there, instead of taking the next free name"),
        switch("-y", "--yes", help="save without asking, and without lines not understood"),
    ],
    "check": [argument("paths", "a file or a directory", "PATH", nargs="+", type=Path)],
    "schema": [
        argument(
            "document",
            "routine: of a file with a routine; exercise: of one with exercises alone; settings: of "
            "settings.toml; by default routine",
            nargs="?",
            choices=["routine", "exercise", "settings"],
            default="routine",
        )
    ],
    "sounds": [
        argument("names", "a sound; without any, all of them", "SOUND", nargs="*"),
        switch("--list", help="only list them, with pitch and length"),
    ],
    "paths": [JSON],
    "completion": [argument("shell", "bash, zsh or fish", choices=["bash", "zsh", "fish"])],
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
    about = "A guided hip and back mobility coach. Without a command it opens the coach."
    parser = _Parser(prog="hipcoach", description=about)
    parser.add_argument("--version", action="version", version=f"hipcoach {__version__}")
    names, options = DATA_DIR
    parser.add_argument(*names, **options)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, does in COMMANDS.items():
        about = f"{does[:1].upper()}{does[1:]}."
        command = commands.add_parser(name, help=does, description=about, epilog=EPILOGS.get(name))
        # A default of the command's own would undo what was given before the command.
        command.add_argument(*names, **options, default=argparse.SUPPRESS)
        for each in ARGUMENTS.get(name, ()):
            place = command.add_mutually_exclusive_group() if isinstance(each, list) else command
            for its_names, its_options in each if isinstance(each, list) else [each]:
                place.add_argument(*its_names, **its_options)
    return parser


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for. `--help` and `--version` print and raise SystemExit.

    Raises:
        UsageError: it cannot be understood.
    """
    return make_parser().parse_args(argv)
