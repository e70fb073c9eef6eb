"""What becomes of the device: taken only for sounds, lost, and back again; with a real sound server."""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from hipcoach.audio.backends import open_sounds, probe
from hipcoach.audio.player_sounds import PlayerSounds
from hipcoach.audio.samples import RATE, wav_bytes
from hipcoach.audio.sounds import TimedSound
from tests.audio.listening import SOUNDS, onsets
from tests.audio.processes import players, processor_time
from tests.audio.sound_server import SoundServer
from tests.audio.waiting import let_pass, wait_for

pytestmark = [pytest.mark.sound_server, pytest.mark.timed]


@pytest.fixture
def sounds(sound_server: SoundServer) -> Iterator[PlayerSounds]:
    """Sounds through the real player and miniaudio, ready."""
    sounds = open_sounds("miniaudio", os.environ, bell=lambda: None)
    assert isinstance(sounds, PlayerSounds)
    sounds.open()
    wait_for(lambda: sounds.status.working, "the player")
    yield sounds
    sounds.close()


def test_the_device_is_held_through_a_pause_and_no_longer_than_a_session(
    sounds: PlayerSounds, sound_server: SoundServer
) -> None:
    (pid,) = players(os.getpid())
    wait_for(lambda: sound_server.streams() == 1, "the device to be taken")
    before = processor_time(pid)
    sounds.schedule([TimedSound("tick", time.monotonic() + 3)])
    sounds.cancel()
    let_pass(3.0)
    assert sound_server.streams() == 1
    assert processor_time(pid) - before <= 0.1
    sounds.rest()
    wait_for(lambda: sound_server.streams() == 0, "the device to be let go of")
    wait_for(lambda: players(os.getpid()) == [], "the player to end")
    assert sounds.status.working
    sounds.schedule([TimedSound("tick", time.monotonic() + 3)])
    wait_for(lambda: sound_server.streams() == 1, "the device to be taken again")


def test_what_is_spoken_sounds_and_a_file_that_is_missing_hurts_nothing(
    sounds: PlayerSounds, sound_server: SoundServer, tmp_path: Path
) -> None:
    # The samples of a bundled sound, so that they are recognised.
    (tmp_path / "said.wav").write_bytes(wav_bytes(SOUNDS["switch"]))
    (tmp_path / "long.wav").write_bytes(wav_bytes(array("h", bytes(2 * 31 * RATE))))
    (tmp_path / "broken.wav").write_bytes(b"RIFF")
    sounds.set_volume(1.0)
    sound_server.record()
    begin = time.monotonic() + 1.5
    names = [str(tmp_path / name) for name in ("said.wav", "gone.wav", "broken.wav", "long.wav")]
    sounds.schedule([TimedSound(name, begin + 0.1 * index) for index, name in enumerate(names)])
    sounds.schedule([TimedSound("tick", begin + 1.0)])
    sounds.schedule([TimedSound("rest", begin + 1.9)])
    let_pass(begin + 1.5 - time.monotonic())
    assert sounds.status.working
    sounds.close()
    let_pass(0.8)
    first, second, *more = onsets(sound_server.recorded())
    assert (first.name, second.name) == ("switch", "tick")
    assert second.sample - first.sample == pytest.approx(RATE, abs=RATE // 200)
    assert more == [], "what was still to come when the sounds were closed"


def test_a_probe_names_what_plays(sound_server: SoundServer) -> None:
    status = probe("auto", os.environ, 10)
    assert status.working
    assert "PulseAudio" in status.reason or status.backend == "simpleaudio"
