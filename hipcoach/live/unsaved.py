"""Sessions that were done and could not be saved: kept, tried again, and in the end handed to their owner."""

from __future__ import annotations

import re
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.plain_text import plain
from hipcoach.errors import StorageError

if TYPE_CHECKING:
    from hipcoach.core.record import SessionRecord
    from hipcoach.storage.journal import Journal

UNSEEN = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What a terminal might obey instead of showing it; TOML lets it be written as an escape."""


class _Kept(Struct):
    record: SessionRecord
    journal: Journal
    problem: str


class Unsaved:
    """The records that wait for a disk that takes them, with the journals that hold them meanwhile."""

    def __init__(self) -> None:
        self._kept: list[_Kept] = []
        self._turn = threading.Lock()

    def __bool__(self) -> bool:
        return bool(self._kept)

    def keep(self, record: SessionRecord, journal: Journal, problem: str) -> None:
        """Keep a record that could not be saved, because of what the sentence says."""
        self._kept.append(_Kept(record, journal, problem))

    def note(self, record_id: str, text: str) -> bool:
        """Keep the user's note with a record that waits. Returns whether it does: it may be saved by now."""
        with self._turn:
            waiting = [kept for kept in self._kept if kept.record.id == record_id]
            for kept in waiting:
                kept.record = replace(kept.record, note=text)
                kept.journal.note(text)
        return bool(waiting)

    def rate(self, record_id: str, before: int | None, after: int | None) -> bool:
        """Keep how a session felt with a record that waits. Returns whether it does, as `note` does."""
        with self._turn:
            waiting = [kept for kept in self._kept if kept.record.id == record_id]
            for kept in waiting:
                kept.record = replace(kept.record, discomfort_before=before, discomfort_after=after)
                kept.journal.rate(before, after)
        return bool(waiting)

    def retry(self, directory: Path) -> list[str]:
        """Try to save what waits. Returns the titles of what is saved now. Writes files: use a thread."""
        if not self._kept:
            return []
        from hipcoach.storage.session_log import rewrite_session, save_record

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
        return saved

    def last_words(self, directory: Path) -> str:
        """Try once more and let go. What still waits is returned as text, for its owner to keep."""
        self.retry(directory)
        if not self._kept:
            return ""
        from hipcoach.storage.session_log import record_text

        parts = []
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
            about = f"{plain(record.title)} of {record.started:%d %B, %H:%M}"
            body = UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", record_text(record))
            parts.append(f"{about}, could not be saved: {plain(kept.problem)}\n{how}\n\n{body}")
        self._kept.clear()
        return "\n".join(parts)


def _afterwards(record: SessionRecord) -> dict[str, object]:
    """What a user says of a session once it is over."""
    from hipcoach.storage.session_edits import rating_keys

    said: dict[str, object] = {"note": record.note} if record.note else {}
    if record.discomfort_after is not None:
        said |= rating_keys(record.discomfort_before, record.discomfort_after)
    return said
