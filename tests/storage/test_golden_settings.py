"""Settings and remembered choices as they were released. The files must never be edited."""

from __future__ import annotations

import shutil
from pathlib import Path

from hipcoach.core.choices import Pace, Timings
from hipcoach.core.cues import SoundProfile
from hipcoach.core.fields import Intensity
from hipcoach.core.history.streaks import StreakRules
from hipcoach.storage.memory import Memory, RememberedChoices, load_memory, memory_problems, save_memory
from hipcoach.storage.settings import Settings, SoundBackend, SpeechSettings, load_settings
from tests.golden import MEMORY, SETTINGS


def test_settings() -> None:
    assert load_settings(SETTINGS) == (
        Settings(
            timings=Timings(lead_in=10, lead_in_new_position=20, switch=6, rest=15),
            rules=StreakRules(week_goal=4, first_weekday=6),
            day_start=4,
            backend=SoundBackend.MINIAUDIO,
            volume=65,
            profile=SoundProfile.SPARSE,
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
