"""Deleting a session, and having it back: nothing is lost on the way."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from hipcoach.errors import StorageError
from hipcoach.paths import AppPaths
from hipcoach.storage.removed import put_back, set_aside
from hipcoach.storage.session_log import save_record
from tests.logs import load_log
from tests.support import a_record
from tests.ui.surroundings import paths_below

ID = "20260302T120000Z-aaaaaa"
COPY = f"{ID}.sync-conflict-20260302-130000-ABCDEFG"


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    """With the session and another."""
    paths = paths_below(tmp_path)
    save_record(paths.sessions, a_record(id=ID, note="mine"))
    save_record(paths.sessions, a_record(date(2026, 3, 3), id="20260303T120000Z-bbbbbb"))
    return paths


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.rglob("*.toml")}


def logged(paths: AppPaths) -> list[str]:
    return [record.id for record in load_log(paths.sessions).records]


def test_a_deleted_session_is_aside_and_comes_back_as_it_was(paths: AppPaths) -> None:
    before = contents(paths.sessions)
    removed = set_aside(paths.sessions, ID, paths.removed_sessions)
    assert logged(paths) == ["20260303T120000Z-bbbbbb"]
    assert [record.note for record in load_log(paths.removed_sessions).records] == ["mine"]
    put_back(removed)
    assert contents(paths.sessions) == before
    assert not paths.removed_sessions.exists()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_what_is_aside_is_for_its_owner_alone(paths: AppPaths) -> None:
    set_aside(paths.sessions, ID, paths.removed_sessions)
    assert paths.removed_sessions.stat().st_mode & 0o777 == 0o700
    assert (paths.removed_sessions / f"{ID}.toml").stat().st_mode & 0o777 == 0o600


def test_copies_go_and_come_with_it_so_that_none_stands_in_for_it(paths: AppPaths) -> None:
    (paths.sessions / f"{COPY}.toml").write_bytes((paths.sessions / f"{ID}.toml").read_bytes())
    before = contents(paths.sessions)
    removed = set_aside(paths.sessions, ID, paths.removed_sessions)
    assert logged(paths) == ["20260303T120000Z-bbbbbb"]
    put_back(removed)
    assert contents(paths.sessions) == before


def test_deleted_twice_both_stay(paths: AppPaths) -> None:
    set_aside(paths.sessions, ID, paths.removed_sessions)
    save_record(paths.sessions, a_record(id=ID, note="again"))
    second = set_aside(paths.sessions, ID, paths.removed_sessions)
    assert len(contents(paths.removed_sessions)) == 2
    put_back(second)
    assert [record.note for record in load_log(paths.sessions).records if record.id == ID] == ["again"]
    assert len(contents(paths.removed_sessions)) == 1


def test_what_came_back_meanwhile_is_not_overwritten(paths: AppPaths) -> None:
    removed = set_aside(paths.sessions, ID, paths.removed_sessions)
    save_record(paths.sessions, a_record(id=ID, note="synced"))
    before = contents(paths.sessions), contents(paths.removed_sessions)
    with pytest.raises(StorageError, match="is there again"):
        put_back(removed)
    assert (contents(paths.sessions), contents(paths.removed_sessions)) == before


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_what_comes_back_in_the_last_moment_is_not_overwritten(
    paths: AppPaths, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed = set_aside(paths.sessions, ID, paths.removed_sessions)
    link, aside = os.link, contents(paths.removed_sessions)

    def late(source: Path, target: Path, **options: bool) -> None:
        target.write_text("synced")
        if not links:
            raise PermissionError("no links here")
        link(source, target, **options)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(StorageError, match="is there again"):
        put_back(removed)
    assert contents(paths.sessions)[f"{ID}.toml"] == b"synced"
    assert contents(paths.removed_sessions) == aside


def test_what_is_not_there_cannot_be_deleted(paths: AppPaths) -> None:
    with pytest.raises(StorageError, match="gone"):
        set_aside(paths.sessions, "gone", paths.removed_sessions)


def test_where_it_cannot_be_moved_it_stays(paths: AppPaths) -> None:
    paths.removed.write_text("in the way")
    before = contents(paths.sessions)
    with pytest.raises(StorageError, match="removed"):
        set_aside(paths.sessions, ID, paths.removed_sessions)
    assert contents(paths.sessions) == before
