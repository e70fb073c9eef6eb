"""What the app remembers between runs without being told to: choices by routine, what was acknowledged.

It is this machine's own and may be lost without harm: whatever in it cannot be read is forgotten.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import tomli_w

from hipcoach.core.choices import MOST_ROUNDS, Pace
from hipcoach.core.exercise import Intensity
from hipcoach.storage.atomic import write_atomically

FORMAT = 1


@dataclass(frozen=True, slots=True)
class RememberedChoices:
    """What was last chosen for one routine."""

    rounds: int | None = None
    level: Intensity = Intensity.LOW
    pace: Pace = Pace.PACED
    warmup: bool = True


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything remembered."""

    safety_read: bool = False
    last_routine: str | None = None
    mastered: Mapping[str, bool] = field(default_factory=dict)
    """The user's word, by routine, on whether what its gated drill builds on is mastered."""
    choices: Mapping[str, RememberedChoices] = field(default_factory=dict)
    standing_only: bool = False
    muted: bool = False

    def choices_for(self, routine: str) -> RememberedChoices:
        """What was last chosen for a routine, or the defaults."""
        return self.choices.get(routine, RememberedChoices())

    def with_choices(self, routine: str, choices: RememberedChoices) -> Memory:
        """This memory with other choices for one routine."""
        return replace(self, choices={**self.choices, routine: choices})

    def with_mastered(self, routine: str, mastered: bool) -> Memory:
        """This memory with the user's word on one routine's gate."""
        return replace(self, mastered={**self.mastered, routine: mastered})


def load_memory(path: Path) -> Memory:
    """Read what is remembered; nothing, where the file is missing or makes no sense."""
    try:
        values = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Memory()
    routines = values.get("routines")
    by_name = routines if isinstance(routines, dict) else {}
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
        standing_only=values.get("standing_only") is True,
        muted=values.get("muted") is True,
    )


def save_memory(path: Path, memory: Memory) -> None:
    """Write what is to be remembered.

    Raises:
        StorageError: it could not be written.
    """
    values: dict[str, Any] = {
        "format": FORMAT,
        "safety_read": memory.safety_read,
        "standing_only": memory.standing_only,
        "muted": memory.muted,
    }
    if memory.last_routine is not None:
        values["last_routine"] = memory.last_routine
    routines: dict[str, dict[str, Any]] = {}
    for name, choices in memory.choices.items():
        kept: dict[str, Any] = {
            "level": choices.level.value,
            "pace": choices.pace.value,
            "warmup": choices.warmup,
        }
        routines[name] = kept if choices.rounds is None else {**kept, "rounds": choices.rounds}
    for name, mastered in memory.mastered.items():
        routines.setdefault(name, {})["mastered"] = mastered
    values["routines"] = routines
    write_atomically(path, tomli_w.dumps(values).encode(), replace=True)


def _choices(values: Mapping[str, Any]) -> RememberedChoices:
    rounds = values.get("rounds")
    found = RememberedChoices(
        rounds=rounds if type(rounds) is int and 1 <= rounds <= MOST_ROUNDS else None,
        warmup=values.get("warmup") is not False,
    )
    with suppress(ValueError):
        found = replace(found, level=Intensity(values.get("level", found.level)))
    with suppress(ValueError):
        found = replace(found, pace=Pace(values.get("pace", found.pace)))
    return found
