"""The user's directories and the bundled files: where they are, and whether they can be used."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from zlib import crc32

from msgspec import Struct
from platformdirs import PlatformDirs

from hipcoach.errors import ResourceError

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


ELSEWHERE = {
    "data": "choose another place with --data-dir or XDG_DATA_HOME",
    "config": "choose another place with XDG_CONFIG_HOME",
    "state": "choose another place with XDG_STATE_HOME",
    "cache": "choose another place with XDG_CACHE_HOME",
}

LONGEST_SHOWN = 120
"""Characters of a path in a sentence, which has three rows of a narrow screen."""


def unusable(paths: AppPaths) -> dict[Path, str]:
    """Try each directory. Returns a sentence for each that cannot be used, with what to do about it.

    Not being able to write to settings or cache is none: nothing depends on that.
    """
    found: dict[Path, str] = {}
    for name, path, writing in (
        ("data", paths.data, True),
        ("data", paths.sessions, True),
        ("config", paths.config, False),
        ("state", paths.state, True),
        ("state", paths.journals, True),
        ("cache", paths.cache, False),
    ):
        if path.parent not in found and (sentence := trouble_with(name, path, writing=writing)):
            found[path] = sentence
    return found


def trouble_with(name: str, path: Path, *, writing: bool = False) -> str:
    """One sentence if the directory of that name (`ELSEWHERE`) cannot be entered and listed, or not written
    to; empty where it can, or can be made. Nothing is made or written."""
    there = path
    try:
        try:
            _enter(path)
        except FileNotFoundError:
            if not writing:
                return ""
            there = next(each for each in (path, *path.parents) if os.path.lexists(each))
            _enter(there)
        if writing and not os.access(there, os.W_OK):
            what = "it" if there == path else there
            raise PermissionError(errno.EACCES, f"{what} cannot be written to")
    except FileNotFoundError:  # of a link that leads nowhere
        return _sentence(name, path, NotADirectoryError())
    except OSError as error:
        return _sentence(name, path, error)
    return ""


def _enter(path: Path) -> None:
    with os.scandir(path) as entries:
        next(entries, None)
    # To list it is one right, to reach what is in it another.
    os.stat(os.path.join(path, os.curdir))  # noqa: PTH116, PTH118  a Path would leave the dot out


def _short(path: Path) -> str:
    """A path whose name may be as long as it likes, such that there is room for what is wrong with it."""
    text, half = str(path), LONGEST_SHOWN // 2
    return text if len(text) <= LONGEST_SHOWN else f"{text[:half]}…{text[-half:]}"


def _sentence(name: str, path: Path, error: OSError) -> str:
    reason = error.strerror or "it is not a directory"
    what = f"The {name} directory {_short(path)} cannot be used ({reason})"
    if isinstance(error, NotADirectoryError):
        there = next((each for each in reversed((path, *path.parents)) if not each.is_dir()), path)
        return f"{what}: move {_short(there)} out of the way, or {ELSEWHERE[name]}."
    if error.errno == errno.ENAMETOOLONG:
        return f"{what}: {ELSEWHERE[name]}."
    if isinstance(error, PermissionError):
        return f"{what}: make it readable and writable for yourself, or {ELSEWHERE[name]}."
    return f"{what}: check the disk that it is on, or {ELSEWHERE[name]}."


_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """Return the directory of the bundled `name` ("data" or "sounds").

    A wheel carries it inside the package; an editable install or a checkout has it beside the package.

    Raises:
        ResourceError: neither place has it.
    """
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise ResourceError(f"The bundled {name} are missing. Please install hipcoach again.")
