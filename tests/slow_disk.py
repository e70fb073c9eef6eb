"""A disk that takes 3 seconds for everything that is to be safe on it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

import pytest

from tests.support import FakeClock

SECONDS = 3.0
SLOW_PROGRAM = f"""
import os, sys, threading
sync = os.fsync

def slow(handle):
    threading.Event().wait({SECONDS})
    sync(handle)

os.fsync = slow
from hipcoach.cli import main
sys.exit(main())
"""
"""The whole program over such a disk, for `python -c`."""


class SlowDisk:
    """Takes 3 seconds of a clock for each sync. One in this thread, the event loop's, is time that passes
    with nobody looking; in any other the clock has to be turned, or all be let through."""

    def __init__(self, clock: Callable[[], float], monkeypatch: pytest.MonkeyPatch) -> None:
        assert isinstance(clock, FakeClock)
        self.held_up = 0
        """How often the event loop had to wait."""
        self.syncs = 0
        self._clock = clock
        self._loop = threading.current_thread()
        self._sync: Callable[[int], None] = os.fsync
        self._let_through = threading.Event()
        monkeypatch.setattr(os, "fsync", self._slow)

    def let_through(self) -> None:
        """Be as fast as any disk from now on."""
        self._let_through.set()

    def _slow(self, handle: int) -> None:
        self.syncs += 1
        if threading.current_thread() is self._loop:
            self.held_up += 1
            self._clock.advance(SECONDS)
        else:
            end = self._clock() + SECONDS
            while self._clock() < end and not self._let_through.wait(0.002):
                pass
        self._sync(handle)
