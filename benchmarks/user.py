"""A user to measure with: directories of their own, the safety page read, routines made to be measured."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from hipcoach.paths import AppPaths
from hipcoach.storage.app_state import AppState, change_state

WITH_FIGURE, WITHOUT_FIGURE = "bench-with-figure", "bench-without-figure"
"""Routines of one long set, the same movement with its figure and without."""
OF_THE_DEVELOPER = ("SSH_CONNECTION", "NO_COLOR", "COLUMNS", "LINES", "TEXTUAL", "TEXTUAL_ANIMATIONS")
REPS = 40
ROUNDS = 99

_EXERCISE = """format = 1

[[exercise]]
id = "bench-swing"
name = "Straight-leg swing"
family = "hamstring"
source = "hipcoach"
summary = "A swing that has no figure."
setup = "Stand beside a wall and hold on to it."
position = "standing"
sides = "one-at-a-time"
side_means = "the leg that swings"
cues = ["Swing from the hip", "Trunk still", "Only as high as is easy"]

[[exercise.stage]]
id = "reps"
title = "Swing"
kind = "reps"
dose = { reps = 10, per = "side" }
phases = [{ name = "swing up", seconds = 1 }, { name = "swing back", seconds = 1 }]
tempo_basis = "suggested"
tempo_source = "tempo-trial"
"""


def _routine(name: str, exercise: str, items: int, rounds: int, reps: int) -> str:
    head = f"""format = 1

[routine]
id = "{name}"
title = "{name}"
source = "hipcoach"
summary = "Made to be measured."

[[block]]
rounds = {rounds}
"""
    item = f"""
[[block.item]]
exercise = "{exercise}"
[[block.item.dose]]
reps = {reps}
per = "side"
basis = "user"
"""
    return head + item * items


def long_routine(steps: int) -> tuple[str, str]:
    """The name and the file of a routine that compiles to about so many steps, at least 40."""
    # A visit of two sides is a lead-in, a set, a switch and a set.
    visits = max(1, steps // 4)
    rounds = min(ROUNDS, visits)
    name = f"bench-{steps}-steps"
    return name, _routine(name, "straight-leg-swing", round(visits / rounds), rounds, 2)


class User(Struct, frozen=True):
    """Somebody whose home is `home`. `extra` goes into the environment of everything they start."""

    home: Path
    extra: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def settle(cls, home: Path, extra: Mapping[str, str] | None = None) -> User:
        """Make a user who has read the safety page; sound is off unless `extra` says where to play it."""
        user = cls(home, extra or {})
        paths = user.paths
        change_state(paths.memory, AppState(), AppState(safety_read=True))
        for directory in ("routines", "exercises"):
            (paths.config / directory).mkdir(parents=True, exist_ok=True)
        (paths.config / "exercises" / "bench.toml").write_text(_EXERCISE, encoding="utf-8")
        user.add_routine(WITH_FIGURE, _routine(WITH_FIGURE, "straight-leg-swing", 1, 1, REPS))
        user.add_routine(WITHOUT_FIGURE, _routine(WITHOUT_FIGURE, "bench-swing", 1, 1, REPS))
        if not extra:
            (paths.config / "settings.toml").write_text('[audio]\nbackend = "silent"\n', encoding="utf-8")
        return user

    def add_routine(self, name: str, text: str) -> None:
        """Write a routine of the user's own."""
        (self.paths.config / "routines" / f"{name}.toml").write_text(text, encoding="utf-8")

    def forget_sessions(self) -> None:
        """Remove what sessions left that were killed, so that nothing is asked at the next start."""
        shutil.rmtree(self.paths.journals, ignore_errors=True)

    @property
    def paths(self) -> AppPaths:
        """Where hipcoach keeps this user's files."""
        below = self.home / "xdg"
        return AppPaths(*(below / name / "hipcoach" for name in ("data", "config", "state", "cache")))

    @property
    def environ(self) -> dict[str, str]:
        """The environment of what this user starts: a good terminal, and nothing of the developer's."""
        kept = {name: value for name, value in os.environ.items() if name not in OF_THE_DEVELOPER}
        places = {
            f"XDG_{name.upper()}_HOME": str(self.home / "xdg" / name)
            for name in ("data", "config", "state", "cache")
        }
        terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": str(self.home)}
        return {**kept, **terminal, **self.extra, **places}
