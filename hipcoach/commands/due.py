"""`hipcoach due`: one line and an exit code that say whether a session is due today."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime

from hipcoach.commands.output import say, say_json, warn
from hipcoach.core.history.streaks import civil_day, reminder, week_of, without_future
from hipcoach.paths import AppPaths
from hipcoach.storage.marked_days import load_marked_days
from hipcoach.storage.session_log import read_sessions, since_day
from hipcoach.storage.settings import load_settings

DUE = 0
NOT_DUE = 1


def run(options: Namespace, paths: AppPaths) -> int:
    """Say it, unless it is to be quiet; 0 where a session is due, 1 where none is.

    Only the files of this week are read, however long the log is.

    Raises:
        StorageError: the log cannot be read.
    """
    now = datetime.now().astimezone()
    settings, problems = load_settings(paths.settings)
    today = civil_day(now, settings.day.starts_at)
    week = week_of(today, settings.rules.first_weekday)
    complaints = [str(problem) for problem in problems]
    found = read_sessions(paths.sessions, complaints, since_day(week))
    sessions, _ = without_future([each.record for each in found], now)
    marked = load_marked_days(paths.days)
    found_today = reminder(sessions, today, settings.rules, marked.excused, daily=options.daily)
    if options.quiet:
        return DUE if found_today.is_due else NOT_DUE
    for complaint in (*complaints, *marked.problems):
        warn(complaint)
    if options.json:
        say_json(
            {
                "due": found_today.is_due,
                "reason": found_today.reason,
                "text": str(found_today),
                "week_days": found_today.week_days,
                "week_goal": found_today.week_goal,
                "days_left": found_today.days_left,
            }
        )
    else:
        say(str(found_today))
    return DUE if found_today.is_due else NOT_DUE
