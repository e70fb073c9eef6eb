"""A private sound server that records what would be heard."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from array import array
from pathlib import Path

import pytest

from tests.audio.recorder import RATE, Recorder
from tests.audio.waiting import wait_for


class SoundServer:
    """A PulseAudio with a null sink, in a directory of its own; what the sink gets can be recorded.

    `environ` is the environment of processes that are to find it, also through ALSA, which is all that
    simpleaudio knows.
    """

    def __init__(self, directory: Path) -> None:
        directory.mkdir(mode=0o700)
        self.directory = directory
        self.own = {"XDG_RUNTIME_DIR": str(directory), "HOME": str(directory)}
        self.environ = {**os.environ, **self.own}
        self.environ.pop("PULSE_SERVER", None)
        (directory / ".asoundrc").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
        self.recorder: Recorder | None = None
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
        if self.recorder is not None:
            self.recorder.stop()
        self._server.send_signal(signal.SIGTERM)
        self._server.wait(5)

    def record(self, latency_ms: int = 200) -> None:
        """Begin to record. The server works in pieces of the recorder's latency: in small ones a busy machine
        leaves holes, in large ones a stream that is opened anew begins late."""
        self.recorder = Recorder(self.environ, latency_ms)

    def recorded(self) -> array[int]:
        """End the recording."""
        assert self.recorder is not None
        return self.recorder.stop()

    def streams(self) -> int:
        """How many streams players hold open."""
        listed = subprocess.run(
            ["pactl", "list", "short", "sink-inputs"],
            env=self.environ,
            capture_output=True,
            text=True,
            check=True,
        )
        return len(listed.stdout.splitlines())


def require_server() -> None:
    """Skip the test where there is no PulseAudio; fail where there must be one."""
    if missing := [name for name in ("pulseaudio", "parec", "pactl") if shutil.which(name) is None]:
        reason = f"{' and '.join(missing)} not installed: no sound server to record from"
        if os.environ.get("HIPCOACH_REQUIRE_SOUND") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
