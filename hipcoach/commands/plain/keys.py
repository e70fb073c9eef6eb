"""Keys without a screen: single ones where there is a terminal, lines of words where there is none."""

from __future__ import annotations

import codecs
import os
import queue
import re
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self, TextIO

GONE = "gone"
"""Read, from then on, when the terminal the keys came from has gone."""
SIGNS = {" ": "space", "\r": "enter", "\n": "enter", "\x1b": "escape", "\x04": "q"}
SEQUENCES = {"C": "n", "D": "p"}
"""What arrows to the right and left end with, and the keys that do the same."""
SEQUENCE = re.compile(r"\x1b[\[O][0-9;]*([A-Za-z~])")
WORDS = {
    "": "enter",
    "done": "enter",
    "pause": "space",
    "resume": "space",
    "space": "space",
    "skip": "n",
    "back": "p",
    "restart": "r",
    "drop": "N",
    "undo": "u",
    "hurts": "h",
    "mute": "m",
    "voice": "v",
    "where": "w",
    "help": "?",
    "quit": "q",
    "stop": "q",
}
"""Words that may be typed as a line instead of a key."""
NAP = 0.02
"""Seconds between two looks at a Windows console, which cannot be waited for."""


class Keys(Protocol):
    """Where keys come from."""

    def read(self, timeout: float) -> str | None:
        """The next key by its sign or name; None if there is none within `timeout` seconds."""

    def __enter__(self) -> Self:
        """Get ready to read."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave everything as it was."""


def open_keys(stream: TextIO | None) -> Keys:
    """The keys of a stream, as single ones if it is a terminal."""
    if stream is None or not stream.isatty():
        return LineKeys(stream)
    return ConsoleKeys() if sys.platform == "win32" else TerminalKeys(stream.fileno())


class TerminalKeys:
    """Single keys from a POSIX terminal, which is given back as it was."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._before: list[object] | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        self._waiting: deque[str] = deque()
        self._is_gone = False

    def __enter__(self) -> Self:
        import termios

        with suppress(termios.error):
            self._before = termios.tcgetattr(self._terminal)
        self.take()
        return self

    def __exit__(self, *reason: object) -> None:
        import termios

        if self._before is not None:
            # A terminal that has gone needs nothing given back. It was read as a list of whatever there is.
            with suppress(termios.error):
                termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._before)  # type: ignore[arg-type]

    def take(self) -> None:
        """Have the terminal hand over every key at once and echo none; again after it was put aside."""
        import termios
        import tty

        with suppress(termios.error):
            tty.setcbreak(self._terminal, termios.TCSADRAIN)

    def read(self, timeout: float) -> str | None:
        """The next key."""
        import select

        if not self._is_gone and not self._waiting and select.select([self._terminal], [], [], timeout)[0]:
            self._take_in()
        if self._waiting:
            return self._waiting.popleft()
        return GONE if self._is_gone else None

    def _take_in(self) -> None:
        try:
            data = os.read(self._terminal, 1024)
        except OSError:
            data = b""
        if not data:
            self._is_gone = True
        self._waiting.extend(keys_in(self._decoder.decode(data)))


def keys_in(text: str) -> list[str]:
    """The keys that a terminal has written as this text; sequences that mean nothing here are passed over."""
    keys: list[str] = []
    while text:
        sequence = SEQUENCE.match(text)
        if sequence is not None:
            keys += filter(None, [SEQUENCES.get(sequence[1])])
            text = text[sequence.end() :]
            continue
        keys.append(SIGNS.get(text[0], text[0]))
        text = text[1:]
    return [key for key in keys if key.isprintable()]


class ConsoleKeys:
    """Single keys from a Windows console."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        return None

    def read(self, timeout: float) -> str | None:
        """The next key."""
        import msvcrt

        end = time.monotonic() + timeout
        while not msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]  # typed on Windows alone
            if time.monotonic() >= end:
                return None
            time.sleep(NAP)
        sign: str = msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]  # the same
        if sign in ("\x00", "\xe0"):
            code: str = msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]  # the same
            return {"M": "n", "K": "p"}.get(code)
        return SIGNS.get(sign, sign)


class LineKeys:
    """Words or signs, a line each, from whatever is not a terminal; its end only means that none follow."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.has_ended = stream is None

    def __enter__(self) -> Self:
        if self._stream is not None:
            threading.Thread(target=self._listen, name="line-keys", daemon=True).start()
        return self

    def __exit__(self, *reason: object) -> None:
        return None

    def _listen(self) -> None:
        # A stream that cannot be read has no keys; the session goes on without.
        with suppress(OSError, ValueError):
            number = -1 if self._stream is None else self._stream.fileno()
            begun = b""
            # Not by the stream itself: a thread that waits in it holds up the end of the process.
            while data := os.read(number, 4096):
                *lines, begun = (begun + data).split(b"\n")
                for line in lines:
                    self._lines.put(line.decode(errors="ignore"))
            if begun:
                self._lines.put(begun.decode(errors="ignore"))
        self.has_ended = True

    def read(self, timeout: float) -> str | None:
        """The next key."""
        try:
            line = self._lines.get(timeout=timeout).strip()
        except queue.Empty:
            return None
        return WORDS.get(line.lower(), line[:1])
