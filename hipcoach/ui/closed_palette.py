"""A fault of Textual's own palette, told from all others."""

from __future__ import annotations

from traceback import extract_tb

from textual import command
from textual.css.query import NoMatches
from textual.worker import WorkerFailed


def is_of_closed_palette(error: Exception) -> bool:
    """Whether Textual's command palette, closed as soon as it was opened, still looked for its own list.

    That is so up to Textual 8.2.8 at least; it must not take a session down.
    """
    if not isinstance(error, WorkerFailed) or not isinstance(error.error, NoMatches):
        return False
    return any(frame.filename == command.__file__ for frame in extract_tb(error.error.__traceback__))
