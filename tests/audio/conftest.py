"""A private sound server that records what would be heard, and a stand-in for the system's own player."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

RATE = 44_100


class SoundServer:
    """A PulseAudio with a null sink, in a directory of its own; what the sink gets can be recorded."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.environ = {**os.environ, "XDG_RUNTIME_DIR": str(directory), "HOME": str(directory)}
        self._recorder: subprocess.Popen[bytes] | None = None
        self._recording = directory / "recording.raw"
        self.start()

    def start(self) -> None:
        self._server = subprocess.Popen(
            [
                "pulseaudio",
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "-L",
                "module-native-protocol-unix",
                "-L",
                f"module-null-sink sink_name=null0 rate={RATE} channels=1",
            ],
            env=self.environ,
            stderr=subprocess.DEVNULL,
        )
        wait_for((self.directory / "pulse" / "native").is_socket, "the sound server")

    def stop(self) -> None:
        if self._recorder is not None:
            self.recorded()
        self._server.send_signal(signal.SIGTERM)
        self._server.wait(5)

    def record(self, latency_ms: int = 200) -> None:
        """Begin to record. The server works in pieces of the recorder's latency: in small ones a busy machine
        leaves holes, in large ones a stream that is opened anew begins late."""
        command = ["parec", "-d", "null0.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1"]
        with self._recording.open("wb") as target:
            self._recorder = subprocess.Popen(
                [*command, "--raw", f"--latency-msec={latency_ms}"], env=self.environ, stdout=target
            )
        wait_for(lambda: self._recording.stat().st_size > 0, "the recorder")

    def recorded(self) -> array[int]:
        assert self._recorder is not None
        self._recorder.terminate()
        self._recorder.wait(5)
        self._recorder = None
        samples = array("h")
        data = self._recording.read_bytes()
        samples.frombytes(data[: len(data) // 2 * 2])
        return samples


def wait_for(condition: Callable[[], object], what: str, timeout: float = 10.0) -> None:
    """Poll until the condition holds; fail with `what` did not come about."""
    deadline = time.monotonic() + timeout
    pause = Event()
    while not condition():
        assert time.monotonic() < deadline, f"waited {timeout} s in vain for {what}"
        pause.wait(0.01)


@pytest.fixture(name="wait_for")
def _wait_for() -> Callable[..., None]:
    return wait_for


@pytest.fixture
def sound_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    if missing := [name for name in ("pulseaudio", "parec") if shutil.which(name) is None]:
        reason = f"{' and '.join(missing)} not installed: no sound server to record from"
        if os.environ.get("HIPCOACH_REQUIRE_SOUND") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    directory = tmp_path / "server"
    directory.mkdir(mode=0o700)
    server = SoundServer(directory)
    for name in ("XDG_RUNTIME_DIR", "HOME"):
        monkeypatch.setenv(name, server.environ[name])
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    # simpleaudio speaks ALSA only.
    alsa = directory / "asoundrc"
    alsa.write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
    shutil.copy(alsa, directory / ".asoundrc")
    yield server
    server.stop()


@pytest.fixture
def no_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a sound server and without a card."""
    for name in ("XDG_RUNTIME_DIR", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    # Nothing listens at the address, so neither library finds a server, and none is started for it.
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")


class FakeProgram:
    """Stands in for the system's sound player: notes the names of the files it is told to play."""

    def __init__(self, directory: Path) -> None:
        self.log = directory / "played.txt"
        self.log.touch()
        program = directory / "pw-cat"
        program.write_text(f'#!/bin/sh\nfor last; do :; done\necho "$last" >> {self.log}\n')
        program.chmod(0o755)

    @property
    def played(self) -> list[str]:
        stems = [Path(line).stem.rsplit("-", 1) for line in self.log.read_text().splitlines()]
        return [stem[0] for stem in stems if stem != ["silence"]]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeProgram:
    if sys.platform == "win32":
        pytest.skip("the stand-in is a shell script")
    directory = tmp_path / "bin"
    directory.mkdir()
    monkeypatch.setenv("PATH", str(directory))
    # A player that is killed cannot remove its temporary files.
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return FakeProgram(directory)
