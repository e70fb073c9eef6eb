"""The arguments of `hipcoach figure`."""

from __future__ import annotations

import argparse
import re

from hipcoach.commands.argument_types import file_name, word

SMALLEST, LARGEST = (24, 10), (300, 100)
"""Cells."""


def add_figure_arguments(parser: argparse.ArgumentParser) -> None:
    """Give the command its arguments."""
    from hipcoach.core.exercise import Side
    from hipcoach.drawing.signs import Signs

    parser.add_argument("exercise", metavar="EXERCISE", nargs="?", help="id of an exercise or a self-test")
    parser.add_argument("--side", type=word("side", *Side), help="left or right")
    parser.add_argument("--stage", metavar="ID", help="only this stage of the exercise")
    parser.add_argument("--once", action="store_true", help="play it once instead of over and over, until q")
    parser.add_argument("--size", metavar="WxH", type=_size, help="cells, such as 50x25")
    parser.add_argument(
        "--signs",
        type=word("signs", *Signs),
        help="braille, blocks or ascii; otherwise what the terminal has",
    )
    parser.add_argument("--svg", metavar="FILE.svg", type=file_name, help="write a picture of it instead")
    parser.add_argument(
        "--sheet", metavar="FILE.svg", type=file_name, help="write one picture of all, self-tests included"
    )
    parser.add_argument(
        "--unnamed", action="store_true", help="with --sheet: numbers for names; prints which is which"
    )
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,3})x(\d{1,3})", text)
    if match is not None:
        width, height = int(match[1]), int(match[2])
        if SMALLEST[0] <= width <= LARGEST[0] and SMALLEST[1] <= height <= LARGEST[1]:
            return width, height
    limits = " to ".join(f"{width}x{height}" for width, height in (SMALLEST, LARGEST))
    raise argparse.ArgumentTypeError(f"the size is WIDTHxHEIGHT in cells, {limits}, not '{text}'")
