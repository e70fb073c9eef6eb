"""What could not be saved, sessions and what is said of them: kept, tried again, at last handed over."""

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
    from hipcoach.core.session_entry import SessionEntry
    from hipcoach.storage.journal import Journal
    from hipcoach.storage.session_edits import Said

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
        from hipcoach.storage.session_edits import edit_session, said_text

        before: Said = {name: getattr(session, name) for name in said}
        with self._turn:
            for kept in self._kept:
                if kept.record.id == session.id:
                    return kept.edit(said), ""
            earlier = self._edits.pop(session.id, None)
            if earlier is not None:
                before, said = {**before, **earlier.before}, {**earlier.after, **said}
            try:
                now, remark = edit_session(directory, session.id, before, said)
            except StorageError as error:
                self._edits[session.id] = _Edit(session, before, said, error.message)
                what = f"{about(session)}, {said_text(said)}"
                again = "It is tried again, and handed to you as text when you leave."
                return said, f"Not saved: {what}. {error.message} {again}"
        return now, f"{about(session)}: {remark}" if remark else ""

    def said(self, session: str) -> Said:
        """What is said of a session and not yet in its file."""
        edit = self._edits.get(session)
        return edit.after if edit else {}

    def retry(self, directory: Path) -> list[str]:
        """Try to save what waits. Returns the titles of what is saved now. Writes files: use a thread."""
        if not self:
            return []
        from hipcoach.storage.session_edits import edit_session, said_text
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
            for name, edit in list(self._edits.items()):
                try:
                    _, remark = edit_session(directory, name, edit.before, edit.after)
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
        from hipcoach.storage.session_edits import said_text
        from hipcoach.storage.session_log import record_text

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
