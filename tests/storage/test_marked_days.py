"""Days that are marked off: a small file each, and what streaks make of them."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.core.history.streaks import stats
from hipcoach.errors import StorageError
from hipcoach.storage.day_files import (
    DayKind,
    MarkedDays,
    load_marked_days,
    mark_day,
    unmark_day,
)
from tests.support import an_entry

DAY = date(2026, 11, 21)


@pytest.mark.parametrize("kind", DayKind)
def test_a_day_is_marked_by_a_file_of_its_own(tmp_path: Path, kind: DayKind) -> None:
    mark_day(tmp_path / "days", DAY, kind)
    assert [path.name for path in (tmp_path / "days").iterdir()] == ["2026-11-21.toml"]
    assert load_marked_days(tmp_path / "days") == MarkedDays({DAY: kind})
    unmark_day(tmp_path / "days", DAY)
    assert load_marked_days(tmp_path / "days").days == {}
    assert list((tmp_path / "days").iterdir()) == []


def test_without_a_folder_no_day_is_marked_and_none_is_made(tmp_path: Path) -> None:
    assert load_marked_days(tmp_path / "days") == MarkedDays({})
    unmark_day(tmp_path / "days", DAY)
    assert not (tmp_path / "days").exists()


@given(st.dictionaries(st.dates(date(1970, 1, 1), date(2200, 1, 1)), st.sampled_from(DayKind), max_size=4))
def test_any_days_come_back(tmp_path_factory: pytest.TempPathFactory, days: dict[date, DayKind]) -> None:
    directory = tmp_path_factory.mktemp("days")
    for day, kind in days.items():
        mark_day(directory, day, kind)
    found = load_marked_days(directory)
    assert found.days == days
    assert found.excused == set(days)


def test_another_kind_leaves_what_else_the_file_says(tmp_path: Path) -> None:
    mark_day(tmp_path, DAY, DayKind.REST)
    path = tmp_path / "2026-11-21.toml"
    path.write_text(path.read_text() + 'why = "a cold"\n')
    mark_day(tmp_path, DAY, DayKind.SICK)
    assert tomllib.loads(path.read_text()) == {"format": 1, "day": DAY, "kind": "sick", "why": "a cold"}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "format = 1",
        'format = 1\nday = "today"\nkind = "rest"',
        'format = 1\nday = 2026-11-20\nkind = "party"',
        'day = 2026-11-20\nkind = "rest"',
        "not toml",
    ],
)
def test_a_bad_file_is_named_and_left_alone(tmp_path: Path, content: str) -> None:
    mark_day(tmp_path, DAY, DayKind.REST)
    bad = tmp_path / "2026-11-20.toml"
    bad.write_text(content)
    found = load_marked_days(tmp_path)
    assert set(found.days) == {DAY}
    (problem,) = found.problems
    assert str(bad) in problem
    unmark_day(tmp_path, DAY)
    assert bad.read_text() == content


def test_what_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "2026-11-21.toml").write_bytes(b"\xff")
    with pytest.raises(StorageError, match="2026-11-21"):
        mark_day(tmp_path, DAY, DayKind.REST)
    assert (tmp_path / "2026-11-21.toml").read_bytes() == b"\xff"


def test_copies_of_sync_programs_mark_the_same_day_and_go_with_it(tmp_path: Path) -> None:
    mark_day(tmp_path, DAY, DayKind.TRAVEL)
    copy = tmp_path / "2026-11-21.sync-conflict-20261121-100000-ABCDEFG.toml"
    copy.write_text('format = 1\nday = 2026-11-21\nkind = "rest"\n')
    found = load_marked_days(tmp_path)
    assert found == MarkedDays({DAY: DayKind.TRAVEL})
    unmark_day(tmp_path, DAY)
    assert load_marked_days(tmp_path).days == {}


def test_marked_days_keep_a_streak(tmp_path: Path) -> None:
    records = [an_entry(DAY), an_entry(DAY + timedelta(days=2))]
    today = DAY + timedelta(days=2)
    assert stats(records, today).day_streak == 1
    mark_day(tmp_path, DAY + timedelta(days=1), DayKind.SICK)
    assert stats(records, today, excused=load_marked_days(tmp_path).excused).day_streak == 2
