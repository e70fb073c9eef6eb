"""Routine files as short lines again: whole, or with what would be lost named."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.core.sheet.reading import read_sheet
from hipcoach.errors import StorageError
from hipcoach.paths import AppPaths, user_paths
from hipcoach.storage import sheet_file
from hipcoach.storage.catalog import bundled_catalog, load_own
from hipcoach.storage.sheet_file import (
    SCHEMA_LINE,
    OwnSheet,
    held_in,
    replace_routine_file,
    routine_path,
    save_routine_file,
    sheet_file_text,
    sheet_of_file,
)

SHEET = """\
title: Tonight
caution: Stop where it hurts.

# the left one first
Bird dog 8/side
circuit x3:
  Fire hydrant 12/side   # slowly
  Overhead squat 10
nonsense without any sense
"""
PLAIN = """\
format = 1

[routine]
id = "mine"
title = "Mine # 1"
source = "hipcoach"
summary = '''Not a # remark'''

[[block]]
rounds = 2
[[block.item]]
exercise = "fire-hydrant"
[[block.item.dose]]
reps = 7
per = "side"
basis = "user"
"""


@pytest.fixture
def paths() -> AppPaths:
    return user_paths()


def short(paths: AppPaths, name: str) -> OwnSheet:
    own = load_own(paths.config)
    assert own.problems == ()
    return sheet_of_file(routine_path(paths.config, name), own.catalog.routines[name], own.catalog)


def save(paths: AppPaths, name: str, content: str) -> Path:
    path = routine_path(paths.config, name)
    save_routine_file(path, content, overwrite=True)
    return path


def made(text: str) -> str:
    catalog = bundled_catalog()
    return SCHEMA_LINE + sheet_file_text(read_sheet(text, catalog), catalog, text)


def test_a_file_gives_back_the_sheet_it_was_made_of(paths: AppPaths) -> None:
    path = save(paths, "tonight", made(SHEET))
    found = short(paths, "tonight")
    assert (found.text, found.lost, found.content) == (SHEET, (), path.read_text())


def test_a_file_by_hand_is_put_into_lines_that_give_the_same_file(paths: AppPaths) -> None:
    save(paths, "mine", PLAIN)
    found = short(paths, "mine")
    assert found.lost == ()
    assert "Fire hydrant 7/side" in found.text
    before = load_own(paths.config).catalog.routines["mine"]
    save(paths, "mine", made(found.text))
    assert load_own(paths.config).catalog.routines["mine"] == before


def test_what_was_changed_by_hand_since_goes_before_the_sheet(paths: AppPaths) -> None:
    text = "title: Tonight\n\nFire hydrant 12/side\n"
    path = save(paths, "tonight", made(text))
    path.write_text(path.read_text().replace("reps = 12", "reps = 9"))
    found = short(paths, "tonight")
    assert found.lost == ()
    assert "Fire hydrant 9/side" in found.text


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (("rounds = 2\n", "rounds = 2 # or three\n"), ("remarks",)),
        (("summary = ", 'when = " late "\nnotes = [" a "]\nsummary = '), ("when it is done", "its notes")),
        (
            ("format = 1\n", 'format = 1\n\n[[source]]\nid = "physio"\nkind = "ours"\nauthor = "Ann"\n'),
            ("sources of its own",),
        ),
    ],
)
def test_what_lines_cannot_say_is_named(
    paths: AppPaths, change: tuple[str, str], lost: tuple[str, ...]
) -> None:
    save(paths, "mine", PLAIN.replace(*change))
    assert short(paths, "mine").lost == lost


def test_an_exercise_with_more_than_a_sheet_says_is_named(paths: AppPaths) -> None:
    path = save(paths, "tonight", made(SHEET))
    path.write_text(path.read_text().replace('id = "bird-dog"', 'id = "bird-dog"\nloads = []'))
    assert "exercises of its own" in short(paths, "tonight").lost


def test_what_was_to_be_replaced_is_there_again_where_the_new_one_cannot_be_written(
    paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(paths, "mine", PLAIN)

    def full(*_: object, **__: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(sheet_file, "save_routine_file", full)
    with pytest.raises(StorageError, match="full"):
        replace_routine_file(path, "format = 1\n", held_in(path), paths.config / "removed")
    assert path.read_text() == PLAIN
