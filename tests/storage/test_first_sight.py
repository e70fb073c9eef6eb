"""The picker's list, kept for the next start: whole, or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.paths import AppPaths
from hipcoach.storage.first_sight import Entry, FirstSight, Run, load_first_sight, save_first_sight
from tests.ui.surroundings import paths_below

SIGHT = FirstSight(
    "hipcoach-dark",
    (Entry("short", (Run("Short  ", "bold"), Run("5 min\n", ""))), Entry("long", (Run("Long", "bold"),))),
    1,
)


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    return paths_below(tmp_path)


def test_what_was_kept_is_known_at_the_next_start(paths: AppPaths) -> None:
    assert load_first_sight(paths) is None
    save_first_sight(paths, SIGHT)
    assert load_first_sight(paths) == SIGHT
    assert paths.first_sight.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "name",
    ["config/settings.toml", "config/routines/mine.toml", "config/exercises/a.toml", "state/memory.toml"],
)
def test_it_holds_only_while_what_it_was_made_from_is_the_same(
    paths: AppPaths, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    save_first_sight(paths, SIGHT)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("one")
    assert load_first_sight(paths) is None
    save_first_sight(paths, SIGHT)
    assert load_first_sight(paths) == SIGHT
    os.utime(file, ns=(1, 1))
    assert load_first_sight(paths) is None
    save_first_sight(paths, SIGHT)
    file.unlink()
    assert load_first_sight(paths) is None


def test_another_version_makes_its_own(paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    save_first_sight(paths, SIGHT)
    monkeypatch.setattr("hipcoach.storage.first_sight.__version__", "99.0")
    assert load_first_sight(paths) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cursor", 2),
        ("cursor", -1),
        ("cursor", True),
        ("cursor", "0"),
        ("theme", 5),
        ("entries", [["short", [["only text"]]]]),
        ("entries", [["short", [["text", 3]]]]),
        ("entries", [[1, []]]),
        ("entries", None),
        ("from", None),
    ],
)
def test_what_is_not_good_is_as_good_as_missing(paths: AppPaths, name: str, value: object) -> None:
    save_first_sight(paths, SIGHT)
    values = json.loads(paths.first_sight.read_text())
    paths.first_sight.write_text(json.dumps({**values, name: value}))
    assert load_first_sight(paths) is None


@given(
    content=st.binary(max_size=80)
    | st.recursive(
        st.none() | st.integers() | st.text(), lambda each: st.lists(each) | st.dictionaries(st.text(), each)
    ).map(lambda each: json.dumps(each).encode())
)
def test_nothing_that_can_stand_there_does_harm(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    paths = paths_below(tmp_path_factory.mktemp("sight"))
    paths.cache.mkdir()
    paths.first_sight.write_bytes(content)
    assert load_first_sight(paths) is None


def test_a_directory_in_its_place_is_left_alone(paths: AppPaths) -> None:
    paths.first_sight.mkdir(parents=True)
    save_first_sight(paths, SIGHT)
    assert load_first_sight(paths) is None
    assert paths.first_sight.is_dir()


def test_it_is_written_only_where_it_says_something_else(paths: AppPaths) -> None:
    save_first_sight(paths, SIGHT)
    first = paths.first_sight.stat().st_ino
    save_first_sight(paths, SIGHT)
    assert paths.first_sight.stat().st_ino == first
    save_first_sight(paths, SIGHT._replace(cursor=0))
    assert paths.first_sight.stat().st_ino != first
