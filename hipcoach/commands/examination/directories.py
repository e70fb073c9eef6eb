"""The user's directories: where they are and whether they can be written to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hipcoach.commands.examination.finding import Finding
from hipcoach.paths import AppPaths
from hipcoach.storage.directories import trouble_with


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
    how, _, to_do = trouble_with(name, path, writing=True).partition("): ")
    if how:
        return Finding(name, False, f"{how})", f"{to_do[:1].upper()}{to_do[1:]}")
    return Finding(name, True, str(path) if path.exists() else f"{path} (made when it is needed)")
