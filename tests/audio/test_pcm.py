"""Reading and writing samples."""

from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path

import pytest

from hipcoach.audio.samples import RATE, gain_of, read_sounds, read_wav, scaled, write_wav
from hipcoach.errors import ResourceError


def test_what_is_written_is_read(tmp_path: Path) -> None:
    samples = array("h", [0, 1, -1, 32_767, -32_768])
    write_wav(tmp_path / "a.wav", samples)
    assert read_wav(tmp_path / "a.wav") == samples
    assert read_sounds(tmp_path) == {"a": samples}


def test_a_missing_broken_or_different_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"gone\.wav"):
        read_wav(tmp_path / "gone.wav")
    (tmp_path / "broken.wav").write_bytes(b"RIFF")
    with pytest.raises(ResourceError, match=r"broken\.wav"):
        read_wav(tmp_path / "broken.wav")
    with wave.open(str(tmp_path / "stereo.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44_100)
    with pytest.raises(ResourceError, match="mono"):
        read_wav(tmp_path / "stereo.wav")


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 48_000])
def test_another_rate_is_converted_with_its_length_and_pitch(rate: int, tmp_path: Path) -> None:
    tone = array("h", [round(8_000 * math.sin(2 * math.pi * 300 * at / rate)) for at in range(rate)])
    write_wav(tmp_path / "tone.wav", tone)
    with (tmp_path / "tone.wav").open("r+b") as file:
        file.seek(24)
        file.write(rate.to_bytes(4, "little"))
    converted = read_wav(tmp_path / "tone.wav")
    assert len(converted) == RATE
    exact = [8_000 * math.sin(2 * math.pi * 300 * at / RATE) for at in range(RATE)]
    assert max(abs(a - b) for a, b in zip(converted[:-10], exact, strict=False)) < 80


def test_no_sounds_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="missing"):
        read_sounds(tmp_path)


def test_volume_is_heard_on_a_curve() -> None:
    assert [gain_of(volume) for volume in (-1.0, 0.0, 0.5, 1.0, 2.0)] == [0.0, 0.0, 0.25, 1.0, 1.0]
    assert gain_of(1.0, muted=True) == 0.0
    assert scaled(array("h", [100, -3]), 0.5) == array("h", [50, -2])
