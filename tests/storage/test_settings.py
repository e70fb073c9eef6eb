from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hipcoach.errors import SettingsError
from hipcoach.storage.settings import (
    Setting,
    Settings,
    all_settings,
    load_settings,
    write_settings,
)


def read(tmp_path: Path, text: str) -> tuple[Settings, list[str]]:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    settings, problems = load_settings(path)
    return settings, [str(problem) for problem in problems]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == (Settings(), ())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[session]\nlead_in = -1", "session: lead_in"),
        ("[session]\nswitch = 1.5", "session: switch"),
        ("[session]\nleadin = 5", "did you mean 'lead_in'"),
        ("[week]\ngoal = 8", "week: goal"),
        ('[audio]\nbackend = "alsa"', "audio: backend"),
        ('[audio]\nprofile = "spare"', "did you mean 'sparse'"),
        ("[speech]\non = 1", "speech: on: must be true or false"),
        ("[speech]\nrate = 79", "speech: rate: must be from 80 to 400"),
        ("[speech]\nvoice = 5", "speech: voice: must be a text in quotes"),
        ("[keys]\n'session.pause' = ''", "keys: session.pause"),
        ("[week]\n# half of it\ngoal = 3.0", "settings.toml:3: week: goal"),
        ("week = 5", "settings.toml:1: week"),
        ("[weak]\ngoal = 3", "did you mean 'week'"),
        ("[week", "is not valid TOML"),
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
    assert settings.audio.volume == 20


BY_KEY = pytest.mark.parametrize("setting", all_settings().values(), ids=list(all_settings()))


def other_values(setting: Setting) -> list[Any]:
    """Values that a setting can have beside its default."""
    usual = setting.value(Settings())
    if setting.kind is int:
        found = [*setting.limits, setting.moved(usual, 1), setting.moved(usual, -1)]
    elif setting.kind is bool:
        found = [True, False]
    else:
        found = [setting.kind(word) for word in setting.labels] or ["something else"]
    return [value for value in found if value != usual]


def test_every_setting_has_words_of_its_own() -> None:
    found = all_settings().values()
    assert (
        len({setting.title for setting in found}) == len({setting.about for setting in found}) == len(found)
    )
    assert all(each.about.endswith(".") for each in found)


@BY_KEY
def test_what_is_written_reads_back_and_changes_nothing_else(setting: Setting, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    values = other_values(setting)
    assert values
    for value in values:
        assert setting.shown(value)
        write_settings(path, {(setting.table, setting.name): value})
        assert load_settings(path) == (setting.changed(Settings(), value), ())


@BY_KEY
def test_the_next_values_are_values_too_and_all_of_them_come_by(setting: Setting) -> None:
    value = start = setting.value(Settings())
    if setting.kind is int:
        for by, end in zip((-1, 1), setting.limits, strict=True):
            for _ in range(700):
                value = setting.moved(value, by)
            assert value == end
    elif setting.kind is not str:
        words = len(setting.labels) or 2
        assert len({setting.moved(start, step) for step in range(1, words + 1)}) == words or words == 2


def test_a_number_goes_on_in_round_steps() -> None:
    volume = all_settings()["audio.volume"]
    assert [volume.moved(value, by) for value, by in ((80, 1), (82, 1), (82, -1), (98, 1), (2, -1))] == [
        85,
        85,
        80,
        100,
        0,
    ]


@pytest.mark.parametrize("typed", ["", "x", "-1", "601", "1.5", "９", "0x1", "9" * 5000])
def test_what_is_no_such_number_is_said(typed: str) -> None:
    lead_in = all_settings()["session.lead_in"]
    with pytest.raises(SettingsError, match="whole number from 0 to 600"):
        lead_in.understood(typed)
    assert lead_in.understood(" 12 ") == 12


@pytest.mark.parametrize("typed", ["", "  ", "a\nb", "\x1b[31m", "x" * 201])
def test_what_is_no_text_is_said(typed: str) -> None:
    voice = all_settings()["speech.voice"]
    with pytest.raises(SettingsError, match="text of up to 200"):
        voice.understood(typed)
    assert voice.understood(" en-gb ") == "en-gb"
