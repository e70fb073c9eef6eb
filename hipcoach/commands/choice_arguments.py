"""The choices about a routine as they are typed: all of them for a plan, or some for one session."""

from __future__ import annotations

import argparse
from typing import Any

from hipcoach.commands.argument_types import rounds, tempo, word
from hipcoach.commands.avoiding import add_avoid


def add_choices(parser: argparse.ArgumentParser, own_pace: str) -> None:
    """Let a command be told every choice; `own_pace` says what that one does there."""
    from fractions import Fraction

    from hipcoach.core.range import Intensity

    _add_amounts(parser, level=Intensity.LOW, tempo=Fraction(1))
    parser.add_argument("--own-pace", action="store_true", help=own_pace)
    parser.add_argument("--no-warmup", action="store_true", help="leave the warm-up out")
    _add_sides_and_drills(parser)
    add_avoid(parser, "by default nothing")


def add_choices_once(parser: argparse.ArgumentParser) -> None:
    """Let a command be told choices for this once; what is not told is as chosen in the picker, and None."""
    parser.epilog = "Choices hold for this once; the others are as you made them in the list of routines."
    _add_amounts(parser)
    for name, about in (
        ("--own-pace", "repetitions wait for a key, or are paced"),
        ("--warmup", "with the warm-up, or without"),
    ):
        parser.add_argument(name, action=argparse.BooleanOptionalAction, help=about)
    _add_sides_and_drills(parser)
    add_avoid(parser, "by default as chosen in the picker")


def _add_amounts(parser: argparse.ArgumentParser, **otherwise: Any) -> None:
    from hipcoach.core.range import Intensity

    parser.add_argument("--rounds", metavar="N", type=rounds, help="rounds, 1 to 99")
    parser.add_argument(
        "--level",
        type=word("level", *Intensity),
        default=otherwise.get("level"),
        help="low, mid or high; also the rounds of that level, unless --rounds says how many",
    )
    parser.add_argument(
        "--tempo",
        metavar="X",
        type=tempo,
        default=otherwise.get("tempo"),
        help="seconds per repetition, times X: 2 is half as fast",
    )


def _add_sides_and_drills(parser: argparse.ArgumentParser) -> None:
    from hipcoach.core.side import Side

    parser.add_argument("--no-gated", action="store_true", help="leave advanced drills out")
    parser.add_argument("--first-side", type=word("first side", *Side), help="left or right")
