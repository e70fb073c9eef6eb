"""simpleaudio where it has no device or is the build that crashes: that is said, and another way is taken."""

from __future__ import annotations

import importlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hipcoach.audio import backends
from hipcoach.audio.backends import open_sounds
from hipcoach.cli import main
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
CRASHING = {
    "simpleaudio.py": "import ctypes; ctypes.string_at(0)",
    "simpleaudio-1.0.4.dist-info/METADATA": "Name: simpleaudio\nVersion: 1.0.4\n",
}
"""What the original does on Python 3.12 and newer, only sooner."""


def install(files: dict[str, str], site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
    monkeypatch.setenv("PYTHONPATH", str(site))


def use(backend: str) -> None:
    settings = user_paths().settings
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(f'[audio]\nbackend = "{backend}"\n')


def doctor_on_sound(backend: str) -> str:
    """What `hipcoach doctor` prints of sound with that setting."""
    use(backend)
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


@pytest.fixture
def installed(no_sound: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real simpleaudio where it is installed, else one that is laid out alike."""
    if importlib.util.find_spec("simpleaudio") is None:
        if os.environ.get("HIPCOACH_REQUIRE_SIMPLEAUDIO") == "1":
            pytest.fail("simpleaudio is not installed")
        install(LAID_OUT_ALIKE, tmp_path / "site", monkeypatch)


@pytest.mark.usefixtures("installed")
def test_simpleaudio_without_a_device_is_said_by_doctor() -> None:
    line = doctor_on_sound("simpleaudio")
    assert line.startswith(
        "  ! sound          bell: simpleaudio finds no sound device (Error opening PCM device."
    )
    assert "AttributeError" not in line


@pytest.mark.usefixtures("installed")
def test_after_simpleaudio_without_a_device_the_next_one_plays(program: object) -> None:
    assert doctor_on_sound("auto").startswith(
        "    sound          system: Sounds are played through system (pw-cat)."
    )


@pytest.fixture
def original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.13 with the original simpleaudio."""
    install(CRASHING, tmp_path / "site", monkeypatch)
    monkeypatch.syspath_prepend(tmp_path / "site")
    importlib.invalidate_caches()
    monkeypatch.setattr(backends, "PYTHON", (3, 13))


@pytest.mark.usefixtures("original", "no_sound")
def test_the_original_cannot_be_forced_and_doctor_says_what_to_install(
    capfd: pytest.CaptureFixture[str],
) -> None:
    forced = open_sounds("simpleaudio", {}, bell=None)
    assert "crashes Python 3.12" in forced.status.reason
    use("miniaudio")
    assert main(["doctor"]) == 0
    out, err = capfd.readouterr()
    (line,) = (line for line in out.splitlines() if line.split()[:1] == ["simpleaudio"])
    assert "uninstall simpleaudio and install simpleaudio-patched" in line
    assert "pip install 'hipcoach[simpleaudio]'" in line
    assert err == ""
