"""The error log: tracebacks of what should not have happened, for the user to send or to throw away."""

from __future__ import annotations

import platform
import sys
import traceback
from datetime import datetime
from pathlib import Path

from hipcoach import __version__
from hipcoach.storage.atomic import make_directory, open_private

LARGEST = 256 * 1024
"""Bytes; then the log is put aside, in place of the one before, and a new one begun."""


def log_failure(path: Path, error: BaseException) -> None:
    """Write a traceback, without the values of any variable.

    Raises:
        StorageError, OSError: it cannot be written.
    """
    make_directory(path.parent)
    if path.exists() and path.stat().st_size > LARGEST:
        path.replace(f"{path}.1")
    about = f"hipcoach {__version__}, Python {platform.python_version()}, {sys.platform}"
    with open(path, "a", encoding="utf-8", opener=open_private) as log:
        log.write(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z} {about}\n")
        traceback.print_exception(error, file=log)
