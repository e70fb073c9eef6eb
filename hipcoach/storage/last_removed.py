"""What was deleted last, found where deleted files are: an undo for what an earlier run deleted."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from hipcoach.errors import StorageError
from hipcoach.storage.atomic import is_there
from hipcoach.storage.conflict_copies import original_of
from hipcoach.storage.removed import Removed

NUMBERED = re.compile(r"(.+) \(\d+\)", re.DOTALL)
"""How a file is called that was moved aside beside another of its name; some sync programs do the same."""


def last_removed(directory: Path, aside: Path) -> Removed | None:
    """What was deleted last and can be put back; None where there is nothing. Files are of one deletion that
    went aside at the same moment. What has come again meanwhile is passed over: it is not missing.

    Raises:
        StorageError: the deleted files cannot be listed.
    """
    try:
        files = {path.stem: (path.stat().st_mtime_ns, path) for path in aside.glob("*.toml")}
    except OSError as error:
        raise StorageError(f"{aside} cannot be read: {error.strerror or error}.") from error
    deletions: dict[tuple[int, str], list[tuple[Path, Path]]] = defaultdict(list)
    for stem, (moment, path) in files.items():
        numbered = NUMBERED.fullmatch(stem)
        name = numbered[1] if numbered else stem
        # Of two that were deleted one after the other under one name, the number is ours.
        place = name if name in files and files[name][0] != moment else stem
        deletions[moment, original_of(place) or place].append((path, directory / f"{place}.toml"))
    for _, moves in sorted(deletions.items(), reverse=True):
        if not any(is_there(place) for _, place in moves):
            # Copies last, as they were put aside.
            return Removed(
                tuple(sorted(moves, key=lambda move: (original_of(move[1].stem) is not None, move)))
            )
    return None
