"""A program in a pseudo-terminal: keys go in, what it draws comes out, and one can see how it left."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
HIPCOACH = (sys.executable, "-m", "hipcoach")
PYTHON = (sys.executable, "-c")
PATIENCE = 30.0
"""Seconds until something that was waited for counts as failed."""
CONTROL = re.compile(
    rb"\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[P_^X][^\x1b]*\x1b\\|\x1b\[[0-9;:<=>?]*[ -/]*[@-~]|\x1b."
)
ENTER_SCREEN, LEAVE_SCREEN = b"\x1b[?1049h", b"\x1b[?1049l"
HIDE_CURSOR, SHOW_CURSOR = b"\x1b[?25l", b"\x1b[?25h"


class Terminal:
    """A process with a terminal of its own, as wide and high as given, in cells."""

    def __init__(
        self, command: Sequence[str], size: tuple[int, int] = (120, 40), cwd: Path = CHECKOUT
    ) -> None:
        self._master, self._slave = os.openpty()
        termios.tcsetwinsize(self._slave, (size[1], size[0]))
        self._before = termios.tcgetattr(self._slave)
        self._drawn = bytearray()
        self._forgotten = 0
        self._hung_up = threading.Event()
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            start_new_session=True,
            env={name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")},
            preexec_fn=self._take,
        )
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    def _take(self) -> None:
        """Make the terminal the one that the new process is hung up with."""
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def _read(self) -> None:
        # Never waits in `read`: as long as somebody reads a terminal, closing it hangs nobody up.
        with suppress(OSError):
            while not self._hung_up.is_set():
                if select.select([self._master], [], [], 0.02)[0]:
                    self._drawn += os.read(self._master, 65536)

    @property
    def drawn(self) -> bytes:
        """Everything the program has sent so far."""
        return bytes(self._drawn)

    @property
    def text(self) -> str:
        """The text drawn since the last `press`, without control sequences."""
        return CONTROL.sub(b"", self.drawn[self._forgotten :]).decode(errors="replace")

    def press(self, keys: str) -> None:
        """Type."""
        self._forgotten = len(self._drawn)
        os.write(self._master, keys.encode())

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait until something holds."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain for {what}; drawn since:\n{self.text[-2000:]}")
            if self.process.poll() is not None:
                self._reader.join(0.2)
                assert condition(), f"left with {self.process.returncode} before {what}:\n{self.text[-2000:]}"
            threading.Event().wait(0.01)

    def shows(self, words: str) -> None:
        """Wait until words have been drawn since the last `press`."""
        self.until(lambda: words in self.text, repr(words))

    def send(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal, as somebody closes its window."""
        if not self._hung_up.is_set():
            self._hung_up.set()
            self._reader.join()
            os.close(self._master)

    def left(self) -> int:
        """Wait until the program has ended; its exit code."""
        return self.process.wait(PATIENCE)

    def is_as_before(self) -> bool:
        """Whether the program has given the terminal back as it was."""
        drawn = self.drawn
        return (
            drawn.rfind(LEAVE_SCREEN) > drawn.rfind(ENTER_SCREEN) > -1
            and drawn.rfind(SHOW_CURSOR) > drawn.rfind(HIDE_CURSOR) > -1
            and termios.tcgetattr(self._slave) == self._before
        )

    def has_its_modes_back(self) -> bool:
        """Whether the terminal echoes and collects lines again, as it did before."""
        return termios.tcgetattr(self._slave) == self._before

    def close(self) -> None:
        """End the program, however it is doing, and the terminal."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)
        self.hang_up()
        os.close(self._slave)


Start = Callable[..., Terminal]
"""The fixture `start`: arguments, and where they are not hipcoach's, the `program`; the `size` in cells."""
