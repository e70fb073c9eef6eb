"""Scores: what is heard of a session and what is kept of it, for plans and commands in `scores.txt`.

A score is a title; its steps; its commands, each after the second at which it is given; what is heard, each
sound after its seconds; and the attempts that are kept, each after its step.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from hipcoach.core.choices import Pace
from hipcoach.core.exercise import Side
from hipcoach.core.plan import Step, StepKind, StepSide
from tests.core.running import Script, run
from tests.support import a_plan, a_set, a_step

SCORES = [
    block.splitlines()
    for block in Path(__file__).with_name("scores.txt").read_text(encoding="utf-8").strip().split("\n\n")
]
FLAGS: dict[str, dict[str, Any]] = {
    "open": {"pace": Pace.OWN},
    "direct": {"direct": True},
    "switched": {"switched": True},
    "ends-round": {"ends_round": True},
    "left": {"side": StepSide.LEFT},
    "out": {"direction": "out"},
    "in": {"direction": "in"},
    "second": {"item": 1},
    "third": {"item": 2},
    "alternating": {"side": StepSide.ALTERNATING, "first_side": Side.LEFT},
}


def step_of(words: str) -> Step:
    """A step such as "hold 30 direct"; "set 4x2" has 4 reps of 2 s, "set 3x2=5" is cut short at 5 s."""
    kind, seconds, *flags = words.split()
    rest = {name: value for flag in flags for name, value in FLAGS[flag].items()}
    if kind == "set":
        reps, _, each = seconds.partition("x")
        whole, _, cut = each.partition("=")
        return a_set(int(reps), float(whole), **rest, **({"seconds": float(cut)} if cut else {}))
    return a_step(StepKind(kind), float(seconds), **rest)


def script_of(words: str) -> Script:
    if words == "none":
        return []
    return [(float(at), name) for at, _, name in (each.partition(" ") for each in words.split(", "))]


@pytest.mark.parametrize("score", SCORES, ids=lambda score: score[0].lstrip("# "))
def test_a_session_sounds_and_is_kept_as_its_score_says(score: list[str]) -> None:
    _, steps, commands, *expected = score
    plan = a_plan(*map(step_of, steps.split(" | ")))
    session, cues = run(plan, script_of(commands.removeprefix("commands: ")))
    heard = [
        f"{' '.join(f'{round(each.due, 3):g}' for each in same)} {cue}"
        for cue, same in groupby(cues, key=lambda each: each.cue.value)
    ]
    kept = [f"{each.index}: {each.reps} reps, {round(each.seconds, 3):g} s" for each in session.attempts]
    assert [f"heard: {', '.join(heard)}", f"kept: {'; '.join(kept) or 'nothing'}"] == expected
