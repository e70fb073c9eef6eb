"""Texts said aloud into WAV files, by whatever the system has for it."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from hipcoach.errors import SpeechError

TIMEOUT = 15.0
"""Seconds an utterance may take to be written: PowerShell alone needs a few to start on a slow machine."""
NO_SOUND_SERVER = {"PULSE_SERVER": "unix:/dev/null"}
"""espeak-ng greets the sound server even when it only writes a file, and would wait for one that hangs."""
INSTALL = {
    "linux": "Install espeak-ng with your package manager, for example 'apt install espeak-ng'.",
    "darwin": "The program 'say' belongs to macOS; see that /usr/bin is in PATH.",
    "win32": "Speech goes through Windows PowerShell; see that powershell.exe is in PATH.",
}
"""What to do where nothing here can speak, by `sys.platform`."""
MAC_PREFERRED = ("Samantha", "Alex", "Daniel", "Karen", "Moira")
"""Plain voices: the first English one in the list of macOS, by the alphabet, is a joke."""
MAC_LINE = re.compile(r"^(?P<name>\S.*?)\s+(?P<locale>[a-z]{2,3}[_-]\w+)\s+#")
SAPI_USUAL = 175
"""Words per minute that SAPI speaks at its rate 0, or thereabouts."""

POWERSHELL_SCRIPT = """
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Speech
$wanted = $env:HIPCOACH_VOICE
$speaker = New-Object System.Speech.Synthesis.SpeechSynthesizer
$fitting = @($speaker.GetInstalledVoices() | Where-Object {
    $_.Enabled -and ($_.VoiceInfo.Name -eq $wanted -or
        $_.VoiceInfo.Culture.Name -eq $wanted -or $_.VoiceInfo.Culture.TwoLetterISOLanguageName -eq $wanted)
})
if ($fitting.Count -eq 0) { throw 'no such voice is installed' }
$speaker.SelectVoice($fitting[0].VoiceInfo.Name)
$speaker.Rate = [int]$env:HIPCOACH_RATE
$format = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(
    22050, [System.Speech.AudioFormat.AudioBitsPerSample]::Sixteen,
    [System.Speech.AudioFormat.AudioChannel]::Mono)
$speaker.SetOutputToWaveFile($env:HIPCOACH_FILE, $format)
$speaker.Speak($env:HIPCOACH_SAY)
$speaker.Dispose()
"""

Which = Callable[[str], str | None]


class Voice(Struct, frozen=True):
    """Which voice speaks, and how fast."""

    name: str = "en"
    """A language as "en" or "en-gb", or a voice by its name."""
    rate: int = 175
    """Words per minute."""


class Synthesizer(ABC):
    """Writes one text at a time as speech into a file."""

    def __init__(self, program: str, voice: Voice) -> None:
        self.program = program
        self.voice = voice

    @property
    def name(self) -> str:
        """What it is called, for people."""
        return Path(self.program).stem

    @property
    def identity(self) -> str:
        """What the sound depends on besides the text: program, voice and rate."""
        return f"{self.name.lower()} {self.voice.name} {self.voice.rate}"

    @abstractmethod
    def write(self, text: str, target: Path) -> None:
        """Speak a text into the WAV file `target`, 16 bit and mono. Takes up to `TIMEOUT` seconds.

        Raises:
            SpeechError: it could not be done.
        """


class Espeak(Synthesizer):
    """espeak-ng, or espeak before it."""

    def write(self, text: str, target: Path) -> None:
        """Speak a text into a file."""
        options = ["-v", self.voice.name, "-s", str(self.voice.rate), "-b", "1", "--stdin", "-w", str(target)]
        run([self.program, *options], text, NO_SOUND_SERVER)


class MacSay(Synthesizer):
    """The `say` of macOS."""

    def write(self, text: str, target: Path) -> None:
        """Speak a text into a file."""
        chosen = english_first(mac_voices(run([self.program, "-v", "?"])), self.voice.name, MAC_PREFERRED)
        options = ["-v", chosen, "-r", str(self.voice.rate), "-f", "-"]
        wave = ["--file-format=WAVE", "--data-format=LEI16@22050", "-o", str(target)]
        run([self.program, *options, *wave], text)


class WindowsSapi(Synthesizer):
    """The voices of Windows, through PowerShell.

    The script is fixed: whatever varies reaches it through its environment.
    """

    @property
    def name(self) -> str:
        """The interface's name."""
        return "SAPI"

    def write(self, text: str, target: Path) -> None:
        """Speak a text into a file."""
        environ = {
            "HIPCOACH_SAY": text,
            "HIPCOACH_FILE": str(target),
            "HIPCOACH_VOICE": self.voice.name,
            "HIPCOACH_RATE": str(sapi_rate(self.voice.rate)),
        }
        run([self.program, "-NoProfile", "-NonInteractive", "-Command", POWERSHELL_SCRIPT], environ=environ)


def find_synthesizer(
    voice: Voice, platform: str = sys.platform, which: Which = shutil.which
) -> Synthesizer | None:
    """What can speak here; None where nothing can. Only looks for programs and starts none."""
    if platform == "darwin" and (program := which("say")):
        return MacSay(program, voice)
    if platform == "win32" and (program := which("powershell")):
        return WindowsSapi(program, voice)
    for name in ("espeak-ng", "espeak"):
        if program := which(name):
            return Espeak(program, voice)
    return None


def how_to_get_speech(platform: str = sys.platform) -> str:
    """What to do where nothing can speak, in a sentence."""
    return INSTALL.get(platform, INSTALL["linux"])


def run(command: Sequence[str], text: str = "", environ: Mapping[str, str] | None = None) -> str:
    """Run a speech program with `text` as its input and return what it printed.

    Raises:
        SpeechError: it cannot be started, takes too long, or says that it failed.
    """
    name = Path(command[0]).name
    try:
        done = subprocess.run(  # noqa: S603 - a program of the fixed table, without a shell
            command,
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


def mac_voices(listing: str) -> dict[str, str]:
    """Voices and their locale, from what `say -v ?` prints."""
    found = (MAC_LINE.match(line) for line in listing.splitlines())
    return {match["name"]: match["locale"].replace("_", "-").lower() for match in found if match}


def english_first(voices: Mapping[str, str], wanted: str, preferred: Sequence[str]) -> str:
    """The voice called `wanted`, or one that speaks the language `wanted`, a preferred one if there is any.

    Where none does, `wanted` itself, so that the program says what is wrong.
    """
    if wanted in voices:
        return wanted
    language = wanted.lower()
    speaking = [
        name for name, locale in voices.items() if locale == language or locale.startswith(f"{language}-")
    ]
    return next((name for name in (*preferred, *speaking) if name in speaking), wanted)


def sapi_rate(words_per_minute: int) -> int:
    """SAPI's rate from -10 to 10, of which ten are a factor of three."""
    return max(-10, min(10, round(10 * math.log(words_per_minute / SAPI_USUAL, 3))))
