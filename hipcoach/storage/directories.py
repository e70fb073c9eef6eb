"""Whether the user's directories can be used: tried once, before anything in them is wanted."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from hipcoach.paths import AppPaths

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
    try:
        _enter(path)
        if writing and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, "it cannot be written to")
    except FileNotFoundError:
        return _trouble_with_making(name, path) if writing else ""
    except OSError as error:
        return _sentence(name, path, error)
    return ""


def _enter(path: Path) -> None:
    with os.scandir(path) as entries:
        next(entries, None)
    # To list it is one right, to reach what is in it another.
    os.stat(os.path.join(path, os.curdir))  # noqa: PTH116, PTH118  a Path would leave the dot out


def _trouble_with_making(name: str, path: Path) -> str:
    there = next(each for each in (path, *path.parents) if os.path.lexists(each))
    try:
        _enter(there)
    except OSError as error:
        # A link that leads nowhere is in the way, too.
        return _sentence(name, there, NotADirectoryError() if there.is_symlink() else error)
    if not os.access(there, os.W_OK):
        return _sentence(name, path, PermissionError(errno.EACCES, f"{there} cannot be written to"))
    return ""


def _short(path: Path) -> str:
    """A path whose name may be as long as it likes, such that there is room for what is wrong with it."""
    text = str(path)
    return (
        text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN // 2]}…{text[-LONGEST_SHOWN // 2 :]}"
    )


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
