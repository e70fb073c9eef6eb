"""A few ratios that no busy machine brings near their limits: what fails here has become grossly slower."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from benchmarks.keys import bare_delays, session_delays
from benchmarks.rendering import render_figures
from benchmarks.running import processor_figures
from benchmarks.starting import start_figures
from benchmarks.table import Figure
from benchmarks.user import User

LAUNCH, COMMAND, KEYS, PROCESSOR = 6.0, 60.0, 60.0, 10.0
"""Times the floor: a bare app, an interpreter that does nothing, a bare app, bare digits."""
PRESSES = 20


def short_figures(user: User) -> Iterator[Figure]:
    """Start, keys, processor and rendering, in well under a minute."""
    for figure in start_figures(user, runs=3):
        limit = LAUNCH if figure.what.startswith("launch") else COMMAND
        yield _loose(figure, limit) if figure.floor else figure
    floor = sorted(bare_delays(user, PRESSES))[PRESSES // 2]
    for key, found in session_delays(user, "leg-circuit", PRESSES).items():
        yield Figure(
            f"{key} to changed screen: median", sorted(found)[PRESSES // 2], "ms", KEYS * floor, floor
        )
    for figure in processor_figures(user, user.home, seconds=3, windows=2):
        yield _loose(figure, PROCESSOR)
    yield from (replace(each, goal=10.0) for each in render_figures(user, runs=1))


def _loose(figure: Figure, times: float) -> Figure:
    """The figure with so many times its floor for a goal."""
    return replace(figure, goal=times * (figure.floor or 0.0))
