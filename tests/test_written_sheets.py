"""Sheets as physiotherapists write them, through the real program: file in, plan out, and questions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hipcoach.paths import user_paths
from tests.commands.running import CHECKOUT

HIPCOACH = (sys.executable, "-m", "hipcoach")


def hipcoach(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (*HIPCOACH, *arguments), cwd=CHECKOUT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def steps_of(routine: str) -> list[dict[str, Any]]:
    done = hipcoach("plan", routine, "--json", "--level", "high")
    assert (done.returncode, done.stderr) == (0, "")
    steps: list[dict[str, Any]] = json.loads(done.stdout)["steps"]
    return steps


def shown(step: dict[str, Any]) -> tuple[object, ...]:
    """What a step asks for, in short."""
    if step["kind"] == "rest":
        return ("rest", step["seconds"])
    how_much = step["reps"] if step["kind"] == "reps" else f"{step['seconds']:g} s"
    return (step["name"], how_much, step["side"])


LINES: list[tuple[str, list[tuple[object, ...]]]] = [
    ("Glute bridge 3x12, hold 2 sec", [("Glute bridge", 12, "both")] * 3),
    (
        'Hip flexor stretch 30" x 3',
        [("Hip flexor stretch", "30 s", "right"), ("Hip flexor stretch", "30 s", "left")] * 3,
    ),
    ("Cat cow x 10", [("Cat cow", 10, "both")]),
    ("Clamshell 3 x 12 each side", [("Clamshell", 12, "right"), ("Clamshell", 12, "left")] * 3),
    ("Clamshell 8-12 L+R", [("Clamshell", 12, "right"), ("Clamshell", 12, "left")]),
    ("Wall sit 1:30", [("Wall sit", "90 s", "both")]),
    ("Bridge 2x10, rest 30", [("Bridge", 10, "both"), ("rest", 30), ("Bridge", 10, "both")]),
    (
        "Plank 3 x 20 sec\nRest 45 s between sets",
        [("Plank", "20 s", "both"), *[("rest", 45), ("Plank", "20 s", "both")] * 2],
    ),
    ("- Marching 20 alternating", [("Marching", 20, "alternating")]),
    ('"90/90 switch" 8/side', [("90/90 switch", 8, "right"), ("90/90 switch", 8, "left")]),
]


def test_what_is_written_is_what_the_plan_does(tmp_path: Path) -> None:
    path = tmp_path / "sheet.txt"
    path.write_text("".join(f"{line}\n" for line, _ in LINES), encoding="utf-8")
    done = hipcoach("new", "Mine", "--from", path)
    assert (done.returncode, done.stderr) == (0, "")
    steps = steps_of("mine")
    found = [shown(each) for each in steps if each["kind"] in ("reps", "hold", "rest")]
    assert found == [step for _, expected in LINES for step in expected]
    # Two seconds there, two held, two back.
    assert {each["seconds"] for each in steps if each["name"] == "Glute bridge" and each["reps"]} == {12 * 6}


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX's")
def test_in_a_terminal_every_line_in_doubt_is_asked_about(tmp_path: Path) -> None:
    from tests.terminal import Terminal

    path = tmp_path / "sheet.txt"
    path.write_text("Squats 8-12\n- Bridge 12 x 3\nClamshell 12 left\nwobble\n", encoding="utf-8")
    terminal = Terminal((*HIPCOACH, "new", "Mine", "--from", str(path)))
    try:
        terminal.shows("A number, or the line as it should be; enter leaves it out:")
        assert "line 1, 'Squats 8-12': does 'Squats' mean 'Overhead squat' or 'Surfer squat'" in terminal.text
        assert "  2  Surfer squat 8-12" in terminal.text
        terminal.press("2\n")
        terminal.shows("enter leaves it out:")
        assert "line 2, '- Bridge 12 x 3'" in terminal.text
        terminal.press("Bridge 3x12, hold 2 s, 5 kg\n")
        # An answer may leave something over, too.
        terminal.shows("left over: 'kg'")
        terminal.press("Bridge 3x12, hold 2 s\n")
        terminal.shows("a routine does both sides")
        terminal.press("\n")
        terminal.shows("line 4, 'wobble'")
        terminal.press("\n")
        terminal.shows("Save it without the lines that were not understood? [y/n]")
        terminal.press("y\n")
        assert terminal.left() == 0
    finally:
        terminal.close()
    work = [shown(each) for each in steps_of("mine") if each["kind"] in ("reps", "hold")]
    assert work == [("Surfer squat", 12, "alternating"), *[("Bridge", 12, "both")] * 3]
    written = (user_paths().config / "routines" / "mine.toml").read_text(encoding="utf-8")
    assert "# Not understood: line 4, 'Clamshell 12 left'" in written
