"""The user's settings: one Struct, by which settings.toml is read and changed.

To add a setting, give the Struct of its table a field with a default, and data/texts/settings.toml its texts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, MutableMapping
from copy import deepcopy
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeAlias, get_args, get_type_hints

from msgspec import Meta, Struct, convert, field
from msgspec.structs import replace

from hipcoach.core.choices import Pace, Timings
from hipcoach.core.cues import SoundProfile
from hipcoach.core.fields import Intensity, Pause, Text
from hipcoach.core.history.streaks import StreakRules
from hipcoach.errors import SettingsError, StorageError
from hipcoach.paths import bundled
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.text_file import UnreadableError, parse_toml, read_text, readable_again
from hipcoach.storage.typed import (
    Problem,
    Schema,
    data_file,
    file_schema,
    problems_of,
    read_or_default,
    schema_of,
)

FORMAT = 1
LONGEST = 200
"""Characters of a text that a person sets."""
BEGINNING = "# The settings of hipcoach. What stands here is yours: only the settings screen changes it.\n"

Changes: TypeAlias = Mapping[tuple[str, str], int | str | bool | None]
"""Values by table and name; None takes one out, so that the default holds."""


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


class FirstSide(StrEnum):
    """Which side begins."""

    SOURCE = "source"
    LEFT = "left"
    RIGHT = "right"
    ALTERNATE = "alternate"


Percent: TypeAlias = Annotated[int, Meta(ge=0, le=100)]
FreeText: TypeAlias = Annotated[str, Meta(min_length=1, max_length=LONGEST)]


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of settings.toml."""


class SessionSettings(_Table, frozen=True):
    """How a session goes. Level and pace hold where a routine has no choice of its own."""

    lead_in: Pause = Timings().lead_in
    lead_in_new_position: Pause = Timings().lead_in_new_position
    switch: Pause = Timings().switch
    rest: Pause = Timings().rest
    level: Intensity = Intensity.LOW
    pace: Pace = Pace.PACED
    first_side: FirstSide = FirstSide.SOURCE
    ask_discomfort: bool = False


class AudioSettings(_Table, frozen=True):
    """What is heard, and by what."""

    volume: Percent = 80
    profile: SoundProfile = SoundProfile.ALL
    backend: SoundBackend = SoundBackend.AUTO


class SpeechSettings(_Table, frozen=True):
    """Whether and how the coach speaks."""

    on: bool = False
    voice: FreeText = "en"
    rate: Annotated[int, Meta(ge=80, le=400)] = 175
    volume: Percent = 100


class LookSettings(_Table, frozen=True):
    """What it looks like."""

    theme: FreeText = "hipcoach-dark"
    less_motion: bool = False


class WeekSettings(_Table, frozen=True):
    """What makes a week."""

    goal: Annotated[int, Meta(ge=1, le=7)] = StreakRules().week_goal
    minutes: Annotated[int, Meta(ge=0, le=2000)] = 0
    starts_on: Weekday = Weekday.MONDAY


class DaySettings(_Table, frozen=True):
    """When a day begins."""

    starts_at: Annotated[int, Meta(ge=0, le=23)] = 0


class Settings(_Table, frozen=True):
    """What the user may set, as settings.toml has it. Every field has a default that needs no file."""

    format: Annotated[int, Meta(ge=1, le=1_000_000)] = FORMAT
    session: SessionSettings = field(default_factory=SessionSettings)
    audio: AudioSettings = field(default_factory=AudioSettings)
    speech: SpeechSettings = field(default_factory=SpeechSettings)
    look: LookSettings = field(default_factory=LookSettings)
    week: WeekSettings = field(default_factory=WeekSettings)
    day: DaySettings = field(default_factory=DaySettings)
    keys: dict[str, Text] = field(default_factory=dict)
    """Binding id = keys, such as "session.pause" = "space,k"."""

    @property
    def timings(self) -> Timings:
        """The seconds between work."""
        times = self.session
        return Timings(times.lead_in, times.lead_in_new_position, times.switch, times.rest)

    @property
    def rules(self) -> StreakRules:
        """What counts as a week."""
        return StreakRules(self.week.goal, list(Weekday).index(self.week.starts_on))


class Setting(Struct, frozen=True):
    """One setting: where it stands in the file, what it may be, and how a screen shows it."""

    table: str
    name: str
    hint: Any
    """Its type, with its limits."""
    title: str
    about: str
    """What it is for, in a sentence or two."""
    labels: dict[str, str] = {}
    """How a screen shows each of the words it may be."""
    form: str = "{}"
    """How a screen shows a number."""
    step: int = 1
    """What one press of a key adds to a number or takes from it."""

    @property
    def key(self) -> str:
        """Its table and name, such as "week.goal"."""
        return f"{self.table}.{self.name}"

    @property
    def kind(self) -> Any:
        """int, bool, str, or the class of its words."""
        return next(iter(get_args(self.hint)), self.hint)

    @property
    def limits(self) -> tuple[int, int]:
        """The least and the most of a number."""
        schema = schema_of(Settings)["properties"][self.table]["properties"][self.name]
        return schema["minimum"], schema["maximum"]

    @property
    def allowed(self) -> str:
        """What may be typed for a number or a text, in words."""
        if self.kind is int:
            return "a whole number from {} to {}".format(*self.limits)
        return f"a text of up to {LONGEST} characters"

    def value(self, settings: Settings) -> Any:
        """Return what it is set to."""
        return getattr(getattr(settings, self.table), self.name)

    def changed(self, settings: Settings, value: Any) -> Settings:
        """Return the settings with another value for this one."""
        table = replace(getattr(settings, self.table), **{self.name: value})
        return replace(settings, **{self.table: table})

    def shown(self, value: Any) -> str:
        """Return a value as a screen shows it."""
        if self.kind is bool:
            return "on" if value else "off"
        return self.form.format(self.labels.get(value, value))

    def moved(self, value: Any, by: int) -> Any:
        """Return the next value, or the one before; a number in steps, within its limits."""
        if self.kind is bool:
            return not value
        if self.kind is int:
            least, most = self.limits
            steps = value // self.step + (by if by > 0 or value % self.step == 0 else 0)
            return min(most, max(least, steps * self.step))
        words = list(self.kind)
        return words[(words.index(value) + by) % len(words)]

    def understood(self, text: str) -> int | str:
        """Return the number or text that was typed.

        Raises:
            SettingsError: it is not one that is allowed.
        """
        try:
            value: int | str = convert(text.strip(), self.hint, strict=False)
        except ValueError:
            value = ""
        if value == "" or not text.strip().isprintable():
            raise SettingsError(f"{self.allowed.capitalize()}, please.")
        return value


@cache
def all_settings() -> dict[str, Setting]:
    """Return every setting by its key, in the order of the screen.

    Raises:
        DataError, ResourceError: the bundled data has a problem or is missing.
    """
    with data_file(bundled("data") / "texts" / "settings.toml") as texts:
        found = [
            Setting(table, name, get_type_hints(tables[table], include_extras=True)[name], **about)
            for tables in [get_type_hints(Settings)]
            for table, names in texts.items()
            for name, about in names.items()
        ]
    return {setting.key: setting for setting in found}


def settings_schema() -> Schema:
    """Return the JSON Schema of the settings file, with what each setting is for."""
    schema = deepcopy(file_schema(Settings, "hipcoach settings file"))
    for setting in all_settings().values():
        texts = {"title": setting.title, "description": setting.about}
        schema["properties"][setting.table]["properties"][setting.name] |= texts
    return schema


def load_settings(path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """Read the settings file; without one the defaults. Problems are named, never raised."""
    try:
        text = read_text(path)
        values = parse_toml(text)
    except FileNotFoundError:
        return Settings(), ()
    except UnreadableError as error:
        return Settings(), (
            Problem(path.name, "", f"{error.message}; until it is mended, defaults are used"),
        )
    settings, faults = read_or_default(Settings, values)
    if settings.format > FORMAT:
        faults["format",] = f"is {settings.format}, newer than this hipcoach: only what it knows is used"
    return settings, tuple(problems_of(path.name, text, values, faults))


def write_settings(path: Path, changes: Changes) -> None:
    """Change values in the file as it is now and nothing else: comments, order and what is not known stay.

    Another instance, or an editor, may have written meanwhile: the file is read again. A file that is a link
    stays one.

    Raises:
        StorageError: the file is no TOML, or cannot be read or written; it is as it was.
    """
    try:
        try:
            text = read_text(path)
        except FileNotFoundError:
            text = BEGINNING
        before = parse_toml(text)
    except UnreadableError as error:
        raise StorageError(f"{path} {error.message}: what you set holds for this run only.") from error
    wanted = deepcopy(before)
    _change(wanted, changes)
    if wanted == before:
        return
    # Late: it takes longer than most commands, and most runs of the program change no setting.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        _change(document, changes)
        written = tomlkit.dumps(document)
        # What keeps the comments is not trusted blindly.
        is_good = parse_toml(written) == wanted
    except (TOMLKitError, RecursionError, ValueError, TypeError, KeyError, UnreadableError):
        is_good = False
    if not is_good:
        raise StorageError(f"{path} is written in a way that cannot be changed here; it is left as it is.")
    if "\r\n" in text:
        written = re.sub("\r?\n", "\r\n", written)
    target = Path(os.path.realpath(path))
    write_atomically(target, readable_again(written.encode(), path), replace=True)


def why_not_written(path: Path) -> str:
    """Return a sentence where the file could not be changed because of what it holds; empty where it can."""
    try:
        write_settings(path, {})
    except StorageError as error:
        return error.message
    return ""


def _change(tables: MutableMapping[str, Any], changes: Changes) -> None:
    for (table, name), value in changes.items():
        if value is not None:
            if not isinstance(tables.get(table), dict):
                tables[table] = {}
            tables[table][name] = value
        elif isinstance(part := tables.get(table), dict):
            part.pop(name, None)
