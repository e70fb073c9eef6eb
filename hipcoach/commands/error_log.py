"""The error log: tracebacks of what should not have happened, for the user to send or to throw away."""

from __future__ import annotations

import logging
import os
import platform
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from hipcoach import __version__
from hipcoach.storage.atomic import FILE_MODE, make_directory

LARGEST = 256 * 1024
"""Bytes; then the log is put aside and a new one begun."""
KEPT = 2
"""How many that were put aside are kept."""


class _PrivateFileHandler(RotatingFileHandler):
    """Makes its files for this user's eyes only, whatever the umask."""

    def _open(self) -> TextIOWrapper:
        def private(name: str, flags: int) -> int:
            return os.open(name, flags, FILE_MODE)

        return open(self.baseFilename, "a", encoding="utf-8", opener=private)


def log_failure(path: Path, error: BaseException) -> None:
    """Write a traceback, without the values of any variable.

    Raises:
        StorageError, OSError: it cannot be written.
    """
    make_directory(path.parent)
    handler = _PrivateFileHandler(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)
    try:
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        about = f"hipcoach {__version__}, Python {platform.python_version()}, {sys.platform}"
        record = logging.LogRecord("hipcoach", logging.ERROR, "", 0, about, None, None)
        record.exc_info = (type(error), error, error.__traceback__)
        if handler.shouldRollover(record):
            handler.doRollover()
        # Not `emit`, which would print what it could not write and go on as if it had.
        stream = handler._open()
        with stream:
            stream.write(handler.format(record) + "\n")
    finally:
        handler.close()
