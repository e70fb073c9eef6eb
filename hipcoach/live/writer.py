"""The one thread that writes what the user chooses and says, and what no disk would take."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from filelock import FileLock, Timeout
from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.history.record import SessionEntry, SessionRecord
from hipcoach.core.text import plain
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import FILE_MODE, make_directory
from hipcoach.storage.journal import Journal
from hipcoach.storage.session_log import (
    Said,
    edit_session,
    record_text,
    rewrite_session,
    said_text,
    save_record,
)

LONGEST_WAIT = 30.0
"""Seconds that leaving waits for a disk to take what is still to be written."""
OTHER_WINDOW = 20.0
"""Seconds that a change waits for another window to finish its own."""

Result = TypeVar("Result")


class Writer:
    """Does the jobs that change a user's files, one after the other and in one window at a time.

    Whatever two windows may write goes through here, and each job reads its file again before it changes
    it: so no window undoes what another one wrote.
    """

    def __init__(self, lock: Path) -> None:
        """`lock`: the file that all windows of a user lock while they write."""
        self.on_done: Callable[[Future[Any]], None] = _nothing
        """Called after each job, from the thread that did it."""
        self._lock = lock
        self._thread: ThreadPoolExecutor | None = None
        self._turn = Lock()
        self._last: Future[Any] | None = None
        self._waiting: dict[str, Future[Any]] = {}
        self._left: Future[None] = Future()

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for is done."""
        return self._last is None or self._last.done()

    def write(self, job: Callable[[], Result], once: str = "") -> Future[Result]:
        """Have a job done; returns at once.

        A job named by `once` that still waits for its turn is not queued a second time: it does all there is
        to do when its turn comes. So keys pressed fast do not make a slow disk slower.
        """

        with self._turn:
            waiting = self._waiting.get(once)
            if waiting is not None:
                return waiting
            if self._thread is None:
                self._thread = ThreadPoolExecutor(1, "writer")
            future = self._thread.submit(self._do, job, once)
            if once:
                self._waiting[once] = future
            self._last = future
        future.add_done_callback(self.on_done)
        return future

    async def done(self, job: Callable[[], Result]) -> Result:
        """Have a job done and wait for it; it is done even if nobody waits for it any more."""
        return await result_of(self.write(job))

    def wait(self, seconds: float = LONGEST_WAIT) -> bool:
        """Wait until all that was asked for by now is done. Returns whether it is. Not for the event loop."""
        last = self._last
        return last is None or last in wait([last], seconds).done

    def wait_to_read(self) -> None:
        """Wait until files hold all that was asked for by now, or until nobody reads any more. Not for the
        event loop."""
        if self._last is not None:
            wait([self._last, self._left], LONGEST_WAIT, FIRST_COMPLETED)

    def read_no_more(self) -> None:
        """Let go of whoever waits to read: the app is being left, and waits for its threads."""
        if not self._left.done():
            self._left.set_result(None)

    def _do(self, job: Callable[[], Result], once: str) -> Result:
        with self._turn:
            self._waiting.pop(once, None)
        with _in_no_other_window(self._lock):
            return job()


async def result_of(future: Future[Result]) -> Result:
    """Wait for a job that was asked for, without the event loop waiting too."""
    return await asyncio.shield(asyncio.wrap_future(future))


@contextmanager
def _in_no_other_window(path: Path) -> Iterator[None]:
    """Hold the lock that keeps other windows from writing meanwhile.

    Where there can be no lock, or another window was stopped while it held it, the job is done without: a
    change that is lost for certain is worse than one that another window might undo.
    """
    lock = FileLock(path, timeout=OTHER_WINDOW, mode=FILE_MODE)
    try:
        make_directory(path.parent)
        lock.acquire(poll_interval=0.01)
    except (Timeout, OSError, NotImplementedError, StorageError):
        yield
        return
    try:
        yield
    finally:
        lock.release()


def _nothing(_future: Future[Any]) -> None:
    """Do nothing."""


UNSEEN = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What a terminal might obey instead of showing it; TOML lets it be written as an escape."""


class _Kept(Struct):
    record: SessionRecord
    journal: Journal
    problem: str

    def edit(self, said: Said) -> Said:
        self.record = replace(self.record, **said)
        if "note" in said:
            self.journal.note(self.record.note)
        if said.keys() - {"note"}:
            self.journal.rate(self.record.discomfort_before, self.record.discomfort_after)
        return said


class _Edit(Struct):
    session: SessionRecord | SessionEntry
    before: Said
    after: Said
    problem: str


class Unsaved:
    """What waits for a disk that takes it: records, with the journals that hold them meanwhile, and edits."""

    def __init__(self) -> None:
        self._kept: list[_Kept] = []
        self._edits: dict[str, _Edit] = {}
        self._written: dict[str, Said] = {}
        """What this window itself wrote last of a session, which a screen may not show yet."""
        self._turn = threading.Lock()
        self.texts: dict[str, str] = {}
        """What is being written and no disk keeps, by the file it should be in."""

    def __bool__(self) -> bool:
        return bool(self._kept or self._edits or self.texts)

    def keep(self, record: SessionRecord, journal: Journal, problem: str) -> None:
        """Keep a record that could not be saved, because of what the sentence says."""
        self._kept.append(_Kept(record, journal, problem))

    def edit(self, directory: Path, session: SessionRecord | SessionEntry, said: Said) -> tuple[Said, str]:
        """Change what a session that the user has seen says, in its file or with its record that waits. An
        edit that cannot be saved is kept.

        Returns what the session says now, and a sentence where there is something to tell. Writes files.
        """

        before: Said = {name: getattr(session, name) for name in said}
        with self._turn:
            for kept in self._kept:
                if kept.record.id == session.id:
                    return kept.edit(said), ""
            earlier = self._edits.pop(session.id, None)
            if earlier is not None:
                before, said = {**before, **earlier.before}, {**earlier.after, **said}
            try:
                now, remark = self._write(directory, session.id, before, said)
            except StorageError as error:
                self._edits[session.id] = _Edit(session, before, said, error.message)
                what = f"{about(session)}, {said_text(said)}"
                again = "It is tried again, and handed to you as text when you leave."
                return said, f"Not saved: {what}. {error.message} {again}"
        return now, f"{about(session)}: {remark}" if remark else ""

    def _write(self, directory: Path, session: str, before: Said, after: Said) -> tuple[Said, str]:
        now, remark = edit_session(directory, session, (before, self._written.get(session, {})), after)
        self._written[session] = {**self._written.get(session, {}), **now}
        return now, remark

    def said(self, session: str) -> Said:
        """What is said of a session and not yet in its file."""
        edit = self._edits.get(session)
        return edit.after if edit else {}

    def retry(self, directory: Path) -> list[str]:
        """Try to save what waits. Returns the titles of what is saved now. Writes files: use a thread."""
        if not self:
            return []

        saved = []
        with self._turn:
            for kept in list(self._kept):
                try:
                    path = save_record(directory, kept.record)
                    if written := _afterwards(kept.record):
                        # The file may be there already, from before these were said.
                        rewrite_session(directory, path.stem, written)
                except StorageError as error:
                    kept.problem = error.message
                    continue
                # What cannot be removed is known by its log file at the next start.
                with suppress(StorageError):
                    kept.journal.close(remove=True)
                self._kept.remove(kept)
                saved.append(plain(kept.record.title))
            for name, edit in list(self._edits.items()):
                try:
                    _, remark = self._write(directory, name, edit.before, edit.after)
                except StorageError as error:
                    edit.problem = error.message
                    continue
                del self._edits[name]
                saved.append(f"{about(edit.session)}, {remark or said_text(edit.after)}")
        return saved

    def last_words(self, directory: Path) -> str:
        """Try once more and let go. What still waits is returned as text, for its owner to keep."""
        self.retry(directory)
        if not self:
            return ""

        parts = [
            f"{about(edit.session)}, could not be changed: {plain(edit.problem)}\n{said_text(edit.after)}\n"
            for edit in self._edits.values()
        ]
        self._edits.clear()
        parts += [
            f"Not saved, and not kept in {plain(path)}:\n{_seen(text)}\n" for path, text in self.texts.items()
        ]
        self.texts.clear()
        for kept in self._kept:
            kept.journal.close(remove=False)
            record = kept.record
            path = directory / f"{record.id}.toml"
            how = f"To keep it, put the lines below into a file named {plain(str(path))}."
            if not kept.journal.problem:
                how = (
                    "Its journal holds it, and the next start tries again. To keep it yourself meanwhile, "
                    f"put the lines below into a file named {plain(str(path))}."
                )
            body = _seen(record_text(record))
            parts.append(f"{about(record)}, could not be saved: {plain(kept.problem)}\n{how}\n\n{body}")
        self._kept.clear()
        return "\n".join(parts)


def _seen(text: str) -> str:
    return UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def about(session: SessionRecord | SessionEntry) -> str:
    """Which session it is, in words."""
    return f"{plain(session.title)} of {session.started:%d %B, %H:%M}"


def _afterwards(record: SessionRecord) -> dict[str, object]:
    """What a user says of a session once it is over."""
    said: dict[str, object] = {"note": record.note} if record.note else {}
    if record.discomfort_after is not None:
        said |= {
            "discomfort_before": record.discomfort_before,
            "discomfort_after": record.discomfort_after,
        }
    return said
