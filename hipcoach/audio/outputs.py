"""The ways of playing a sound, for the player process: miniaudio, simpleaudio, and what the system has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from array import array
from collections.abc import Callable, Generator
from contextlib import suppress
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Generic, TypeVar

from hipcoach.audio.samples import RATE, SAMPLE, Library, scaled, wav_bytes
from hipcoach.audio.sounds import CueTimer, TimedSound
from hipcoach.audio.stream import CueStream

Failed = Callable[[str], None]
"""Called from any thread, with one sentence, when an output that has worked can do no more."""

SILENT_FOR = 2.0
"""Seconds without being asked for samples after which an open device counts as lost."""
LOOK_AGAIN = 0.5
"""Seconds between two looks at an open device."""
PERIOD_MS = 40
"""Half of that makes no difference to where sounds are placed; but PulseAudio's null sink, which the tests
record, rounds its clock at every piece, and then runs 200 parts per million fast."""
PERIODS = 4
"""With 60 ms in advance, a machine busy on all cores left gaps in the sound, and with 120 one that had twice
as much to do as it could. These 160 ms are a constant latency, and the most that can still be heard after
something was taken back."""
MARGIN = 0.045
"""Seconds by which all sounds come later than they could: a block and the way from the app. So even a sound
that is wanted at once has its exact place, and is not late by what is left of a block."""

SILENCE = array(SAMPLE, bytes(2 * round(0.04 * RATE)))
"""Silence before every sound that is played by itself: a server may swallow the first 15 ms of a stream that
has just been opened, as each is here. As all sounds have it, it is a constant latency."""

PROGRAMS: dict[str, tuple[str, ...]] = {
    "pw-cat": ("--playback",),
    "paplay": (),
    "aplay": ("-q",),
    "afplay": (),
}
"""Programs of the system in the order in which they are tried, with the arguments before the file."""
PROGRAM_TIMEOUT = 4.0
"""Seconds in which a program must have played nothing, to be used."""
FAILURES = 3
"""How many sounds in a row must fail for the program to count as broken."""
AT_ONCE = 6
"""How many processes of it still running mean that it hangs."""
TEMPORARY = "hipcoach-player-{}-"
"""How the names of a player's temporary directories begin, by its process id."""
READY = 32
"""How many sounds are kept ready, each at the volume it was wanted at."""
Ready = TypeVar("Ready")


class OutputError(Exception):
    """An output cannot be used here, or no longer; the message is one sentence with the reason."""


class MiniaudioOutput(CueStream):
    """A stream that miniaudio plays, with each sound at its exact sample."""

    def __init__(self, library: Library, failed: Failed) -> None:
        import miniaudio

        super().__init__(library)
        self._failed = failed
        self._closed = Event()
        # The silent Null backend would take everything and let nobody hear it.
        real = miniaudio.get_enabled_backends() - {miniaudio.Backend.NULL}
        samples = self._samples()
        next(samples)
        try:
            self._device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE,
                buffersize_msec=PERIOD_MS,
                callback_periods=PERIODS,
                backends=sorted(real, key=lambda backend: int(backend.value)),
                app_name="hipcoach",
            )
            self._device.start(samples)
            self._asked_at = time.monotonic()
        except miniaudio.MiniaudioError as error:
            raise OutputError(f"miniaudio finds no sound device ({error.args[0]}).") from error
        self.detail = str(self._device.backend)
        Thread(target=self._watch, name="sound device", daemon=True).start()

    def close(self) -> None:
        """Close the device, with all that sounds."""
        self._closed.set()
        self._device.close()

    def _samples(self) -> Generator[bytes, int, None]:
        count = yield b""
        while True:
            self._asked_at = time.monotonic()
            count = yield self.render(self._asked_at - MARGIN, count)

    def _watch(self) -> None:
        while not self._closed.wait(LOOK_AGAIN):
            if time.monotonic() - self._asked_at > SILENT_FOR:
                self._failed("The sound device stopped.")
                return


class OneByOneOutput(ABC, Generic[Ready]):
    """Starts each sound at the moment it is due, for what can only be told "play this now".

    What plays already keeps its volume when the gain changes, but stops at 0.
    """

    detail: str
    """What plays the sounds, in a word or two for people."""

    def __init__(self, library: Library, failed: Failed) -> None:
        self._library = library
        self._failed = failed
        self._gain = 1.0
        self._timer = CueTimer()
        self._ready = lru_cache(READY)(self._at_gain)

    @abstractmethod
    def _prepare(self, name: str, samples: array[int]) -> Ready:
        """Return a sound as `_play` wants it."""

    @abstractmethod
    def _play(self, sound: Ready) -> None:
        """Play a sound now.

        Raises:
            OutputError: that does not work.
        """

    @abstractmethod
    def _stop(self) -> None:
        """End what is playing."""

    def schedule(self, sound: TimedSound) -> None:
        """Add a sound."""
        with suppress(OSError):  # is met again when it is due
            self._ready(sound.name, self._gain)  # there is no time for it then
        self._timer.call_at(sound.due, partial(self._fire, sound.name))

    def cancel(self) -> None:
        """Take back what waits and stop what is playing."""
        self._timer.cancel()
        self._stop()

    def set_gain(self, gain: float) -> None:
        """Set the factor on all samples."""
        self._gain = gain
        if gain == 0.0:
            self._stop()

    def close(self) -> None:
        """Stop everything and leave nothing behind."""
        self.cancel()

    def _at_gain(self, name: str, gain: float) -> Ready:
        return self._prepare(name, SILENCE + scaled(self._library(name), gain))

    def _fire(self, name: str) -> None:
        try:
            if self._gain > 0.0:
                self._play(self._ready(name, self._gain))
        except (OSError, OutputError) as error:
            self._failed(f"{self.detail} cannot play any more ({error}).")


class SimpleaudioOutput(OneByOneOutput[bytes]):
    """Plays through simpleaudio."""

    detail = "simpleaudio"

    def __init__(self, library: Library, failed: Failed) -> None:
        import simpleaudio

        super().__init__(library, failed)
        self._simpleaudio = simpleaudio
        # There is no other way to ask whether it has a device than to play.
        self._play(self._prepare("", SILENCE))

    def _prepare(self, name: str, samples: array[int]) -> bytes:
        return samples.tobytes()

    def _play(self, sound: bytes) -> None:
        try:
            self._simpleaudio.play_buffer(sound, 1, 2, RATE)
        except Exception as error:
            # All that it can be: simpleaudio's own kind of error has a name in a private module alone.
            raise OutputError(f"simpleaudio finds no sound device ({error}).") from error

    def _stop(self) -> None:
        self._simpleaudio.stop_all()


class FileOutput(OneByOneOutput[Path]):
    """Plays sounds as files in a directory of its own."""

    def __init__(self, library: Library, failed: Failed) -> None:
        super().__init__(library, failed)
        self._directory = Path(tempfile.mkdtemp(prefix=TEMPORARY.format(os.getpid())))
        self._numbers = count()

    def close(self) -> None:
        """Stop everything and remove the files."""
        super().close()
        shutil.rmtree(self._directory, ignore_errors=True)

    def _prepare(self, name: str, samples: array[int]) -> Path:
        path = self._directory / f"{Path(name).stem}-{next(self._numbers)}.wav"
        path.write_bytes(wav_bytes(samples))
        return path


class ProgramOutput(FileOutput):
    """Starts one process a sound, of the first program of the system that plays a silent file."""

    def __init__(self, library: Library, failed: Failed) -> None:
        super().__init__(library, failed)
        self._running: list[subprocess.Popen[bytes]] = []
        self._failures = 0
        silence, tried = self._prepare("", SILENCE), []
        for name, arguments in PROGRAMS.items():
            if path := shutil.which(name):
                self.detail, self._command = name, (path, *arguments)
                with suppress(OSError, subprocess.TimeoutExpired):
                    if self._start(silence).wait(PROGRAM_TIMEOUT) == 0:
                        return
                tried.append(f"{name} failed")
        self._stop()
        raise OutputError(f"No program of the system plays sounds ({', '.join(tried) or 'none is there'}).")

    def _play(self, sound: Path) -> None:
        for process in self._running:
            if process.poll() is not None:
                self._failures = self._failures + 1 if process.returncode else 0
        self._running = [process for process in self._running if process.returncode is None]
        if self._failures >= FAILURES or len(self._running) >= AT_ONCE:
            raise OutputError("it fails or hangs")
        self._start(sound)

    def _start(self, file: Path) -> subprocess.Popen[bytes]:
        null = subprocess.DEVNULL
        command = (*self._command, str(file))
        process = subprocess.Popen(command, stdin=null, stdout=null, stderr=null)  # noqa: S603  one of ours
        self._running.append(process)
        return process

    def _stop(self) -> None:
        for process in self._running:
            process.kill()
            process.wait()
        self._running = []


class WinsoundOutput(FileOutput):
    """Plays one sound of Windows at a time; a new one ends the one before."""

    detail = "winsound"

    def _play(self, sound: Path | None) -> None:
        if sys.platform == "win32":
            import winsound

            flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
            try:
                winsound.PlaySound(None if sound is None else str(sound), flags)
            except RuntimeError as error:
                raise OutputError(str(error)) from error

    def _stop(self) -> None:
        self._play(None)


Output = MiniaudioOutput | SimpleaudioOutput | FileOutput


def open_output(backend: str, library: Library, failed: Failed) -> Output:
    """Return the output named `backend`: simpleaudio, miniaudio or system.

    Raises:
        OutputError: it cannot be used here.
    """
    system = WinsoundOutput if sys.platform == "win32" else ProgramOutput
    kinds = {"simpleaudio": SimpleaudioOutput, "miniaudio": MiniaudioOutput, "system": system}
    try:
        return kinds[backend](library, failed)
    except ImportError as error:
        raise OutputError(f"{backend} cannot be loaded: {error}.") from error
