"""The user's settings: read from settings.toml, every wrong one named and replaced by its default."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from hipcoach.core.choices import Pace, Timings
from hipcoach.core.cues import SoundProfile
from hipcoach.core.fields import Intensity
from hipcoach.core.history.streaks import StreakRules
from hipcoach.storage.setting_words import FirstSide, SoundBackend, Weekday
from hipcoach.storage.text_file import UnreadableError, read_toml

if TYPE_CHECKING:
    # Loaded only where there is a file of settings, and by what changes them.
    from hipcoach.storage.settings_table import Setting
    from hipcoach.storage.table import Table
    from hipcoach.storage.typed import Problem

__all__ = [
    "FORMAT",
    "LARGEST_FILE",
    "FirstSide",
    "Settings",
    "SoundBackend",
    "SpeechSettings",
    "Weekday",
    "load_settings",
    "value_of",
    "with_value",
]

FORMAT = 1
LARGEST_FILE = 1_000_000
"""Bytes; no settings that a person wrote come near."""


class SpeechSettings(Struct, frozen=True):
    """Whether and how the coach speaks."""

    on: bool = False
    voice: str = "en"
    """A language, or a voice as the system's speech program calls it."""
    rate: int = 175
    """Words per minute."""
    volume: int = 100
    """0 to 100, relative to the cues."""


class Settings(Struct, frozen=True):
    """What the user may set. Every field has a default that needs no file; `settings_table` explains each."""

    timings: Timings = field(default_factory=Timings)
    level: Intensity = Intensity.LOW
    """Where a routine has no choice of its own; the same holds for pace and profile."""
    pace: Pace = Pace.PACED
    first_side: FirstSide = FirstSide.SOURCE
    ask_discomfort: bool = False
    """Whether every start asks how it feels; without it one key starts a session."""
    rules: StreakRules = field(default_factory=StreakRules)
    week_minutes: int = 0
    """Minutes a week that the user wants to reach; 0 for no such goal. Streaks go by days alone."""
    day_start: int = 0
    """The hour, 0 to 23, at which a new day begins for the log."""
    backend: SoundBackend = SoundBackend.AUTO
    volume: int = 80
    """0 to 100."""
    profile: SoundProfile = SoundProfile.ALL
    speech: SpeechSettings = field(default_factory=SpeechSettings)
    theme: str = "hipcoach-dark"
    less_motion: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    """[keys] binding id = keys, such as "session.pause" = "space,k"."""


def value_of(settings: Settings, setting: Setting) -> Any:
    """What a setting is set to."""
    return attrgetter(setting.field)(settings)


def with_value(settings: Settings, setting: Setting, value: Any) -> Settings:
    """These settings with another value for one of them."""
    changed: Settings = _with(settings, setting.field, value)
    return changed


def load_settings(path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """Read the settings file; without one the defaults. Problems are named, never raised."""
    name = path.name
    try:
        values = read_toml(path, LARGEST_FILE)
    except FileNotFoundError:
        return Settings(), ()
    except UnreadableError as error:
        from hipcoach.storage.typed import Problem

        return Settings(), (Problem(name, "", f"{error.message}; until it is mended, defaults are used"),)
    from hipcoach.storage.table import Table

    problems: list[Problem] = []
    return _read(Table(values, name, "", problems)), tuple(problems)


def _read(root: Table) -> Settings:
    from hipcoach.storage.settings_table import SETTINGS

    number = root.whole("format", 1, default=FORMAT)
    if number > FORMAT:
        root.problem("format", f"is {number}, newer than this hipcoach: only what it knows is used")
    parts: dict[str, Table] = {}
    settings = Settings()
    for setting in SETTINGS:
        part = parts.get(setting.table)
        if part is None:
            part = parts[setting.table] = root.table(setting.table) or _empty(root, setting.table)
        usual = value_of(settings, setting)
        value = setting.kind.read(part, setting.name, usual)
        if value != usual:
            settings = with_value(settings, setting, value)
    settings = replace(settings, keys=_keys(root.table("keys") or _empty(root, "keys")))
    for part in (*parts.values(), root):
        part.finish()
    return settings


def _empty(root: Table, name: str) -> Table:
    from hipcoach.storage.table import Table

    return Table({}, root.file, name, root.problems)


def _keys(table: Table) -> dict[str, str]:
    """The keys as they are given; a name whose keys make no sense keeps its own."""
    found = {name: table.text(name) for name in table.values}
    return {name: keys for name, keys in found.items() if keys.strip() and keys.isprintable()}


def _with(whole: Any, path: str, value: Any) -> Any:
    name, _, rest = path.partition(".")
    return replace(whole, **{name: _with(getattr(whole, name), rest, value) if rest else value})
