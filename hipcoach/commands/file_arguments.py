"""The arguments of what reads and writes routine files: new, schema, and the looking at one of many."""

from __future__ import annotations

import argparse

from hipcoach.commands.argument_types import file_name


def add_file_arguments(command: str, parser: argparse.ArgumentParser) -> None:
    """Give the parser of a command its arguments, if it is one of these."""
    match command:
        case "routines":
            parser.add_argument(
                "routine",
                metavar="ROUTINE",
                nargs="?",
                help="show this one, in the short form that 'new --from' reads",
            )
        case "exercises":
            parser.add_argument(
                "exercise", metavar="EXERCISE", nargs="?", help="show all there is to know of this one"
            )
        case "schema":
            _add_document(parser)
        case "new":
            _add_new(parser)


def _add_document(parser: argparse.ArgumentParser) -> None:
    from hipcoach.storage.documents import Document

    parser.add_argument(
        "document",
        nargs="?",
        choices=[each.value for each in Document],
        default=Document.ROUTINE.value,
        help="a file with a routine, or with exercises alone; without it, with a routine",
    )


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", nargs="?", help="what it is called; its id is made of it")
    parser.add_argument(
        "--from",
        metavar="FILE",
        dest="sheet",
        type=file_name,
        help="make it of the lines of this text, such as 'Clamshell 12/side'; - is standard input",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=file_name,
        help="write there instead of your routines directory",
    )
    parser.add_argument(
        "--force", action="store_true", help="replace what is there, instead of taking the next free name"
    )
    parser.add_argument(
        "-y", "--yes", action="store_true", help="save without asking, and without lines not understood"
    )
