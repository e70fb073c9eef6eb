"""Text that somebody has written and not saved: kept in a file until it is saved or discarded, and offered
again."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial

from hipcoach.core.days import civil_day
from hipcoach.errors import StorageError
from hipcoach.live.services import Services
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.text_file import read_text

KEEP_EVERY = 2.0
"""Seconds between two times that a screen keeps what is being written on it."""
LARGEST_FILE = 20_000_000
"""Bytes."""
ROUTINE, NOTE, SETTING = "routine-", "note-", "setting-"
"""How the names of drafts begin: of a routine that is built, of a session's note, of a setting's value."""


class Draft:
    """One such text, with the name it is kept under."""

    def __init__(self, services: Services, name: str) -> None:
        self._services = services
        self._path = services.paths.drafts / f"{name}.txt"
        self.name = name
        self.text: str | None = None
        """What is kept; None where nothing is."""
        self._is_over = False
        self.day: date | None = None
        """When that was written, if it was read."""

    def read(self) -> Draft:
        """Read what is kept under this name, and return the draft itself. Reads files: use a thread."""
        with suppress(OSError, StorageError):
            written = datetime.fromtimestamp(self._path.stat().st_mtime).astimezone()
            self.text = read_text(self._path, LARGEST_FILE) or None
            self.day = civil_day(written, self._services.settings.day_start)
        return self

    def keep(self, text: str | None) -> None:
        """Keep this from now on; None where nothing is unsaved any more. Written soon, by the writer."""
        if text != self.text and not self._is_over:
            self.text = text
            self._services.writer.write(partial(self._write, text))

    def drop(self) -> None:
        """Let go of it for good: it is saved or discarded."""
        self.keep(None)
        self._is_over = True

    def _write(self, text: str | None) -> None:
        texts = self._services.unsaved.texts
        try:
            if text is None:
                self._path.unlink(missing_ok=True)
            else:
                write_atomically(self._path, text.encode(errors="replace"), replace=True)
            texts.pop(str(self._path), None)
        except (OSError, StorageError) as error:
            if text is not None:
                texts[str(self._path)] = text
            self._services.tell(f"What you write is not kept before you save it. {error}")


def new_draft(services: Services, kind: str) -> Draft:
    """A draft with a name of its own, so that no window writes over another one's."""
    return Draft(services, f"{kind}{services.now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}")


def drafts(services: Services, kind: str) -> Sequence[Draft]:
    """What is kept of a kind, the newest first. Reads files: use a thread."""
    try:
        found = sorted(services.paths.drafts.glob(f"{kind}*.txt"), key=lambda path: -path.stat().st_mtime)
    except OSError:
        return ()
    return [draft for path in found if (draft := Draft(services, path.stem).read()).text is not None]
