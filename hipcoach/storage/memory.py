"""What the app remembers between runs without being told to: choices by routine, what was acknowledged.

It is this machine's own and may be lost without harm: whatever in it makes no sense is forgotten. A file that
cannot be read at all is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from hipcoach.core.avoid import AVOIDABLE
from hipcoach.core.choices import MOST_ROUNDS, Pace
from hipcoach.core.cues import SoundProfile
from hipcoach.core.exercise import Load, Side
from hipcoach.core.fields import Intensity
from hipcoach.errors import StorageError
from hipcoach.storage.text_file import UnreadableError, read_toml, toml_again

FORMAT = 1
LARGEST_FILE = 1_000_000
"""Bytes; a hundred routines take about 10 kB."""

KINDS: Mapping[str, type] = {
    "format": int,
    "safety_read": bool,
    "standing_only": bool,
    "speech": bool,
    "last_routine": str,
    "routines": dict,
    "avoid": list,
    "favourites": list,
    "order": list,
}
"""What the file holds at its top, and of what kind."""


class RememberedChoices(Struct, frozen=True):
    """What was last chosen for one routine."""

    rounds: int | None = None
    level: Intensity | None = None
    """None for what the settings say; the same holds for pace and profile."""
    pace: Pace | None = None
    warmup: bool = True
    profile: SoundProfile | None = None
    speech: bool | None = None
    """None for what was last chosen anywhere."""


class Memory(Struct, frozen=True):
    """Everything remembered."""

    safety_read: bool = False
    last_routine: str | None = None
    mastered: Mapping[str, bool] = field(default_factory=dict)
    """The user's word, by routine, on whether what its gated drill builds on is mastered."""
    choices: Mapping[str, RememberedChoices] = field(default_factory=dict)
    began_with: Mapping[str, Side] = field(default_factory=dict)
    """The side that began the last session, by routine."""
    standing_only: bool = False
    speech: bool | None = None
    """Whether speech was last switched on or off in a session; None for what the settings say."""
    avoid: frozenset[Load] = frozenset()
    """What is not to be loaded, whatever the routine."""
    favourites: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    """The routines in the order they are to be listed; what is not in it comes after."""

    def choices_for(self, routine: str) -> RememberedChoices:
        """What was last chosen for a routine, or the defaults."""
        return self.choices.get(routine, RememberedChoices())

    def with_choices(self, routine: str, choices: RememberedChoices) -> Memory:
        """This memory with other choices for one routine."""
        return replace(self, choices={**self.choices, routine: choices})

    def with_beginning(self, routine: str, side: Side) -> Memory:
        """This memory with the side that a session of a routine began with."""
        return replace(self, began_with={**self.began_with, routine: side})

    def with_mastered(self, routine: str, mastered: bool) -> Memory:
        """This memory with the user's word on one routine's gate."""
        return replace(self, mastered={**self.mastered, routine: mastered})


def load_memory(path: Path) -> Memory:
    """Read what is remembered; nothing, where the file is missing or makes no sense."""
    try:
        values = _values(path)
    except UnreadableError:
        return Memory()
    by_name = _routines(values)
    last = values.get("last_routine")
    return Memory(
        safety_read=values.get("safety_read") is True,
        last_routine=last if isinstance(last, str) else None,
        mastered={
            name: each["mastered"]
            for name, each in by_name.items()
            if isinstance(each, dict) and isinstance(each.get("mastered"), bool)
        },
        choices={name: _choices(each) for name, each in by_name.items() if isinstance(each, dict)},
        began_with={
            name: Side(each["began_with"])
            for name, each in by_name.items()
            if isinstance(each, dict) and each.get("began_with") in list(Side)
        },
        standing_only=values.get("standing_only") is True,
        speech=_flag(values.get("speech")),
        avoid=_avoid(values.get("avoid")),
        favourites=_names(values.get("favourites")),
        order=_names(values.get("order")),
    )


def memory_problems(path: Path) -> tuple[str, ...]:
    """A sentence where the file is there and not, or not wholly, understood."""
    try:
        values = _values(path)
    except UnreadableError as error:
        return (f"{path} {error.message}; it is left as it is, and nothing is remembered.",)
    number = values.get("format", FORMAT)
    if isinstance(number, int) and number > FORMAT:
        return (f"{path} is used as far as it is understood: a newer hipcoach wrote it.",)
    if odd := [name for name, kind in KINDS.items() if not isinstance(values.get(name, kind()), kind)]:
        return (f"{path}: {', '.join(odd)} makes no sense and is forgotten.",)
    return ()


def save_memory(path: Path, memory: Memory) -> None:
    """Write what is to be remembered; what else is in the file stays there.

    Raises:
        StorageError: it could not be written, or there is something that cannot be read in its place.
    """
    from hipcoach.storage.atomic import write_atomically

    try:
        values = _values(path)
    except UnreadableError as error:
        raise StorageError(f"{path} {error.message}: what you choose holds for this run only.") from error
    number = values.get("format")
    values["format"] = number if isinstance(number, int) and number > FORMAT else FORMAT
    _put(
        values,
        safety_read=memory.safety_read,
        standing_only=memory.standing_only,
        muted=None,  # it holds for one session; what an older hipcoach wrote of it goes
        speech=memory.speech,
        last_routine=memory.last_routine,
        avoid=[load.value for load in AVOIDABLE if load in memory.avoid] or None,
        favourites=list(memory.favourites) or None,
        order=list(memory.order) or None,
    )
    routines = _routines(values)
    for name, choices in memory.choices.items():
        _put(
            _table(routines, name),
            level=choices.level,
            pace=choices.pace,
            warmup=choices.warmup,
            rounds=choices.rounds,
            profile=choices.profile,
            speech=choices.speech,
        )
    for name, mastered in memory.mastered.items():
        _table(routines, name)["mastered"] = mastered
    for name, side in memory.began_with.items():
        _table(routines, name)["began_with"] = side.value
    values["routines"] = routines
    write_atomically(path, toml_again(values, path, LARGEST_FILE), replace=True)


def change_memory(path: Path, before: Memory, after: Memory) -> Memory:
    """Write what has changed between two states of the memory into the file as it is now, and nothing else.
    Returns what is remembered now, with what other windows wrote meanwhile.

    Raises:
        StorageError: as for `save_memory`.
    """
    from hipcoach.storage.atomic import is_there

    # A file that has gone was not written by another window: all that is known goes into the new one.
    now = merged(before, after, load_memory(path)) if is_there(path) else after
    if after != before:
        save_memory(path, now)
    return now


def merged(before: Memory, mine: Memory, theirs: Memory) -> Memory:
    """`theirs` with each choice that differs between `before` and `mine`."""
    fields = {
        name: _merged(getattr(before, name), getattr(mine, name), getattr(theirs, name))
        for name in Memory.__struct_fields__
    }
    added = tuple(each for each in mine.favourites if each not in before.favourites)
    removed = [each for each in before.favourites if each not in mine.favourites]
    kept = tuple(each for each in theirs.favourites if each not in (*added, *removed))
    return Memory(**{**fields, "favourites": kept + added})


def _merged(before: Any, mine: Any, theirs: Any) -> Any:
    if mine == before:
        return theirs
    if isinstance(mine, Mapping):
        changed = {name: _merged(before.get(name), each, theirs.get(name)) for name, each in mine.items()}
        return {**theirs, **changed}
    if isinstance(mine, RememberedChoices):
        none = RememberedChoices()
        befores, theirs_now = before or none, theirs or none
        fields = {
            name: _merged(getattr(befores, name), getattr(mine, name), getattr(theirs_now, name))
            for name in RememberedChoices.__struct_fields__
        }
        return RememberedChoices(**fields)
    if isinstance(mine, frozenset):
        return theirs - (before - mine) | (mine - before)
    return mine


def _values(path: Path) -> dict[str, Any]:
    """What the file holds; nothing where it is not there."""
    try:
        return read_toml(path, LARGEST_FILE)
    except FileNotFoundError:
        return {}


def _routines(values: Mapping[str, Any]) -> dict[str, Any]:
    routines = values.get("routines")
    return routines if isinstance(routines, dict) else {}


def _table(tables: dict[str, Any], name: str) -> dict[str, Any]:
    """The table of that name, made where there is none."""
    if not isinstance(tables.get(name), dict):
        tables[name] = {}
    table: dict[str, Any] = tables[name]
    return table


def _put(table: dict[str, Any], **values: object) -> None:
    """Set values; None takes one out, since TOML has no null."""
    for name, value in values.items():
        if value is None:
            table.pop(name, None)
        else:
            table[name] = value


def _choices(values: Mapping[str, Any]) -> RememberedChoices:
    rounds = values.get("rounds")
    found = RememberedChoices(
        rounds=rounds if type(rounds) is int and 1 <= rounds <= MOST_ROUNDS else None,
        warmup=values.get("warmup") is not False,
        speech=_flag(values.get("speech")),
    )
    with suppress(ValueError):
        found = replace(found, level=Intensity(values["level"]) if "level" in values else None)
    with suppress(ValueError):
        found = replace(found, pace=Pace(values["pace"]) if "pace" in values else None)
    with suppress(ValueError):
        found = replace(found, profile=SoundProfile(values["profile"]) if "profile" in values else None)
    return found


def _names(value: object) -> tuple[str, ...]:
    each = value if isinstance(value, list) else []
    return tuple(dict.fromkeys(name for name in each if isinstance(name, str)))


def _avoid(value: object) -> frozenset[Load]:
    words = value if isinstance(value, list) else []
    return frozenset(load for load in AVOIDABLE if load.value in words)


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
