"""Ratings, self-tests and marked days as they were released. The files must never be edited."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from hipcoach.core.exercise import Side
from hipcoach.core.history.record import Outcome
from hipcoach.storage.day_files import DayKind, MarkedDays, load_marked_days, load_self_tests
from hipcoach.storage.journal import find_unfinished
from tests.golden import MARKED_DAY, RATED_JOURNAL, RATED_SESSION, SELF_TEST
from tests.logs import load_log

STARTED = datetime(2026, 11, 21, 7, 15, tzinfo=timezone(timedelta(hours=1)))
DAY = date(2026, 11, 21)


def test_a_rated_session() -> None:
    log = load_log(RATED_SESSION.parent)
    assert log.problems == ()
    (record,) = log.records
    assert (record.id, record.started, record.day) == (RATED_SESSION.stem, STARTED, DAY)
    assert (record.discomfort_before, record.discomfort_after, record.note) == (5, 3, "Easier: née.")
    outcomes = [step.outcome for step in record.steps]
    assert outcomes == [Outcome.DONE, Outcome.PARTIAL, Outcome.LEFT]


def test_the_journal_of_a_rated_session(tmp_path: Path) -> None:
    shutil.copytree(RATED_JOURNAL.parent, tmp_path / "journal")
    found = find_unfinished(tmp_path / "journal")
    assert found.problems == ()
    (unfinished,) = found.unfinished
    assert (unfinished.header.started, unfinished.header.discomfort_before) == (STARTED, 5)
    record = unfinished.record()
    assert (record.discomfort_before, record.discomfort_after) == (5, 4)
    unfinished.close(remove=False)


def test_a_self_test() -> None:
    log = load_self_tests(SELF_TEST.parent)
    assert log.problems == ()
    (record,) = log.records
    assert (record.id, record.started, record.day) == (SELF_TEST.stem, STARTED, DAY)
    assert (record.app_version, record.note) == ("0.1.0", "Morning.")
    assert [(each.test, each.side, each.answer, each.tight) for each in record.results] == [
        ("knee-to-chest", Side.RIGHT, "leg-lifts", True),
        ("knee-to-chest", Side.LEFT, "neither", False),
        ("figure-four", Side.RIGHT, "less-than-a-fist", False),
        ("figure-four", Side.LEFT, "a-fist-or-more", True),
    ]
    first = record.results[0]
    assert (first.name, first.side_means) == ("Knee to chest", "the leg that stays straight")
    assert first.said == "The right leg comes off the floor"


def test_a_marked_day() -> None:
    assert load_marked_days(MARKED_DAY.parent) == MarkedDays({DAY: DayKind.SICK})
