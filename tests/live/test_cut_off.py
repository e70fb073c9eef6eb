"""A journal goes only when its log has been read back and holds it; what is in the way of the log stays."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock
from msgspec.structs import replace

from hipcoach.core.history.record import SessionRecord
from hipcoach.errors import StorageError
from hipcoach.live.cut_off import find_cut_off
from hipcoach.live.services import Services
from hipcoach.storage.journal import Found, Journal, find_unfinished, locked, remove_stray_locks
from hipcoach.storage.session_log import record_text, rewrite_session, save_record
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.summary import SummaryScreen
from tests.logs import load_log
from tests.support import a_record
from tests.ui.support import coach
from tests.ui.surroundings import services_below
from tests.ui.test_unfinished import cut_off, run_on

ID = "20260304T110000Z-aaaaaa"


@pytest.fixture
def services(tmp_path: Path) -> Services:
    """With the journal of a session that had ended; only its log is missing."""
    services = services_below(tmp_path)
    cut_off(services, ID, lambda session: run_on(session, 3).finish(26.0), 26.0)
    services.paths.sessions.mkdir(parents=True)
    return services


@pytest.fixture
def whole(services: Services, tmp_path: Path) -> str:
    """The log that the session should have."""
    copy = tmp_path / "copy"
    shutil.copytree(services.paths.journals, copy)
    (found,) = find_unfinished(copy).unfinished
    found.close(remove=False)
    return record_text(found.record())


def place_of(services: Services) -> Path:
    return services.paths.sessions / f"{ID}.toml"


def journals(services: Services) -> list[str]:
    return [path.name for path in services.paths.journals.iterdir()]


def damages(whole: str) -> Iterator[bytes]:
    """What may be left of a log: cut off anywhere, not text, of another session."""
    # Without its last lines, which say that nothing was done of the last set, it would still hold it all.
    yield from (whole[:end].encode() for end in range(0, whole.rindex("outcome"), 97))
    # Cut off between two sets it is TOML, and a session, but not this one.
    yield whole[: whole.rindex("[[step]]")].encode()
    yield b"\xff" * 100
    yield record_text(a_record(id=ID)).encode()
    assert "started = 2026" in whole
    yield whole.replace("started = 2026", "started = 2025").encode()


IN_THE_WAY: list[Callable[[Path], object]] = [
    Path.mkdir,
    lambda path: path.symlink_to("nowhere"),
    lambda path: path.symlink_to(path.name),
]


def test_whatever_is_in_the_place_of_its_log_a_session_is_saved_beside_it(
    services: Services, whole: str
) -> None:
    place, before = place_of(services), services.paths.journals.with_name("before")
    shutil.copytree(services.paths.journals, before)
    obstacles = [*IN_THE_WAY]
    obstacles += [partial(Path.write_bytes, data=each) for each in damages(whole)]
    for put in obstacles:
        shutil.rmtree(services.paths.journals)
        shutil.copytree(before, services.paths.journals)
        shutil.rmtree(place.parent)
        place.parent.mkdir()
        put(place)
        there = what_is(place)
        found = find_cut_off(services.paths)
        assert found.unfinished == ()
        (told,) = found.problems
        assert f"{ID}.toml, where it belongs, is damaged or holds something else" in told
        assert what_is(place) == there
        (saved,) = set(services.paths.sessions.iterdir()) - {place}
        assert str(saved) in told
        assert record_text(replace(load_log_of(saved), id=ID)) == whole
        assert journals(services) == []


def what_is(path: Path) -> object:
    return path.readlink() if path.is_symlink() else path.is_dir() or path.read_bytes()


def load_log_of(path: Path) -> SessionRecord:
    (record,) = (each for each in load_log(path.parent).records if each.id == path.stem)
    return record


def test_saved_under_another_name_it_is_not_saved_a_second_time(services: Services) -> None:
    # Killed between saving the log and removing the journal.
    place_of(services).write_text("")
    before = services.paths.journals.with_name("before")
    shutil.copytree(services.paths.journals, before)
    for _ in range(3):
        find_cut_off(services.paths)
        shutil.copytree(before, services.paths.journals, dirs_exist_ok=True)
    find_cut_off(services.paths)
    assert len(load_log(services.paths.sessions).records) == 1
    assert journals(services) == []


def test_a_log_that_says_more_than_the_journal_is_the_session(services: Services, whole: str) -> None:
    # The last lines of the journal had not reached the disk.
    place_of(services).write_text(whole)
    (journal,) = services.paths.journals.glob("*.jsonl")
    lines = journal.read_text().splitlines(keepends=True)
    journal.write_text("".join(lines[:-2]))
    rewrite_session(services.paths.sessions, ID, {"note": "added later", "mine": 7})
    before = place_of(services).read_bytes()
    assert find_cut_off(services.paths) == Found(any_settled=True)
    assert find_unfinished(services.paths.journals) == Found()
    assert [path.read_bytes() for path in services.paths.sessions.iterdir()] == [before]
    assert journals(services) == []


def test_what_the_journal_knows_of_note_and_rating_is_added(services: Services, whole: str) -> None:
    place_of(services).write_text(whole)
    with next(services.paths.journals.glob("*.jsonl")).open("a") as journal:
        journal.write('{"event":"note","note":"stiff"}\n{"event":"discomfort","before":4,"after":2}\n')
    assert find_cut_off(services.paths).problems == ()
    (record,) = load_log(services.paths.sessions).records
    assert (record.note, record.discomfort_before, record.discomfort_after) == ("stiff", 4, 2)
    assert journals(services) == []


def test_a_log_that_cannot_be_read_now_is_waited_for(
    services: Services, whole: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place_of(services).write_text(whole)
    really = os.open

    def broken(path: object, *rest: object, **more: object) -> int:
        if str(path) == str(place_of(services)):
            raise OSError(5, "Input/output error")
        return really(path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", broken)
    (told,) = find_cut_off(services.paths).problems
    assert "still waits in its journal" in told
    assert "Input/output error" in told
    assert len(list(services.paths.journals.glob("*.jsonl"))) == 1
    monkeypatch.undo()
    assert find_cut_off(services.paths).problems == ()
    assert [path.name for path in services.paths.sessions.iterdir()] == [f"{ID}.toml"]
    assert journals(services) == []


def test_a_disk_that_writes_something_else_keeps_the_journal(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def rotten(source: Path, target: Path, **options: bool) -> None:
        source.write_bytes(source.read_bytes()[:-100])
        link(source, target, **options)

    monkeypatch.setattr(os, "link", rotten)
    (told,) = find_cut_off(services.paths).problems
    assert "does not read back as it was written" in told
    assert len(list(services.paths.journals.glob("*.jsonl"))) == 1
    monkeypatch.undo()
    find_cut_off(services.paths)
    assert len(load_log(services.paths.sessions).records) == 1
    assert journals(services) == []


async def test_an_unfinished_one_is_offered_goes_on_and_is_saved_with_its_note(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    cut_off(services, ID, lambda session: run_on(session, 3), 26.0)
    services.paths.sessions.mkdir(parents=True)
    place_of(services).touch()
    async with coach(services, on=ChoiceScreen) as it:
        await it.press("r")
        await it.on(SessionScreen)
        await it.pass_time(200)
        await it.on(SummaryScreen)
        await it.press("tab", *"stiff", "enter")
        await it.on(type(it.picker))
        (record,) = it.log().records
        assert record.note == "stiff"
        assert record.id != ID
        assert it.journals() == []
    assert place_of(services).exists()


def test_what_waited_for_a_disk_is_saved_beside_a_damaged_file(services: Services) -> None:
    (unfinished,) = find_unfinished(services.paths.journals).unfinished
    journal = Journal.go_on(unfinished.path, unfinished.lock, unfinished.content)
    record = unfinished.record()
    services.unsaved.keep(record, journal, "no disk")
    assert services.edit(record, {"note": "stiff"}) == {"note": "stiff"}
    place_of(services).write_text("")
    assert services.unsaved.retry(services.paths.sessions) == ["Routine"]
    (saved,) = load_log(services.paths.sessions).records
    assert (saved.note, saved.started) == ("stiff", record.started)
    assert journals(services) == []


def test_a_directory_full_of_damaged_files_is_told_and_nothing_is_lost(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hipcoach.storage.session_log.MOST_NAMES", 1)
    place_of(services).write_text("")
    (unfinished,) = find_unfinished(services.paths.journals).unfinished
    record = unfinished.record()
    unfinished.close(remove=False)
    with pytest.raises(StorageError, match="full of damaged files"):
        save_record(services.paths.sessions, record)
    assert "still waits in its journal" in find_cut_off(services.paths).problems[0]
    assert len(list(services.paths.journals.glob("*.jsonl"))) == 1


def test_a_journal_that_is_begun_while_its_lock_is_cleared_away_stays(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    stray = services.paths.journals / "20260304T120000Z-bbbbbb.lock"
    stray.touch()

    def late(journal: Path) -> FileLock:
        journal.write_text("begun just now")
        return locked(journal)

    monkeypatch.setattr("hipcoach.storage.journal.locked", late)
    remove_stray_locks(services.paths.journals, older_than=9e9)
    assert stray.with_suffix(".jsonl").read_text() == "begun just now"
