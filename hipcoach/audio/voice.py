"""Texts said aloud into WAV files, by whatever the system has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from hipcoach.audio.voice_programs import (
    MAC_PREFERRED,
    POWERSHELL_SCRIPT,
    english_first,
    mac_voices,
    sapi_rate,
)
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


Which = Callable[[str], str | None]


class Synthesizer(Protocol):
    """Says one text into a file."""

    @property
    def name(self) -> str:
        """What it is called, for people."""

    @property
    def identity(self) -> str:
        """What the sound depends on besides the text: program, voice and rate."""

    def write(self, text: str, target: Path) -> None:
        """Say a text into the WAV file `target`, 16 bit and mono. Takes up to `TIMEOUT` seconds.

        Raises:
            SpeechError: it could not be done.
        """


class Voice(Struct, frozen=True):
    """Which voice speaks, and how fast."""

    name: str = "en"
    """A language as "en" or "en-gb", or a voice by its name."""
    rate: int = 175
    """Words per minute."""


class Espeak(Struct, frozen=True):
    """espeak-ng, or espeak before it."""

    program: str
    voice: Voice

    @property
    def name(self) -> str:
        """The program's name."""
        return Path(self.program).stem

    @property
    def identity(self) -> str:
        """Program, voice and rate."""
        return f"{self.name} {self.voice.name} {self.voice.rate}"

    def write(self, text: str, target: Path) -> None:
        """Say a text into a file."""
        options = ["-v", self.voice.name, "-s", str(self.voice.rate), "-b", "1", "--stdin", "-w", str(target)]
        run([self.program, *options], text, NO_SOUND_SERVER)


class MacSay(Struct, frozen=True):
    """The `say` of macOS."""

    program: str
    voice: Voice

    @property
    def name(self) -> str:
        """The program's name."""
        return "say"

    @property
    def identity(self) -> str:
        """Program, voice and rate."""
        return f"say {self.voice.name} {self.voice.rate}"

    def write(self, text: str, target: Path) -> None:
        """Say a text into a file."""
        chosen = english_first(mac_voices(run([self.program, "-v", "?"])), self.voice.name, MAC_PREFERRED)
        options = ["-v", chosen, "-r", str(self.voice.rate), "-f", "-"]
        wave = ["--file-format=WAVE", "--data-format=LEI16@22050", "-o", str(target)]
        run([self.program, *options, *wave], text)


class WindowsSapi(Struct, frozen=True):
    """The voices of Windows, through PowerShell.

    The script is fixed: whatever varies reaches it through its environment.
    """

    program: str
    voice: Voice

    @property
    def name(self) -> str:
        """The interface's name."""
        return "SAPI"

    @property
    def identity(self) -> str:
        """Interface, voice and rate."""
        return f"sapi {self.voice.name} {self.voice.rate}"

    def write(self, text: str, target: Path) -> None:
        """Say a text into a file."""
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
