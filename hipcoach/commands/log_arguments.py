"""The arguments of what reads and writes the log: history, stats, export, import, due."""

from __future__ import annotations

import argparse

from hipcoach.commands.argument_types import days, file_name, word


def add_log_arguments(command: str, parser: argparse.ArgumentParser) -> None:
    """Give the parser of a command its arguments, if it is one of these."""
    match command:
        case "history":
            form = parser.add_mutually_exclusive_group()
            form.add_argument("--json", action="store_true", help="print JSON, for scripts")
            form.add_argument("--csv", action="store_true", help="print comma-separated values")
            _add_filters(parser)
        case "stats":
            _add_filters(parser)
        case "export":
            _add_filters(parser)
            _add_export(parser)
        case "import":
            parser.add_argument(
                "file", metavar="FILE", type=file_name, help="what 'hipcoach export --format json' wrote"
            )
            parser.add_argument("--dry-run", action="store_true", help="only say what would be imported")
        case "due":
            _add_due(parser)


def _add_due(parser: argparse.ArgumentParser) -> None:
    silence = parser.add_mutually_exclusive_group()
    silence.add_argument("-q", "--quiet", action="store_true", help="print nothing: the exit code says it")
    silence.add_argument("--json", action="store_true", help="print JSON, for scripts")
    parser.add_argument("--daily", action="store_true", help="also where the week's goal is reached")


def _add_filters(parser: argparse.ArgumentParser) -> None:
    when = "2026-03-01, 2026-03, 2026, today, yesterday, 30d or 2w (ago)"
    parser.add_argument("--since", metavar="DATE", type=days, help=f"from that day on: {when}")
    parser.add_argument("--until", metavar="DATE", type=days, help="up to that day, which is included")
    parser.add_argument(
        "--routine",
        metavar="ROUTINE",
        action="append",
        dest="routines",
        help="this routine; may be given again",
    )


def _add_export(parser: argparse.ArgumentParser) -> None:
    from hipcoach.commands.formats import Format

    parser.add_argument(
        "--format",
        type=word("format", *Format),
        help="csv, json (all that is known; can be imported again) or ical (a calendar); "
        "otherwise as the name of FILE ends, or json",
    )
    parser.add_argument("--sets", action="store_true", help="a row for every set, planned and done")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=file_name, help="write there instead of standard output"
    )
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")
