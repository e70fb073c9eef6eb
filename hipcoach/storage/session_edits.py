"""What the user changes about a logged session afterwards: its ratings, and whether it is there at all."""

from __future__ import annotations

from pathlib import Path

from hipcoach.core.discomfort import is_rating
from hipcoach.paths import AppPaths
from hipcoach.storage.removed import Removed, set_aside
from hipcoach.storage.session_log import rewrite_session


def save_ratings(directory: Path, record_id: str, before: int | None, after: int | None) -> None:
    """Change how a saved session felt, 0 to 10; None takes a rating out. Everything else in its file stays.

    Raises:
        StorageError: the file cannot be read or written.
    """
    rewrite_session(directory, record_id, rating_keys(before, after))


def rating_keys(before: int | None, after: int | None) -> dict[str, object]:
    """Ratings as `rewrite_session` takes them, to be written together with other changes.

    Raises:
        ValueError: one is no whole number from 0 to 10.
    """
    for rating in (before, after):
        if rating is not None and not is_rating(rating):
            raise ValueError(f"{rating} is no rating of discomfort")
    return {"discomfort_before": before, "discomfort_after": after}


def remove_session(paths: AppPaths, record_id: str) -> Removed:
    """Take a session out of the log: its file goes to the deleted ones and stays there, with its sync copies.
    `hipcoach.storage.removed.put_back` undoes it; `load_log(paths.removed_sessions)` reads what was deleted.

    Raises:
        StorageError: it cannot be moved; then it is where it was.
    """
    return set_aside(paths.sessions, record_id, paths.removed_sessions)
