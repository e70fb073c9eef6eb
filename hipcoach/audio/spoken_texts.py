"""Texts said aloud ahead of time, so that they can be sounded like any cue; kept for the next session."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import wave
from array import array
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread, current_thread
from typing import TypeAlias

from msgspec import Struct

from hipcoach.audio.pcm import RATE, SAMPLE, gain_of, little_endian, read_wav
from hipcoach.audio.temporary import SPEECH, temporary_prefix
from hipcoach.audio.voice import Synthesizer
from hipcoach.core.speech import speakable
from hipcoach.errors import HipcoachError, SpeechError

FORMAT = 1
"""Raised when the same text, voice and rate would make another file."""
PEAK = 20_000
"""The loudest sample of an utterance at full volume: as loud as the cues, and room for the tail of one."""
QUIET = 160
"""Samples up to this are silence that a program puts before and after what it says."""
MARGIN = RATE // 100
"""Samples of that silence that are kept."""
HEADER = 44
"""Bytes before the samples of a WAV file."""
LONGEST_TEXT = 200
"""Characters; nobody wants to hear more before a stretch."""
LONGEST = 20.0
"""Seconds."""
MOST_BYTES = 50_000_000
"""Size that the kept files may have together: some five hundred utterances."""
GIVE_UP_AFTER = 3
"""Failures in a row after which nothing more is tried: the program does not work here."""

Lengths: TypeAlias = Callable[[str], float | None]
Write: TypeAlias = Callable[[Path, bytes], None]
"""Writes a whole file for the user's eyes only, or raises HipcoachError."""


class _Said(Struct, frozen=True):
    path: Path
    seconds: float


class SpokenTexts:
    """Says texts into files below `directory`, each once, and knows which are ready.

    `seconds` and `sound` answer at once and from any thread, of what is ready; `say` takes its time;
    `prepare` has a thread of its own take that time. A text that cannot be said is never an error, only not
    there; `problem` is then one sentence why, for people.
    """

    def __init__(
        self,
        synthesizer: Synthesizer,
        directory: Path,
        write: Write,
        volume: float = 1.0,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self.problem = ""
        self._synthesizer = synthesizer
        self._directory = directory
        self._write = write
        self._gain = gain_of(volume)
        self._most_bytes = most_bytes
        self._said: dict[str, _Said | None] = {}
        self._failures = 0
        self._making = Lock()
        self._changing = Lock()
        self._job: Iterable[object] | None = None
        self._thread: Thread | None = None
        self._closing = Event()

    def seconds(self, text: str) -> float | None:
        """How long a text takes to say; None while it is not ready."""
        said = self._said.get(text)
        return None if said is None else said.seconds

    def sound(self, text: str) -> str | None:
        """The absolute path of the WAV file in which a text is said; None while it is not ready."""
        said = self._said.get(text)
        return None if said is None else str(said.path)

    def is_settled(self, text: str) -> bool:
        """Whether it is known if a text can be said; false while it only is not ready yet."""
        return text in self._said

    def say(self, text: str) -> float | None:
        """Get a text ready now and return how long it takes to say; None if it cannot be said."""
        if text not in self._said:
            with self._making:
                if text not in self._said:
                    self._make(text)
        return self.seconds(text)

    def prepare(self, job: Callable[[Lengths], Iterable[object]]) -> None:
        """Run a job in the background that gets texts ready by asking how long they take.

        It takes the place of the job before. Iterating over what it returns does the work; where another job
        or the end comes in between, it is left at the next item.
        """
        with self._changing:
            self._job = job(self.say)
            if self._thread is None and not self._closing.is_set():
                self._thread = Thread(target=self._run, name="speech", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Prepare no more; what is being said just now may end by itself."""
        self._closing.set()
        thread = self._thread
        if thread is not None and thread is not current_thread():
            thread.join(1.0)

    def wait(self, timeout: float) -> bool:
        """Wait until everything asked for is prepared; return whether that came about in time."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout)
        return self._thread is None

    def _run(self) -> None:
        while True:
            job = self._job
            for _ in job or ():
                if self._closing.is_set() or self._job is not job:
                    break
            with self._changing:
                if self._job is job or self._closing.is_set():
                    self._job = self._thread = None
                    return

    def _make(self, text: str) -> None:
        said = None
        words = speakable(text)
        if words and len(words) <= LONGEST_TEXT and self._failures < GIVE_UP_AFTER:
            try:
                said = self._kept(words) or self._new(words)
                self._failures = 0
            except (HipcoachError, OSError) as error:
                self._failures += 1
                self.problem = error.message if isinstance(error, HipcoachError) else str(error)
        self._said[text] = said

    def _path(self, words: str) -> Path:
        key = "\n".join((str(FORMAT), self._synthesizer.identity, f"{self._gain:.4f}", words))
        return self._directory / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.wav"

    def _kept(self, words: str) -> _Said | None:
        """A file of an earlier session, if it is whole; it counts as used today."""
        path = self._path(words)
        try:
            with wave.open(str(path), "rb") as file:
                shape = (file.getframerate(), file.getnchannels(), file.getsampwidth())
                frames = file.getnframes()
            whole = path.stat().st_size >= 2 * frames + HEADER
        except (OSError, EOFError, wave.Error):
            return None
        if shape != (RATE, 1, 2) or not frames or not whole:
            return None
        with suppress(OSError):
            os.utime(path)
        return _Said(path.absolute(), frames / RATE)

    def _new(self, words: str) -> _Said:
        with tempfile.TemporaryDirectory(prefix=temporary_prefix(SPEECH, os.getpid())) as place:
            target = Path(place) / "said.wav"
            self._synthesizer.write(words, target)
            samples = levelled(trimmed(read_wav(target, LONGEST)), self._gain)
        if not samples:
            raise SpeechError(f"{self._synthesizer.name} wrote nothing but silence.")
        path = self._path(words)
        self._write(path, _wav(samples))
        self._make_room(path.absolute())
        return _Said(path.absolute(), len(samples) / RATE)

    def _make_room(self, newest: Path) -> None:
        """Remove the files used longest ago, as far as there are too many; never one of this session."""
        in_use = {newest, *(said.path for said in self._said.values() if said is not None)}
        files = []
        for path in self._directory.glob("*.wav"):
            with suppress(OSError):
                status = path.stat()
                files.append((status.st_mtime, status.st_size, path.absolute()))
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if total <= self._most_bytes:
                return
            if path not in in_use:
                with suppress(OSError):
                    path.unlink()
                    total -= size


def trimmed(samples: array[int]) -> array[int]:
    """Samples without the silence before and after, but for `MARGIN`; empty if all is silent."""
    first = next((place for place, value in enumerate(samples) if abs(value) > QUIET), None)
    if first is None:
        return array(SAMPLE)
    last = next(place for place in range(len(samples) - 1, -1, -1) if abs(samples[place]) > QUIET)
    return samples[max(0, first - MARGIN) : last + MARGIN]


def levelled(samples: array[int], gain: float) -> array[int]:
    """Samples made as loud as the cues are, whatever the voice, times `gain` (0 to 1)."""
    loudest = max(map(abs, samples), default=0)
    if not loudest:
        return samples
    factor = gain * PEAK / loudest
    return array(SAMPLE, [round(value * factor) for value in samples])


def _wav(samples: array[int]) -> bytes:
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(little_endian(samples))
    return content.getvalue()
