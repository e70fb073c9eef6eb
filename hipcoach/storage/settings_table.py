"""Every setting there is: its place in the file, its name, what it is for and what it may be.

The one list that the reader of settings.toml checks by and the settings screen shows. To add a setting, give
`Settings` a field with a default and this list an entry.
"""

from __future__ import annotations

from msgspec import Struct

from hipcoach.core.choices import Pace
from hipcoach.core.cues import SoundProfile
from hipcoach.core.fields import LONGEST_PAUSE, Intensity
from hipcoach.storage.setting_kinds import FreeText, Kind, Number, Toggle, Words
from hipcoach.storage.setting_words import FirstSide, SoundBackend, Weekday


class Setting(Struct, frozen=True):
    """One setting. `key` is its table and name in the file, `field` where `Settings` has it."""

    key: str
    field: str
    title: str
    about: str
    """What it is for, in a sentence or two."""
    kind: Kind

    @property
    def table(self) -> str:
        """The table of the file it stands in."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """Its name within its table."""
        return self.key.partition(".")[2]


_SECONDS = Number(0, LONGEST_PAUSE, "{} s")
_PERCENT = Number(0, 100, "{} %", pace=5)

GROUPS: tuple[tuple[str, tuple[Setting, ...]], ...] = (
    (
        "Times",
        (
            Setting(
                "session.lead_in",
                "timings.lead_in",
                "Lead-in",
                "Time to get ready before each exercise.",
                _SECONDS,
            ),
            Setting(
                "session.lead_in_new_position",
                "timings.lead_in_new_position",
                "Lead-in, new position",
                "The same where you have to change position first, such as from standing to the floor.",
                _SECONDS,
            ),
            Setting(
                "session.switch",
                "timings.switch",
                "Switch",
                "Time to change from one side to the other.",
                _SECONDS,
            ),
            Setting(
                "session.rest",
                "timings.rest",
                "Rest",
                "Before every exercise but the first. A routine that asks for more gets more.",
                _SECONDS,
            ),
        ),
    ),
    (
        "Routines",
        (
            Setting(
                "session.level",
                "level",
                "Level",
                "The end of every range, such as 3 to 5 rounds or 8 to 10 reps. For routines whose level you "
                "have not chosen in the list.",
                Words(Intensity, {"low": "low", "mid": "middle", "high": "high"}),
            ),
            Setting(
                "session.pace",
                "pace",
                "Pace",
                "Reps to the coach's tick, or at your own pace, a key ending each set. For routines whose "
                "pace you have not chosen in the list.",
                Words(Pace, {"paced": "paced by the coach", "own": "at your own pace"}),
            ),
            Setting(
                "session.first_side",
                "first_side",
                "First side",
                "The side that begins: as the article says (right, where it says nothing), always the same, "
                "or another than in the last session of that routine.",
                Words(
                    FirstSide,
                    {
                        "source": "as the article says",
                        "left": "always left",
                        "right": "always right",
                        "alternate": "alternates between sessions",
                    },
                ),
            ),
            Setting(
                "session.ask_discomfort",
                "ask_discomfort",
                "Ask how it feels",
                "Asks for your discomfort, 0 none to 10 worst, before every session; enter skips it. "
                "Otherwise d in the list tells it, where you like.",
                Toggle(),
            ),
        ),
    ),
    (
        "Sound",
        (
            Setting(
                "audio.volume",
                "volume",
                "Volume",
                "How loud sounds and speech are; [ and ] change it during a session.",
                _PERCENT,
            ),
            Setting(
                "audio.profile",
                "profile",
                "Which sounds",
                "All of them, or only those that begin and end work. For routines where you have not chosen "
                "in the list. What is not heard is still shown.",
                Words(SoundProfile, {"all": "all sounds", "sparse": "sparse"}),
            ),
            Setting(
                "audio.backend",
                "backend",
                "Played by",
                "What makes the sound. Automatic takes the best that works here; hipcoach doctor says which.",
                Words(
                    SoundBackend,
                    {
                        "auto": "automatic",
                        "simpleaudio": "simpleaudio",
                        "miniaudio": "miniaudio",
                        "system": "the system's player",
                        "bell": "the terminal's bell",
                        "silent": "nothing: the screen flashes",
                    },
                ),
            ),
        ),
    ),
    (
        "Speech",
        (
            Setting(
                "speech.on",
                "speech.on",
                "Speech",
                "Says what comes: exercise, side, dose, switch. Needs a speech program, such as espeak-ng.",
                Toggle(),
            ),
            Setting(
                "speech.voice",
                "speech.voice",
                "Voice",
                "A language such as en-gb, or a voice as your system's speech program calls it.",
                FreeText(),
            ),
            Setting(
                "speech.rate",
                "speech.rate",
                "Speed of speech",
                "Words a minute.",
                Number(80, 400, "{} words", pace=5),
            ),
            Setting(
                "speech.volume",
                "speech.volume",
                "Volume of speech",
                "Beside the sounds; the volume above holds for both.",
                _PERCENT,
            ),
        ),
    ),
    (
        "Looks",
        (
            Setting(
                "look.theme",
                "theme",
                "Theme",
                "The colours. hipcoach-dark and hipcoach-light are made to be read from two metres, and by "
                "colour-blind eyes.",
                FreeText(names="theme"),
            ),
            Setting(
                "look.less_motion",
                "less_motion",
                "Less motion",
                "Nothing blinks, glides or moves that does not have to.",
                Toggle(),
            ),
        ),
    ),
    (
        "Week",
        (
            Setting(
                "week.goal",
                "rules.week_goal",
                "Days a week",
                "How many different days make a week count towards the streak.",
                Number(1, 7, "{} of 7"),
            ),
            Setting(
                "week.minutes",
                "week_minutes",
                "Minutes a week",
                "A goal of your own for a week: a line in the history. Streaks go by days alone. 0 is none.",
                Number(0, 2000, "{} min", pace=10),
            ),
            Setting(
                "week.starts_on",
                "rules.first_weekday",
                "Week starts on",
                "The first day of a week, for streaks and the calendar.",
                Words(Weekday, {day.value: day.value.capitalize() for day in Weekday}, numbered=True),
            ),
            Setting(
                "day.starts_at",
                "day_start",
                "Day starts at",
                "A session before this hour still belongs to the day before; 4:00 is good for night owls.",
                Number(0, 23, "{}:00"),
            ),
        ),
    ),
)
"""The settings by heading, in the order of the screen."""

SETTINGS = tuple(setting for _, settings in GROUPS for setting in settings)


def setting_named(key: str) -> Setting:
    """The setting with this key, such as "week.goal".

    Raises:
        KeyError: there is none.
    """
    return {setting.key: setting for setting in SETTINGS}[key]
