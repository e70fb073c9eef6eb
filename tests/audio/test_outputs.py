"""Outputs that start each sound when it is due: simpleaudio by a stand-in, and the system's program."""

from __future__ import annotations

import os
import sys
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Protocol

import pytest

from hipcoach.audio import outputs
from hipcoach.audio.outputs import OutputError, ProgramOutput, SimpleaudioOutput
from hipcoach.audio.sounds import TimedSound
from tests.audio.processes import children

pytestmark = pytest.mark.timed

Waits = Callable[..., None]


def samples_of(name: str) -> array[int]:
    return array("h", [100, 200, 300])


class Program(Protocol):
    played: list[str]


def _soon(seconds: float = 0.0) -> TimedSound:
    return TimedSound("tick", time.monotonic() + seconds)


class SimpleaudioError(Exception):
    """As the real one's: in a private module, and not among the names of the package."""


class FakeSimpleaudio(ModuleType):
    def __init__(self) -> None:
        super().__init__("simpleaudio")
        self.present = True
        self.played: list[bytes] = []
        self.stops = 0

    def play_buffer(self, data: bytes, channels: int, width: int, rate: int) -> SimpleNamespace:
        assert (channels, width, rate) == (1, 2, 44_100)
        if not self.present:
            raise SimpleaudioError("no device")
        if any(data):
            self.played.append(data)
        return SimpleNamespace(stop=lambda: None)

    def stop_all(self) -> None:
        self.stops += 1


@pytest.fixture
def simpleaudio(monkeypatch: pytest.MonkeyPatch) -> FakeSimpleaudio:
    library = FakeSimpleaudio()
    monkeypatch.setitem(sys.modules, "simpleaudio", library)
    return library


def test_simpleaudio_plays_what_is_due_at_the_volume_set(
    simpleaudio: FakeSimpleaudio, wait_for: Waits
) -> None:
    output = SimpleaudioOutput(samples_of, pytest.fail)
    output.set_gain(0.5)
    output.schedule(_soon(0.2))
    output.cancel()
    assert simpleaudio.stops == 1
    output.schedule(_soon(0.05))
    wait_for(lambda: simpleaudio.played, "the sound")
    assert simpleaudio.played == [(outputs.SILENCE + array("h", [50, 100, 150])).tobytes()]
    output.close()


def test_simpleaudio_losing_its_device_is_reported(simpleaudio: FakeSimpleaudio, wait_for: Waits) -> None:
    failures: list[str] = []
    output = SimpleaudioOutput(samples_of, failures.append)
    simpleaudio.present = False
    output.schedule(_soon())
    wait_for(lambda: failures, "the failure")
    output.close()
    with pytest.raises(OutputError, match="no device"):
        SimpleaudioOutput(samples_of, pytest.fail)


def test_a_program_that_begins_to_fail_is_reported_and_leaves_no_files(
    program: Program, wait_for: Waits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    failures: list[str] = []
    output = ProgramOutput(samples_of, failures.append)
    assert output.detail == "pw-cat"
    (tmp_path / "bin" / "pw-cat").write_text("#!/bin/sh\nexit 1\n")

    def fails() -> bool:
        output.schedule(_soon())
        return bool(failures)

    wait_for(fails, "the failure")
    assert failures[0] == "pw-cat cannot play any more (it fails or hangs)."
    output.close()
    assert not list(tmp_path.glob("hipcoach-*"))


def test_a_program_that_fails_at_once_is_not_used(program: Program, tmp_path: Path) -> None:
    (tmp_path / "bin" / "pw-cat").write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(OutputError, match="pw-cat failed"):
        ProgramOutput(samples_of, pytest.fail)
    (tmp_path / "bin" / "pw-cat").unlink()
    with pytest.raises(OutputError, match="none is there"):
        ProgramOutput(samples_of, pytest.fail)


def test_a_program_that_hangs_is_reported_and_killed(
    program: Program, wait_for: Waits, tmp_path: Path
) -> None:
    failures: list[str] = []
    output = ProgramOutput(samples_of, failures.append)
    (tmp_path / "bin" / "pw-cat").write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    begun = time.monotonic()
    for index in range(outputs.AT_ONCE + 1):
        output.schedule(TimedSound("tick", begun + 0.1 + 0.01 * index))
    wait_for(lambda: failures, "the failure")
    assert len(children(os.getpid())) == outputs.AT_ONCE
    output.close()
    assert children(os.getpid()) == []
