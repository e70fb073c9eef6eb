"""Keys without a screen: single ones where there is a terminal, lines of words where there is none."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Self, TextIO

if sys.platform == "win32":
    import msvcrt
else:
    import termios
    import tty

GONE = "gone"
"""Read, from then on, when the terminal the keys came from has gone."""
TOKEN = re.compile(r"\x1b[\[O][0-9;]*[A-Za-z~]|.", re.DOTALL)
"""A control sequence or a character."""
ARROWS = {"C": "right", "D": "left", "M": "right", "K": "left"}
"""What arrows end with: C and D in a terminal, M and K in a Windows console."""
NAMES = {" ": "space", "\r": "enter", "\n": "enter", "\x1b": "escape", "\x04": "q"}


class Keys:
    """The keys that come from a stream, which as a terminal is given back as it was.

    What is no terminal gives lines, an empty one being "enter". Its end only means that no more follow.
    """

    def __init__(self, stream: TextIO) -> None:
        self.is_terminal = stream.isatty()
        self.has_ended = False
        self._stream = stream
        self._read: SimpleQueue[str] = SimpleQueue()
        self._before: list[Any] | None = None

    def __enter__(self) -> Self:
        if self.is_terminal and sys.platform != "win32":
            with suppress(termios.error):
                self._before = termios.tcgetattr(self._stream)
            self.take_terminal()
        Thread(target=self._listen, name="keys", daemon=True).start()
        return self

    def __exit__(self, *reason: object) -> None:
        if self._before is not None and sys.platform != "win32":
            with suppress(termios.error):  # a terminal that has gone needs nothing given back
                termios.tcsetattr(self._stream, termios.TCSADRAIN, self._before)

    def take_terminal(self) -> None:
        """Have the terminal hand over every key at once and echo none; again after ctrl+z."""
        if self.is_terminal and sys.platform != "win32":
            with suppress(termios.error):
                tty.setcbreak(self._stream, termios.TCSADRAIN)

    def read(self, timeout: float) -> str | None:
        """Return the next key by its character or name, or the next line; None if none comes within
        `timeout` seconds."""
        with suppress(Empty):
            return self._read.get(timeout=timeout)
        return GONE if self.has_ended and self.is_terminal else None

    def _listen(self) -> None:
        with suppress(OSError, ValueError):  # a stream that cannot be read has no keys
            if self.is_terminal and sys.platform == "win32":
                self._listen_to_console()
            else:
                self._listen_to_file(self._stream.fileno())
        self.has_ended = True

    def _listen_to_file(self, number: int) -> None:
        begun = ""
        # Not by the stream itself: a thread that waits in it holds up the end of the process.
        while data := os.read(number, 4096):
            text = data.decode(errors="ignore")
            if self.is_terminal:
                keys = list(keys_in(text))
            else:
                *keys, begun = (begun + text).split("\n")
            for key in keys:
                self._read.put(key.strip() or "enter")
        if begun:
            self._read.put(begun.strip())

    def _listen_to_console(self) -> None:
        if sys.platform == "win32":
            while True:
                character = msvcrt.getwch()
                if character not in ("\x00", "\xe0"):
                    self._read.put(NAMES.get(character, character))
                elif arrow := ARROWS.get(msvcrt.getwch()):
                    self._read.put(arrow)


def keys_in(text: str) -> Iterator[str]:
    """Yield the keys that a terminal writes as this text; sequences that mean nothing here are left out."""
    for token in TOKEN.findall(text):
        key = NAMES.get(token, token) if len(token) == 1 else ARROWS.get(token[-1], "")
        if key and key.isprintable():
            yield key
