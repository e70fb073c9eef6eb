"""What the user changes about a logged session: its note, its ratings, and whether it is there at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hipcoach.core.discomfort import is_rating
from hipcoach.core.plain_text import plain
from hipcoach.errors import StorageError
from hipcoach.paths import AppPaths
from hipcoach.storage.removed import Removed, set_aside
from hipcoach.storage.session_log import read_record, rewrite_session

Said = Mapping[str, str | int | None]
"""What a user says of a session, by the names in its file: `note`, and the ratings, None for no rating."""
RATINGS = ("discomfort_before", "discomfort_after")


def edit_session(directory: Path, record_id: str, before: Said, after: Said) -> tuple[Said, str]:
    """Change what a saved session says from `before`, which the user saw, to `after`. All else in its file
    stays, and so does what another window has said meanwhile: of two notes both are kept.

    Returns what the file says now, and a remark where another window had changed the same.

    Raises:
        StorageError: the session is gone, or its file cannot be read or written.
        ValueError: a rating is no whole number from 0 to 10.
    """
    for name in RATINGS:
        rating = after.get(name)
        if rating is not None and not is_rating(rating):
            raise ValueError(f"{rating} is no rating of discomfort")
    path = directory / f"{record_id}.toml"
    try:
        record, problem = read_record(path)
    except FileNotFoundError:
        raise StorageError("The session is no longer in the history: another window deleted it.") from None
    if record is None:
        raise StorageError(f"{path} {problem}")
    now = dict(after)
    remarks = []
    for name, wanted in after.items():
        there = getattr(record, name)
        if _same(there, before.get(name)) or _same(there, wanted):
            continue
        if name == "note":
            now[name] = " / ".join(filter(None, (there, str(wanted))))
            remarks.append(f"another window wrote “{plain(there)}”; now it says “{plain(str(now[name]))}”.")
        else:
            remarks.append(
                f"another window set the discomfort to {_rating(there)}; now it is {_rating(wanted)}."
            )
    changes = {name: value for name, value in now.items() if value != getattr(record, name)}
    if changes:
        rewrite_session(directory, record_id, changes)
    return now, " ".join(remarks)


def said_text(said: Said) -> str:
    """What a user says of a session, in words."""
    words = {"note": "note", "discomfort_before": "discomfort before", "discomfort_after": "discomfort after"}
    parts = [
        f"{words[name]} “{plain(value)}”" if isinstance(value, str) else f"{words[name]} {_rating(value)}"
        for name, value in said.items()
    ]
    return ", ".join(parts)


def _same(one: str | int | None, other: str | int | None) -> bool:
    return plain(one) == plain(other) if isinstance(one, str) and isinstance(other, str) else one == other


def _rating(value: str | int | None) -> str:
    return "none" if value is None else str(value)


def remove_session(paths: AppPaths, record_id: str) -> Removed:
    """Take a session out of the log: its file goes to the deleted ones and stays there, with its sync copies.
    `hipcoach.storage.removed.put_back` undoes it; `load_log(paths.removed_sessions)` reads what was deleted.

    Raises:
        StorageError: it cannot be moved; then it is where it was.
    """
    return set_aside(paths.sessions, record_id, paths.removed_sessions)
