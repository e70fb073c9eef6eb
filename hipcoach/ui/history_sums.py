"""What a view of the history needs beside the log; added up in a thread when the view is first shown."""

from __future__ import annotations

from msgspec import Struct

from hipcoach.core.history.discomfort import RatedSession, rated_sessions
from hipcoach.core.history.record import Balance
from hipcoach.core.history.streaks import ExerciseHistory
from hipcoach.storage.bundled import bundled_self_tests
from hipcoach.storage.session_index import SessionIndex
from hipcoach.ui.history_view import HistoryView
from hipcoach.ui.history_weeks import WeekTotal, week_totals


class WeekSums(Struct, frozen=True):
    """For the weeks."""

    weeks: tuple[WeekTotal, ...]


class ExerciseSums(Struct, frozen=True):
    """For the exercises."""

    exercises: tuple[ExerciseHistory, ...]
    balance: Balance


class FeelingSums(Struct, frozen=True):
    """For how it felt."""

    rated: tuple[RatedSession, ...]
    limits: tuple[str, ...]
    """What the self-tests cannot tell."""


Sums = WeekSums | ExerciseSums | FeelingSums


def add_up(view: HistoryView, shown: str, index: SessionIndex) -> Sums | None:
    """What the view of that name needs; None where it needs nothing. Takes its time: use a thread.

    Args:
        view: what is known.
        shown: the name of the view.
        index: what is known of the session files.
    """
    match shown:
        case "weeks":
            return WeekSums(week_totals(view.activity, view.today, view.first_weekday))
        case "exercises":
            return ExerciseSums(index.exercises(), index.balance())
        case "feeling":
            return FeelingSums(rated_sessions(view.entries), bundled_self_tests().limits)
    return None
