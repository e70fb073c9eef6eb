"""How much faster than real time a whole session is written as an audio track."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from statistics import median

from benchmarks.screen import HIPCOACH
from benchmarks.starting import command_seconds
from benchmarks.table import Figure
from benchmarks.user import User

GOAL = 50.0
ROUTINE = "leg-circuit"


def render_figures(user: User, runs: int) -> Iterator[Figure]:
    """Seconds of sound for each second of the whole command."""
    target = user.home / "session.wav"
    command = (*HIPCOACH, "render", ROUTINE, "--output", str(target), "--force")
    took = median(command_seconds(command, user) for _ in range(runs))
    with wave.open(str(target)) as track:
        sounds = track.getnframes() / track.getframerate()
    yield Figure("render to WAV, times real time", sounds / took, "x", GOAL, more_is_better=True)
