"""The command line: every command, its arguments, and how each value is read."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Collection
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from hipcoach import __version__
from hipcoach.core.avoid import AVOIDABLE
from hipcoach.core.choices import MOST_ROUNDS, TEMPO_LIMITS, Pace
from hipcoach.core.cues import SoundProfile
from hipcoach.core.exercise import Load, Side
from hipcoach.core.fields import Intensity
from hipcoach.core.text import nearest
from hipcoach.drawing.characters import Characters
from hipcoach.errors import UsageError

NOTHING = "none"
"""What is typed to avoid nothing."""
OWN_FILES, LOG = ("config",), ("config", "data", "sessions")
"""Directories that a command cannot do without."""


def unknown(noun: str, name: str, known: Collection[str]) -> str:
    """Return one sentence on a name that does not exist, with the nearest that does."""
    near = nearest(name, list(known), cutoff=0.5)
    hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(known)}."
    return f"There is no {noun} '{name}'; {hint}"


class Parser(argparse.ArgumentParser):
    """A parser that names a mistake in one sentence instead of printing its usage."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)
        self.commands: Collection[str] = ()

    def add(self, names: str, help: str, metavar: str | None = None, **more: Any) -> None:
        """Add an argument, or an option with a value; of two names the short one comes first."""
        self.add_argument(*names.split(), help=help, metavar=metavar, **more)

    def switch(self, names: str, help: str) -> None:
        """Add an option without a value."""
        self.add_argument(*names.split(), help=help, action="store_true")

    def either(self, name: str, help: str) -> None:
        """Add an option that can be given in two ways: `--name` and `--no-name`."""
        self.add_argument(name, help=help, action=argparse.BooleanOptionalAction)

    def error(self, message: str) -> NoReturn:
        """Raise the sentence.

        Raises:
            UsageError: always.
        """
        if command := re.match(r"argument COMMAND: invalid choice: '(.*?)'", message):
            raise UsageError(unknown("command", command[1], self.commands))
        for prefix in ("argument ", "unrecognized "):
            message = message.removeprefix(prefix)
        raise UsageError(f"{message[:1].upper()}{message[1:]}; '{self.prog} --help' says what there is.")


# How values are read. What raises ArgumentTypeError gets one sentence from the parser.


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


def _loads(text: str) -> frozenset[Load]:
    known = {load.value: load for load in AVOIDABLE}
    words = [] if text == NOTHING else [word.strip() for word in text.split(",")]
    for word in words:
        if word not in known:
            raise argparse.ArgumentTypeError(unknown("load", word, [*known, NOTHING]))
    return frozenset(known[word] for word in words)


def _directory(text: str) -> Path:
    try:
        if text:
            return Path(text).expanduser().absolute()
    except RuntimeError:
        raise argparse.ArgumentTypeError(f"there is no such user, so no directory '{text}'") from None
    except OSError:
        message = f"the directory that '{text}' starts from is gone; give it from / on"
        raise argparse.ArgumentTypeError(message) from None
    raise argparse.ArgumentTypeError("needs the name of a directory")


def _words(kind: type[StrEnum]) -> list[str]:
    return [each.value for each in kind]


# Every command, and its arguments.

DATES = "2026-03-01, 2026-03, 2026, today, yesterday, 30d or 2w (ago)"
DATA_DIR: dict[str, Any] = {
    "help": "keep the session log in DIR instead of the usual place",
    "metavar": "DIR",
    "type": _directory,
}

# Arguments of several commands.
ROUTINE, JSON, FORCE, FILTERS, CHOICES, PACE = (Parser(add_help=False) for _ in range(6))
ROUTINE.add("routine", "id of a routine", "ROUTINE")
JSON.switch("--json", "print JSON, for scripts")
FORCE.switch("--force", "replace the file if it is there")
FILTERS.add("--since", f"from that day on: {DATES}", "DATE")
FILTERS.add("--until", "up to that day, which is included", "DATE")
FILTERS.add("--routine", "only this; may be given again", "ROUTINE", action="append", dest="routines")
# These are kept under their names in `CliOverrides`.
CHOICES.add("--rounds", f"rounds, 1 to {MOST_ROUNDS}", "N", type=_whole(1, MOST_ROUNDS))
ends = "which end of every range; rounds as well, unless --rounds is given"
CHOICES.add("--level", ends, choices=_words(Intensity))
CHOICES.add("--tempo", "seconds per repetition, times X: 2 is half as fast", "X", type=_tempo)
CHOICES.either("--warmup", "with the warm-up, or without")
CHOICES.add("--no-gated", "leave advanced drills out", dest="gated", action="store_const", const=False)
CHOICES.add("--first-side", "the side that begins", choices=_words(Side))
loads = f"replace or leave out what loads these: {', '.join(AVOIDABLE)} (or {NOTHING})"
CHOICES.add("--avoid", loads, "LOADS", type=_loads)
PACE.add("--own-pace", "repetitions wait for a key", dest="pace", action="store_const", const=Pace.OWN)
PACE.add("--no-own-pace", "repetitions are paced", dest="pace", action="store_const", const=Pace.PACED)


def make_parser() -> Parser:
    """Return the parser of every command line.

    What it reads holds in `run` the function of the command, as `module:function` of this package, and in
    `reads` the directories that the command cannot do without.
    """
    about = "A guided hip and back mobility coach. Without a command it opens the coach."
    parser = Parser(prog="hipcoach", description=about)
    parser.add_argument("--version", action="version", version=f"hipcoach {__version__}")
    parser.add_argument("--data-dir", **DATA_DIR)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    parser.commands = commands.choices

    def command(
        name: str, does: str, run: str, *parents: Parser, reads: tuple[str, ...] = (), epilog: str = ""
    ) -> Parser:
        about = f"{does[:1].upper()}{does[1:]}."
        made: Parser = commands.add_parser(name, help=does, description=about, epilog=epilog, parents=parents)
        # A default of the command's own would undo what was given before the command.
        made.add_argument("--data-dir", default=argparse.SUPPRESS, **DATA_DIR)
        made.set_defaults(run=run, reads=reads)
        return made

    this_once = "Choices hold for this session only; the others are as you made them in the list of routines."
    start = command("start", "go straight into a session", "start:start", CHOICES, PACE, epilog=this_once)
    start.add("routine", "id of a routine; without it the one done last", "ROUTINE", nargs="?")
    start.switch("--plain", "plain lines instead of a screen, such as for a screen reader")
    every = "with --plain: print every Nth rep; 5 by default, 0 for none"
    start.add("--count", every, "N", type=_whole(0, 999))
    routines = command("routines", "list the routines", "listings:routines", JSON, reads=OWN_FILES)
    routines.add("routine", "show it in the short form that 'new --from' reads", "ROUTINE", nargs="?")
    exercises = command(
        "exercises", "list the exercises, or show one", "listings:exercises", JSON, reads=OWN_FILES
    )
    exercises.add("exercise", "show all there is to know of this one", "EXERCISE", nargs="?")

    here: dict[str, Any] = {
        "reads": OWN_FILES,
        "epilog": "What you chose in the list of routines does not count here.",
    }
    command("plan", "show every step of a routine", "listings:plan", ROUTINE, CHOICES, PACE, JSON, **here)
    does = "write a whole session as an audio track"
    render = command("render", does, "render:run", ROUTINE, CHOICES, FORCE, **here)
    wav = "the file to write: WAV, 44.1 kHz, mono, 16 bit; other programs can convert it to MP3"
    render.add("-o --output", wav, "FILE.wav", type=Path, required=True)
    render.either("--speech", "with or without speech; otherwise as the settings say")
    profile = "all sounds, or only those that begin and end work; otherwise as the settings say"
    render.add("--profile", profile, choices=_words(SoundProfile))
    does = "show how an exercise goes, as a moving figure"
    figure = command("figure", does, "figure:run", FORCE, reads=OWN_FILES)
    figure.add("exercise", "id of an exercise or a self-test", "EXERCISE", nargs="?")
    figure.add("--side", "the side that works", choices=_words(Side))
    figure.add(
        "--signs", "characters to draw with; otherwise what the terminal has", choices=_words(Characters)
    )
    form = figure.add_mutually_exclusive_group()
    form.add_argument("--once", action="store_true", help="play it once instead of over and over, until q")
    form.add_argument("--svg", type=Path, metavar="FILE.svg", help="write a picture of it instead")
    all_of_them = "write one picture of all, self-tests included"
    form.add_argument("--sheet", type=Path, metavar="FILE.svg", help=all_of_them)

    does = "list what was done, newest first"
    form = command("history", does, "history:history", FILTERS, reads=LOG).add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON, for scripts")
    form.add_argument("--csv", help="print comma-separated values", action="store_true")
    command("stats", "show streaks and totals", "history:stats", JSON, FILTERS, reads=LOG)
    due = command("due", "say whether a session is due today", "history:due", reads=LOG)
    form = due.add_mutually_exclusive_group()
    form.add_argument("-q", "--quiet", help="print nothing: the exit code says it", action="store_true")
    form.add_argument("--json", action="store_true", help="print JSON, for scripts")
    due.switch("--daily", "also where the week's goal is reached")
    does = "write the sessions as CSV, JSON (to be imported again) or a calendar"
    export = command("export", does, "export:export", FILTERS, FORCE, reads=LOG)
    forms = "json can be imported again, ical is a calendar; by default as the name of FILE ends, or json"
    export.add("--format", forms, choices=["csv", "json", "ical"])
    export.switch("--sets", "a row for every set, planned and done")
    export.add("-o --output", "write there instead of standard output", "FILE", type=Path)
    does = "take in sessions that were exported elsewhere"
    imports = command("import", does, "export:import_sessions", reads=LOG)
    imports.add("file", "what 'hipcoach export --format json' wrote", "FILE", type=Path)
    imports.switch("--dry-run", "only say what would be imported")

    does = "write a routine of your own, or make one of a sheet"
    new = command("new", does, "new:run", reads=OWN_FILES)
    new.add("name", "what it is called; its id is made of it", "NAME", nargs="?")
    sheet = "make it of lines like 'Clamshell 12/side'; - reads standard input"
    new.add("--from", sheet, "FILE", type=Path, dest="sheet")
    new.add("-o --output", "write there instead of your routines directory", "FILE", type=Path)
    new.switch("--force", "replace what is there, instead of taking the next free name")
    new.switch("-y --yes", "save without asking, and without lines not understood")
    check = command("check", "find every problem of routine files", "check:run")
    check.add("paths", "a file or a directory", "PATH", nargs="+", type=Path)
    does = "print a JSON Schema of routine files or the settings, for editors"
    schema = command("schema", does, "check:schema")
    kinds = ["routine", "exercise", "settings"]
    what = "of a file with a routine (by default), of one with exercises alone, or of settings.toml"
    schema.add("document", what, nargs="?", choices=kinds, default="routine")

    sounds = command("sounds", "play every sound and say what it means", "sounds:run")
    sounds.add("names", "a sound; without any, all of them", "SOUND", nargs="*")
    sounds.switch("--list", "only list them, with pitch and length")
    command("doctor", "say what works here, what does not, and what to do", "doctor:run")
    command("paths", "say where files live", "paths:run", JSON)
    does = "print a script that lets a shell complete command lines"
    completion = command("completion", does, "completion:run")
    completion.add("shell", "the shell", choices=["bash", "zsh", "fish"])
    return parser
