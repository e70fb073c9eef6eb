"""What the app remembers between runs without being asked to: choices by routine, what was acknowledged.

It is this machine's own and may be lost without harm: whatever in it makes no sense is forgotten. A file that
cannot be read at all is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from msgspec import Meta, Struct, field, to_builtins
from msgspec.structs import replace

from hipcoach.core.avoid import AVOIDABLE
from hipcoach.core.choices import MOST_ROUNDS, Pace
from hipcoach.core.cues import SoundProfile
from hipcoach.core.exercise import Load, Side
from hipcoach.core.fields import Intensity
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.text_file import UnreadableError, read_toml, toml_again
from hipcoach.storage.typed import read_or_default

FORMAT = 1


class RoutineState(Struct, frozen=True, omit_defaults=True):
    """What was last chosen for one routine, and what is known of it."""

    rounds: Annotated[int, Meta(ge=1, le=MOST_ROUNDS)] | None = None
    level: Intensity | None = None
    """None for what the settings say; the same holds for pace and profile."""
    pace: Pace | None = None
    warmup: bool = True
    profile: SoundProfile | None = None
    speech: bool | None = None
    """None for what was last chosen anywhere."""
    mastered: bool | None = None
    """The user's word on whether what its gated drill builds on is mastered; None where nobody asked."""
    began_with: Side | None = None
    """The side that began the last session."""


class AppState(Struct, frozen=True, omit_defaults=True):
    """Everything remembered."""

    safety_read: bool = False
    standing_only: bool = False
    speech: bool | None = None
    """Whether speech was last switched on or off in a session; None for what the settings say."""
    last_routine: str | None = None
    avoid: frozenset[Load] = frozenset()
    """What is not to be loaded, whatever the routine."""
    favourites: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    """The routines in the order they are to be listed; what is not in it comes after."""
    routines: dict[str, RoutineState] = field(default_factory=dict)

    def of(self, routine: str) -> RoutineState:
        """Return what is remembered of a routine, or the defaults."""
        return self.routines.get(routine, RoutineState())

    def with_routine(self, routine: str, **changes: Any) -> AppState:
        """Return this state with changes to the fields of one routine."""
        return replace(self, routines={**self.routines, routine: replace(self.of(routine), **changes)})


Change: TypeAlias = Callable[[AppState], AppState]


def load_state(path: Path) -> tuple[AppState, tuple[str, ...]]:
    """Read what is remembered. Returns a sentence, too, where the file is there and not wholly understood."""
    try:
        values = read_toml(path)
    except FileNotFoundError:
        return AppState(), ()
    except UnreadableError as error:
        return AppState(), (f"{path} {error.message}; it is left as it is, and nothing is remembered.",)
    state, odd = _state(values)
    if _is_newer(values):
        return state, (f"{path} is used as far as it is understood: a newer hipcoach wrote it.",)
    return state, (f"{path}: {', '.join(odd)} makes no sense and is forgotten.",) if odd else ()


def change_state(path: Path, changes: Iterable[Change], mine: AppState) -> AppState:
    """Make changes to what the file remembers by now, and to nothing else in it. Returns what is remembered
    then, with what other windows wrote meanwhile.

    Args:
        path: the file.
        changes: the changes, in their order.
        mine: what is remembered here, these changes included; all of it goes into a file that is missing.

    Raises:
        StorageError: it could not be written, or there is something that cannot be read in its place.
    """
    try:
        values = read_toml(path)
        before = _state(values)[0]
        after = reduce(lambda state, change: change(state), changes, before)
    except FileNotFoundError:
        values, before, after = {}, AppState(), mine
    except UnreadableError as error:
        raise StorageError(f"{path} {error.message}: what you choose holds for this run only.") from error
    if after != before:
        if not _is_newer(values):
            values["format"] = FORMAT
        _change(values, _values(before), _values(after))
        values.pop("muted", None)  # it holds for one session; what an older hipcoach wrote of it goes
        write_atomically(path, toml_again(values, path), replace=True)
    return after


def _is_newer(values: dict[str, Any]) -> bool:
    number = values.get("format")
    return isinstance(number, int) and number > FORMAT


def _values(state: AppState) -> dict[str, Any]:
    values = to_builtins(state, order="deterministic")
    return {name: list(each) if isinstance(each, tuple) else each for name, each in values.items()}


def _state(values: dict[str, Any]) -> tuple[AppState, list[str]]:
    state, faults = read_or_default(AppState, values)
    state = replace(
        state,
        avoid=state.avoid & frozenset(AVOIDABLE),
        favourites=tuple(dict.fromkeys(state.favourites)),
        order=tuple(dict.fromkeys(state.order)),
    )
    return state, [".".join(map(str, place)) for place in faults]


def _change(values: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> None:
    """Make of values what was made of `before`; a value that is missing is as by default."""
    for name in before | after:
        was, now = before.get(name), after.get(name)
        if isinstance(now, dict):
            values[name] = values[name] if isinstance(values.get(name), dict) else {}
            _change(values[name], was or {}, now)
        elif now is None:
            values.pop(name, None)
        elif was != now:
            values[name] = now
