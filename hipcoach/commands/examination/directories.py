"""The user's directories: where they are and whether they can be written to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from hipcoach.commands.examination.finding import Finding
from hipcoach.paths import AppPaths


def look_at_directories(paths: AppPaths) -> Iterator[Finding]:
    """Look at each directory; nothing is made or written."""
    for name, path in (
        ("data", paths.data),
        ("config", paths.config),
        ("state", paths.state),
        ("cache", paths.cache),
    ):
        yield _directory(name, path)
    yield Finding("error log", True, _error_log(paths.error_log))


def _error_log(path: Path) -> str:
    try:
        return f"{path} ({path.stat().st_size} bytes; nothing of your sessions is in it)"
    except OSError:
        return f"{path} (none yet)"


def _directory(name: str, path: Path) -> Finding:
    there = next((each for each in (path, *path.parents) if os.path.lexists(each)), path)
    if not there.is_dir():
        return Finding(name, False, f"{path}: {there} is not a directory", f"Move {there} out of the way.")
    if not os.access(there, os.W_OK | os.X_OK):
        to_do = f"Make {there} writable for yourself, or choose another place with XDG variables."
        return Finding(name, False, f"{path}: {there} cannot be written to", to_do)
    return Finding(name, True, str(path) if there == path else f"{path} (made when it is needed)")
