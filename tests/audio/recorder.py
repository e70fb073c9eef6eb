"""Records what a sound server plays, and knows how long each sample of it really took."""

from __future__ import annotations

import os
import subprocess
import time
from array import array
from collections.abc import Mapping
from statistics import linear_regression
from threading import Thread

from tests.audio.waiting import wait_for

RATE = 44_100


class Recorder:
    """A parec on the null sink's monitor, from now on until `stop`.

    The null sink rounds its own clock and may run 200 parts per million fast while a stream is open, which is
    60 ms in five minutes. So the moments at which the pieces of the recording arrive are kept too.
    """

    def __init__(self, environ: Mapping[str, str], latency_ms: int) -> None:
        command = ["parec", "-d", "null0.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1"]
        self._process = subprocess.Popen(
            [*command, "--raw", f"--latency-msec={latency_ms}"], env=environ, stdout=subprocess.PIPE
        )
        self._pieces: list[bytes] = []
        self._arrived: list[tuple[float, int]] = []
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        wait_for(lambda: self._pieces, "the recorder")

    def stop(self) -> array[int]:
        """Return all samples."""
        self._process.terminate()
        self._process.wait(5)
        self._reader.join(5)
        data = b"".join(self._pieces)
        samples = array("h")
        samples.frombytes(data[: len(data) // 2 * 2])
        return samples

    @property
    def rate(self) -> float:
        """How many samples have really come in a second."""
        return linear_regression(*zip(*self._arrived, strict=True)).slope

    def _read(self) -> None:
        assert self._process.stdout is not None
        count = 0
        with self._process.stdout as pipe:
            while piece := os.read(pipe.fileno(), 1 << 16):
                self._pieces.append(piece)
                count += len(piece)
                self._arrived.append((time.monotonic(), count // 2))
