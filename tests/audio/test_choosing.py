"""Which backend is used: selection by what is asked for, installed and named in the environment."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hipcoach.audio import backends
from hipcoach.audio.backends import considered, open_sounds
from hipcoach.audio.sounds import BellSounds, Sounds

SSH = {"SSH_CONNECTION": "a b"}
MODULES = {"simpleaudio": "simpleaudio", "simpleaudio-patched": "simpleaudio", "miniaudio": "miniaudio"}
Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Have just these distributions and programs installed, for this version of Python."""
    site, programs = tmp_path / "site", tmp_path / "bin"
    site.mkdir()
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(
        "sys.path", [str(site), *(place for place in sys.path if "site-packages" not in place)]
    )

    def install(*names: str, python: tuple[int, int] = (3, 11)) -> None:
        for name in names:
            if module := MODULES.get(name):
                (site / f"{module}.py").touch()
                metadata = site / f"{name.replace('-', '_')}-1.0.dist-info" / "METADATA"
                metadata.parent.mkdir()
                metadata.write_text(f"Name: {name}\nVersion: 1.0\n")
            else:
                (programs / name).touch(mode=0o755)
        importlib.invalidate_caches()
        monkeypatch.setattr(backends, "PYTHON", python)

    return install


def _usable() -> list[str]:
    return [name for name, note in considered({}).items() if note == "can be tried"]


def _opened(backend: str, environ: dict[str, str] | None = None) -> Sounds:
    return open_sounds(backend, environ or {}, bell=lambda: None)


def test_the_order_is_simpleaudio_miniaudio_system(install: Install) -> None:
    install("simpleaudio", "miniaudio", "aplay")
    assert _usable() == ["simpleaudio", "miniaudio", "system"]
    assert not isinstance(_opened("auto"), BellSounds)


def test_what_is_not_there_is_not_tried_and_noted(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    install()
    assert _usable() == []
    assert len(considered({})) == 3
    assert _opened("auto").status.reason == "Nothing here can play sounds."
    forced = _opened("simpleaudio").status
    assert (forced.backend, "not installed" in forced.reason) == ("bell", True)
    monkeypatch.setattr("sys.platform", "win32")
    assert _usable() == ["system"]


@pytest.mark.parametrize(
    ("python", "builds", "usable"),
    [
        ((3, 11), ("simpleaudio",), True),
        ((3, 12), ("simpleaudio",), False),
        ((3, 13), ("simpleaudio-patched",), True),
        ((3, 13), ("simpleaudio", "simpleaudio-patched"), False),
    ],
)
def test_the_original_simpleaudio_is_not_used_on_3_12(
    install: Install, python: tuple[int, int], builds: tuple[str, ...], usable: bool
) -> None:
    install(*builds, python=python)
    note = considered({})["simpleaudio"]
    assert (note == "can be tried") is usable
    assert ("install simpleaudio-patched" in note) is not usable


def test_over_ssh_the_bell_unless_a_sound_server_is_named_or_a_backend_is_forced(install: Install) -> None:
    install("miniaudio")
    assert "SSH" in _opened("auto", SSH).status.reason
    assert "SSH" in considered(SSH)["bell"]
    for backend, environ in (("auto", {**SSH, "PULSE_SERVER": "tcp:laptop"}), ("miniaudio", SSH)):
        assert _opened(backend, environ).status.starting


def test_bell_and_silence_by_the_setting() -> None:
    assert _opened("silent").status.backend == "silent"
    assert isinstance(_opened("bell"), BellSounds)
    assert open_sounds("bell", {}, bell=None).status.backend == "silent"
