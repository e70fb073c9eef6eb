"""The command line: every command and argument, and how each value is read."""

from __future__ import annotations

import argparse
import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from hipcoach import __version__
from hipcoach.core.cues import SoundProfile
from hipcoach.core.near import nearest
from hipcoach.core.range import Intensity
from hipcoach.core.side import Side
from hipcoach.drawing.signs import Signs
from hipcoach.errors import UsageError
from hipcoach.storage.documents import Document

if TYPE_CHECKING:
    from fractions import Fraction

    from hipcoach.core.exercise import Load
    from hipcoach.core.history.filter import DayWords

COMMANDS = {
    "start": "go straight into a session",
    "routines": "list the routines",
    "exercises": "list the exercises",
    "plan": "show every step of a routine",
    "render": "write a whole session as an audio track",
    "figure": "show how an exercise goes, as a moving figure",
    "history": "list what was done, newest first",
    "stats": "show streaks and totals",
    "due": "say whether a session is due today",
    "export": "write the sessions as CSV, JSON or a calendar",
    "import": "take in sessions that were exported elsewhere",
    "new": "write a routine of your own, or make one of a sheet",
    "check": "find every problem of routine files",
    "schema": "print a JSON Schema of routine files, for editors",
    "sounds": "play every sound and say what it means",
    "doctor": "say what works here, what does not, and what to do",
    "paths": "say where files live",
    "completion": "print a script that lets a shell complete command lines",
}
"""Every command and what it does."""

NOTHING = "none"
"""What is typed for avoiding nothing at all."""
SMALLEST_FIGURE, LARGEST_FIGURE = (24, 10), (300, 100)
"""Columns and rows."""


class Format(StrEnum):
    """What an export can be written as."""

    CSV = "csv"
    JSON = "json"
    ICAL = "ical"


SUFFIXES = {".csv": Format.CSV, ".json": Format.JSON, ".ics": Format.ICAL, ".ical": Format.ICAL}
"""The format that the name of a file asks for."""


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


def unknown(noun: str, name: str, known: list[str]) -> str:
    """Return one sentence on a name that does not exist, with the nearest that does."""
    near = nearest(name, known, cutoff=0.5)
    hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(known)}."
    return f"There is no {noun} '{name}'; {hint}"


def read_arguments(argv: list[str]) -> argparse.Namespace:
    """Return what the command line asks for. `--help` and `--version` print and raise SystemExit.

    Raises:
        UsageError: it cannot be understood.
    """
    options = make_parser().parse_args(argv)
    options.data_dir = getattr(options, "data_dir", None)
    return options


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of every command line."""
    parser = _Parser(
        prog="hipcoach",
        description="A guided hip and back mobility coach. Without a command it opens the coach.",
    )
    parser.add_argument("--version", action="version", version=f"hipcoach {__version__}")
    _add_data_dir(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    made = {
        name: commands.add_parser(name, help=text, description=f"{text[:1].upper()}{text[1:]}.")
        for name, text in COMMANDS.items()
    }
    for command in made.values():
        _add_data_dir(command)
    for name in ("routines", "exercises", "plan", "stats", "paths"):
        made[name].add_argument("--json", action="store_true", help="print JSON, for scripts")

    _add_start(made["start"])
    _add_listings(made["routines"], made["exercises"])
    _add_plan(made["plan"])
    _add_render(made["render"])
    _add_figure(made["figure"])
    _add_log(made["history"], made["stats"], made["due"])
    _add_export(made["export"])
    _add_import(made["import"])
    _add_new(made["new"])
    _add_others(made["check"], made["schema"], made["sounds"], made["completion"])
    return parser


def _add_start(start: argparse.ArgumentParser) -> None:
    start.epilog = "Choices hold for this once; the others are as you made them in the list of routines."
    _add_routine(start, "id of a routine; without it the one done last", nargs="?")
    _add_choices(start)
    for name, about in (
        ("--own-pace", "repetitions wait for a key, or are paced"),
        ("--warmup", "with the warm-up, or without"),
    ):
        start.add_argument(name, action=argparse.BooleanOptionalAction, help=about)
    _add_avoid(start, "by default as chosen in the picker")
    start.add_argument(
        "--plain", action="store_true", help="plain lines instead of a screen, such as for a screen reader"
    )
    start.add_argument(
        "--count",
        metavar="N",
        type=_count,
        help="with --plain: say every Nth rep; 5 if not given, 0 for none",
    )


def _add_listings(routines: argparse.ArgumentParser, exercises: argparse.ArgumentParser) -> None:
    _add_routine(routines, "show this one, in the short form that 'new --from' reads", nargs="?")
    exercises.add_argument(
        "exercise", metavar="EXERCISE", nargs="?", help="show all there is to know of this one"
    )


def _add_plan(plan: argparse.ArgumentParser) -> None:
    _add_routine(plan, "id of a routine")
    _add_all_choices(plan, own_pace="repetitions wait for a key")


def _add_render(render: argparse.ArgumentParser) -> None:
    _add_routine(render, "id of a routine")
    _add_all_choices(render, own_pace="makes no difference: a track waits for nobody")
    _add_output(
        render,
        "FILE.wav",
        "the file to write: WAV, 44.1 kHz, mono, 16 bit; another program can make MP3 of it",
        required=True,
    )
    render.add_argument(
        "--speech",
        action=argparse.BooleanOptionalAction,
        help="with or without speech; otherwise as the settings say",
    )
    _add_words(
        render,
        "--profile",
        "profile",
        SoundProfile,
        "all, or sparse: only what begins and ends work; otherwise as the settings say",
    )
    render.add_argument("--volume", metavar="N", type=_volume, default=100, help="0 to 100; 100 if not given")


def _add_figure(figure: argparse.ArgumentParser) -> None:
    figure.add_argument("exercise", metavar="EXERCISE", nargs="?", help="id of an exercise or a self-test")
    _add_words(figure, "--side", "side", Side, "left or right")
    figure.add_argument("--stage", metavar="ID", help="only this stage of the exercise")
    figure.add_argument("--once", action="store_true", help="play it once instead of over and over, until q")
    figure.add_argument("--size", metavar="WxH", type=_size, help="cells, such as 50x25")
    _add_words(figure, "--signs", "signs", Signs, "braille, blocks or ascii; otherwise what the terminal has")
    figure.add_argument("--svg", metavar="FILE.svg", type=file_name, help="write a picture of it instead")
    figure.add_argument(
        "--sheet", metavar="FILE.svg", type=file_name, help="write one picture of all, self-tests included"
    )
    figure.add_argument(
        "--unnamed", action="store_true", help="with --sheet: numbers for names; prints which is which"
    )
    figure.add_argument("--force", action="store_true", help="replace the file if it is there")


def _add_log(
    history: argparse.ArgumentParser, stats: argparse.ArgumentParser, due: argparse.ArgumentParser
) -> None:
    form = history.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON, for scripts")
    form.add_argument("--csv", action="store_true", help="print comma-separated values")
    _add_filters(history)
    _add_filters(stats)
    silence = due.add_mutually_exclusive_group()
    silence.add_argument("-q", "--quiet", action="store_true", help="print nothing: the exit code says it")
    silence.add_argument("--json", action="store_true", help="print JSON, for scripts")
    due.add_argument("--daily", action="store_true", help="also where the week's goal is reached")


def _add_export(export: argparse.ArgumentParser) -> None:
    _add_filters(export)
    _add_words(
        export,
        "--format",
        "format",
        Format,
        "csv, json (all that is known; can be imported again) or ical (a calendar); "
        "otherwise as the name of FILE ends, or json",
    )
    export.add_argument("--sets", action="store_true", help="a row for every set, planned and done")
    _add_output(export, "FILE", "write there instead of standard output")


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", type=file_name, help="what 'hipcoach export --format json' wrote"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be imported")


def _add_new(new: argparse.ArgumentParser) -> None:
    new.add_argument("name", metavar="NAME", nargs="?", help="what it is called; its id is made of it")
    new.add_argument(
        "--from",
        metavar="FILE",
        dest="sheet",
        type=file_name,
        help="make it of the lines of this text, such as 'Clamshell 12/side'; - is standard input",
    )
    _add_output(
        new,
        "FILE",
        "write there instead of your routines directory",
        force="replace what is there, instead of taking the next free name",
    )
    new.add_argument(
        "-y", "--yes", action="store_true", help="save without asking, and without lines not understood"
    )


def _add_others(
    check: argparse.ArgumentParser,
    schema: argparse.ArgumentParser,
    sounds: argparse.ArgumentParser,
    completion: argparse.ArgumentParser,
) -> None:
    check.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a file or a directory")
    schema.add_argument(
        "document",
        nargs="?",
        choices=[each.value for each in Document],
        default=Document.ROUTINE.value,
        help="a file with a routine, or with exercises alone; without it, with a routine",
    )
    sounds.add_argument("names", metavar="SOUND", nargs="*", help="a sound; without any, all of them")
    sounds.add_argument("--list", action="store_true", help="only list them, with pitch and length")
    completion.add_argument("shell", choices=("bash", "zsh", "fish"), help="bash, zsh or fish")


def _add_data_dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data-dir",
        metavar="DIR",
        type=directory,
        # A default of the command's own would undo what was given before the command.
        default=argparse.SUPPRESS,
        help="keep the session log in DIR instead of the usual place",
    )


def _add_routine(parser: argparse.ArgumentParser, help: str, nargs: str | None = None) -> None:
    parser.add_argument("routine", metavar="ROUTINE", nargs=nargs, help=help)


def _add_output(
    parser: argparse.ArgumentParser,
    metavar: str,
    help: str,
    force: str = "replace the file if it is there",
    required: bool = False,
) -> None:
    parser.add_argument("-o", "--output", metavar=metavar, type=file_name, required=required, help=help)
    parser.add_argument("--force", action="store_true", help=force)


def _add_filters(parser: argparse.ArgumentParser) -> None:
    when = "2026-03-01, 2026-03, 2026, today, yesterday, 30d or 2w (ago)"
    parser.add_argument("--since", metavar="DATE", type=_days, help=f"from that day on: {when}")
    parser.add_argument("--until", metavar="DATE", type=_days, help="up to that day, which is included")
    parser.add_argument(
        "--routine",
        metavar="ROUTINE",
        action="append",
        dest="routines",
        help="this routine; may be given again",
    )


def _add_all_choices(parser: argparse.ArgumentParser, own_pace: str) -> None:
    """Add every choice, each with a default; `own_pace` is what that one does there."""
    _add_choices(parser, level=Intensity.LOW, tempo=_tempo("1"))
    parser.add_argument("--own-pace", action="store_true", help=own_pace)
    parser.add_argument("--no-warmup", action="store_true", help="leave the warm-up out")
    _add_avoid(parser, "by default nothing")


def _add_choices(
    parser: argparse.ArgumentParser, level: Intensity | None = None, tempo: Fraction | None = None
) -> None:
    parser.add_argument("--rounds", metavar="N", type=_rounds, help="rounds, 1 to 99")
    _add_words(
        parser,
        "--level",
        "level",
        Intensity,
        "low, mid or high; also the rounds of that level, unless --rounds says how many",
        default=level,
    )
    parser.add_argument(
        "--tempo",
        metavar="X",
        type=_tempo,
        default=tempo,
        help="seconds per repetition, times X: 2 is half as fast",
    )
    parser.add_argument("--no-gated", action="store_true", help="leave advanced drills out")
    _add_words(parser, "--first-side", "first side", Side, "left or right")


def _add_avoid(parser: argparse.ArgumentParser, default: str) -> None:
    from hipcoach.core.avoid import AVOIDABLE

    parser.add_argument(
        "--avoid",
        metavar="LOADS",
        type=_loads,
        help=f"replace or leave out what loads these: {', '.join(AVOIDABLE)} (or {NOTHING}); {default}",
    )


def _add_words(
    parser: argparse.ArgumentParser,
    name: str,
    noun: str,
    words: type[StrEnum],
    help: str,
    default: StrEnum | None = None,
) -> None:
    parser.add_argument(name, type=OneOf(noun, words), default=default, help=help)


class OneOf:
    """Reads one word of a set; the sentence on any other calls it a `noun`."""

    def __init__(self, noun: str, words: type[StrEnum]) -> None:
        self.noun = noun
        self.words = words

    def __call__(self, text: str) -> StrEnum:
        """Return the word, or raise the error that argparse makes a sentence of."""
        try:
            return self.words(text)
        except ValueError:
            allowed = ", ".join(self.words)
            raise argparse.ArgumentTypeError(f"the {self.noun} is one of {allowed}, not '{text}'") from None


def file_name(text: str) -> Path:
    """Return the name of a file."""
    return _path(text, "file")


def directory(text: str) -> Path:
    """Return the whole path of a directory; ~ is somebody's home."""
    path = _path(text, "directory")
    try:
        return path.expanduser().absolute()
    except RuntimeError:
        raise argparse.ArgumentTypeError(f"there is no such user, so no directory '{text}'") from None
    except OSError:
        raise argparse.ArgumentTypeError(
            f"the directory that '{text}' starts from is gone; give it from / on"
        ) from None


def _path(text: str, what: str) -> Path:
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError(f"needs the name of a {what}")
    return Path(text)


def _volume(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text) or int(text) > 100:
        raise argparse.ArgumentTypeError(f"the volume is a whole number from 0 to 100, not '{text}'")
    return int(text)


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text):
        raise argparse.ArgumentTypeError(f"a whole number from 0 to 999 is needed, not '{text}'")
    return int(text)


def _rounds(text: str) -> int:
    # `check_choices` knows the limits.
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"rounds are a whole number from 1 to 99, not '{text}'") from None


def _tempo(text: str) -> Fraction:
    # `check_choices` knows the limits.
    if not re.fullmatch(r"\d{1,4}(\.\d{1,4})?|\.\d{1,4}", text):
        raise argparse.ArgumentTypeError(f"the tempo is a number from 0.25 to 4, not '{text}'")
    from fractions import Fraction

    return Fraction(text)


def _days(text: str) -> DayWords:
    from hipcoach.core.history.filter import read_day_words

    try:
        return read_day_words(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,3})x(\d{1,3})", text)
    if match is not None:
        width, height = int(match[1]), int(match[2])
        (least, low), (most, high) = SMALLEST_FIGURE, LARGEST_FIGURE
        if least <= width <= most and low <= height <= high:
            return width, height
    limits = " to ".join(f"{width}x{height}" for width, height in (SMALLEST_FIGURE, LARGEST_FIGURE))
    raise argparse.ArgumentTypeError(f"the size is WIDTHxHEIGHT in cells, {limits}, not '{text}'")


def _loads(text: str) -> frozenset[Load]:
    from hipcoach.core.avoid import AVOIDABLE

    known = {load.value: load for load in AVOIDABLE}
    words = [word.strip() for word in text.split(",") if word.strip()]
    allowed = f"{', '.join(known)}, or {NOTHING}"
    if not words:
        raise argparse.ArgumentTypeError(f"what to avoid is any of {allowed}")
    if words == [NOTHING]:
        return frozenset()
    for word in words:
        if word not in known:
            near = nearest(word, known, cutoff=0.5)
            hint = f"did you mean '{near}'?" if near else f"there are {allowed}"
            raise argparse.ArgumentTypeError(f"'{word}' is nothing to avoid ({hint})")
    return frozenset(known[word] for word in words)
