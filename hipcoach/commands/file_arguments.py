"""The arguments of what reads and writes routine files: new, schema, and the looking at one of many."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from hipcoach.commands.argument_types import file_name
from hipcoach.storage.documents import Document


def add_file_arguments(made: Mapping[str, argparse.ArgumentParser]) -> None:
    """Give each of these commands, by name, its arguments."""
    made["routines"].add_argument(
        "routine",
        metavar="ROUTINE",
        nargs="?",
        help="show this one, in the short form that 'new --from' reads",
    )
    made["exercises"].add_argument(
        "exercise", metavar="EXERCISE", nargs="?", help="show all there is to know of this one"
    )
    made["schema"].add_argument(
        "document",
        nargs="?",
        choices=[each.value for each in Document],
        default=Document.ROUTINE.value,
        help="a file with a routine, or with exercises alone; without it, with a routine",
    )
    new = made["new"]
    new.add_argument("name", metavar="NAME", nargs="?", help="what it is called; its id is made of it")
    new.add_argument(
        "--from",
        metavar="FILE",
        dest="sheet",
        type=file_name,
        help="make it of the lines of this text, such as 'Clamshell 12/side'; - is standard input",
    )
    new.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=file_name,
        help="write there instead of your routines directory",
    )
    new.add_argument("--force", action="store_true", help="replace what is there")
    new.add_argument(
        "-y", "--yes", action="store_true", help="save without asking, and without lines not understood"
    )
