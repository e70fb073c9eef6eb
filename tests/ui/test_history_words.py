"""What the history says: streaks without blame, sets as they were, nothing from a file that could steer."""

from __future__ import annotations

from datetime import date

import pytest

from hipcoach.core.exercise import Basis, Side
from hipcoach.core.history.record import Balance, Outcome
from hipcoach.core.history.streaks import Stats
from hipcoach.core.plan import StepKind, StepSide
from hipcoach.core.text import plain
from hipcoach.ui.widgets.session_row import column_widths, minutes_cell, short_day
from hipcoach.ui.widgets.set_row import basis_lines, choice_words, set_row, side_text
from hipcoach.ui.widgets.set_table import set_column_widths
from hipcoach.ui.widgets.streak_words import minutes_words, streak_words
from tests.support import a_step_record


def some_stats(**values: int) -> Stats:
    usual = {
        "sessions": 12,
        "minutes": 150,
        "week_minutes": 30,
        "week_streak": 3,
        "best_week_streak": 5,
        "day_streak": 2,
        "best_day_streak": 4,
        "week_days": 2,
        "week_goal": 3,
    }
    return Stats(**(usual | values))


def test_a_streak_is_told_with_its_best_and_this_week() -> None:
    words = streak_words(some_stats())

    assert (words.big, words.under) == ("3 weeks", "in a row · best 5 weeks")
    assert words.week == "2 of 3 days this week"
    assert words.days == "2 days in a row · best 4"
    assert (words.minutes, words.totals) == ("30 min this week", "2 h 30 min in all · 12 sessions")


def test_a_reached_goal_gets_its_tick() -> None:
    assert streak_words(some_stats(week_days=3)).week == "3 of 3 days this week ✓"
    assert streak_words(some_stats(week_days=5)).week == "5 days this week · goal 3 days ✓"


def test_the_days_of_this_week_stand_in_for_a_streak_that_is_yet_to_come() -> None:
    first = streak_words(some_stats(week_streak=0, best_week_streak=0, week_days=1))
    again = streak_words(some_stats(week_streak=0, week_days=2))

    assert (first.big, first.under) == ("1 day", "this week · 3 days start a streak")
    assert (again.big, again.under) == ("2 days", "this week · best 5 weeks")


@pytest.mark.parametrize("best", [0, 9])
def test_without_any_streak_the_words_are_kind_and_hold_no_zero(best: int) -> None:
    nothing = some_stats(
        week_streak=0, day_streak=0, week_days=0, best_week_streak=best, best_day_streak=best
    )

    words = streak_words(nothing)

    assert words.big == "New week"
    assert "0" not in f"{words.one_line} {words.under} {words.days}"
    for blame in ("lost", "broke", "missed", "fail", "only"):
        assert blame not in f"{words.one_line} {words.days}".lower()


def test_the_words_fit_beside_the_calendar_of_a_small_terminal() -> None:
    many = some_stats(best_week_streak=520, best_day_streak=999, week_streak=0, day_streak=0, week_days=0)
    for stats in (many, some_stats(week_streak=520, best_week_streak=520, minutes=60000, sessions=10000)):
        words = streak_words(stats)
        for line in (words.under, words.week, words.days, words.minutes, words.totals):
            assert len(line) <= 38, line


def test_minutes_turn_into_hours() -> None:
    assert [minutes_words(each) for each in (0, 59.4, 60, 185, 6001)] == [
        "0 min",
        "59 min",
        "1 h",
        "3 h 5 min",
        "100 h",
    ]


def test_a_set_says_what_was_planned_and_what_was_done_of_it() -> None:
    step = a_step_record(
        Outcome.PARTIAL,
        stage="Rock",
        direction="inward",
        side=StepSide.LEFT,
        round=2,
        dose_basis=Basis.SUGGESTED,
        done_reps=3,
        reason="it hurt",
        attempts=((1, 2.0), (3, 6.0)),
    )

    row = set_row(step)

    assert (row.name, row.side, row.round) == ("Clam: Rock, inward", "left", "2")
    assert (row.planned, row.done) == ("4 reps*", "3 reps")
    assert row.outcome == "◐ partial: it hurt, best of 2 goes"


@pytest.mark.parametrize(
    ("seconds", "outcome", "done"),
    [
        (30.0, Outcome.DONE, "30 s"),
        (29.9999, Outcome.DONE, "30 s"),
        (29.9, Outcome.PARTIAL, "29 s"),
        (0.0, Outcome.SKIPPED, "–"),
    ],
)
def test_a_hold_is_never_rounded_up_to_what_was_not_done(seconds: float, outcome: Outcome, done: str) -> None:
    step = a_step_record(outcome, kind=StepKind.HOLD, reps=None, seconds=30.0, done_seconds=seconds)

    assert set_row(step).planned == "30 s"
    assert set_row(step).done == done


def test_a_set_at_ones_own_pace_that_was_cut_off_shows_the_time_spent() -> None:
    assert set_row(a_step_record(Outcome.PARTIAL, done_reps=0, done_seconds=12.5)).done == "12 s"


def test_marks_on_doses_are_explained_where_they_occur() -> None:
    suggested = a_step_record(dose_basis=Basis.SUGGESTED, dose_source="Somebody, Something")
    own = a_step_record(dose_basis=Basis.USER)

    assert basis_lines([a_step_record()]) == []
    assert basis_lines([suggested, suggested, own]) == [
        "* a suggestion: the source gives no dose (Somebody, Something)",
        "† your own number, of rounds or of reps and seconds",
    ]


def test_a_side_is_told_in_reps_and_seconds_held() -> None:
    balance = Balance(left_reps=12, left_hold=30.0)

    assert side_text(balance, Side.LEFT) == "12 reps, 30 s held"
    assert side_text(balance, Side.RIGHT) == ""


def test_choices_are_said_in_words_and_what_goes_without_saying_is_left_out() -> None:
    choices = {
        "rounds": 3,
        "level": "low",
        "pace": "own",
        "tempo": 1.0,
        "warmup": False,
        "gated": True,
        "first_side": "left",
        "timings": {"rest": 0},
        "new_in_2030": "yes",
    }

    assert choice_words(choices) == [
        "3 rounds",
        "low level",
        "own pace",
        "no warm-up",
        "left first",
        "new in 2030 yes",
    ]


def test_text_from_files_cannot_steer_the_terminal() -> None:
    assert plain("a\x1b[31mb\nc\t d\u202ee\x9bf") == "a [31mb c d e f"


def test_days_read_as_people_say_them() -> None:
    today = date(2026, 3, 12)

    assert short_day(today, today) == "Today"
    assert short_day(date(2026, 3, 11), today) == "Yesterday"
    assert short_day(date(2026, 3, 3), today) == "Tue  3 Mar"
    assert short_day(date(2025, 12, 31), today) == "31 Dec 2025"
    assert [minutes_cell(each) for each in (0, 20, 60, 605)] == ["0", "<1", "1", "10"]


@pytest.mark.parametrize("room", range(20, 200, 7))
def test_the_columns_take_no_more_than_there_is(room: int) -> None:
    widths = column_widths(room)
    rows = [
        set_row(a_step_record(name="A name of some length", reason="for a long, long reason")) for _ in "ab"
    ]
    detail = set_column_widths(room, rows)

    assert room < 60 or sum(widths.values()) + 2 * len(widths) <= room
    assert room < 66 or sum(detail.values()) + 2 * len(detail) <= room
    assert "Round" not in detail
