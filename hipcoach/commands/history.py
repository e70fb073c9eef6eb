"""`hipcoach history`, `stats` and `due`: what was done, what it adds up to, whether a session is due."""

from __future__ import annotations

import shutil
import textwrap
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import asdict

from hipcoach.commands.arguments import unknown
from hipcoach.commands.output import printable, say, say_json, table, warn
from hipcoach.core.exercise import Side
from hipcoach.core.history.discomfort import change_words
from hipcoach.core.history.export import csv_lines
from hipcoach.core.history.filter import EVERYTHING, SessionFilter, read_days
from hipcoach.core.history.record import SessionEntry
from hipcoach.core.history.streaks import civil_day, reminder, stats
from hipcoach.errors import StorageError, UsageError
from hipcoach.paths import AppPaths
from hipcoach.storage.day_files import load_marked_days
from hipcoach.storage.session_index import SessionIndex
from hipcoach.storage.settings import load_settings
from hipcoach.ui.format import clock_text
from hipcoach.ui.numbers import count_text

NOTHING_YET = (
    "No sessions yet. 'hipcoach' opens the coach; 'hipcoach start desk-break' takes five minutes, standing."
)
FIELDS = (
    "id",
    "routine",
    "title",
    "started",
    "day",
    "status",
    "active_seconds",
    "minutes",
    "planned_steps",
    "done_steps",
    "planned_reps",
    "done_reps",
    "counts",
    "note",
    "discomfort_before",
    "discomfort_after",
)
"""What JSON and CSV say of a session, in this order; what is new comes last."""
UNDER_THE_DAY = " " * 12
"""Before what was said of a session, below its line."""
WIDEST = 100
"""Characters of such a line, where the terminal has so many."""
DUE, NOT_DUE = 0, 1


def run_history(options: Namespace, paths: AppPaths) -> int:
    """Print the sessions, newest first."""
    now = datetime.now().astimezone()
    wanted = filter_from(options, paths, now)
    entries = open_log(paths, now, wanted).entries(wanted)
    if options.json:
        say_json([_session_json(entry) for entry in entries])
    elif options.csv:
        rows = ({name: _shown(each) for name, each in _session_json(entry).items()} for entry in entries)
        say("".join(csv_lines(FIELDS, rows, "\n")).removesuffix("\n"))
    elif entries:
        say("\n".join(_lines(entries)))
    else:
        say(NOTHING_YET if wanted == EVERYTHING else f"No sessions {_words(wanted)}.")
    return 0


def _session_json(entry: SessionEntry) -> dict[str, Any]:
    """Return a session for scripts: seconds and minutes are active time, steps are sets and holds."""
    minutes, seconds = round(entry.active_seconds / 60, 1), round(entry.active_seconds, 3)
    computed = {
        "started": entry.started.isoformat(timespec="seconds"),
        "day": entry.day.isoformat(),
        "active_seconds": seconds,
        "minutes": minutes,
        "planned_steps": entry.sets,
        "done_steps": entry.done_sets,
    }
    return {name: computed[name] if name in computed else getattr(entry, name) for name in FIELDS}


def _shown(value: object) -> object:
    """Return a value on one line: each session has one."""
    return printable(value) if isinstance(value, str) else value


def _lines(entries: Sequence[SessionEntry]) -> Iterator[str]:
    """Yield the table, and below a session how it felt and its note, where there are any."""
    width = max(40, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))
    heading = ("day", "time", "active", "status", "sets", "routine")
    first, *rows = table(heading, map(_row, entries), right=[2, 4]).split("\n")
    yield first
    for row, entry in zip(rows, entries, strict=True):
        yield row
        for said in (change_words(entry.discomfort_before, entry.discomfort_after), entry.note):
            yield from textwrap.wrap(
                printable(said), width, initial_indent=UNDER_THE_DAY, subsequent_indent=UNDER_THE_DAY
            )


def _row(entry: SessionEntry) -> tuple[str, ...]:
    return (
        entry.day.isoformat(),
        f"{entry.started:%H:%M}",
        clock_text(entry.active_seconds),
        entry.status.value,
        f"{entry.done_sets}/{entry.sets}",
        entry.title,
    )


def run_stats(options: Namespace, paths: AppPaths) -> int:
    """Print what the log adds up to. Streaks and this week are of all sessions, whichever are asked for."""
    now = datetime.now().astimezone()
    settings, problems = load_settings(paths.settings)
    wanted = filter_from(options, paths, now)
    log = open_log(paths, now, wanted)
    marked = load_marked_days(paths.days)
    for problem in (*problems, *marked.problems):
        warn(str(problem))
    entries = log.entries()
    chosen = entries if wanted == EVERYTHING else log.entries(wanted)
    found = stats(entries, civil_day(now, settings.day.starts_at), settings.rules, marked.excused)
    minutes = sum(each.active_seconds for each in chosen) / 60
    sides = log.balance(wanted)
    if options.json:
        chosen_ones = {
            "sessions": len(chosen),
            "minutes": round(minutes, 1),
            "week_minutes": round(found.week_minutes, 1),
            "reps": {side.value: sides.reps[side] for side in Side},
            "hold_seconds": {side.value: round(sides.hold_seconds[side], 1) for side in Side},
        }
        say_json(asdict(found) | chosen_ones)
        return 0
    goal = count_text(found.week_goal, "day")
    weeks, best_weeks = (count_text(each, "week") for each in (found.week_streak, found.best_week_streak))
    days, best_days = (count_text(each, "day") for each in (found.day_streak, found.best_day_streak))
    say(f"This week     {found.week_days} of {goal}, {_minutes(found.week_minutes)}")
    say(f"Week streak   {weeks}, best {best_weeks}")
    say(f"Day streak    {days}, best {best_days}")
    if which := _words(wanted):
        say(f"\n{which[:1].upper()}{which[1:]}:")
    say(f"In all        {count_text(len(chosen), 'session')}, {_minutes(minutes)}")
    say(
        f"Left, right   {sides.left_reps} and {count_text(sides.right_reps, 'rep')}; "
        f"{sides.left_hold:.0f} and {sides.right_hold:.0f} s of holds"
    )
    return 0


def _minutes(minutes: float) -> str:
    """Return whole minutes, from two hours on with hours: "45 minutes", "107 h 18 min"."""
    whole = round(minutes)
    return count_text(whole, "minute") if whole < 120 else f"{whole // 60} h {whole % 60} min"


def run_due(options: Namespace, paths: AppPaths) -> int:
    """Print whether a session is due, unless it is to be quiet; 0 where one is, 1 where none is."""
    now = datetime.now().astimezone()
    complain = _nothing if options.quiet else warn
    settings, problems = load_settings(paths.settings)
    today = civil_day(now, settings.day.starts_at)
    marked = load_marked_days(paths.days)
    for problem in problems:
        complain(str(problem))
    entries = open_log(paths, now, complain=complain).entries()
    found = reminder(entries, today, settings.rules, marked.excused, daily=options.daily)
    for sentence in marked.problems:
        complain(sentence)
    if options.json:
        say_json({"due": found.is_due, "reason": found.reason, "text": str(found)} | asdict(found))
    elif not options.quiet:
        say(str(found))
    return DUE if found.is_due else NOT_DUE


def _nothing(_: str) -> None:
    """Warn of nothing."""


def open_log(
    paths: AppPaths,
    now: datetime,
    wanted: SessionFilter = EVERYTHING,
    complain: Callable[[str], None] = warn,
) -> SessionIndex:
    """Return the log as the files are now, with a warning for each that cannot be read, or is dated ahead.

    Raises:
        StorageError: the log cannot be read at all, which is not the same as an empty one.
        UsageError: a routine that is asked for is neither in the log nor to be done.
    """
    index = SessionIndex(paths.sessions, paths.session_index)
    log = index.read(now=now)
    if log.problems and log.files == 0:
        raise StorageError(" ".join(log.problems))
    for problem in (*log.problems, *log.copies):
        complain(problem)
    check_routines(wanted, log.entries, paths)
    return index


def filter_from(options: Namespace, paths: AppPaths, now: datetime) -> SessionFilter:
    """Return what the options ask for; "today" and "30d" are counted from the civil day that `now` lies in.

    Raises:
        UsageError: nothing can lie between the two days.
    """
    settings, _ = load_settings(paths.settings)
    today = civil_day(now, settings.day.starts_at)
    since = read_days(options.since, today)[0] if options.since else None
    until = read_days(options.until, today)[1] if options.until else None
    if since and until and since > until:
        raise UsageError(f"Nothing can be since {since} and until {until}: that is upside down.")
    return SessionFilter(first=since, last=until, ids=tuple(dict.fromkeys(options.routines or ())))


def check_routines(wanted: SessionFilter, entries: Iterable[SessionEntry], paths: AppPaths) -> None:
    """Check that every routine asked for is there to be done, or was done once.

    Raises:
        UsageError: there is no such routine; the message names the nearest.
    """
    if wanted.ids:
        # Not at the top: a shell prompt runs `due` every time.
        from hipcoach.storage.catalog import load_catalog

        known = list(load_catalog(paths.config)[0].routines)
        known += sorted({each.routine for each in entries} - set(known))
        for name in wanted.ids:
            if name not in known:
                raise UsageError(unknown("routine", name, known))


def _words(wanted: SessionFilter) -> str:
    """Return what was asked for, such as "since 2026-03-01, leg-circuit only"."""
    parts = [
        f"since {wanted.first}" if wanted.first else "",
        f"until {wanted.last}" if wanted.last else "",
        f"{' and '.join(wanted.ids)} only" if wanted.ids else "",
    ]
    return ", ".join(part for part in parts if part)
