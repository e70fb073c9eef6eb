"""The option `--avoid`: what is not to be loaded, as it is typed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from hipcoach.core.near import nearest

if TYPE_CHECKING:
    from hipcoach.core.exercise import Load

NOTHING = "none"
"""What is typed for avoiding nothing at all."""


def add_avoid(parser: argparse.ArgumentParser, otherwise: str) -> None:
    """Let a command be told what to avoid; `otherwise` says what holds if it is not."""
    from hipcoach.core.avoid import AVOIDABLE

    parser.add_argument(
        "--avoid",
        metavar="LOADS",
        type=avoidable,
        help=f"replace or leave out what loads these: {', '.join(AVOIDABLE)} (or {NOTHING}); {otherwise}",
    )


def avoidable(text: str) -> frozenset[Load]:
    """Some loads, parted by commas."""
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
