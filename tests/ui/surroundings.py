"""What the app runs on in a test: a clock to turn, sounds that only remember, directories of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict, replace

from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Timings
from hipcoach.core.exercise import Sides, StageKind
from hipcoach.live.services import Services
from hipcoach.paths import AppPaths
from hipcoach.storage.app_state import AppState, change_state, load_state
from hipcoach.storage.catalog import bundled_catalog
from hipcoach.storage.settings import SessionSettings, Settings
from tests.recording_sounds import RecordingSounds
from tests.support import FakeClock, a_block, a_catalog, a_dose, a_routine, a_stage, an_exercise

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
"""A Wednesday."""
READ = AppState(safety_read=True)


class Awake(Struct):
    """Stands in for what keeps the screen awake."""

    held: int = 0
    taken: int = 0

    def __call__(self) -> Callable[[], None]:
        self.held += 1
        self.taken += 1
        return self._release

    def _release(self) -> None:
        self.held -= 1


def small_catalog() -> Catalog:
    """Three short exercises: one by side, one a long hold, one alternating; a rest before each but the first.

    The plan of "routine" at its default choices is, with indices and seconds:
    0 lead-in 8, 1 right 4 reps of 2, 2 switch 5, 3 left 4 reps, 4 rest 10, 5 lead-in 8, 6 hold 20,
    7 rest 10, 8 lead-in 8, 9 alternating 4 reps.
    """
    clam = an_exercise("clam")
    bridge = an_exercise("bridge", a_stage(a_dose(20), kind=StageKind.HOLD), sides=Sides.BOTH)
    march = an_exercise("march", a_stage(a_dose(2)), sides=Sides.ALTERNATING)
    routine = a_routine(a_block("clam", "bridge", "march", rest_between_exercises=10))
    short = a_routine(a_block("clam"), id="short", title="Short")
    return a_catalog(clam, bridge, march, routines=(routine, short))


@cache
def real_catalog() -> Catalog:
    """The bundled routines; read once, since nothing changes them."""
    return bundled_catalog()


def paths_below(home: Path) -> AppPaths:
    """User directories below a directory of the test's own; none of them is made."""
    return AppPaths(home / "data", home / "config", home / "state", home / "cache")


def services_below(
    home: Path,
    *,
    catalog: Catalog | None = None,
    timings: Timings | None = None,
    keys: Mapping[str, str] | None = None,
    state: AppState | None = READ,
    boot: Callable[[], float] | None = None,
) -> Services:
    """Services on a clock of their own; `state` None reads what an app before has left on disk."""
    paths = paths_below(home)
    clock = FakeClock()
    if state is not None:
        change_state(paths.memory, [lambda _: state], state)
    return Services(
        paths=paths,
        catalog=catalog or small_catalog(),
        settings=replace(
            Settings(), session=SessionSettings(**asdict(timings or Timings())), keys=keys or {}
        ),
        state=load_state(paths.memory)[0],
        sounds=RecordingSounds(clock),
        clock=clock,
        boot=boot,
        now=lambda: NOON,
        keep_awake=Awake(),
    )
