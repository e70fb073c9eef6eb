from __future__ import annotations

import errno
import os
import shutil
import stat
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from hipcoach.errors import StorageError
from hipcoach.storage.atomic import move_to_free, remove_leftovers, write_atomically
from hipcoach.storage.session_log import rewrite_session, save_record
from hipcoach.storage.settings import write_settings
from hipcoach.storage.sheet_file import save_routine_file
from tests.logs import load_log
from tests.support import a_record


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty directory."""
    place = tmp_path / "place"
    place.mkdir()
    return place


posix_only = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def failing(number: int) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


@posix_only
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_only_the_user_may_read_it_whatever_the_umask(place: Path, mask: int) -> None:
    place.chmod(0o755)
    before = os.umask(mask)
    try:
        write_atomically(place / "a" / "b" / "file", b"", replace=True)
    finally:
        os.umask(before)
    below = (place, place / "a", place / "a" / "b", place / "a" / "b" / "file")
    assert [mode(each) for each in below] == [0o755, 0o700, 0o700, 0o600]


def test_replaces_only_when_told_to(place: Path) -> None:
    path = place / "file"
    write_atomically(path, b"first", replace=False)
    with pytest.raises(FileExistsError):
        write_atomically(path, b"second", replace=False)
    assert path.read_bytes() == b"first"
    write_atomically(path, b"third", replace=True)
    assert path.read_bytes() == b"third"
    assert list(place.iterdir()) == [path]


def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that has no hard links, such as that of a memory card."""
    monkeypatch.setattr(os, "link", failing(errno.EPERM))


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_of_many_who_want_a_name_at_once_one_gets_it(
    place: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        without_links(monkeypatch)
    names = [place / f"file {number}" for number in range(100)]
    ready = threading.Barrier(4)

    def write(content: bytes) -> list[Path]:
        won = []
        for name in names:
            ready.wait(30)
            with suppress(FileExistsError):
                write_atomically(name, content, replace=False)
                won.append(name)
        return won

    with ThreadPoolExecutor(4) as pool:
        writers = {content: pool.submit(write, content) for content in (b"a", b"b", b"c", b"d")}
        winners = {content: writer.result() for content, writer in writers.items()}
    won = [(name, content) for content, won in winners.items() for name in won]
    assert sorted(name for name, _ in won) == sorted(names)
    assert all(name.read_bytes() == content for name, content in won)
    assert sorted(place.iterdir()) == sorted(names)


def test_without_links_a_file_moves_with_content_time_and_mode(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_links(monkeypatch)
    old, new = place / "old", place / "new"
    old.write_bytes(b"content")
    old.chmod(0o600)
    os.utime(old, ns=(5, 7))
    move_to_free(old, new)
    assert (new.read_bytes(), new.stat().st_mtime_ns, mode(new)) == (b"content", 7, 0o600)
    assert list(place.iterdir()) == [new]
    old.write_bytes(b"other")
    with pytest.raises(FileExistsError):
        move_to_free(old, new)
    assert (old.read_bytes(), new.read_bytes()) == (b"other", b"content")


def test_a_move_that_fails_half_way_leaves_the_file_where_it_was(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_links(monkeypatch)
    old, new = place / "old", place / "new"
    old.write_bytes(b"content")
    monkeypatch.setattr(shutil, "move", failing(errno.ENOSPC))
    with pytest.raises(OSError, match="No space left"):
        move_to_free(old, new)
    assert [(path, path.read_bytes()) for path in place.iterdir()] == [(old, b"content")]


def test_a_link_is_moved_as_what_it_is(place: Path) -> None:
    target, link = place / "target", place / "link"
    target.write_bytes(b"content")
    link.symlink_to(target)
    move_to_free(link, place / "moved")
    assert (place / "moved").readlink() == target
    assert sorted(place.iterdir()) == [place / "moved", target]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failure_leaves_what_was_there_and_nothing_else(
    place: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = place / "file"
    write_atomically(path, b"before", replace=True)
    monkeypatch.setattr(Path if call == "replace" else os, call, failing(errno.ENOSPC))
    with pytest.raises(StorageError, match="No space left"):
        write_atomically(path, b"after", replace=True)
    monkeypatch.undo()
    assert path.read_bytes() == b"before"
    assert list(place.iterdir()) == [path]


@pytest.mark.parametrize("below", ["file", "deep/file", "deep/deeper/file"])
def test_a_file_in_the_way_is_named(place: Path, below: str) -> None:
    blocked = place / "blocked"
    blocked.write_text("")
    with pytest.raises(StorageError, match="blocked"):
        write_atomically(blocked / below, b"", replace=False)
    assert blocked.is_file()


def test_leftovers_go_only_when_they_are_old(place: Path) -> None:
    old, new, other = (place / name for name in (".hipcoach-old", ".hipcoach-new", "log.toml"))
    for path, age in ((old, 100), (new, 300), (other, 100)):
        path.write_text("")
        os.utime(path, (age, age))
    remove_leftovers(place, older_than=200)
    assert sorted(place.iterdir()) == [new, other]
    remove_leftovers(place / "missing", older_than=200)


@pytest.mark.slow
def test_nothing_is_written_that_is_too_large_to_be_read_again(place: Path) -> None:
    record = a_record(date(2026, 3, 2))
    session = save_record(place, record)
    with pytest.raises(StorageError, match="larger than 20000 kB, the most that is read"):
        rewrite_session(place, record.id, {"note": "x" * 20_000_000})
    assert load_log(place).records == (record,)
    settings = place / "settings.toml"
    settings.write_text(f"# {'x' * 999_990}\n")
    with pytest.raises(StorageError, match="larger than 1000 kB"):
        write_settings(settings, {("audio", "volume"): 50})
    assert settings.stat().st_size == 999_993
    with pytest.raises(StorageError, match="larger than 1000 kB"):
        save_routine_file(place / "routine.toml", "#" * 1_000_001)
    assert sorted(place.glob("*.toml")) == sorted([session, settings])
