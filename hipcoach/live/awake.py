"""Keeps the screen awake while a session runs."""

from __future__ import annotations

import threading
from collections.abc import Callable

LONG_PAUSE = 300.0
"""Seconds; a session paused longer than this no longer keeps the screen awake."""

KeepAwake = Callable[[], Callable[[], None]]


def keep_screen_awake() -> Callable[[], None]:
    """Keep the screen awake until the returned function is called, or until this process ends.

    Runs in a thread of its own, because asking the desktop can take a while; where no way works, nothing
    happens.
    """
    enough = threading.Event()

    def hold() -> None:
        from wakepy import keep

        with keep.presenting(on_fail="pass"):
            enough.wait()

    threading.Thread(target=hold, name="keep-awake", daemon=True).start()
    return enough.set


class AwakeWhile:
    """Keeps the screen awake as long as a session needs it."""

    def __init__(self, keep_awake: KeepAwake | None) -> None:
        self._keep_awake = keep_awake
        self._release: Callable[[], None] | None = None

    def update(self, *, paused_for: float) -> None:
        """Hold on, or let go if the session has been paused for long (seconds; 0 while it runs)."""
        if paused_for > LONG_PAUSE:
            self.release()
        elif self._release is None and self._keep_awake is not None:
            self._release = self._keep_awake()

    def release(self) -> None:
        """Let go."""
        if self._release is not None:
            self._release()
            self._release = None
