"""The log in one SQLite file, so that lists, totals and searches are asked in SQL.

It is made of the session files and never believed over them: a file whose size or time has changed is read
again. Where the database is damaged, of another version, or cannot be used, it is thrown away and made again.
"""

from __future__ import annotations

import math
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple
from weakref import finalize
from zlib import crc32

from msgspec import Struct, ValidationError, convert, to_builtins
from msgspec.structs import asdict

from hipcoach import __version__
from hipcoach.core.history.filter import EVERYTHING, NEWEST_FIRST, SessionFilter, SessionSort, SortBy
from hipcoach.core.history.record import Balance, SessionEntry, SessionRecord, entry_of
from hipcoach.core.history.streaks import DoneDose, ExerciseHistory
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import FILE_MODE, is_there, make_directory
from hipcoach.storage.removed import original_of, toml_files
from hipcoach.storage.session_log import load_record, partly, read_session
from hipcoach.storage.text_file import UnreadableError

FUTURE_LIMIT = timedelta(hours=26)
"""A log dated further ahead than any time zone can explain is a mistake of some clock."""
YOUNG = 2_500_000_000
"""Nanoseconds in which a file could change again and look the same; FAT tells times to two seconds."""
UNSETTLED = (-1, -1)
"""Stands for size and time of a file that is to be read again in any case."""
AT_A_TIME = 50
"""Files that are read and then kept together; of the first ones a screen is full."""
REPORTS = 1.0
"""Seconds between two reports, at least."""
RARELY = 10
"""Times as long as a report takes, between two: telling must not hold up the reading."""
PATIENCE = 2.0
"""Seconds to wait for another instance that is writing."""
KEPT_DOSES = 60
"""The last times an exercise was done that are told one by one: as many as a line of the screen can show."""
FIELDS = ", ".join(SessionEntry.__struct_fields__)
SHARES = ", ".join(Balance._fields)
SUMS = ", ".join(f"sum(each.{name})" for name in Balance._fields)
SCHEMA = f"""
CREATE TABLE IF NOT EXISTS files (id PRIMARY KEY, size, time, problem);
CREATE TABLE IF NOT EXISTS sessions ({FIELDS}, {SHARES}, instant, original, PRIMARY KEY (id));
CREATE TABLE IF NOT EXISTS sets (session, exercise, name, reps, hold, {SHARES});
CREATE INDEX IF NOT EXISTS of_session ON sets (session);
CREATE INDEX IF NOT EXISTS of_exercise ON sets (exercise);
CREATE INDEX IF NOT EXISTS copies ON sessions (original) WHERE original != '';
-- Each session once: of a copy that a sync program made nothing, unless it stands in for its original.
CREATE VIEW IF NOT EXISTS shown AS SELECT * FROM sessions AS each WHERE original = '' OR (
    original NOT IN (SELECT id FROM sessions)
    AND id = (SELECT id FROM sessions WHERE original = each.original AND original != ''
              ORDER BY note = '', id LIMIT 1));
"""
VERSION = crc32(f"{__version__} {SCHEMA}".encode()) & 0x7FFFFFFF
ORDERS = {
    SortBy.DATE: "-instant",
    SortBy.ROUTINE: "folded(title)",
    SortBy.MINUTES: "-active_seconds",
    SortBy.STATUS: "status",
}
PROBLEMS = "SELECT id, problem FROM files WHERE problem != ''"
_NAME = "title || char(10) || routine"


class SessionList(Struct, frozen=True):
    """The log in short: entries, oldest first, and a sentence for every file left out or not read whole."""

    entries: tuple[SessionEntry, ...] = ()
    problems: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    """A sentence for every copy that a sync program made; the sessions themselves are there once."""
    done: int = 0
    """Files that have been looked at."""
    files: int = 0
    """Files in all."""

    @property
    def is_whole(self) -> bool:
        """Whether every file has been looked at. Before, the newest are there, and there are no copies."""
        return self.done == self.files


Report = Callable[[SessionList], None]


def never() -> bool:
    """Read to the end."""
    return False


class SessionIndex:
    """Knows the session files of a directory. May be asked from several threads; one reads, others wait.

    What is asked for in SQL is as it was when the files were last read.
    """

    def __init__(self, directory: Path, cache: Path | None = None) -> None:
        """Nothing is read yet.

        Args:
            directory: where the session files are.
            cache: the database; None for keeping it in memory.
        """
        self._directory = directory
        self._cache = cache
        self._database: sqlite3.Connection | None = None
        self._reading, self._using = Lock(), Lock()
        self._progress = (0, 1)
        """Files that have been looked at, and in all."""
        self._limit = math.inf
        """The moment, in seconds since 1970, after which no session can have begun."""

    def read(
        self, report: Report | None = None, stop: Callable[[], bool] = never, now: datetime | None = None
    ) -> SessionList:
        """Look at the files, and read those that are new or changed, newest first.

        Args:
            report: is given what there is so far now and then, also while another thread is reading.
            stop: asked now and then; once it is true the reading ends with what there is.
            now: sessions dated further ahead are left out; None leaves out none.
        """
        tell = self._reporter(report)
        while not self._reading.acquire(timeout=0.05):
            tell()
            if stop():
                return SessionList(files=1)
        try:
            self._limit = (now + FUTURE_LIMIT).timestamp() if now else math.inf
            return self._read(tell, stop)
        finally:
            self._reading.release()

    def entries(
        self, wanted: SessionFilter = EVERYTHING, sort: SessionSort = NEWEST_FIRST
    ) -> list[SessionEntry]:
        """Return the sessions that are asked for, in that order; those alike in it are newest first."""
        where, values = self._where(wanted)
        order = f"{ORDERS[sort.by]} {'DESC' if sort.turned else 'ASC'}, instant DESC, id DESC"
        rows = self._ask(f"SELECT {FIELDS} FROM shown WHERE {where} ORDER BY {order}", values)
        return convert(rows, list[SessionEntry], strict=False)

    def balance(self, wanted: SessionFilter = EVERYTHING) -> Balance:
        """Return the work done on each side in the sessions that are asked for."""
        where, values = self._where(wanted)
        for sums in self._ask(f"SELECT {SUMS} FROM shown AS each WHERE {where}", values):
            return Balance(*(each or 0 for each in sums))
        return Balance()

    def exercises(self) -> tuple[ExerciseHistory, ...]:
        """Return what was done of each exercise over time, the one done most often first."""
        done = "FROM sets AS each JOIN shown ON id = session WHERE (reps > 0 OR hold > 0) AND instant <= ?"
        found = []
        for exercise, times, first, last, *sums in self._ask(
            f"SELECT exercise, count(DISTINCT session), min(day), max(day), {SUMS} {done} GROUP BY exercise",
            [self._limit],
        ):
            doses = self._ask(
                f"SELECT name, day, max(reps), max(hold) {done} AND exercise = ? "
                f"GROUP BY session ORDER BY instant DESC, id DESC LIMIT {KEPT_DOSES}",
                [self._limit, exercise],
            )
            history = ExerciseHistory(
                exercise=exercise,
                name=doses[0][0],
                times=times,
                first=date.fromisoformat(first),
                last=date.fromisoformat(last),
                balance=Balance(*sums),
                doses=tuple(DoneDose(date.fromisoformat(day), *most) for _, day, *most in reversed(doses)),
            )
            found.append(history)
        return tuple(sorted(found, key=lambda each: (-each.times, each.name.casefold())))

    def unread(self) -> list[str]:
        """Return a sentence for every file that could not be read."""
        return self._sentences(self._ask(f"{PROBLEMS} AND id NOT IN (SELECT id FROM sessions)"))

    def _sentences(self, problems: Iterable[tuple[str, str]]) -> list[str]:
        return [f"{self._directory / name}.toml {problem}" for name, problem in sorted(problems)]

    def _where(self, wanted: SessionFilter) -> tuple[str, list[Any]]:
        """Return the condition for the sessions that are asked for, and the values in it."""
        terms: list[tuple[str, Sequence[Any]]] = [("instant <= ?", [self._limit])]
        if wanted.statuses:
            terms.append((_one_of("status = ?", wanted.statuses), sorted(wanted.statuses)))
        if wanted.first:
            terms.append(("day >= ?", [wanted.first.isoformat()]))
        if wanted.last:
            terms.append(("day <= ?", [wanted.last.isoformat()]))
        if wanted.ids:
            terms.append((_one_of("routine = ?", wanted.ids), wanted.ids))
        if wanted.routines:
            terms.append((_one_of(f"instr(folded({_NAME}), ?)", wanted.routines), wanted.routines))
        for exercise in wanted.exercises:
            named = "instr(folded(exercise || char(10) || name), ?)"
            terms.append((f"id IN (SELECT session FROM sets WHERE {named})", [exercise]))
        for word in wanted.words:
            terms.append((f"instr(folded({_NAME} || char(10) || note), ?)", [word]))
        return " AND ".join(term for term, _ in terms), [value for _, values in terms for value in values]

    def _reporter(self, report: Report | None) -> Callable[[], None]:
        """Return what reports, if that is wanted and due."""
        due = 0.0

        def tell() -> None:
            nonlocal due
            began = time.monotonic()
            if report is not None and began >= due:
                with suppress(sqlite3.Error, ValidationError):  # which whoever reads will meet as well
                    report(self._listed())
                now = time.monotonic()
                due = now + max(REPORTS, RARELY * (now - began))

        return tell

    def _read(self, tell: Callable[[], None], stop: Callable[[], bool]) -> SessionList:
        try:
            stamps = self._stamps()
        except StorageError as error:
            return SessionList(problems=(error.message,))
        try:
            return self._update(stamps, tell, stop)
        except (sqlite3.Error, ValidationError, OSError, StorageError) as error:
            self._throw_away(error)
            return self._update(stamps, tell, stop)

    def _stamps(self) -> dict[str, tuple[int, int]]:
        """Return size and time of the session files, by their names without the ending, in order.

        Raises:
            StorageError: the directory cannot be read.
        """
        stamps = {}
        for path in toml_files(self._directory):
            try:
                status = path.stat()
                stamps[path.stem] = status.st_size, status.st_mtime_ns
            except OSError:
                stamps[path.stem] = UNSETTLED
        return stamps

    def _update(
        self, stamps: dict[str, tuple[int, int]], tell: Callable[[], None], stop: Callable[[], bool]
    ) -> SessionList:
        if self._database is None:
            if not stamps and (self._cache is None or not is_there(self._cache)):
                return SessionList()  # an empty log leaves no trace
            self._database = _connect(self._cache)
            # Python 3.13 warns of a database that is left open, even where it goes with what holds it.
            finalize(self, self._database.close)
        known = {name: (size, time) for name, size, time in self._fetch("SELECT id, size, time FROM files")}
        changed = [
            name for name, stamp in reversed(stamps.items()) if stamp == UNSETTLED or known.get(name) != stamp
        ]
        if gone := known.keys() - stamps.keys():
            self._write(gone, [])
        done = len(stamps) - len(changed)
        self._progress = done, len(stamps)
        for start in range(0, len(changed), AT_A_TIME):
            names = changed[start : start + AT_A_TIME]
            found = [self._read_file(name, stamps[name]) for name in names]
            self._write([each.id for each in found], found)
            done += len(names)
            self._progress = done, len(stamps)
            if stop():
                break
            if done < len(stamps):
                tell()
        return self._listed()

    def _read_file(self, name: str, stamp: tuple[int, int]) -> _Found:
        try:
            name.encode()
            values, record = read_session(self._directory / f"{name}.toml", name)
        except UnicodeEncodeError:
            problem = "has a name that is not text in UTF-8; please rename it."
            return _Found(name.encode(errors="replace").decode(), UNSETTLED, None, problem)
        except FileNotFoundError:  # renamed or removed just now, as a program that syncs folders does
            return _Found(name, UNSETTLED, None, "")
        except UnreadableError as error:
            return _Found(name, UNSETTLED, None, f"{error.message}; it is left as it is.")
        is_settled = time.time_ns() - stamp[1] > YOUNG
        return _Found(name, stamp if is_settled else UNSETTLED, record, partly(values))

    def _write(self, names: Collection[str], found: Sequence[_Found]) -> None:
        """Forget what is known of these sessions, and keep what was found instead."""
        records = [each.record for each in found if each.record is not None]
        sets = [
            (record.id, step.exercise, step.name, step.done_reps, step.hold, *step.balance)
            for record in records
            for step in record.steps
        ]
        with self._using, self._opened() as database:
            for table, key in (("files", "id"), ("sessions", "id"), ("sets", "session")):
                database.executemany(f"DELETE FROM {table} WHERE {key} = ?", ([name] for name in names))
            _insert(database, "files", [(each.id, *each.stamp, each.problem) for each in found])
            _insert(database, "sessions", [_session_row(record) for record in records])
            _insert(database, "sets", sets)

    def _opened(self) -> sqlite3.Connection:
        if self._database is None:
            raise sqlite3.ProgrammingError("nothing was read yet")
        return self._database

    def _throw_away(self, error: Exception) -> None:
        """Go on in memory; the next start makes the file again, unless another window was writing it."""
        with self._using:
            if self._database is not None:
                self._database.close()
            is_busy = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
            if self._cache is not None and not is_busy:
                with suppress(OSError):
                    self._cache.unlink()
            self._cache = self._database = None

    def _fetch(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._using:
            return self._opened().execute(sql, values).fetchall()

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return rows, none before anything was read; of a damaged database after it was made again."""
        if self._database is None:
            return []
        try:
            return self._fetch(sql, values)
        except sqlite3.Error as error:
            with self._reading:
                self._throw_away(error)
                self._read(self._reporter(None), never)
            return self._fetch(sql, values)

    def _listed(self) -> SessionList:
        done, files = self._progress
        rows = self._fetch(f"SELECT {FIELDS} FROM shown ORDER BY instant, id")
        entries = convert(rows, tuple[SessionEntry, ...], strict=False)
        future = [each for each in entries if each.started.timestamp() > self._limit]
        problems = self._sentences(self._fetch(PROBLEMS)) + [
            f"{each.id} is left out: its date, {each.started:%Y-%m-%d %H:%M}, is in the future."
            for each in future
        ]
        if future:
            entries = entries[: -len(future)]
        copies = self._copies() if done == files else ()
        return SessionList(entries, tuple(problems), tuple(copies), done, files)

    def _copies(self) -> Iterator[str]:
        """Yield a sentence for every copy that a sync program made."""
        for copy, original, other in self._fetch(
            "SELECT copy.id, copy.original, shown.id FROM sessions AS copy JOIN shown "
            "ON copy.original IN (shown.id, shown.original) WHERE copy.original != '' ORDER BY copy.id"
        ):
            about = f"{copy}.toml is a copy that a sync program made of {original}.toml"
            if other == copy:
                yield f"{about}, which is not there; the copy is shown in its place."
            else:
                as_is = "" if other == original else f", as is {other}.toml"
                yield f"{about}{as_is}: {self._difference(copy, other)}; the session counts once."

    def _difference(self, copy: str, shown: str) -> str:
        try:
            mine, other = (asdict(load_record(self._directory, name)) for name in (copy, shown))
        except StorageError:
            return f"{shown}.toml is shown"
        names = [name for name in mine if name != "id" and mine[name] != other[name]]
        return (
            f"they differ ({', '.join(names)}), and {shown}.toml is shown" if names else "both say the same"
        )


class _Found(NamedTuple):
    """What was found in a file."""

    id: str
    stamp: tuple[int, int]
    record: SessionRecord | None
    problem: str


def _session_row(record: SessionRecord) -> tuple[Any, ...]:
    original = original_of(record.id) or ""
    return (*to_builtins(entry_of(record)), *record.balance, record.started.timestamp(), original)


def _insert(database: sqlite3.Connection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        places = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


def _one_of(term: str, values: Collection[str]) -> str:
    return f"({' OR '.join([term] * len(values))})"


def _connect(path: Path | None) -> sqlite3.Connection:
    """Open the database, empty where there is none of this version; in memory without a path.

    Raises:
        OSError, StorageError, sqlite3.Error: it cannot be there.
    """
    if path is not None:
        make_directory(path.parent)
        path.touch(FILE_MODE)
    database = sqlite3.connect(path or ":memory:", timeout=PATIENCE, check_same_thread=False)
    try:
        ((version,),) = database.execute("PRAGMA user_version")
        if path is not None and version not in (0, VERSION):
            database.close()
            path.unlink(missing_ok=True)
            return _connect(path)
        if version == 0:
            database.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
    except (sqlite3.Error, OSError):
        database.close()
        raise
    database.create_function("folded", 1, str.casefold, deterministic=True)
    return database
