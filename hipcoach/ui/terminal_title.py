"""The terminal window's title: what is left of a session can be read from the task bar."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from textual.app import App

SAVE_TITLE = "\x1b[22;0t"
RESTORE_TITLE = "\x1b[23;0t"
"""xterm's stack of titles, which most terminals have; the others pass these over."""


@contextmanager
def title_kept() -> Iterator[None]:
    """Give the terminal its title back in the end, whatever way the app is left."""
    _write(SAVE_TITLE)
    try:
        yield
    finally:
        _write(RESTORE_TITLE)


def set_terminal_title(app: App[int], title: str) -> None:
    """Set the title of the terminal's window."""
    if not app.is_headless and not app.is_web:
        printable = "".join(sign for sign in title if sign.isprintable())
        _write(f"\x1b]2;{printable}\x07")


def _write(sequence: str) -> None:
    """Send a control sequence that Textual has no call for, to where Textual draws."""
    screen = sys.__stdout__ if os.name == "nt" else sys.__stderr__
    if screen is not None and screen.isatty():
        with suppress(OSError):
            screen.write(sequence)
            screen.flush()
