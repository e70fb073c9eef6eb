"""The user's settings: read from settings.toml, every wrong one named and replaced by its default."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from hipcoach.core.choices import LONGEST_PAUSE, Timings
from hipcoach.core.streak_rules import StreakRules
from hipcoach.storage.table import Problem, Table


class Weekday(StrEnum):
    """The day a week starts on."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class SoundBackend(StrEnum):
    """What plays the sounds; `auto` takes the best that works."""

    AUTO = "auto"
    SIMPLEAUDIO = "simpleaudio"
    MINIAUDIO = "miniaudio"
    SYSTEM = "system"
    BELL = "bell"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user may set. Every field has a default that needs no file."""

    timings: Timings = field(default_factory=Timings)
    """[session] lead_in, lead_in_new_position, switch, rest: seconds."""
    rules: StreakRules = field(default_factory=StreakRules)
    """[week] goal: days a week, 1 to 7; starts_on: a weekday."""
    day_start: int = 0
    """[day] starts_at: the hour, 0 to 23, at which a new day begins for the log."""
    backend: SoundBackend = SoundBackend.AUTO
    """[audio] backend."""
    volume: int = 80
    """[audio] volume: 0 to 100."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """[keys] binding id = keys, such as "session.pause" = "space,k"."""


def load_settings(path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """Read the settings file; without one the defaults. Problems are named, never raised."""
    problems: list[Problem] = []
    name = path.name
    try:
        values = tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        return Settings(), (Problem(name, "", f"cannot be read, so the defaults are used: {error}"),)
    return _read(Table(values, name, "", problems)), tuple(problems)


def _read(root: Table) -> Settings:
    def part(field: str) -> Table:
        return root.table(field) or Table({}, root.file, field, root.problems)

    session, week, day, audio = part("session"), part("week"), part("day"), part("audio")
    usual = Settings()
    timings = Timings(
        **{
            name: session.whole(name, default=getattr(usual.timings, name), most=LONGEST_PAUSE)
            for name in ("lead_in", "lead_in_new_position", "switch", "rest")
        }
    )
    weekday = week.word("starts_on", Weekday, Weekday.MONDAY)
    settings = Settings(
        timings=timings,
        rules=StreakRules(
            week_goal=week.whole("goal", 1, usual.rules.week_goal, most=7),
            first_weekday=list(Weekday).index(weekday),
        ),
        day_start=day.whole("starts_at", default=usual.day_start, most=23),
        backend=audio.word("backend", SoundBackend, usual.backend),
        volume=audio.whole("volume", default=usual.volume, most=100),
        keys=_keys(part("keys")),
    )
    for table in (session, week, day, audio, root):
        table.finish()
    return settings


def _keys(table: Table) -> dict[str, str]:
    return {name: table.text(name) for name in table.values if isinstance(table.text(name), str)}
