from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.core.choices import Timings
from hipcoach.storage.settings import Settings, SoundBackend, load_settings


def read(tmp_path: Path, text: str) -> tuple[Settings, list[str]]:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    settings, problems = load_settings(path)
    return settings, [str(problem) for problem in problems]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == (Settings(), ())


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "") == (Settings(), [])


def test_everything_can_be_set(tmp_path: Path) -> None:
    settings, problems = read(
        tmp_path,
        """
        [session]
        lead_in = 0
        lead_in_new_position = 20
        switch = 0
        rest = 30
        [week]
        goal = 5
        starts_on = "sunday"
        [day]
        starts_at = 4
        [audio]
        backend = "silent"
        volume = 0
        [keys]
        "session.pause" = "space,k"
        """,
    )
    assert problems == []
    assert settings.timings == Timings(lead_in=0, lead_in_new_position=20, switch=0, rest=30)
    assert (settings.rules.week_goal, settings.rules.first_weekday) == (5, 6)
    assert settings.day_start == 4
    assert settings.backend is SoundBackend.SILENT
    assert settings.volume == 0
    assert settings.keys == {"session.pause": "space,k"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[session]\nlead_in = -1", "session: lead_in"),
        ("[session]\nlead_in = 601", "session: lead_in"),
        ("[session]\nswitch = 1.5", "session: switch"),
        ("[session]\nrest = true", "session: rest"),
        ("[session]\nleadin = 5", "did you mean 'lead_in'"),
        ("[week]\ngoal = 8", "week: goal"),
        ("[week]\ngoal = 0", "week: goal"),
        ('[week]\nstarts_on = "sundy"', "did you mean 'sunday'"),
        ("[day]\nstarts_at = 24", "day: starts_at"),
        ('[audio]\nbackend = "alsa"', "audio: backend"),
        ("[audio]\nvolume = 101", "audio: volume"),
        ("[keys]\n'session.pause' = 5", "keys: session.pause"),
        ("[keys]\n'session.pause' = ''", "keys: session.pause"),
        ("week = 5", "settings.toml: week"),
        ("[weak]\ngoal = 3", "did you mean 'week'"),
        ("[week", "is not valid TOML"),
        ("\x00", "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_named_once_and_its_default_is_kept(tmp_path: Path, text: str, named: str) -> None:
    settings, problems = read(tmp_path, text)
    assert settings == Settings()
    (problem,) = problems
    assert problem.startswith("settings.toml")
    assert named in problem


def test_a_wrong_setting_does_not_spoil_the_others(tmp_path: Path) -> None:
    settings, problems = read(tmp_path, '[week]\ngoal = "many"\nstarts_on = "sunday"\n[audio]\nvolume = 20')
    assert len(problems) == 1
    assert settings.rules.week_goal == 3
    assert settings.rules.first_weekday == 6
    assert settings.volume == 20


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe")
    settings, problems = load_settings(path)
    assert settings == Settings()
    assert "is not a text file in UTF-8" in str(problems[0])
