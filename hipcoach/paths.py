"""The user's directories. Nothing is made by asking for them; whoever writes makes what it needs."""

from __future__ import annotations

import os
from pathlib import Path
from zlib import crc32

from msgspec import Struct
from platformdirs import PlatformDirs

APP_NAME = "hipcoach"


class AppPaths(Struct, frozen=True):
    """Where things of one user live."""

    data: Path
    """Session logs, self-tests, marked days: what is worth keeping and may be synced between machines."""
    config: Path
    """Settings, and the user's own routines and exercises."""
    state: Path
    """This machine's own: the journal of a running session, remembered choices, the error log."""
    cache: Path

    @property
    def sessions(self) -> Path:
        """One TOML file per session."""
        return self.data / "sessions"

    @property
    def self_tests(self) -> Path:
        """One TOML file per time the self-tests were done."""
        return self.data / "self-tests"

    @property
    def days(self) -> Path:
        """One TOML file per day that is marked as rest, sick or travel."""
        return self.data / "days"

    @property
    def removed(self) -> Path:
        """What the user deleted, as it was."""
        return self.data / "removed"

    @property
    def removed_sessions(self) -> Path:
        """Sessions that the user deleted."""
        return self.removed / "sessions"

    @property
    def removed_self_tests(self) -> Path:
        """Self-tests that the user deleted."""
        return self.removed / "self-tests"

    @property
    def removed_routines(self) -> Path:
        """Routine files that the user deleted; beside those that are there, to be moved and not copied."""
        return self.config / "removed" / "routines"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.toml"

    @property
    def journals(self) -> Path:
        """Journals of sessions that are running or were cut off."""
        return self.state / "journal"

    @property
    def drafts(self) -> Path:
        """Text that was written and not saved, such as a note or a routine being built."""
        return self.state / "drafts"

    @property
    def memory(self) -> Path:
        """What the app remembers between runs without being told to: choices, acknowledgements."""
        return self.state / "memory.toml"

    @property
    def writing(self) -> Path:
        """The lock a window holds while it changes a file. Not with the data, which may be synced."""
        return self.state / "writing.lock"

    @property
    def speech(self) -> Path:
        """What has been said aloud once, as WAV files; made again where it is missing."""
        return self.cache / "speech"

    @property
    def session_index(self) -> Path:
        """What the session files in `sessions` say, in short; made again where it is missing."""
        return self.cache / f"sessions-{crc32(os.fsencode(self.sessions)):08x}.sqlite3"

    @property
    def error_log(self) -> Path:
        """Tracebacks of what should not have happened; nothing of a user's health."""
        return self.state / "log" / "hipcoach.log"


def user_paths(data_dir: Path | None = None) -> AppPaths:
    """The directories of this user, after the XDG variables or the system's custom; data may be elsewhere."""
    dirs = PlatformDirs(APP_NAME, appauthor=False)
    return AppPaths(
        data=data_dir if data_dir is not None else dirs.user_data_path,
        config=dirs.user_config_path,
        state=dirs.user_state_path,
        cache=dirs.user_cache_path,
    )
