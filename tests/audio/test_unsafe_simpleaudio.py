"""The original simpleaudio takes Python 3.12 and newer down: it is recognised, left alone and told about."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from hipcoach.audio import backends
from hipcoach.audio.backends import open_sounds
from hipcoach.audio.player_sounds import PlayerSounds
from hipcoach.cli import main
from hipcoach.paths import user_paths
from tests.audio.waiting import wait_for

DEADLY = "import ctypes; ctypes.string_at(0)"
"""What the original does there, only sooner."""


@pytest.fixture(autouse=True)
def original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.13 with the original simpleaudio."""
    site = tmp_path / "site"
    (site / "simpleaudio-1.0.4.dist-info").mkdir(parents=True)
    (site / "simpleaudio-1.0.4.dist-info" / "METADATA").write_text("Name: simpleaudio\nVersion: 1.0.4\n")
    (site / "simpleaudio.py").write_text(DEADLY)
    monkeypatch.syspath_prepend(site)
    monkeypatch.setenv("PYTHONPATH", str(site))
    importlib.invalidate_caches()

    monkeypatch.setattr(backends, "PYTHON", (3, 13))


def test_another_backend_is_used(program: object) -> None:
    sounds = open_sounds("auto", {}, bell=lambda: None)
    assert isinstance(sounds, PlayerSounds)
    sounds.open()
    wait_for(lambda: not sounds.status.starting, "the player")
    assert sounds.status.working
    assert sounds.status.backend in ("miniaudio", "system")
    sounds.close()


@pytest.mark.usefixtures("no_sound")
def test_it_cannot_be_forced_and_doctor_says_what_to_install(capfd: pytest.CaptureFixture[str]) -> None:
    forced = open_sounds("simpleaudio", {}, bell=None)
    assert "crashes Python 3.12" in forced.status.reason
    settings = user_paths().settings
    settings.parent.mkdir(parents=True)
    settings.write_text('[audio]\nbackend = "miniaudio"\n')
    assert main(["doctor"]) == 0
    out, err = capfd.readouterr()
    (line,) = (line for line in out.splitlines() if line.split()[:1] == ["simpleaudio"])
    assert "uninstall simpleaudio and install simpleaudio-patched" in line
    assert "pip install 'hipcoach[simpleaudio]'" in line
    assert err == ""
