"""The one thread that writes what the user chooses and says, and what no disk would take."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.history.record import SessionEntry, SessionRecord
from hipcoach.core.text import plain
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import FILE_MODE, make_directory
from hipcoach.storage.session_log import (
    Said,
    edit_session,
    record_text,
    rewrite_session,
    said_text,
    save_record,
)

if TYPE_CHECKING:
    from hipcoach.storage.journal import Journal

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
        self.on_done: Callable[[Future[Any]], object] | None = None
        """Called after each job, from the thread that did it."""
        self._lock = lock
        self._thread = ThreadPoolExecutor(1, "writer")
        self._turn = Lock()
        self._last: Future[Any] | None = None
        self._left: Future[None] = Future()

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for is done."""
        return self._last is None or self._last.done()

    def write(self, job: Callable[[], Result]) -> Future[Result]:
        """Have a job done; returns at once."""
        with self._turn:
            self._last = future = self._thread.submit(self._do, job)
        if self.on_done is not None:
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

    def _do(self, job: Callable[[], Result]) -> Result:
        """Do a job in no other window's time.

        Where there can be no lock, or another window was stopped while it held it, the job is done without: a
        change that is lost for certain is worse than one that another window might undo.
        """
        from filelock import FileLock, Timeout  # slow to load, and needed only once something is written

        lock = FileLock(self._lock, timeout=OTHER_WINDOW, mode=FILE_MODE)
        with suppress(Timeout, OSError, NotImplementedError, StorageError):
            make_directory(self._lock.parent)
            lock.acquire(poll_interval=0.01)
        try:
            return job()
        finally:
            lock.release()


async def result_of(future: Future[Result]) -> Result:
    """Wait for a job that was asked for, without the event loop waiting too."""
    return await asyncio.shield(asyncio.wrap_future(future))


UNSEEN = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What a terminal might obey instead of showing it; TOML lets it be written as an escape."""


class _Waiting(Struct):
    """What was said of a session and could not be saved."""

    session: SessionRecord | SessionEntry
    before: Said
    """What was shown of it when it was edited."""
    after: Said
    """What the user says of it since then."""
    problem: str

    @property
    def name(self) -> str:
        return f"{plain(self.session.title)} of {self.session.started:%d %B, %H:%M}"


class _WaitingSession(_Waiting):
    """A session that could not be saved itself. Its journal holds it meanwhile."""

    session: SessionRecord
    journal: Journal


class Unsaved:
    """What waits for a disk that takes it: sessions, with the journals that hold them meanwhile, edits and
    drafts. All but `keep` is for the writer's thread."""

    def __init__(self) -> None:
        self._waiting: dict[str, _Waiting] = {}
        self._written: dict[str, Said] = {}
        """What this window itself wrote last of a session, which a screen may not show yet."""
        self.texts: dict[str, str] = {}
        """What is being written and no disk keeps, by the file it should be in."""

    def __bool__(self) -> bool:
        return bool(self._waiting or self.texts)

    def keep(self, record: SessionRecord, journal: Journal, problem: str) -> None:
        """Keep a record that could not be saved, because of what the sentence says."""
        self._waiting[record.id] = _WaitingSession(record, {}, {}, problem, journal)

    def edit(self, directory: Path, session: SessionRecord | SessionEntry, said: Said) -> tuple[Said, str]:
        """Change what a session that the user has seen says, in its file or with its record that waits. An
        edit that cannot be saved is kept.

        Returns what the session says now, and a sentence where there is something to tell. Writes files.
        """
        waiting = self._waiting.get(session.id) or _Waiting(session, {}, {}, "")
        waiting.before = {name: getattr(session, name) for name in said} | dict(waiting.before)
        waiting.after = {**waiting.after, **said}
        if isinstance(waiting, _WaitingSession):
            waiting.session = record = replace(waiting.session, **said)
            waiting.journal.say(record)
            return said, ""
        try:
            now, remark = self._save(directory, waiting)
        except StorageError as error:
            waiting.problem = error.message
            self._waiting[session.id] = waiting
            what = f"{waiting.name}, {said_text(waiting.after)}"
            again = "It is tried again, and handed to you as text when you leave."
            return waiting.after, f"Not saved: {what}. {error.message} {again}"
        return now, f"{waiting.name}: {remark}" if remark else ""

    def said(self, session: str) -> Said:
        """What is said of a session and not yet in its file."""
        waiting = self._waiting.get(session)
        return waiting.after if waiting else {}

    def retry(self, directory: Path) -> list[str]:
        """Try to save what waits. Returns the titles of what is saved now."""
        saved = []
        for waiting in list(self._waiting.values()):
            try:
                _, remark = self._save(directory, waiting)
            except StorageError as error:
                waiting.problem = error.message
            else:
                edit = f"{waiting.name}, {remark or said_text(waiting.after)}"
                is_session = isinstance(waiting, _WaitingSession)
                saved.append(plain(waiting.session.title) if is_session else edit)
        return saved

    def last_words(self, directory: Path) -> str:
        """Try once more and let go. What still waits is returned as text, for its owner to keep."""
        self.retry(directory)
        parts = [_last_words(directory, waiting) for waiting in self._waiting.values()]
        parts += [
            f"Not saved, and not kept in {plain(path)}:\n{_seen(text)}\n" for path, text in self.texts.items()
        ]
        self._waiting.clear()
        self.texts.clear()
        return "\n".join(parts)

    def _save(self, directory: Path, waiting: _Waiting) -> tuple[Said, str]:
        """Save what waits and let go of it. Returns what the session says now, and a remark on that."""
        name = waiting.session.id
        if isinstance(waiting, _WaitingSession):
            now, remark = waiting.after, ""
            path = save_record(directory, waiting.session)
            if now:
                # The file may be there already, from before these were said.
                rewrite_session(directory, path.stem, now)
            # What cannot be removed is known by its log file at the next start.
            with suppress(StorageError):
                waiting.journal.close(remove=True)
        else:
            seen = (waiting.before, self._written.get(name, {}))
            now, remark = edit_session(directory, name, seen, waiting.after)
            self._written[name] = {**self._written.get(name, {}), **now}
        self._waiting.pop(name, None)
        return now, remark


def _last_words(directory: Path, waiting: _Waiting) -> str:
    """Return what could not be saved, as text, with what to do about it."""
    problem = plain(waiting.problem)
    if not isinstance(waiting, _WaitingSession):
        return f"{waiting.name}, could not be changed: {problem}\n{said_text(waiting.after)}\n"
    waiting.journal.close(remove=False)
    path = directory / f"{waiting.session.id}.toml"
    how = f"To keep it, put the lines below into a file named {plain(str(path))}."
    if not waiting.journal.problem:
        how = (
            "Its journal holds it, and the next start tries again. To keep it yourself meanwhile, "
            f"put the lines below into a file named {plain(str(path))}."
        )
    body = _seen(record_text(waiting.session))
    return f"{waiting.name}, could not be saved: {problem}\n{how}\n\n{body}"


def _seen(text: str) -> str:
    return UNSEEN.sub(lambda character: f"\\u{ord(character[0]):04x}", text)
