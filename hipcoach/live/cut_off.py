"""Sessions that were cut off, as the next start finds them: cleared up, saved or let go."""

from __future__ import annotations

import time
from collections.abc import Iterator

from hipcoach.errors import StorageError
from hipcoach.paths import AppPaths
from hipcoach.storage.atomic import LEFTOVER_AGE, remove_leftovers
from hipcoach.storage.journal import Found, Unfinished, find_unfinished, remove_stray_locks
from hipcoach.storage.session_log import is_saved, save_record


def find_cut_off(paths: AppPaths) -> Found:
    """Clear away what killed processes left, then look for sessions that were cut off. Reads and writes
    files: use a thread where somebody waits."""
    old = time.time() - LEFTOVER_AGE
    for directory in (paths.sessions, paths.self_tests, paths.days, paths.state):
        remove_leftovers(directory, old)
    remove_stray_locks(paths.journals, old)
    found = find_unfinished(paths.journals)
    waiting: list[Unfinished] = []
    problems = list(found.problems)
    for unfinished in found.unfinished:
        if unfinished.ended or is_saved(paths.sessions, unfinished.record()):
            problems.extend(_finish(paths, unfinished))
        else:
            waiting.append(unfinished)
    return Found(tuple(waiting), tuple(problems), any_settled=len(waiting) < len(found.unfinished))


def close_cut_off(paths: AppPaths, unfinished: Unfinished, *, save: bool, discard: bool) -> None:
    """Save what was done, or discard it; neither keeps it for the next start.

    Raises:
        StorageError: it could not be saved, or its journal not removed; it is let go of all the same.
    """
    try:
        if save:
            save_record(paths.sessions, unfinished.record())
        unfinished.close(remove=save or discard)
    except StorageError:
        unfinished.close(remove=False)
        raise


def _finish(paths: AppPaths, unfinished: Unfinished) -> Iterator[str]:
    """A session that had ended lacks its log file, or only still has its journal: put both right.

    One in which nothing was done goes, unless its owner had said to keep it.
    """
    record = unfinished.record()
    when = f"{record.started:%d %B, %H:%M}"
    is_wanted = unfinished.wanted or bool(record.note) or not record.is_empty
    try:
        path = save_record(paths.sessions, record) if is_wanted else None
        unfinished.close(remove=True)
    except StorageError as error:
        unfinished.close(remove=False)
        yield f"The session of {when} still waits in its journal: {error.message}"
    else:
        if path is not None and path.stem != record.id:
            yield (
                f"The session of {when} is saved as {path}: {record.id}.toml, where it belongs, is damaged "
                "or holds something else. That file is left as it is; move it away if you do not need it."
            )
