"""`hipcoach history`, `stats` and `due`: what was done, what it adds up to, whether a session is due."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence, Set
from datetime import date, datetime
from typing import Any

from msgspec.structs import asdict

from hipcoach.commands.arguments import unknown
from hipcoach.commands.output import printable, say, say_json, table, warn, wrapped
from hipcoach.core.exercise import Side
from hipcoach.core.history import streaks
from hipcoach.core.history.discomfort import change_words
from hipcoach.core.history.export import csv_lines
from hipcoach.core.history.filter import EVERYTHING, SessionFilter, read_days
from hipcoach.core.history.record import SessionEntry
from hipcoach.core.history.streaks import civil_day
from hipcoach.errors import StorageError, UsageError
from hipcoach.paths import AppPaths
from hipcoach.storage.day_files import load_marked_days
from hipcoach.storage.session_index import SessionIndex
from hipcoach.storage.settings import Settings, load_settings
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
DUE, NOT_DUE = 0, 1


def history(options: Namespace, paths: AppPaths) -> int:
    """Print the sessions, newest first."""
    now = datetime.now().astimezone()
    wanted = filter_from(options, paths, now)
    entries = open_log(paths, wanted, now=now).entries(wanted)
    if options.json:
        say_json([_session_json(entry) for entry in entries])
    elif options.csv:
        rows = (
            {name: _in_one_line(each) for name, each in _session_json(entry).items()} for entry in entries
        )
        say("".join(csv_lines(FIELDS, rows, "\n")).removesuffix("\n"))
    elif entries:
        say("\n".join(_lines(entries)))
    else:
        say(NOTHING_YET if wanted == EVERYTHING else f"No sessions: {wanted.said()}.")
    return 0


def _session_json(entry: SessionEntry) -> dict[str, Any]:
    """Return a session for scripts: seconds and minutes are active time, steps are sets and holds."""
    values = {name: getattr(entry, name, None) for name in FIELDS}
    return values | {
        "started": entry.started.isoformat(timespec="seconds"),
        "day": entry.day.isoformat(),
        "active_seconds": round(entry.active_seconds, 3),
        "minutes": round(entry.active_seconds / 60, 1),
        "planned_steps": entry.sets,
        "done_steps": entry.done_sets,
    }


def _in_one_line(value: object) -> object:
    return printable(value) if isinstance(value, str) else value


def _lines(entries: Sequence[SessionEntry]) -> Iterator[str]:
    """Yield the table, and below a session how it felt and its note, where there are any."""
    heading = ("day", "time", "active", "status", "sets", "routine")
    first, *rows = table(heading, map(_row, entries), right=[2, 4]).split("\n")
    yield first
    for row, entry in zip(rows, entries, strict=True):
        yield row
        yield from wrapped(change_words(entry.discomfort_before, entry.discomfort_after), UNDER_THE_DAY)
        yield from wrapped(entry.note, UNDER_THE_DAY)


def _row(entry: SessionEntry) -> tuple[str, ...]:
    return (
        entry.day.isoformat(),
        f"{entry.started:%H:%M}",
        clock_text(entry.active_seconds),
        entry.status.value,
        f"{entry.done_sets}/{entry.sets}",
        entry.title,
    )


def stats(options: Namespace, paths: AppPaths) -> int:
    """Print what the log adds up to. Streaks and this week are of all sessions, whichever are asked for."""
    now = datetime.now().astimezone()
    wanted = filter_from(options, paths, now)
    log = open_log(paths, wanted, now=now)
    settings, excused = _rules(paths)
    chosen = log.entries(wanted)
    entries = chosen if wanted == EVERYTHING else log.entries()
    found = streaks.stats(entries, civil_day(now, settings.day.starts_at), settings.rules, excused)
    minutes = sum(each.active_seconds for each in chosen) / 60
    sides = log.balance(wanted)
    if options.json:
        chosen_ones = {
            "sessions": len(chosen),
            "minutes": round(minutes, 1),
            "week_minutes": round(found.week_minutes, 1),
            "reps": {side.value: sides.reps[side] for side in Side},
            "hold_seconds": {side.value: round(float(sides.hold_seconds[side]), 1) for side in Side},
        }
        say_json(asdict(found) | chosen_ones)
        return 0
    goal = count_text(found.week_goal, "day")
    say(f"This week     {found.week_days} of {goal}, {_minutes(found.week_minutes)}")
    say(f"Week streak   {_streak(found.week_streak, found.best_week_streak, 'week')}")
    say(f"Day streak    {_streak(found.day_streak, found.best_day_streak, 'day')}")
    if which := wanted.said():
        say(f"\n{which[:1].upper()}{which[1:]}:")
    say(f"In all        {count_text(len(chosen), 'session')}, {_minutes(minutes)}")
    say(
        f"Left, right   {sides.left_reps} and {count_text(sides.right_reps, 'rep')}; "
        f"{sides.left_hold:.0f} and {sides.right_hold:.0f} s of holds"
    )
    return 0


def _streak(current: int, best: int, noun: str) -> str:
    return f"{count_text(current, noun)}, best {count_text(best, noun)}"


def _minutes(minutes: float) -> str:
    """Return whole minutes, from two hours on with hours: "45 minutes", "107 h 18 min"."""
    whole = round(minutes)
    return count_text(whole, "minute") if whole < 120 else f"{whole // 60} h {whole % 60} min"


def due(options: Namespace, paths: AppPaths) -> int:
    """Print whether a session is due, unless it is to be quiet; 0 where one is, 1 where none is."""
    now = datetime.now().astimezone()
    settings, excused = _rules(paths, quiet=options.quiet)
    entries = open_log(paths, now=now, quiet=options.quiet).entries()
    today = civil_day(now, settings.day.starts_at)
    found = streaks.reminder(entries, today, settings.rules, excused, daily=options.daily)
    if options.json:
        say_json({"due": found.is_due, "reason": found.reason, "text": str(found)} | asdict(found))
    elif not options.quiet:
        say(str(found))
    return DUE if found.is_due else NOT_DUE


def _rules(paths: AppPaths, *, quiet: bool = False) -> tuple[Settings, Set[date]]:
    """Return the settings and the days that are marked off, with a warning for each fault in their files."""
    settings, problems = load_settings(paths.settings)
    marked = load_marked_days(paths.days)
    for problem in () if quiet else (*problems, *marked.problems):
        warn(str(problem))
    return settings, marked.excused


def open_log(
    paths: AppPaths,
    wanted: SessionFilter = EVERYTHING,
    *,
    now: datetime | None = None,
    quiet: bool = False,
) -> SessionIndex:
    """Return the log as the files are now, with a warning for each that cannot be read, or is dated ahead of
    `now`.

    Raises:
        StorageError: the log cannot be read at all, which is not the same as an empty one.
        UsageError: a routine that is asked for is neither in the log nor to be done.
    """
    index = SessionIndex(paths.sessions, paths.session_index)
    log = index.read(now=now)
    if log.problems and log.files == 0:
        raise StorageError(" ".join(log.problems))
    for problem in () if quiet else (*log.problems, *log.copies):
        warn(problem)
    if wanted.ids:
        # Not at the top: a shell prompt runs `due` every time.
        from hipcoach.storage.catalog import load_catalog

        known = dict.fromkeys(load_catalog(paths.config)[0].routines)
        known |= dict.fromkeys(sorted({each.routine for each in log.entries}))
        for name in wanted.ids:
            if name not in known:
                raise UsageError(unknown("routine", name, known))
    return index


def filter_from(options: Namespace, paths: AppPaths, now: datetime) -> SessionFilter:
    """Return what the options ask for; "today" and "30d" are counted from the civil day that `now` lies in.

    Raises:
        UsageError: a day is none, or nothing can lie between the two.
    """
    settings, _ = load_settings(paths.settings)
    today = civil_day(now, settings.day.starts_at)
    try:
        since = read_days(options.since, today)[0] if options.since else None
        until = read_days(options.until, today)[1] if options.until else None
    except ValueError as error:
        raise UsageError(f"{error}.") from None
    if since and until and since > until:
        raise UsageError(f"Nothing can be since {since} and until {until}: that is upside down.")
    return SessionFilter(first=since, last=until, ids=tuple(dict.fromkeys(options.routines or ())))
