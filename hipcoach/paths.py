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


class _Below:
    """A place below one of the user's directories."""

    def __init__(self, directory: str, *names: str) -> None:
        self._directory, self._names = directory, names

    def __get__(self, paths: AppPaths, _: object) -> Path:
        base: Path = getattr(paths, self._directory)
        return base.joinpath(*self._names)


class AppPaths(Struct, frozen=True):
    """Where things of one user live."""

    data: Path
    """Session logs, self-tests, marked days: what is worth keeping and may be synced between machines."""
    config: Path
    """Settings, and the user's own routines and exercises."""
    state: Path
    """This machine's own: the journal of a running session, remembered choices, the error log."""
    cache: Path

    sessions = _Below("data", "sessions")
    """One TOML file per session."""
    self_tests = _Below("data", "self-tests")
    """One TOML file per time the self-tests were done."""
    days = _Below("data", "days")
    """One TOML file per day that is marked as rest, sick or travel."""
    removed = _Below("data", "removed")
    """What the user deleted, as it was."""
    removed_sessions = _Below("data", "removed", "sessions")
    removed_routines = _Below("config", "removed", "routines")
    """Beside those that are there, to be moved and not copied."""
    settings = _Below("config", "settings.toml")
    journals = _Below("state", "journal")
    """Journals of sessions that are running or were cut off."""
    drafts = _Below("state", "drafts")
    """Text that was written and not saved, such as a note or a routine being built."""
    memory = _Below("state", "memory.toml")
    """What the app remembers between runs without being told to: choices, acknowledgements."""
    writing = _Below("state", "writing.lock")
    """The lock a window holds while it changes a file. Not with the data, which may be synced."""
    error_log = _Below("state", "log", "hipcoach.log")
    """Tracebacks of what should not have happened; nothing of a user's health."""
    speech = _Below("cache", "speech")
    """What has been said aloud once, as WAV files; made again where it is missing."""

    @property
    def session_index(self) -> Path:
        """What the session files in `sessions` say, in short; made again where it is missing."""
        return self.cache / f"sessions-{crc32(os.fsencode(self.sessions)):08x}.sqlite3"


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
    name: f"choose another place with XDG_{name.upper()}_HOME" for name in ("config", "state", "cache")
}
ELSEWHERE["data"] = "choose another place with --data-dir or XDG_DATA_HOME"


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
    """Return one sentence if the directory of that name (a key of `ELSEWHERE`) cannot be entered and listed,
    or not written to; empty where it can, or can be made. Nothing is made or written."""
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
    except OSError as error:
        if isinstance(
            error, NotADirectoryError | FileNotFoundError
        ):  # the second of a link that leads nowhere
            blocking = next(each for each in reversed((path, *path.parents)) if not each.is_dir())
            advice = f"move {blocking} out of the way"
        elif isinstance(error, PermissionError):
            advice = "make it readable and writable for yourself"
        else:
            advice = "check the disk that it is on"
        shown, half = str(path), LONGEST_SHOWN // 2
        if len(shown) > LONGEST_SHOWN:
            shown = f"{shown[:half]}…{shown[-half:]}"
        what = f"The {name} directory {shown} cannot be used ({error.strerror})"
        return f"{what}: {advice}, or {ELSEWHERE[name]}."
    return ""


def _enter(path: Path) -> None:
    with os.scandir(path) as entries:
        next(entries, None)
    # To list it is one right, to reach what is in it another.
    os.stat(os.path.join(path, os.curdir))  # noqa: PTH116, PTH118  a Path would leave the dot out


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
