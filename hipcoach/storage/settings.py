"""The user's settings: one Struct, by which settings.toml is read and changed and the settings screen shown.

To add a setting, give the Struct of its table a field with a default, a title and a description.
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

from msgspec import Meta, Struct, field
from msgspec.structs import fields, replace

from hipcoach.core.choices import Pace, Timings
from hipcoach.core.cues import SoundProfile
from hipcoach.core.fields import LONGEST_PAUSE, Intensity, Text
from hipcoach.core.history.streaks import StreakRules
from hipcoach.errors import SettingsError, StorageError
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.text_file import UnreadableError, parse_toml, read_text, readable_again
from hipcoach.storage.typed import Problem, problems_of, read_or_default

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


Pause: TypeAlias = Annotated[int, Meta(ge=0, le=LONGEST_PAUSE, extra={"form": "{} s"})]
Percent: TypeAlias = Annotated[int, Meta(ge=0, le=100, extra={"form": "{} %", "step": 5})]
FreeText: TypeAlias = Annotated[str, Meta(min_length=1, max_length=LONGEST)]


def about(
    title: str, description: str, ge: int | None = None, le: int | None = None, **extra: object
) -> Meta:
    """Return what a screen shows of a setting: title, description, `labels` of its words, or the `form` and
    the `step` of a number that one press of a key adds."""
    return Meta(ge=ge, le=le, title=title, description=description, extra=extra)


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of settings.toml."""


class SessionSettings(_Table, frozen=True):
    """How a session goes. Level and pace hold where a routine has no choice of its own."""

    lead_in: Annotated[Pause, about("Lead-in", "Time to get ready before each exercise.")] = Timings().lead_in
    lead_in_new_position: Annotated[
        Pause,
        about(
            "Lead-in, new position",
            "The same where you have to change position first, such as from standing to the floor.",
        ),
    ] = Timings().lead_in_new_position
    switch: Annotated[Pause, about("Switch", "Time to change from one side to the other.")] = Timings().switch
    rest: Annotated[
        Pause, about("Rest", "Before every exercise but the first. A routine that asks for more gets more.")
    ] = Timings().rest
    level: Annotated[
        Intensity,
        about(
            "Level",
            "The end of every range, such as 3 to 5 rounds or 8 to 10 reps. For routines whose level you "
            "have not chosen in the list.",
            labels=("low", "middle", "high"),
        ),
    ] = Intensity.LOW
    pace: Annotated[
        Pace,
        about(
            "Pace",
            "Reps to the coach's tick, or at your own pace, a key ending each set. For routines whose "
            "pace you have not chosen in the list.",
            labels=("paced by the coach", "at your own pace"),
        ),
    ] = Pace.PACED
    first_side: Annotated[
        FirstSide,
        about(
            "First side",
            "The side that begins: as the article says (right, where it says nothing), always the same, "
            "or another than in the last session of that routine.",
            labels=("as the article says", "always left", "always right", "alternates between sessions"),
        ),
    ] = FirstSide.SOURCE
    ask_discomfort: Annotated[
        bool,
        about(
            "Ask how it feels",
            "Asks for your discomfort, 0 none to 10 worst, before every session; enter skips it. "
            "Otherwise d in the list tells it, where you like.",
        ),
    ] = False


class AudioSettings(_Table, frozen=True):
    """What is heard, and by what."""

    volume: Annotated[
        Percent, about("Volume", "How loud sounds and speech are; [ and ] change it during a session.")
    ] = 80
    profile: Annotated[
        SoundProfile,
        about(
            "Which sounds",
            "All of them, or only those that begin and end work. For routines where you have not chosen "
            "in the list. What is not heard is still shown.",
            labels=("all sounds", "sparse"),
        ),
    ] = SoundProfile.ALL
    backend: Annotated[
        SoundBackend,
        about(
            "Played by",
            "What makes the sound. Automatic takes the best that works here; hipcoach doctor says which.",
            labels=(
                "automatic",
                "simpleaudio",
                "miniaudio",
                "the system's player",
                "the terminal's bell",
                "nothing: the screen flashes",
            ),
        ),
    ] = SoundBackend.AUTO


class SpeechSettings(_Table, frozen=True):
    """Whether and how the coach speaks."""

    on: Annotated[
        bool,
        about(
            "Speech",
            "Says what comes: exercise, side, dose, switch. Needs a speech program, such as espeak-ng.",
        ),
    ] = False
    voice: Annotated[
        FreeText,
        about("Voice", "A language such as en-gb, or a voice as your system's speech program calls it."),
    ] = "en"
    rate: Annotated[
        int, about("Speed of speech", "Words a minute.", ge=80, le=400, form="{} words", step=5)
    ] = 175
    volume: Annotated[
        Percent, about("Volume of speech", "Beside the sounds; the volume above holds for both.")
    ] = 100


class LookSettings(_Table, frozen=True):
    """What it looks like."""

    theme: Annotated[
        FreeText,
        about(
            "Theme",
            "The colours. hipcoach-dark and hipcoach-light are made to be read from two metres, and by "
            "colour-blind eyes.",
        ),
    ] = "hipcoach-dark"
    less_motion: Annotated[
        bool, about("Less motion", "Nothing blinks, glides or moves that does not have to.")
    ] = False


class WeekSettings(_Table, frozen=True):
    """What makes a week."""

    goal: Annotated[
        int,
        about(
            "Days a week",
            "How many different days make a week count towards the streak.",
            ge=1,
            le=7,
            form="{} of 7",
        ),
    ] = StreakRules().week_goal
    minutes: Annotated[
        int,
        about(
            "Minutes a week",
            "A goal of your own for a week: a line in the history. Streaks go by days alone. 0 is none.",
            ge=0,
            le=2000,
            form="{} min",
            step=10,
        ),
    ] = 0
    starts_on: Annotated[
        Weekday,
        about(
            "Week starts on",
            "The first day of a week, for streaks and the calendar.",
            labels=tuple(day.capitalize() for day in Weekday),
        ),
    ] = Weekday.MONDAY


class DaySettings(_Table, frozen=True):
    """When a day begins."""

    starts_at: Annotated[
        int,
        about(
            "Day starts at",
            "A session before this hour still belongs to the day before; 4:00 is good for night owls.",
            ge=0,
            le=23,
            form="{}:00",
        ),
    ] = 0


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
    """One setting, as its field says: where it stands in the file, what it is for, and what it may be."""

    table: str
    name: str
    kind: Any
    """int, bool, str, or the class of its words."""
    title: str
    about: str
    """What it is for, in a sentence or two."""
    least: int = 0
    most: int = 0
    step: int = 1
    """What one press of a key adds to a number or takes from it."""
    form: str = "{}"
    """How a screen shows a number."""
    labels: tuple[str, ...] = ()
    """How a screen shows each of the words."""

    @property
    def key(self) -> str:
        """Its table and name, such as "week.goal"."""
        return f"{self.table}.{self.name}"

    @property
    def options(self) -> dict[str, str]:
        """Every word that it may be, with how a screen shows it; empty where it is no word."""
        return dict(zip(self.kind, self.labels, strict=True)) if self.labels else {}

    @property
    def allowed(self) -> str:
        """What may be typed for a number or a text, in words."""
        if self.kind is int:
            return f"a whole number from {self.least} to {self.most}"
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
        return self.form.format(self.options.get(value, value))

    def moved(self, value: Any, by: int) -> Any:
        """Return the next value, or the one before; a number in steps, within its limits."""
        if self.kind is bool:
            return not value
        if self.kind is int:
            steps = value // self.step + (by if by > 0 or value % self.step == 0 else 0)
            return min(self.most, max(self.least, steps * self.step))
        words = list(self.options)
        return words[(words.index(value) + by) % len(words)]

    def understood(self, text: str) -> int | str:
        """Return the number or text that was typed.

        Raises:
            SettingsError: it is not one that is allowed.
        """
        bare = text.strip()
        if self.kind is int and bare.isascii() and bare.isdigit() and len(bare) <= len(str(self.most)):
            if self.least <= int(bare) <= self.most:
                return int(bare)
        elif self.kind is str and bare.isprintable() and 0 < len(bare) <= LONGEST:
            return bare
        raise SettingsError(f"{self.allowed.capitalize()}, please.")


@cache
def all_settings() -> dict[str, Setting]:
    """Return every setting by its key, in the order of the screen."""
    found = [
        _setting(table.name, name, hint)
        for table in fields(Settings)
        if isinstance(table.type, type) and issubclass(table.type, _Table)
        for name, hint in get_type_hints(table.type, include_extras=True).items()
    ]
    return {setting.key: setting for setting in found}


def _setting(table: str, name: str, hint: Any) -> Setting:
    kind, *metas = get_args(hint)
    about: dict[str, Any] = {}
    for meta in metas:
        limits = {"least": meta.ge, "most": meta.le, "title": meta.title, "about": meta.description}
        about |= {key: value for key, value in limits.items() if value is not None} | (meta.extra or {})
    return Setting(table, name, kind, **about)


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
    problems = problems_of(path.name, text, values, faults)
    if settings.format > FORMAT:
        newer = f"is {settings.format}, newer than this hipcoach: only what it knows is used"
        problems.append(Problem(path.name, "format", newer))
    return settings, tuple(problems)


def write_settings(path: Path, changes: Changes) -> None:
    """Change values in the file as it is now and nothing else: comments, order and what is not known stay.

    Another instance, or an editor, may have written meanwhile: the file is read again. A file that is a link
    stays one.

    Raises:
        StorageError: the file is no TOML, or cannot be read or written; it is as it was.
    """
    try:
        text = _text_of(path)
        if text is None:
            if all(value is None for value in changes.values()):
                return
            text = BEGINNING
        before = parse_toml(text)
    except UnreadableError as error:
        raise StorageError(f"{path} {error.message}: what you set holds for this run only.") from error
    wanted = deepcopy(before)
    _change(wanted, changes)
    if wanted == before and text != BEGINNING:
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
        parse_toml(_text_of(path) or "")
    except UnreadableError as error:
        return f"{path} {error.message}: what you set holds for this run only."
    return ""


def _text_of(path: Path) -> str | None:
    try:
        return read_text(path)
    except FileNotFoundError:
        return None


def _change(tables: MutableMapping[str, Any], changes: Changes) -> None:
    for (table, name), value in changes.items():
        if value is not None:
            if not isinstance(tables.get(table), dict):
                tables[table] = {}
            tables[table][name] = value
        elif isinstance(part := tables.get(table), dict):
            part.pop(name, None)
