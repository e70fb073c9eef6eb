"""A few lines of a terminal that are drawn over and over in their place, and given back as found."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from types import FrameType, TracebackType
from typing import Any, Self, TextIO

from hipcoach.commands.printing import OutputError

HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"
NO_WRAP, WRAP = "\x1b[?7l", "\x1b[?7h"
TO_END_OF_LINE, TO_END_OF_SCREEN = "\x1b[K", "\x1b[J"


class InPlace:
    """Hides the cursor from entering to leaving, whatever way that is, and while ctrl+z stops it."""

    def __init__(self, screen: TextIO, after_stop: Callable[[], None] = lambda: None) -> None:
        """Draw on `screen`; `after_stop` is called when the program goes on after ctrl+z."""
        self._screen = screen
        self._after_stop = after_stop
        self._shown: list[str] = []
        self._is_lost = self._is_to_stop = False
        self._handlers: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if hasattr(signal, "SIGTSTP"):
            self._handle(signal.SIGTSTP, self._stop_soon)
        self._write(HIDE_CURSOR + NO_WRAP)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._give_back()
        finally:
            for number, handler in self._handlers.items():
                signal.signal(number, handler)

    def show(self, lines: Sequence[str]) -> None:
        """Draw lines where the last ones are; those that stay as they are, are not written again.

        Raises:
            BrokenPipeError, OutputError: they cannot be written.
        """
        if self._is_to_stop:
            self._stop()
        start = f"\r\x1b[{len(self._shown) - 1}A" if len(self._shown) > 1 else "\r"
        before: Sequence[str | None] = self._shown
        if self._is_lost or len(lines) != len(before):
            start, before = start + TO_END_OF_SCREEN, [None] * len(lines)
        drawn = [
            "" if line == old else f"\r{line}{TO_END_OF_LINE}"
            for line, old in zip(lines, before, strict=True)
        ]
        if any(drawn):
            self._write(start + "\n".join(drawn))
        self._shown, self._is_lost = list(lines), False

    def forget(self) -> None:
        """Draw everything anew next time, as after the terminal's size has changed."""
        self._is_lost = True

    def _give_back(self) -> None:
        below = "\r\n" if self._shown else ""
        self._shown = []
        self._write(below + WRAP + SHOW_CURSOR)

    def _handle(self, number: int, handler: Callable[[int, FrameType | None], None]) -> None:
        self._handlers[number] = signal.signal(number, handler)

    def _stop_soon(self, number: int, frame: FrameType | None) -> None:
        # Not at once, which may be in the middle of writing.
        self._is_to_stop = True

    def _stop(self) -> None:
        self._is_to_stop = False
        self._give_back()
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, handler)
        self._after_stop()
        self._write(HIDE_CURSOR + NO_WRAP)

    def _write(self, text: str) -> None:
        try:
            self._screen.write(text)
            self._screen.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(f"The output could not be written: {error.strerror or error}.") from error
