"""The sounds at hand: bundled ones for ever, files within bounds."""

from __future__ import annotations

import wave
from array import array
from pathlib import Path

import pytest

from hipcoach.audio import player
from hipcoach.audio.samples import RATE, write_wav
from hipcoach.audio.player import SoundLibrary
from hipcoach.errors import ResourceError

TICK = array("h", [1, 2, 3])


def _file(directory: Path, name: str, seconds: float = 0.01) -> str:
    write_wav(directory / name, array("h", bytes(2 * round(seconds * RATE))))
    return str(directory / name)


def test_a_file_is_at_hand_once_it_is_loaded(tmp_path: Path) -> None:
    library = SoundLibrary({"tick": TICK})
    path = _file(tmp_path, "said.wav")
    assert library.use("tick")
    assert not library.use(path)
    library.load(path)
    assert library.use(path)
    assert set(library) == {"tick", path}
    (tmp_path / "said.wav").unlink()
    library.load(path)
    assert len(library[path]) == 441


def test_those_used_longest_ago_go_and_the_bundled_ones_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player, "KEPT", 0.025)
    library = SoundLibrary({"tick": TICK})
    first, second, third = (_file(tmp_path, f"{name}.wav") for name in "abc")
    library.load(first)
    library.load(second)
    assert library.use(first)
    library.load(third)
    assert set(library) == {"tick", first, third}


def test_what_cannot_be_played_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    library = SoundLibrary({})
    with wave.open(str(tmp_path / "stereo.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(bytes(400))
    for path, what in (
        (str(tmp_path / "gone.wav"), "cannot be read"),
        (str(tmp_path), "cannot be read"),
        (str(tmp_path / "stereo.wav"), "not mono"),
        (_file(tmp_path, "long.wav", player.LONGEST + 0.1), "longer than 30 seconds"),
    ):
        with pytest.raises(ResourceError, match=what):
            library.load(path)
    assert len(library) == 0
