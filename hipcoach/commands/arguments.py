"""The arguments of `hipcoach`: what may be typed, and one clear sentence for what may not."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from hipcoach import __version__
from hipcoach.commands.argument_types import count, directory, file_name, volume, word
from hipcoach.core.near import nearest
from hipcoach.errors import UsageError

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
WITH_JSON = ("routines", "exercises", "plan", "stats", "paths")
"""Those that print JSON, and nothing else, if asked to; others may as well, with conditions."""


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence instead of printing its usage."""

    def error(self, message: str) -> NoReturn:
        import re

        command = re.match(r"argument COMMAND: invalid choice: '(.*?)'", message)
        if command:
            raise UsageError(unknown("command", command.group(1), list(COMMANDS)))
        for prefix in ("argument ", "unrecognized "):
            message = message.removeprefix(prefix)
        raise UsageError(f"{message[:1].upper()}{message[1:]}; '{self.prog} --help' says what there is.")


def unknown(noun: str, name: str, known: list[str]) -> str:
    """One sentence on a name that does not exist, with the nearest that does."""
    near = nearest(name, known, cutoff=0.5)
    hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(known)}."
    return f"There is no {noun} '{name}'; {hint}"


def read_arguments(argv: list[str]) -> argparse.Namespace:
    """Understand the command line. `--help` and `--version` print and raise SystemExit.

    Raises:
        UsageError: it cannot be understood.
    """
    # What makes up a command line that begins with a command is that command's alone.
    first = argv[0] if argv else ""
    options = make_parser((first,) if first in COMMANDS else COMMANDS).parse_args(argv)
    options.data_dir = getattr(options, "data_dir", None)
    return options


def make_parser(names: Iterable[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of every command line, or of those with one of these commands."""
    parser = _Parser(
        prog="hipcoach",
        description="A guided hip and back mobility coach. Without a command it opens the coach.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"hipcoach {__version__}")
    _add_data_dir(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name in names:
        text = COMMANDS[name]
        made = commands.add_parser(
            name, help=text, description=f"{text[:1].upper()}{text[1:]}.", allow_abbrev=False
        )
        _add_data_dir(made)
        if name in WITH_JSON:
            made.add_argument("--json", action="store_true", help="print JSON, for scripts")
        _add_its_own(name, made)
    return parser


def _add_its_own(command: str, parser: argparse.ArgumentParser) -> None:
    match command:
        case "history" | "stats" | "export" | "import" | "due":
            from hipcoach.commands.log_arguments import add_log_arguments

            add_log_arguments(command, parser)
        case "routines" | "exercises" | "schema" | "new":
            from hipcoach.commands.file_arguments import add_file_arguments

            add_file_arguments(command, parser)
        case "figure":
            from hipcoach.commands.figure_arguments import add_figure_arguments

            add_figure_arguments(parser)
        case "start":
            _add_start(parser)
        case "completion":
            _add_completion(parser)
        case "check":
            parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a file or a directory")
        case "sounds":
            parser.add_argument("names", metavar="NAME", nargs="*", help="a sound; without any, all of them")
            parser.add_argument("--list", action="store_true", help="only list them, with pitch and length")
        case "plan":
            from hipcoach.commands.choice_arguments import add_choices

            parser.add_argument("routine", metavar="ROUTINE", help="id of a routine")
            add_choices(parser, own_pace="repetitions wait for a key")
        case "render":
            from hipcoach.commands.choice_arguments import add_choices

            parser.add_argument("routine", metavar="ROUTINE", help="id of a routine")
            add_choices(parser, own_pace="makes no difference: a track waits for nobody")
            _add_track(parser)


def _add_start(parser: argparse.ArgumentParser) -> None:
    from hipcoach.commands.choice_arguments import add_choices_once

    parser.add_argument(
        "routine", metavar="ROUTINE", nargs="?", help="id of a routine; without it the one done last"
    )
    add_choices_once(parser)
    parser.add_argument(
        "--plain", action="store_true", help="plain lines instead of a screen, such as for a screen reader"
    )
    parser.add_argument(
        "--count", metavar="N", type=count, help="with --plain: say every Nth rep; 5 if not given, 0 for none"
    )


def _add_completion(parser: argparse.ArgumentParser) -> None:
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument("shell", nargs="?", choices=("bash", "zsh", "fish"), help="bash, zsh or fish")
    # What the scripts ask: the words up to the cursor, the last one as far as it has been typed.
    either.add_argument("--words", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)


def _add_data_dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data-dir",
        metavar="DIR",
        type=directory,
        # A default of the command's own would undo what was given before the command.
        default=argparse.SUPPRESS,
        help="keep the session log in DIR instead of the usual place",
    )


def _add_track(parser: argparse.ArgumentParser) -> None:
    from hipcoach.core.sound_profile import SoundProfile

    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE.wav",
        type=file_name,
        required=True,
        help="the file to write: WAV, 44.1 kHz, mono, 16 bit; another program can make MP3 of it",
    )
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")
    parser.add_argument(
        "--speech",
        action=argparse.BooleanOptionalAction,
        help="with or without speech; otherwise as the settings say",
    )
    parser.add_argument(
        "--profile",
        type=word("profile", *SoundProfile),
        help="all, or sparse: only what begins and ends work; otherwise as the settings say",
    )
    parser.add_argument("--volume", metavar="N", type=volume, default=100, help="0 to 100; 100 if not given")
