"""Session files read in a process of their own, so that reading thousands takes no time from what is drawn.

Only the very first opening, or a folder that was copied, has so much to read. The process is told a directory
and names in a line of JSON, answers with a line for each file, in that order, and ends; also where nobody
listens any longer. Where it cannot be had, the files are read here.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from hipcoach.storage.session_index_reading import Reading, read_files
from hipcoach.storage.session_index_rows import Known, packed, unpacked

AT_A_TIME = 20
"""Lines that are sent together."""


class Worker:
    """A process that reads session files. Close it in any case."""

    def __init__(self, directory: Path) -> None:
        """Start it; until it is told names, it waits.

        Raises:
            OSError: it cannot be started.
        """
        if not sys.executable:
            raise FileNotFoundError("no Python to run")
        self._directory = directory
        self._process = subprocess.Popen(
            (sys.executable, "-P", "-m", "hipcoach.storage.session_index_worker"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def read(self, names: Sequence[str]) -> Iterator[Reading]:
        """What the files say, one after the other; less than all where the process comes to harm."""
        process = self._process
        assert process.stdin is not None  # noqa: S101  asked for above
        assert process.stdout is not None  # noqa: S101  the same
        same: dict[str, str] = {}
        with suppress(OSError, ValueError, TypeError, KeyError):
            process.stdin.write(json.dumps([os.fspath(self._directory), list(names)]).encode() + b"\n")
            process.stdin.close()
            for line in process.stdout:
                yield _from_line(line, same)

    def close(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._process.wait()


def _line_of(reading: Reading) -> bytes:
    known = reading.known
    if known is None:
        return json.dumps([reading.name]).encode() + b"\n"
    entry, totals = ("null", "") if known.entry is None else (packed(known.entry), known.entry.totals)
    rest = json.dumps([reading.name, known.stamp, known.problem, totals, reading.is_settled])
    return f"[{entry},{rest[1:]}\n".encode()


def _from_line(line: bytes, same: dict[str, str]) -> Reading:
    values: list[Any] = json.loads(line)
    if len(values) == 1:
        return Reading(values[0], None)
    entry, name, stamp, problem, totals, is_settled = values
    known = unpacked(name, entry, same.setdefault(totals, totals), same) if entry is not None else None
    return Reading(name, Known(stamp, known, problem), is_settled)


def work(told: IO[bytes], answers: IO[bytes]) -> None:
    """Read what is told, and answer.

    Raises:
        OSError: nobody listens.
    """
    directory, names = json.loads(told.readline())
    lines: list[bytes] = []
    for reading in read_files(Path(directory), names, time.time_ns):
        lines.append(_line_of(reading))
        if len(lines) >= AT_A_TIME:
            answers.write(b"".join(lines))
            answers.flush()
            lines.clear()
    answers.write(b"".join(lines))
    answers.flush()


if __name__ == "__main__":
    # Who stops the program by a key stops the app, and that ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError, ValueError):
        work(sys.stdin.buffer, sys.stdout.buffer)
    # What is left to write has no reader; Python would complain of that.
    os._exit(0)
