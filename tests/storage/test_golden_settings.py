"""Settings and remembered choices as they were released. The files must never be edited."""

from __future__ import annotations

import shutil
from pathlib import Path

from hipcoach.core.choices import Pace
from hipcoach.core.cues import SoundProfile
from hipcoach.core.fields import Intensity
from hipcoach.storage.app_state import AppState, RoutineState, change_state, load_state
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
    expected = AppState(
        safety_read=True,
        last_routine="leg-circuit",
        routines={
            "leg-circuit": RoutineState(
                rounds=4,
                level=Intensity.HIGH,
                pace=Pace.OWN,
                warmup=False,
                profile=SoundProfile.SPARSE,
                speech=True,
                mastered=True,
            )
        },
        standing_only=True,
        speech=False,
    )
    assert load_state(MEMORY) == (expected, ())
    copied = Path(shutil.copy(MEMORY, tmp_path / "memory.toml"))
    change_state(copied, [lambda _: expected], expected)
    assert load_state(copied)[0] == expected
