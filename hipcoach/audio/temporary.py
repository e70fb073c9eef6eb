"""Temporary directories that tell whose they are: what a killed process leaves is removed by the next."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

PLAYER, SPEECH = "player", "speech"
"""What makes such directories."""
_NAME = re.compile(rf"hipcoach-(?:{PLAYER}|{SPEECH})-([0-9]+)-.*")


def temporary_prefix(maker: str, process: int) -> str:
    """How the names of the temporary directories begin that a maker makes in the process of this id."""
    return f"hipcoach-{maker}-{process}-"


def remove_directories_of(maker: str, process: int) -> None:
    """Remove what a process that has ended has left; nothing where it could clean up itself."""
    for left in Path(tempfile.gettempdir()).glob(f"{temporary_prefix(maker, process)}*"):
        shutil.rmtree(left, ignore_errors=True)


def remove_left_directories() -> None:
    """Remove what processes of this user have left that were killed along with whoever would have cleaned up
    after them."""
    if sys.platform == "win32":
        return  # where asking for a process ends it
    with suppress(OSError):  # they stay until the next time
        for left in Path(tempfile.gettempdir()).glob("hipcoach-*"):
            named = _NAME.fullmatch(left.name)
            if named and left.lstat().st_uid == os.getuid() and _is_gone(int(named[1])):
                shutil.rmtree(left, ignore_errors=True)


def _is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False  # somebody else's, or no number of a process
    else:
        return False
