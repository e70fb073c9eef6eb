"""The one list of settings that the reader checks by and the screen shows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from hipcoach.errors import SettingsError
from hipcoach.storage.setting_kinds import FreeText, Number, Toggle, Words
from hipcoach.storage.settings import Settings, load_settings, value_of, with_value
from hipcoach.storage.settings_file import write_settings
from hipcoach.storage.settings_table import SETTINGS, Setting, setting_named

BY_KEY = pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)


def other_values(setting: Setting) -> list[Any]:
    """Values that a setting can have beside its default."""
    kind, usual = setting.kind, value_of(Settings(), setting)
    match kind:
        case Number():
            found: list[Any] = [kind.least, kind.most, kind.moved(usual, 1), kind.moved(usual, -1)]
        case Words():
            found = [kind.understood(word) for word, _ in kind.options]
        case Toggle():
            found = [True, False]
        case FreeText():
            found = ["something else"]
    return [value for value in found if value != usual]


def test_every_setting_has_a_place_and_words_of_its_own() -> None:
    for field in ("key", "field", "title", "about"):
        assert [
            name for name, count in Counter(getattr(each, field) for each in SETTINGS).items() if count > 1
        ] == []
    assert all(each.about.endswith(".") for each in SETTINGS)


@BY_KEY
def test_the_default_is_a_value_that_the_setting_may_have(setting: Setting) -> None:
    usual = value_of(Settings(), setting)
    assert setting.kind.shown(usual)
    if isinstance(setting.kind, Number):
        assert setting.kind.least <= usual <= setting.kind.most


@BY_KEY
def test_what_is_written_reads_back_and_changes_nothing_else(setting: Setting, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    values = other_values(setting)
    assert values
    for value in values:
        write_settings(path, {(setting.table, setting.name): setting.kind.written(value)})
        assert load_settings(path) == (with_value(Settings(), setting, value), ())


@BY_KEY
def test_the_next_values_are_values_too_and_all_of_them_come_by(setting: Setting) -> None:
    kind = setting.kind
    value = start = value_of(Settings(), setting)
    for by in (1, -1):
        for _ in range(700):
            value = kind.moved(value, by)
        if isinstance(kind, Number):
            assert value == (kind.most if by > 0 else kind.least)
    if isinstance(kind, Words):
        seen = {kind.written(kind.moved(start, step)) for step in range(len(kind.options))}
        assert seen == {word for word, _ in kind.options}


def test_a_number_goes_on_in_round_steps() -> None:
    kind = Number(0, 100, pace=5)
    assert [kind.moved(value, by) for value, by in ((80, 1), (82, 1), (82, -1), (98, 1), (2, -1))] == [
        85,
        85,
        80,
        100,
        0,
    ]


@pytest.mark.parametrize("typed", ["", "x", "-1", "601", "1.5", "９", "1e2", "0x1", "9" * 5000])
def test_what_is_no_such_number_is_said(typed: str) -> None:
    kind = setting_named("session.lead_in").kind
    assert isinstance(kind, Number)
    with pytest.raises(SettingsError, match="whole number from 0 to 600"):
        kind.understood(typed)
    assert kind.understood(" 12 ") == 12


@pytest.mark.parametrize("typed", ["", "  ", "a\nb", "\x1b[31m", "x" * 201])
def test_what_is_no_text_is_said(typed: str) -> None:
    with pytest.raises(SettingsError, match="text of up to 200"):
        FreeText().understood(typed)
    assert FreeText().understood(" en-gb ") == "en-gb"


def test_a_word_that_there_is_not_is_said() -> None:
    kind = setting_named("session.first_side").kind
    assert isinstance(kind, Words)
    with pytest.raises(SettingsError, match="source, left, right, alternate"):
        kind.understood("both")
