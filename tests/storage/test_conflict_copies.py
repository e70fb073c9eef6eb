"""A session folder that two machines share through a sync program."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from msgspec.structs import replace

from hipcoach.core.history.record import SessionRecord
from hipcoach.storage.removed import original_of
from hipcoach.storage.session_index import SessionIndex
from hipcoach.storage.session_log import new_id, record_text, rewrite_session, save_record
from tests.logs import load_log
from tests.support import a_record

ID = "20261120T083000Z-a1b2c3"
COPIES = [
    f"{ID}.sync-conflict-20261120-083000-ABCDEFG",
    f"{ID} (laptop's conflicted copy 2026-11-20)",
    f"{ID} (laptop's conflicted copy 2026-11-20 (1))",
    f"{ID} (conflicted copy 2026-11-20 083000)",
    f"{ID} (1)",
    f"{ID}-laptop",
]
"""As Syncthing, Dropbox (twice), Nextcloud, Google Drive and OneDrive name them."""


def a_session(**rest: object) -> SessionRecord:
    return replace(a_record(date(2026, 11, 20), id=ID), **rest)


def put(directory: Path, name: str, record: SessionRecord) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{name}.toml"
    path.write_text(record_text(record), encoding="utf-8")
    return path


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.glob("*.toml")}


@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_is_known_by_its_name_and_counts_once(tmp_path: Path, copy: str) -> None:
    assert (original_of(copy), original_of(ID)) == (ID, None)
    put(tmp_path, ID, a_session())
    put(tmp_path, copy, a_session())
    before = contents(tmp_path)
    log = load_log(tmp_path)
    assert (log.records, log.problems) == ((a_session(),), ())
    about = f"{copy}.toml is a copy that a sync program made of {ID}.toml"
    assert log.copies == (f"{about}: both say the same; the session counts once.",)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("here", "there", "names"),
    [
        ({}, {"note": "stiff"}, "note"),
        ({"note": "stiff"}, {"active_seconds": 1.0}, "active_seconds, note"),
    ],
)
def test_where_a_copy_differs_it_is_said_in_what(
    tmp_path: Path, here: dict[str, object], there: dict[str, object], names: str
) -> None:
    put(tmp_path, "mine", a_session(**here))
    put(tmp_path, "mine.sync-conflict-20261120-083000-ABCDEFG", a_session(**there))
    log = load_log(tmp_path)
    assert log.records == (a_session(id="mine", **here),)
    assert f": they differ ({names}), and mine.toml is shown; the session counts once." in log.copies[0]


@pytest.mark.parametrize(
    "name", ["my session", "20261120", f"{ID}a", "(conflicted copy)", ".sync-conflict-x"]
)
def test_other_names_are_no_copies(name: str) -> None:
    assert original_of(name) is None


def test_a_copy_whose_original_is_gone_is_shown_and_can_be_noted(tmp_path: Path) -> None:
    path = put(tmp_path, COPIES[0], a_session())
    log = load_log(tmp_path)
    assert [record.id for record in log.records] == [COPIES[0]]
    assert "which is not there; the copy is shown in its place" in log.copies[0]
    rewrite_session(tmp_path, COPIES[0], {"note": "stiff"})
    assert list(tmp_path.glob("*.toml")) == [path]
    assert load_log(tmp_path).records[0].note == "stiff"


def test_of_two_copies_without_an_original_the_one_with_a_note_is_shown(tmp_path: Path) -> None:
    put(tmp_path, COPIES[0], a_session())
    put(tmp_path, COPIES[1], a_session(note="stiff"))
    log = load_log(tmp_path)
    assert [(record.id, record.note) for record in log.records] == [(COPIES[1], "stiff")]
    assert len(log.copies) == 2
    assert any("they differ (note)" in sentence for sentence in log.copies)


def test_a_copy_beside_an_original_that_cannot_be_read_saves_the_session(tmp_path: Path) -> None:
    put(tmp_path, ID, a_session()).write_bytes(b"\x00\x00\x00")
    put(tmp_path, COPIES[0], a_session())
    log = load_log(tmp_path)
    assert [record.id for record in log.records] == [COPIES[0]]
    assert len(log.problems) == 1


def test_two_machines_whose_clocks_differ_share_a_folder(tmp_path: Path) -> None:
    now = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    ahead = timezone(timedelta(hours=13))
    started = [now, now, now.astimezone(ahead) + timedelta(minutes=7), now - timedelta(minutes=3)]
    suffixes = ["aaaaaa", "bbbbbb", "cccccc", "dddddd"]
    records = [
        a_record(each.date(), id=new_id(each, suffix), started=each)
        for each, suffix in zip(started, suffixes, strict=True)
    ]
    for record in records:
        save_record(tmp_path, record)
    log = load_log(tmp_path)
    assert [record.id[-6:] for record in log.records] == ["dddddd", "aaaaaa", "bbbbbb", "cccccc"]
    assert log.copies == ()
    # A machine that is a day and three hours ahead is not believed, one that is an hour ahead is.
    for hours in (1, 26, 26.01, 9000):
        save_record(tmp_path, a_record(id=f"ahead {hours}", started=now + timedelta(hours=hours)))
    seen = SessionIndex(tmp_path).read(now=now)
    assert [each.id for each in seen.entries if "ahead" in each.id] == ["ahead 1", "ahead 26"]
    assert [problem.split(" is left out")[0] for problem in seen.problems] == ["ahead 26.01", "ahead 9000"]


def test_interleaved_writes_of_both_machines_lose_nothing(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for number in range(6):
        moment = datetime(2026, 11, 20, 8, number, tzinfo=UTC)
        ours = a_record(id=new_id(moment, f"aaaaa{number}"), started=moment)
        theirs = a_record(id=new_id(moment, f"bbbbb{number}"), started=moment)
        save_record(here, ours)
        save_record(there, theirs)
        if number % 2:
            sync(here, there)
    one = load_log(here).records[0].id
    rewrite_session(here, one, {"note": "from here"})
    rewrite_session(there, one, {"note": "from there"})
    sync(here, there)
    logs = [load_log(here), load_log(there)]
    assert [len(log.records) for log in logs] == [12, 12]
    assert [record.id for record in logs[0].records] == [record.id for record in logs[1].records]
    assert [len(log.copies) for log in logs] == [1, 1]
    assert "they differ (note)" in logs[0].copies[0]
    notes = {path.name: b"from" in path.read_bytes() for path in here.iterdir()}
    assert sum(notes.values()) == 2


def sync(here: Path, there: Path) -> None:
    """What Syncthing does: each side gets what it lacks; where both changed, one becomes a conflict copy."""
    for path in sorted({each.name for each in (*here.iterdir(), *there.iterdir())}):
        ours, theirs = here / path, there / path
        if ours.exists() and theirs.exists() and ours.read_bytes() != theirs.read_bytes():
            name = f"{ours.stem}.sync-conflict-20261120-083000-ABCDEFG.toml"
            (there / name).write_bytes(theirs.read_bytes())
            (here / name).write_bytes(theirs.read_bytes())
            theirs.write_bytes(ours.read_bytes())
        elif ours.exists():
            theirs.write_bytes(ours.read_bytes())
        else:
            ours.write_bytes(theirs.read_bytes())
