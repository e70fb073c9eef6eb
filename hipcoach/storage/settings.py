"""The user's settings: read from settings.toml, every wrong one named and replaced by its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from hipcoach.core.choices import LONGEST_PAUSE, Timings
from hipcoach.core.cues import SoundProfile
from hipcoach.core.streak_rules import StreakRules
from hipcoach.storage.table import Problem, Table
from hipcoach.storage.text_file import UnreadableError, read_toml

FORMAT = 1
LARGEST_FILE = 1_000_000
"""Bytes; no settings that a person wrote come near."""


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
class SpeechSettings:
    """[speech]: whether and how the coach speaks."""

    on: bool = False
    voice: str = "en"
    """A language, or a voice as the system's speech program calls it."""
    rate: int = 175
    """Words per minute, 80 to 400."""
    volume: int = 100
    """0 to 100, relative to the cues."""


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
    profile: SoundProfile = SoundProfile.ALL
    """[audio] profile: which of the sounds are wanted, where a routine has no choice of its own."""
    speech: SpeechSettings = field(default_factory=SpeechSettings)
    keys: Mapping[str, str] = field(default_factory=dict)
    """[keys] binding id = keys, such as "session.pause" = "space,k"."""


def load_settings(path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """Read the settings file; without one the defaults. Problems are named, never raised."""
    problems: list[Problem] = []
    name = path.name
    try:
        values = read_toml(path, LARGEST_FILE)
    except FileNotFoundError:
        return Settings(), ()
    except UnreadableError as error:
        return Settings(), (Problem(name, "", f"{error.message}; until it is mended, defaults are used"),)
    return _read(Table(values, name, "", problems)), tuple(problems)


def _read(root: Table) -> Settings:
    def part(field: str) -> Table:
        return root.table(field) or Table({}, root.file, field, root.problems)

    number = root.whole("format", 1, default=FORMAT)
    if number > FORMAT:
        root.problem("format", f"is {number}, newer than this hipcoach: only what it knows is used")
    session, week, day = part("session"), part("week"), part("day")
    audio, speech = part("audio"), part("speech")
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
        profile=audio.word("profile", SoundProfile, usual.profile),
        speech=_speech(speech),
        keys=_keys(part("keys")),
    )
    for table in (session, week, day, audio, speech, root):
        table.finish()
    return settings


def _speech(table: Table) -> SpeechSettings:
    usual = SpeechSettings()
    voice = table.text("voice", usual.voice)
    return SpeechSettings(
        on=table.flag("on", usual.on),
        voice=voice if voice.strip() and voice.isprintable() else usual.voice,
        rate=table.whole("rate", 80, usual.rate, most=400),
        volume=table.whole("volume", default=usual.volume, most=100),
    )


def _keys(table: Table) -> dict[str, str]:
    """The keys as they are given; a name whose keys make no sense keeps its own."""
    found = {name: table.text(name) for name in table.values}
    return {name: keys for name, keys in found.items() if keys.strip() and keys.isprintable()}
