"""What an earlier run deleted is found again, the last first, each file for its own place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hipcoach.errors import StorageError
from hipcoach.paths import AppPaths
from hipcoach.storage.removed import last_removed, put_back, set_aside
from hipcoach.storage.session_log import save_record
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


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.rglob("*.toml")}


def bring_back(paths: AppPaths) -> list[str]:
    """Undo the last deletion; the names that were put back."""
    removed = last_removed(paths.sessions, paths.removed_sessions)
    if removed is None:
        return []
    put_back(removed)
    return [place.name for _, place in removed.moves]


def test_the_last_comes_first_and_then_the_one_before(paths: AppPaths) -> None:
    before = contents(paths.sessions)
    for name in (NEW, OLD):
        set_aside(paths.sessions, name, paths.removed_sessions)
    assert [bring_back(paths) for _ in range(3)] == [[f"{OLD}.toml"], [f"{NEW}.toml"], []]
    assert contents(paths.sessions) == before
    assert not paths.removed_sessions.exists()


@pytest.mark.parametrize("sign", [".sync-conflict-20260302-130000-ABCDEFG", " (1)", "-laptop"])
def test_copies_come_with_it(paths: AppPaths, sign: str) -> None:
    (paths.sessions / f"{OLD}{sign}.toml").write_bytes(b"# a copy")
    before = contents(paths.sessions)
    set_aside(paths.sessions, OLD, paths.removed_sessions)
    assert bring_back(paths) == [f"{OLD}.toml", f"{OLD}{sign}.toml"]
    assert contents(paths.sessions) == before


def test_deleted_twice_the_later_one_comes_to_the_right_place(paths: AppPaths) -> None:
    set_aside(paths.sessions, OLD, paths.removed_sessions)
    save_record(paths.sessions, a_record(id=OLD, note="again"))
    again = contents(paths.sessions)
    set_aside(paths.sessions, OLD, paths.removed_sessions)
    assert bring_back(paths) == [f"{OLD}.toml"]
    assert contents(paths.sessions) == again
    # The one before would take the place of what is there.
    assert bring_back(paths) == []
    assert len(contents(paths.removed_sessions)) == 1


def test_a_name_with_a_number_of_its_own_keeps_it(paths: AppPaths) -> None:
    (paths.sessions / "mine (2).toml").write_bytes(b"# from elsewhere")
    set_aside(paths.sessions, "mine (2)", paths.removed_sessions)
    assert bring_back(paths) == ["mine (2).toml"]


def test_nothing_deleted_is_no_fault(paths: AppPaths) -> None:
    assert last_removed(paths.sessions, paths.removed_sessions) is None


def test_where_nobody_may_look_it_is_said(paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Path, pattern: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "glob", refused)
    with pytest.raises(StorageError, match="cannot be read: Permission denied"):
        last_removed(paths.sessions, paths.removed_sessions)
