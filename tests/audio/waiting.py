"""Waiting for what another thread or process brings about."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event


def wait_for(condition: Callable[[], object], what: str, timeout: float = 10.0) -> None:
    """Poll until the condition holds; fail with `what` did not come about."""
    deadline = time.monotonic() + timeout
    pause = Event()
    while not condition():
        assert time.monotonic() < deadline, f"waited {timeout} s in vain for {what}"
        pause.wait(0.01)


def let_pass(seconds: float) -> None:
    """Let real time go by, where what is tested is that nothing happens meanwhile."""
    end = time.monotonic() + seconds
    wait_for(lambda: time.monotonic() > end, "time to pass", seconds + 10)
