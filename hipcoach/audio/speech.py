"""Texts said aloud by a program of the system, ahead of time, into files that are sounded like any cue."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from array import array
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

from hipcoach.audio.samples import RATE, SAMPLE, gain_of, read_wav, scaled, wav_bytes
from hipcoach.core.speech import Lengths, speakable
from hipcoach.errors import HipcoachError, ResourceError, SpeechError
from hipcoach.paths import bundled

TIMEOUT = 15.0
"""Seconds an utterance may take to be written: PowerShell alone needs a few to start on a slow machine."""
NO_SOUND_SERVER = {"PULSE_SERVER": "unix:/dev/null"}
"""espeak-ng greets the sound server even when it only writes a file, and would wait for one that hangs."""
NO_SPEECH = "Nothing here can speak. Install espeak-ng, for example with 'apt install espeak-ng'."
"""For people who want speech where there is no program for it; macOS and Windows have one."""
PROGRAMS = {"darwin": ("say",), "win32": ("powershell",)}
"""What speaks by `sys.platform`, where it has something of its own."""
MAC_PREFERRED = ("Samantha", "Alex", "Daniel", "Karen", "Moira")
"""Plain voices: the first English one in the list of macOS, by the alphabet, is a joke."""
MAC_LINE = re.compile(r"^(?P<name>\S.*?)\s+(?P<locale>[a-z]{2,3}[_-]\w+)\s+#", re.MULTILINE)
SAPI_USUAL = 175
"""Words per minute that SAPI speaks at its rate 0, or thereabouts."""

FORMAT = 1
"""Raised when the same text, voice and rate would make another file."""
PEAK = 20_000
"""The loudest sample of an utterance at full volume: as loud as the cues, and room for the tail of one."""
QUIET = 160
"""Samples up to this are silence that a program puts before and after what it says."""
MARGIN = RATE // 100
"""Samples of that silence that are kept."""
LONGEST_TEXT = 200
"""Characters; nobody wants to hear more before a stretch."""
MOST_FILES = 500
"""How many files are kept: some 50 MB, and many times the utterances of a session."""
GIVE_UP_AFTER = 3
"""Failures in a row after which nothing more is tried: the program does not work here."""


@dataclass
class Synthesizer:
    """A program that writes one text at a time as speech into a file.

    `voice` is a language as "en" or "en-gb", or a voice by its name; `rate` is in words per minute.
    """

    program: str
    voice: str = "en"
    rate: int = 175

    @property
    def name(self) -> str:
        """What it is called, for people."""
        name = Path(self.program).stem.lower()
        return "SAPI" if name == "powershell" else name

    def write(self, text: str, target: Path) -> None:
        """Speak a text into the WAV file `target`, 16 bit and mono. Takes up to `TIMEOUT` seconds.

        Raises:
            SpeechError: it could not be done.
        """
        voice, rate, file = self.voice, str(self.rate), str(target)
        if self.name == "SAPI":
            # The script is fixed: whatever varies reaches it through its environment.
            script = (bundled("data") / "speak.ps1").read_text(encoding="utf-8")
            environ = {"HIPCOACH_SAY": text, "HIPCOACH_FILE": file, "HIPCOACH_VOICE": voice}
            # Ten of its steps are a factor of three.
            environ["HIPCOACH_RATE"] = str(round(10 * math.log(self.rate / SAPI_USUAL, 3)))
            self.run("-NoProfile", "-NonInteractive", "-Command", script, environ=environ)
        elif self.name == "say":
            voice = mac_voice(self.run("-v", "?"), voice)
            wave_file = ("--file-format=WAVE", "--data-format=LEI16@22050", "-o", file)
            self.run("-v", voice, "-r", rate, "-f", "-", *wave_file, text=text)
        else:
            utf8_input = ("-b", "1", "--stdin")
            self.run("-v", voice, "-s", rate, *utf8_input, "-w", file, text=text, environ=NO_SOUND_SERVER)

    def run(self, *options: str, text: str = "", environ: Mapping[str, str] | None = None) -> str:
        """Run the program with `text` as its input and return what it printed.

        Raises:
            SpeechError: it cannot be started, takes too long, or reports that it failed.
        """
        name = Path(self.program).name
        try:
            done = subprocess.run(  # noqa: S603 - one of the programs below, without a shell
                [self.program, *options],
                input=text.encode("utf-8", "replace"),
                capture_output=True,
                timeout=TIMEOUT,
                env={**os.environ, **(environ or {})},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise SpeechError(f"{name} did not finish within {TIMEOUT:g} seconds.") from None
        except (OSError, ValueError) as error:
            raise SpeechError(f"{name} cannot be started: {error}.") from error
        if done.returncode:
            last = " ".join(done.stderr.decode("utf-8", "replace").split())[-200:]
            raise SpeechError(f"{name} failed ({last or f'exit code {done.returncode}'}).")
        return done.stdout.decode("utf-8", "replace")


def find_synthesizer(voice: str, rate: int, platform: str = sys.platform) -> Synthesizer | None:
    """Return what can speak here; None where nothing can. Only looks for programs and starts none."""
    for name in (*PROGRAMS.get(platform, ()), "espeak-ng", "espeak"):
        if program := shutil.which(name):
            return Synthesizer(program, voice, rate)
    return None


def mac_voice(listing: str, wanted: str) -> str:
    """Return the voice called `wanted` in what `say -v ?` prints, or else one of the language `wanted`.

    Where there is none, `wanted` itself, so that the program reports what is wrong.
    """
    found = MAC_LINE.finditer(listing)
    voices = {each["name"]: each["locale"].replace("_", "-").lower() for each in found}
    if wanted in voices:
        return wanted
    speaking = [name for name, locale in voices.items() if f"{locale}-".startswith(f"{wanted.lower()}-")]
    return next((name for name in (*MAC_PREFERRED, *speaking) if name in speaking), wanted)


class SpokenTexts:
    """Says texts into files below `directory`, each once, and knows which are ready.

    `seconds` and `sound` answer at once and from any thread; `say` takes its time; `prepare` has a thread of
    its own take that time. A text that cannot be said is never an error, only not there; `problem` is then
    one sentence why, for people. `write` writes a whole file for the user's eyes only, or raises
    HipcoachError.
    """

    def __init__(
        self,
        synthesizer: Synthesizer,
        directory: Path,
        write: Callable[[Path, bytes], None],
        volume: float = 1.0,
    ) -> None:
        self.problem = ""
        self._synthesizer = synthesizer
        self._directory = directory
        self._write = write
        self._gain = gain_of(volume)
        self._said: dict[str, float | None] = {}
        """The seconds of each text that was asked for; None where it cannot be said."""
        self._failures = 0
        self._saying = Lock()
        self._job: Iterable[object] = ()
        self._thread: Thread | None = None
        self._closed = False

    def seconds(self, text: str) -> float | None:
        """Return how long a text takes to say; None while it is not ready."""
        return self._said.get(text)

    def sound(self, text: str) -> str | None:
        """Return the absolute path of the WAV file in which a text is said; None while it is not ready."""
        return None if self.seconds(text) is None else str(self._path(speakable(text)))

    def is_settled(self, text: str) -> bool:
        """Whether it is known if a text can be said; false while it only is not ready yet."""
        return text in self._said

    def say(self, text: str) -> float | None:
        """Get a text ready now and return how long it takes to say; None if it cannot be said."""
        with self._saying:
            if text not in self._said:
                self._said[text] = self._say(speakable(text))
        return self.seconds(text)

    def prepare(self, job: Callable[[Lengths], Iterable[object]]) -> None:
        """Run a job in the background that gets texts ready by asking how long they take.

        Iterating over what it returns does the work. Another job, or the end, stops it at the next item.
        """
        if not self._closed:
            self._job = job(self.say)
            self._thread = Thread(target=self._work, args=(self._job,), name="speech", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Prepare no more; what is being said just now may end by itself."""
        self._closed = True
        self.wait(1.0)

    def wait(self, timeout: float) -> bool:
        """Wait until everything asked for is prepared; return whether that came about in time."""
        if self._thread is None:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self, job: Iterable[object]) -> None:
        for _ in job:
            if self._closed or job is not self._job:
                break

    def _path(self, words: str) -> Path:
        by = self._synthesizer
        voice = f"{by.name.lower()} {by.voice} {by.rate}"
        import hashlib  # slow to load, and needed only where something is said

        key = "\n".join((str(FORMAT), voice, f"{self._gain:.4f}", words))
        return self._directory.absolute() / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.wav"

    def _say(self, words: str) -> float | None:
        if not words or len(words) > LONGEST_TEXT or self._failures >= GIVE_UP_AFTER:
            return None
        try:
            path = self._path(words)
            seconds = _kept(path) or self._new(words, path)
        except (HipcoachError, OSError) as error:
            self._failures += 1
            self.problem = str(error)
            return None
        self._failures = 0
        return seconds

    def _new(self, words: str, path: Path) -> float:
        with tempfile.TemporaryDirectory(prefix="hipcoach-") as place:
            target = Path(place) / "said.wav"
            self._synthesizer.write(words, target)
            samples = levelled(trimmed(read_wav(target)), self._gain)
        if not samples:
            raise SpeechError(f"{self._synthesizer.name} wrote nothing but silence.")
        self._write(path, wav_bytes(samples))
        _make_room(self._directory)
        return len(samples) / RATE


def _kept(path: Path) -> float | None:
    """The seconds of a file of an earlier session, if it can be read; it counts as used today."""
    with suppress(OSError, ResourceError):
        os.utime(path)
        return len(read_wav(path)) / RATE
    return None


def _make_room(directory: Path) -> None:
    """Remove the files used longest ago, as far as there are too many."""
    with suppress(OSError):  # another session removes the same
        files = sorted(directory.glob("*.wav"), key=lambda path: path.stat().st_mtime)
        for path in files[:-MOST_FILES]:
            path.unlink()


def trimmed(samples: array[int]) -> array[int]:
    """Return the samples without the silence before and after, but for `MARGIN`; empty if all is silent."""
    loud = [place for place, value in enumerate(samples) if abs(value) > QUIET]
    return samples[max(0, loud[0] - MARGIN) : loud[-1] + MARGIN] if loud else array(SAMPLE)


def levelled(samples: array[int], gain: float) -> array[int]:
    """Return the samples as loud as the cues are, whatever the voice, times `gain` (0 to 1)."""
    return scaled(samples, gain * PEAK / max(1, max(map(abs, samples), default=1)))
