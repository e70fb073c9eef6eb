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

from msgspec import Struct

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


class KeptText(Struct, frozen=True):
    """What a draft's file holds."""

    path: Path
    key: str
    """What it is a draft of."""
    text: str
    written: datetime
    day: date


class Draft:
    """A text that is being written, with a file that is nobody else's."""

    def __init__(self, services: Services, key: str) -> None:
        self._services = services
        self.path = services.paths.drafts / f"{key}.{os.urandom(6).hex()}{SUFFIX}"
        self.text: str | None = None
        """What is kept; None where nothing is."""
        self.day: date | None = None
        """When that was written, if it was claimed."""
        self._in_file: str | None = None
        self._is_over = False

    def claim(self, kept: KeptText) -> bool:
        """Make what is kept this draft's own. Returns whether it was still there. Moves a file: use a
        thread."""
        try:
            kept.path.rename(self.path)
        except OSError:  # another window was quicker, or nothing can be moved here
            return False
        kept = _kept_text(self._services, self.path) or kept
        self.text = self._in_file = kept.text
        self.day = kept.day
        return True

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


def drafts(services: Services, kind: str) -> Sequence[KeptText]:
    """What is kept of a kind, the newest first. Reads files: use a thread."""
    services.writer.wait_to_read()
    try:
        paths = list(services.paths.drafts.iterdir())
    except OSError:
        return ()
    found = [_kept_text(services, path) for path in paths if _key(path).startswith(kind)]
    return sorted((each for each in found if each), key=lambda each: each.written, reverse=True)


def continued(services: Services, key: str) -> Draft:
    """A draft that begins with the newest text kept for its key, if there is one. Moves a file: use a
    thread."""
    draft = Draft(services, key)
    for kept in drafts(services, key):
        if kept.key == key and draft.claim(kept):
            break
    return draft


def _key(path: Path) -> str:
    """What a file is a draft of; nothing where it is none."""
    return path.stem.rpartition(".")[0] if path.suffix == SUFFIX else ""


def _kept_text(services: Services, path: Path) -> KeptText | None:
    """What a draft's file holds, if there is something and it can be read."""
    with suppress(OSError, StorageError):
        written = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        if text := read_text(path, LARGEST_FILE):
            return KeptText(
                path, _key(path), text, written, civil_day(written, services.settings.day.starts_at)
            )
    return None
