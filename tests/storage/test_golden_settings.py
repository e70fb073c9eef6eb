"""Settings and remembered choices as they were released. The files must never be edited."""

from __future__ import annotations

import shutil
from pathlib import Path

from hipcoach.core.choices import Pace
from hipcoach.core.cues import SoundProfile
from hipcoach.core.fields import Intensity
from hipcoach.storage.memory import Memory, RememberedChoices, load_memory, memory_problems, save_memory
from hipcoach.storage.settings import (
    AudioSettings,
    DaySettings,
    SessionSettings,
    Settings,
    SoundBackend,
    SpeechSettings,
    Weekday,
    WeekSettings,
    load_settings,
)
from tests.golden import MEMORY, SETTINGS


def test_settings() -> None:
    assert load_settings(SETTINGS) == (
        Settings(
            session=SessionSettings(lead_in=10, lead_in_new_position=20, switch=6, rest=15),
            week=WeekSettings(goal=4, starts_on=Weekday.SUNDAY),
            day=DaySettings(starts_at=4),
            audio=AudioSettings(backend=SoundBackend.MINIAUDIO, volume=65, profile=SoundProfile.SPARSE),
            speech=SpeechSettings(on=True, voice="en-gb", rate=150, volume=90),
            keys={"session.pause": "space,k"},
        ),
        (),
    )


def test_memory(tmp_path: Path) -> None:
    expected = Memory(
        safety_read=True,
        last_routine="leg-circuit",
        mastered={"leg-circuit": True},
        choices={
            "leg-circuit": RememberedChoices(
                rounds=4,
                level=Intensity.HIGH,
                pace=Pace.OWN,
                warmup=False,
                profile=SoundProfile.SPARSE,
                speech=True,
            )
        },
        standing_only=True,
        speech=False,
    )
    assert memory_problems(MEMORY) == ()
    assert load_memory(MEMORY) == expected
    copied = Path(shutil.copy(MEMORY, tmp_path / "memory.toml"))
    save_memory(copied, expected)
    assert load_memory(copied) == expected
