"""Marked days and self-tests: their files come back as they were, and no bad one spoils the rest."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.core.exercise import Side
from hipcoach.core.self_test import SelfTestRecord, SelfTestResult
from hipcoach.errors import StorageError
from hipcoach.storage.bundled import bundled_self_tests
from hipcoach.storage.catalog import bundled_catalog
from hipcoach.storage.day_files import (
    DayKind,
    MarkedDays,
    SelfTestLog,
    load_marked_days,
    load_self_tests,
    mark_day,
    save_self_test,
    unmark_day,
)

DAY = date(2026, 11, 21)


@pytest.mark.parametrize("kind", DayKind)
def test_a_day_is_marked_by_a_file_of_its_own(tmp_path: Path, kind: DayKind) -> None:
    mark_day(tmp_path / "days", DAY, kind)
    assert [path.name for path in (tmp_path / "days").iterdir()] == ["2026-11-21.toml"]
    assert load_marked_days(tmp_path / "days") == MarkedDays({DAY: kind})
    assert load_marked_days(tmp_path / "days").excused == {DAY}
    unmark_day(tmp_path / "days", DAY)
    assert load_marked_days(tmp_path / "days").days == {}
    assert list((tmp_path / "days").iterdir()) == []


def test_another_kind_leaves_what_else_the_file_says(tmp_path: Path) -> None:
    mark_day(tmp_path, DAY, DayKind.REST)
    path = tmp_path / "2026-11-21.toml"
    path.write_text(path.read_text() + 'why = "a cold"\n')
    mark_day(tmp_path, DAY, DayKind.SICK)
    assert tomllib.loads(path.read_text()) == {"format": 1, "day": DAY, "kind": "sick", "why": "a cold"}


@pytest.mark.parametrize(
    "content",
    [
        'format = 1\nday = "today"\nkind = "rest"',
        'format = 1\nday = 2026-11-20\nkind = "party"',
        'day = 2026-11-20\nkind = "rest"',
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


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
RESULTS = st.builds(
    SelfTestResult,
    test=st.text(min_size=1),
    name=st.text(),
    side=st.sampled_from(Side),
    side_means=st.text(),
    answer=st.text(),
    said=st.text(),
    tight=st.booleans(),
)
RECORDS = st.builds(
    SelfTestRecord,
    id=st.just("20260302T120000Z-aaaaaa"),
    started=st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=OFFSETS),  # noqa: DTZ001  Hypothesis wants them so
    day=st.dates(date(1970, 1, 1), date(2200, 1, 1)),
    results=st.lists(RESULTS, max_size=4).map(tuple),
    app_version=st.text(),
    note=st.text(),
)
RIGHT = SelfTestResult("figure-four", "Figure 4", Side.RIGHT, "the crossed leg", "a-fist", "A fist", True)


def a_self_test(id: str = "20260302T120000Z-aaaaaa", day: int = 2, **rest: object) -> SelfTestRecord:
    started = datetime(2026, 3, day, 12, tzinfo=UTC)
    return SelfTestRecord(id, started, started.date(), (RIGHT,), **rest)  # type: ignore[arg-type]  # names of fields


@given(record=RECORDS)
def test_a_self_test_comes_back_as_it_was(
    record: SelfTestRecord, tmp_path_factory: pytest.TempPathFactory
) -> None:
    directory = tmp_path_factory.mktemp("tests")
    save_self_test(directory, record)
    (found,) = load_self_tests(directory).records
    assert found == record
    assert found.started.utcoffset() == record.started.utcoffset()


def test_they_are_saved_once_and_read_oldest_first(tmp_path: Path) -> None:
    for name, day in (("b", 4), ("a", 5), ("c", 3)):
        save_self_test(tmp_path / "new", a_self_test(name, day))
    path = save_self_test(tmp_path / "new", a_self_test("a", 9, note="other"))
    assert [record.id for record in load_self_tests(tmp_path / "new").records] == ["c", "b", "a"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_without_a_folder_there_are_none_and_none_is_made(tmp_path: Path) -> None:
    assert load_self_tests(tmp_path / "none") == SelfTestLog(())
    assert load_marked_days(tmp_path / "none") == MarkedDays({})
    unmark_day(tmp_path / "none", DAY)
    assert not (tmp_path / "none").exists()


GOOD = """\
format = 1
app_version = ""
id = "20260302T120000Z-aaaaaa"
started = 2026-03-02 12:00:00+00:00
utc_offset_minutes = 0
day = 2026-03-02
note = ""

[[result]]
test = "figure-four"
name = "Figure 4"
side = "right"
side_means = "the crossed leg"
answer = "a-fist"
said = "A fist"
tight = true
"""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        GOOD.replace("format = 1", "format = true").encode(),
        GOOD.replace("tight = true", 'tight = "yes"').encode(),
        GOOD.replace("started = 2026-03-02 12:00:00+00:00", "started = 2026-03-02 12:00:00").encode(),
    ],
)
def test_a_bad_file_is_named_kept_and_the_rest_is_read(tmp_path: Path, content: bytes) -> None:
    save_self_test(tmp_path, a_self_test())
    bad = tmp_path / "20260301T000000Z-bad.toml"
    bad.write_bytes(content)
    log = load_self_tests(tmp_path)
    assert log.records == (a_self_test(),)
    (problem,) = log.problems
    assert str(bad) in problem
    assert "left as it is" in problem
    assert bad.read_bytes() == content


def test_a_newer_format_is_shown_as_far_as_it_is_understood(tmp_path: Path) -> None:
    (tmp_path / "20260302T120000Z-aaaaaa.toml").write_text(
        GOOD.replace("format = 1", 'format = 2\nmood = "ok"')
    )
    log = load_self_tests(tmp_path)
    assert log.records == (a_self_test(),)
    assert "a newer hipcoach wrote it" in log.problems[0]


def test_copies_of_sync_programs_count_once(tmp_path: Path) -> None:
    record = a_self_test()
    for name in (record.id, f"{record.id} (1)", f"{record.id}.sync-conflict-20260302-120000-ABCDEFG"):
        (tmp_path / f"{name}.toml").write_text(GOOD)
    log = load_self_tests(tmp_path)
    assert log.records == (record,)
    (tmp_path / f"{record.id}.toml").unlink()
    log = load_self_tests(tmp_path)
    assert len(log.records) == 1


def test_the_bundled_texts_have_their_sources() -> None:
    assert {test.source for test in bundled_self_tests().tests} == {"damelio-2015"}
    assert "damelio-2015" in bundled_catalog().sources
    for test in bundled_self_tests().tests:
        assert len({answer.key for answer in test.answers}) == len(test.answers)
