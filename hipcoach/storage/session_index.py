"""The log in short: an entry for every session file, kept so that only files that changed are read again.

What a file said is kept by its name and stamp. A stamp is the file's size, the times of its last changes (the
inode's too, which nobody can set) and its number; a file so young that it could change again without a new
stamp is not believed unread. So the files alone say what holds, and opening costs what has changed.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.history.record import SessionEntry
from hipcoach.storage import session_index_cache as cache
from hipcoach.storage.removed import without_copies
from hipcoach.storage.session_index_rows import Known, stamp_of

if TYPE_CHECKING:
    # Loaded only where a file is read, which is seldom.
    from hipcoach.storage.session_index_reading import Reading
    from hipcoach.storage.session_index_worker import Worker

MANY = 300
"""New files that are worth a process of their own to read them."""
MANY_OBJECTS = 10_000
"""New objects that are worth keeping out of the search for garbage."""
AT_ONCE = 60
"""Files that are read here while it starts: a screen of rows."""
FIRST_REPORT = 0.1
"""Seconds of reading after which what is there already is reported for the first time."""
REPORTS = 1.0
"""Seconds between two reports after that."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class SessionList(Struct, frozen=True):
    """The log in short: entries, oldest first, and a sentence for every file that is not read whole."""

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
    """Knows the session files of a directory. May be asked from several threads; one reads, others wait."""

    def __init__(
        self,
        directory: Path,
        cache: Path | None = None,
        *,
        apart: bool = False,
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        """Nothing is read yet.

        Args:
            directory: where the session files are.
            cache: the file to keep what is known in between runs; None for keeping it nowhere.
            apart: whether many files are read in another process, so that other threads here can draw.
            now_ns: the clock that files are stamped by, in nanoseconds.
        """
        self._directory = directory
        self._cache = cache
        self._apart = apart
        self._now_ns = now_ns
        self._lock = Lock()
        self._known: dict[str, Known] | None = None
        self._listed_last: SessionList | None = None
        """What was listed last, where it holds until a file changes."""
        self._reports: list[Report] = []

    def read(self, report: Report | None = None, stop: Callable[[], bool] = never) -> SessionList:
        """Look at the files, and read those that are new or changed, newest first.

        Args:
            report: is given what there is so far, in this thread or in the one that is reading already.
            stop: asked between two files; once it is true the reading ends with what there is.
        """
        if report is not None:
            self._reports.append(report)
        try:
            while not self._lock.acquire(timeout=0.05):
                if stop():
                    return SessionList(files=1)
            try:
                with _collecting_later(self._apart):
                    return self._read(stop)
            finally:
                self._lock.release()
        finally:
            if report is not None:
                self._reports.remove(report)

    def _read(self, stop: Callable[[], bool]) -> SessionList:
        try:
            stamps = self._stamps()
        except FileNotFoundError:
            return SessionList()
        except OSError as error:
            return SessionList(problems=(f"{self._directory} cannot be read: {error.strerror or error}.",))
        if self._known is None:
            self._known = cache.load(self._cache) if self._cache is not None else {}
        known = self._known
        found = {name: known[name] for name, stamp in stamps.items() if _holds(known.get(name), stamp)}
        missing = [name for name in reversed(stamps) if name not in found]
        gone = known.keys() - stamps.keys()
        if not missing and not gone and self._listed_last is not None:
            return self._listed_last
        kept: dict[str, Known] = {}
        done = self._read_missing(missing, stamps, found, kept, stop)
        if done < len(missing):
            listed = self._listed(found, len(stamps) - len(missing) + done, len(stamps))
        else:
            listed = self._without_copies(found, kept)
        for name in gone:
            del known[name]
        known.update(kept)
        is_all_known = known.keys() == found.keys() and listed.is_whole
        self._listed_last = listed if is_all_known else None
        if self._cache is not None and (kept or gone):
            cache.save(self._cache, kept, gone)
        return listed

    def _read_missing(
        self,
        missing: list[str],
        stamps: dict[str, str],
        found: dict[str, Known],
        kept: dict[str, Known],
        stop: Callable[[], bool],
    ) -> int:
        """Read files into `found`, and what will hold into `kept`; gives how many were read."""
        if not missing:
            return 0
        due = time.monotonic() + FIRST_REPORT
        done = 0
        with closing(self._readings(missing)) as readings:
            for reading in readings:
                done += 1
                known = reading.known
                if known is not None:
                    found[reading.name] = known
                    if reading.is_settled and known.stamp == stamps[reading.name]:
                        kept[reading.name] = known
                if stop():
                    break
                if self._reports and time.monotonic() > due and done < len(missing):
                    self._tell(self._listed(found, len(stamps) - len(missing) + done, len(stamps)))
                    due = time.monotonic() + REPORTS
        return done

    def _readings(self, names: list[str]) -> Generator[Reading, None, None]:
        """Read files; where they are many, all but the first in a process of their own."""
        from hipcoach.storage.session_index_reading import read_files

        worker = self._worker() if len(names) > MANY else None
        if worker is not None:
            try:
                # While the process starts.
                yield from read_files(self._directory, names[:AT_ONCE], self._now_ns)
                names = names[AT_ONCE:]
                done = 0
                for reading in worker.read(names):
                    done += 1
                    yield reading
                names = names[done:]
            finally:
                worker.close()
        yield from read_files(self._directory, names, self._now_ns)

    def _worker(self) -> Worker | None:
        if not self._apart:
            return None
        from hipcoach.storage.session_index_worker import Worker

        try:
            return Worker(self._directory)
        except OSError:
            return None

    def _stamps(self) -> dict[str, str]:
        """The session files by name, and their stamps; an empty one where a file cannot be looked at."""
        stamps = {}
        with os.scandir(self._directory) as files:
            for file in files:
                name = file.name
                if not name.endswith(".toml") or name.startswith("."):
                    continue
                try:
                    stamps[name] = stamp_of(file.stat())
                except OSError:
                    stamps[name] = ""
        return dict(sorted(stamps.items()))

    def _listed(self, found: dict[str, Known], done: int, files: int) -> SessionList:
        # By name, and so nearly in order; what is sorted in one go lets no other thread have a turn.
        names = sorted(found)
        entries = [entry for name in names if (entry := found[name].entry) is not None]
        entries.sort(key=_order)
        problems = [
            f"{self._directory / name} {found[name].problem}" for name in names if found[name].problem
        ]
        return SessionList(tuple(entries), tuple(problems), (), done, files)

    def _without_copies(self, found: dict[str, Known], kept: dict[str, Known]) -> SessionList:
        def digest(entry: SessionEntry) -> str:
            from hipcoach.storage.session_index_digest import digest_in

            name = f"{entry.id}.toml"
            if not found[name].digest:
                path = self._directory / name
                was_known = name not in kept and self._known is not None and name in self._known
                found[name] = replace(found[name], digest=digest_in(path))
                if name in kept or was_known:
                    kept[name] = found[name]
            return found[name].digest

        listed = self._listed(found, len(found), len(found))
        entries, copies = without_copies(listed.entries, lambda copy, shown: digest(copy) == digest(shown))
        if copies:
            entries.sort(key=_order)
        return replace(listed, entries=tuple(entries), copies=tuple(copies))

    def _tell(self, listed: SessionList) -> None:
        for report in tuple(self._reports):
            report(listed)


@contextmanager
def _collecting_later(wanted: bool) -> Iterator[None]:
    """Make many objects that stay without Python looking through all others for garbage again and again.

    One such look takes 50 to 100 ms in an app, and no thread goes on meanwhile. Where there were many, they
    and what is there beside them are never looked through again.
    """
    if not wanted or not gc.isenabled():
        yield
        return
    gc.disable()
    before = gc.get_count()[0]
    try:
        yield
    finally:
        if gc.get_count()[0] - before > MANY_OBJECTS:
            gc.freeze()
        gc.enable()


def _order(entry: SessionEntry) -> tuple[timedelta, str]:
    # Times with offsets compare slowly; lengths of time do not.
    return entry.started - EPOCH, entry.id


def _holds(known: Known | None, stamp: str) -> bool:
    return known is not None and bool(stamp) and known.stamp == stamp
