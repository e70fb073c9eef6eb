"""What the index answers: which sessions a line of words asks for, in which order, what they add up to."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hipcoach.core.exercise import Side
from hipcoach.core.history.filter import SessionFilter, SessionSort, SortBy, read_filter
from hipcoach.core.history.record import Outcome, SessionRecord, SessionStatus, StepRecord
from hipcoach.core.history.streaks import DoneDose
from hipcoach.core.plan import StepKind, StepSide
from hipcoach.storage.session_index import KEPT_DOSES, SessionIndex
from hipcoach.storage.session_log import save_record
from tests.support import a_record, a_step_record

TODAY = date(2026, 3, 12)
LEFT = (a_step_record(Outcome.LEFT),)


def ago(days: int, *steps: StepRecord, **rest: Any) -> SessionRecord:
    steps = steps or (a_step_record(),)
    return a_record(TODAY - timedelta(days=days), **({"id": f"{days}", "steps": steps} | rest))


def index_of(tmp_path: Path, *records: SessionRecord) -> SessionIndex:
    for record in records:
        save_record(tmp_path, record)
    index = SessionIndex(tmp_path)
    index.read()
    return index


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> SessionIndex:
    surf = a_step_record(exercise="surfer", name="Surf")
    stopped = SessionStatus.STOPPED
    return index_of(
        tmp_path_factory.mktemp("log"),
        ago(0, routine="leg-circuit", title="Leg circuit", note="Left KNEE clicked, Straße"),
        ago(1, routine="desk", title="Desk break", status=stopped, note="after work"),
        ago(20, routine="leg-circuit", title="Leg circuit", status=stopped),
        ago(400, surf, routine="nine", title="Nine drills"),
    )


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", "0 1 20 400"),
        ("   ", "0 1 20 400"),
        ("knee", "0"),
        ("Leg", "0 20"),
        ("knee left", "0"),
        ("STRASSE", "0"),
        ("knee work", ""),
        ("routine:leg", "0 20"),
        ("ROUTINE:LEG", "0 20"),
        ('routine:"leg circuit" status:stopped', "20"),
        ('routine:"leg cir', "0 20"),
        ("routine:leg routine:desk", "0 1 20"),
        ("status:stop", "1 20"),
        ("status:completed status:stopped", "0 1 20 400"),
        ("month:2026-03", "0 1"),
        ("month:2026-02", "20"),
        ("day:2026-03-11", "1"),
        ("day:yesterday", "1"),
        ("since:2w", "0 1"),
        ("until:2026-02", "20 400"),
        ("since:2026-02 until:2026-03-11", "1 20"),
        ("since:2026-03 until:2026-02", ""),
        ("month:2025", "400"),
        ("exercise:surf", "400"),
        ("exercise:clam leg", "0 20"),
        ("exercise:1", ""),
        ("exercise:10", ""),
        ("exercise:0.0", ""),
        ('exercise:"surf surf"', ""),
        ('exercise:"surfer surf"', ""),
        ('routine:"drills nine"', ""),
        ('"break desk"', ""),
        ("http://knee", ""),
    ],
)
def test_a_line_of_words_asks_for_sessions(searched: SessionIndex, text: str, ids: str) -> None:
    wanted = read_filter(text, TODAY)
    assert wanted.problems == ()
    assert " ".join(each.id for each in searched.entries(wanted)) == ids


def test_routines_can_be_asked_for_by_their_whole_ids(searched: SessionIndex) -> None:
    assert [each.id for each in searched.entries(SessionFilter(ids=("desk", "nine", "leg")))] == ["1", "400"]


@pytest.mark.parametrize(
    ("by", "turned", "names", "said"),
    [
        (SortBy.DATE, False, "dcba", "newest first"),
        (SortBy.DATE, True, "abcd", "oldest first"),
        (SortBy.ROUTINE, False, "cdba", "by routine, A to Z"),
        (SortBy.ROUTINE, True, "adbc", "by routine, Z to A"),
        (SortBy.MINUTES, False, "acdb", "longest first"),
        (SortBy.MINUTES, True, "dbca", "shortest first"),
        (SortBy.STATUS, False, "dbca", "completed first"),
        (SortBy.STATUS, True, "cadb", "stopped first"),
    ],
)
def test_what_is_alike_stays_newest_first(
    tmp_path: Path, by: SortBy, turned: bool, names: str, said: str
) -> None:
    completed, stopped = SessionStatus.COMPLETED, SessionStatus.STOPPED
    index = index_of(
        tmp_path,
        ago(1, id="d", title="leg", active_seconds=300.0, status=completed),
        ago(2, id="c", title="Desk", active_seconds=600.0, status=stopped),
        ago(3, id="b", title="Leg", active_seconds=300.0, status=completed),
        ago(4, id="a", title="nine", active_seconds=900.0, status=stopped),
    )
    sort = SessionSort(by, turned)
    assert "".join(each.id for each in index.entries(SessionFilter(), sort)) == names
    assert sort.said() == said


def a_hold(seconds: float, side: StepSide = StepSide.LEFT) -> StepRecord:
    return a_step_record(
        kind=StepKind.HOLD,
        exercise="stretch",
        name="Stretch",
        reps=None,
        done_reps=0,
        seconds=seconds,
        done_seconds=seconds,
        side=side,
    )


def test_sessions_add_up_by_exercise_the_one_done_most_often_first(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        ago(0, a_step_record(name="Clam, new name"), a_step_record(done_reps=3, side=StepSide.LEFT)),
        ago(3, a_hold(20.0), a_hold(30.0, StepSide.RIGHT)),
        ago(9, a_step_record(done_reps=2)),
    )
    clam, stretch = index.exercises()
    assert clam.name in ("Clam, new name", a_step_record().name)
    assert (clam.times, clam.first, clam.last) == (2, TODAY - timedelta(days=9), TODAY)
    assert clam.balance.reps == {Side.LEFT: 3, Side.RIGHT: 6}
    assert clam.doses == (DoneDose(TODAY - timedelta(days=9), 2, 0.0), DoneDose(TODAY, 4, 0.0))
    assert stretch.doses == (DoneDose(TODAY - timedelta(days=3), 0, 30.0),)
    assert stretch.balance.hold_seconds == {Side.LEFT: 20.0, Side.RIGHT: 30.0}


def test_an_exercise_is_called_as_it_was_last(tmp_path: Path) -> None:
    index = index_of(tmp_path, ago(0, a_step_record(name="New name")), ago(1, a_step_record(name="Old name")))
    assert [each.name for each in index.exercises()] == ["New name"]


def test_what_was_not_done_at_all_is_not_counted(tmp_path: Path) -> None:
    assert index_of(tmp_path, ago(0, a_step_record(Outcome.SKIPPED))).exercises() == ()


def test_only_the_last_doses_are_kept_one_by_one(tmp_path: Path) -> None:
    (clam,) = index_of(tmp_path, *map(ago, range(KEPT_DOSES + 5))).exercises()
    assert clam.times == KEPT_DOSES + 5
    assert len(clam.doses) == KEPT_DOSES
    assert clam.doses[-1].day == TODAY
    assert clam.first == TODAY - timedelta(days=KEPT_DOSES + 4)


def test_the_balance_is_that_of_the_sessions_asked_for(tmp_path: Path) -> None:
    index = index_of(tmp_path, ago(0, a_hold(20.0), routine="desk"), ago(1, a_step_record(done_reps=3)))
    assert index.balance().hold_seconds == {Side.LEFT: 20.0, Side.RIGHT: 0.0}
    assert index.balance().reps == {Side.LEFT: 0, Side.RIGHT: 3}
    assert index.balance(SessionFilter(ids=("desk",))).reps == {Side.LEFT: 0, Side.RIGHT: 0}
    assert index.balance(SessionFilter(ids=("none",))).hold_seconds == {Side.LEFT: 0.0, Side.RIGHT: 0.0}
