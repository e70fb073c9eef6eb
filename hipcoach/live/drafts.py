"""Text that somebody has written and not saved: kept in a file until it is saved or discarded, and offered
again.

A window writes and removes only files of its own: each is named by what it is a draft of and by a token that
nothing else has. To continue a draft that is there is to claim it: its file gets a name of one's own, which
only one window can give it. Where another window still writes on it, that one writes its file again.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from hipcoach.core.history.streaks import civil_day
from hipcoach.errors import StorageError
from hipcoach.live.services import Services
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.text_file import read_text

KEEP_EVERY = 2.0
"""Seconds between two times that a screen keeps what is being written on it."""
LARGEST_FILE = 20_000_000
"""Bytes."""
ROUTINE, NOTE, SETTING = "routine-", "note-", "setting-"
"""How the keys of drafts begin: of a routine that is built, of a session's note, of a setting's value."""
NEW_ROUTINE, ROUTINE_OF = f"{ROUTINE}new", f"{ROUTINE}of-"
"""The key of every routine that is not saved yet; how that of one that is changed begins."""
SUFFIX = ".txt"


class Draft:
    """A text that is being written, with a file that is nobody else's."""

    def __init__(self, services: Services, key: str, path: Path | None = None) -> None:
        """`path`: the file of a draft that is there; a new one has a name of its own."""
        self._services = services
        self.key = key
        """What it is a draft of."""
        self.path = path or services.paths.drafts / f"{key}.{os.urandom(6).hex()}{SUFFIX}"
        self.text: str | None = None
        """What is kept; None where nothing is."""
        self.written = services.now()
        self._in_file: str | None = None
        self._is_over = False

    @property
    def day(self) -> date:
        """The day on which it was written."""
        return civil_day(self.written, self._services.settings.day.starts_at)

    def read(self) -> bool:
        """Take in what its file holds. Returns whether there is something."""
        with suppress(OSError, StorageError):
            self.written = datetime.fromtimestamp(self.path.stat().st_mtime).astimezone()
            self.text = self._in_file = read_text(self.path, LARGEST_FILE) or None
        return self.text is not None

    def claim(self, found: Draft) -> bool:
        """Make a draft that is there this one's own. Returns whether it was still there. Moves a file: use a
        thread."""
        try:
            found.path.rename(self.path)
        except OSError:  # another window was quicker, or nothing can be moved here
            return False
        return self.read()

    def keep(self, text: str | None) -> None:
        """Keep this from now on; None where nothing is unsaved any more. Written soon, by the writer, also
        where it is as it was: another window may have claimed the file."""
        if not self._is_over and (text is not None or self.text is not None):
            self.text = text
            self._services.writer.write(self._write)

    def drop(self) -> None:
        """Let go of it for good: it is saved or discarded."""
        self.keep(None)
        self._is_over = True

    def _write(self) -> None:
        text, texts = self.text, self._services.unsaved.texts
        texts.pop(str(self.path), None)
        try:
            if text is None:
                self.path.unlink(missing_ok=True)
            elif text != self._in_file or not self.path.exists():
                write_atomically(self.path, text.encode(errors="replace"), replace=True)
            self._in_file = text
        except (OSError, StorageError) as error:
            if text is not None:
                texts[str(self.path)] = text
            self._services.tell(f"What you write is not kept before you save it. {error}")


def drafts(services: Services, kind: str) -> Sequence[Draft]:
    """Return the drafts of a kind that are there, the newest first. Reads files: use a thread."""
    services.writer.wait_to_read()
    found = []
    with suppress(OSError):
        for path in services.paths.drafts.iterdir():
            draft = Draft(services, path.stem.rpartition(".")[0], path)
            if path.suffix == SUFFIX and draft.key.startswith(kind) and draft.read():
                found.append(draft)
    return sorted(found, key=lambda each: each.written, reverse=True)


def continued(services: Services, key: str) -> Draft:
    """Return a draft that begins with the newest text kept for its key, if there is one. Moves a file: use a
    thread."""
    draft = Draft(services, key)
    for kept in drafts(services, key):
        if kept.key == key and draft.claim(kept):
            break
    return draft
