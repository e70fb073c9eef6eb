"""Deleting files, and having the last ones back, also those of an earlier run: nothing is lost on the way."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from hipcoach.errors import StorageError
from hipcoach.paths import AppPaths
from hipcoach.storage.removed import last_removed, put_back, set_aside
from hipcoach.storage.session_log import save_record
from tests.logs import load_log
from tests.support import a_record
from tests.ui.surroundings import paths_below

OLD, NEW = "20260302T120000Z-aaaaaa", "20260303T120000Z-bbbbbb"


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    """With two sessions."""
    paths = paths_below(tmp_path)
    save_record(paths.sessions, a_record(id=OLD, note="mine"))
    save_record(paths.sessions, a_record(date(2026, 3, 3), id=NEW))
    return paths


def contents(directory: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in directory.rglob("*.toml")}


def logged(paths: AppPaths) -> list[str]:
    return [record.id for record in load_log(paths.sessions).records]


def bring_back(paths: AppPaths) -> list[str]:
    """Undo the last deletion; the names that were put back."""
    removed = last_removed(paths.sessions, paths.removed_sessions)
    if removed is None:
        return []
    put_back(removed)
    return [place.name for _, place in removed.moves]


def test_the_last_comes_back_first_and_then_the_one_before_as_they_were(paths: AppPaths) -> None:
    before = contents(paths.sessions)
    for name, left in ((NEW, [OLD]), (OLD, [])):
        set_aside(paths.sessions, name, paths.removed_sessions)
        assert logged(paths) == left
    assert sorted(contents(paths.removed).values()) == sorted(before.values())
    assert [bring_back(paths) for _ in range(3)] == [[f"{OLD}.toml"], [f"{NEW}.toml"], []]
    assert contents(paths.sessions) == before
    assert not paths.removed_sessions.exists()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_what_is_aside_is_for_its_owner_alone(paths: AppPaths) -> None:
    ((target, _),) = set_aside(paths.sessions, OLD, paths.removed_sessions).moves
    assert target.parent.stat().st_mode & 0o777 == 0o700
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("sign", [".sync-conflict-20260302-130000-ABCDEFG", " (1)", "-laptop"])
def test_copies_go_and_come_with_it_so_that_none_stands_in_for_it(paths: AppPaths, sign: str) -> None:
    (paths.sessions / f"{OLD}{sign}.toml").write_bytes((paths.sessions / f"{OLD}.toml").read_bytes())
    before = contents(paths.sessions)
    set_aside(paths.sessions, OLD, paths.removed_sessions)
    assert logged(paths) == [NEW]
    assert bring_back(paths) == [f"{OLD}.toml", f"{OLD}{sign}.toml"]
    assert contents(paths.sessions) == before


def test_deleted_twice_both_stay_and_neither_takes_the_place_of_the_other(paths: AppPaths) -> None:
    first = set_aside(paths.sessions, OLD, paths.removed_sessions)
    save_record(paths.sessions, a_record(id=OLD, note="again"))
    set_aside(paths.sessions, OLD, paths.removed_sessions)
    assert len(contents(paths.removed_sessions)) == 2
    assert bring_back(paths) == [f"{OLD}.toml"]
    assert [record.note for record in load_log(paths.sessions).records if record.id == OLD] == ["again"]
    assert bring_back(paths) == []
    before = contents(paths.data)
    with pytest.raises(StorageError, match="is there again"):
        put_back(first)
    assert contents(paths.data) == before


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_what_comes_back_in_the_last_moment_is_not_overwritten(
    paths: AppPaths, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed = set_aside(paths.sessions, OLD, paths.removed_sessions)
    link, aside = os.link, contents(paths.removed_sessions)

    def late(source: Path, target: Path, **options: bool) -> None:
        target.write_text("synced")
        if not links:
            raise PermissionError("no links here")
        link(source, target, **options)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(StorageError, match="is there again"):
        put_back(removed)
    assert (paths.sessions / f"{OLD}.toml").read_bytes() == b"synced"
    assert contents(paths.removed_sessions) == aside


@pytest.mark.parametrize("missing", [OLD, "gone"])
def test_where_it_cannot_be_moved_all_stays(
    paths: AppPaths, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = paths.sessions / f"{OLD} (1).toml"
    copy.write_text("?")
    before = contents(paths.data)
    link = os.link

    def refused(source: Path, target: Path, **options: bool) -> None:
        if source == copy:
            raise FileExistsError(17, "File exists")
        link(source, target, **options)

    monkeypatch.setattr(os, "link", refused)
    with pytest.raises(StorageError, match="cannot be moved"):
        set_aside(paths.sessions, missing, paths.removed_sessions)
    assert contents(paths.data) == before
    assert not paths.removed_sessions.exists()


def test_nothing_deleted_is_no_fault(paths: AppPaths) -> None:
    assert last_removed(paths.sessions, paths.removed_sessions) is None


def test_where_deleted_files_have_no_place_it_is_said(paths: AppPaths) -> None:
    paths.removed.write_text("in the way")
    before = contents(paths.sessions)
    with pytest.raises(StorageError, match="removed"):
        set_aside(paths.sessions, OLD, paths.removed_sessions)
    with pytest.raises(StorageError, match="cannot be read"):
        last_removed(paths.sessions, paths.removed_sessions)
    assert contents(paths.sessions) == before
