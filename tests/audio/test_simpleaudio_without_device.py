"""simpleaudio where no sound device is: what it lacks is said, and the next way of making sound is taken."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hipcoach.paths import user_paths

CHECKOUT = Path(__file__).parents[2]
LAID_OUT_ALIKE = {
    "simpleaudio/__init__.py": "from simpleaudio.shiny import *\n",
    "simpleaudio/shiny.py": (
        "import simpleaudio._simpleaudio as _sa\n"
        "def stop_all(): pass\n"
        "def play_buffer(audio_data, num_channels, bytes_per_sample, sample_rate):\n"
        "    _sa._play_buffer(audio_data)\n"
    ),
    "simpleaudio/_simpleaudio.py": (
        'SimpleaudioError = type("SimpleaudioError", (Exception,), {"__module__": "_simpleaudio"})\n'
        "def _play_buffer(data):\n"
        '    raise SimpleaudioError("Error opening PCM device. -- CODE: -2 -- MSG: No such file")\n'
    ),
    "simpleaudio_patched-1.0.5.dist-info/METADATA": "Name: simpleaudio-patched\nVersion: 1.0.5\n",
}
"""Both builds of the real one: the error's type is not among the names of the package."""


@pytest.fixture(autouse=True)
def installed(no_sound: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real simpleaudio where it is installed, else one that is laid out alike."""
    if importlib.util.find_spec("simpleaudio") is not None:
        return
    if os.environ.get("HIPCOACH_REQUIRE_SIMPLEAUDIO") == "1":
        pytest.fail("simpleaudio is not installed")
    for name, text in LAID_OUT_ALIKE.items():
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))


def doctor_on_sound(backend: str) -> str:
    """What `hipcoach doctor` prints of sound with that setting."""
    settings = user_paths().settings
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(f'[audio]\nbackend = "{backend}"\n')
    done = subprocess.run(
        [sys.executable, "-m", "hipcoach", "doctor"],
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    (line,) = (line for line in done.stdout.splitlines() if line[4:].startswith("sound "))
    return line


def test_simpleaudio_without_a_device_is_said_by_doctor() -> None:
    line = doctor_on_sound("simpleaudio")
    assert line.startswith(
        "  ! sound          bell: simpleaudio finds no sound device (Error opening PCM device."
    )
    assert "AttributeError" not in line


def test_after_simpleaudio_without_a_device_the_next_one_plays(program: object) -> None:
    assert doctor_on_sound("auto").startswith(
        "    sound          system: Sounds are played through system (pw-cat)."
    )
