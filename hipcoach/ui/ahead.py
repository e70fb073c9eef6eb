"""Loads what the next key may need while the list is still being read, so that neither is waited for."""

from __future__ import annotations

import gc
from importlib import import_module

NEXT = (
    "hipcoach.ui.screens.session",
    "hipcoach.audio.backends",
    "hipcoach.ui.screens.history",
    "hipcoach.ui.screens.summary",
)
"""The likeliest first."""


def load_ahead() -> None:
    """Load the screens that come next. Takes a fifth of a second: use a thread."""
    for name in NEXT:
        import_module(name)


def settle_down() -> None:
    """Load what comes next, and look after garbage from now on, but not among what stays loaded."""
    load_ahead()
    gc.collect()
    gc.freeze()
    gc.enable()
