"""A whole session as a real sound server gets it: every cue, none else, each whole and on time.

The backends play at the same time, each for a server of its own.
"""

from __future__ import annotations

import importlib.util
import json
import math
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from msgspec import Struct

from tests.audio.listening import Onset, onsets
from tests.audio.recorder import RATE
from tests.audio.sound_server import SoundServer, require_server
from tests.audio.waiting import let_pass

pytestmark = [pytest.mark.sound_server, pytest.mark.timed]

ROOT = Path(__file__).parents[2]
BACKENDS = ("miniaudio", "simpleaudio")
MEDIAN, WORST = 5.0, 20.0
"""Milliseconds that half and 99 of 100 onsets may be off."""


class Heard(Struct, frozen=True):
    """What was planned and what was heard of a session. `offsets` are milliseconds from the plan to the
    onset, less the constant latency; `sink_ppm` is how fast the sink's clock ran, which is allowed for."""

    planned: list[str]
    taken_back: int
    heard: list[str]
    offsets: list[float]
    sink_ppm: float


@pytest.fixture(scope="module")
def sessions(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Heard]]:
    require_server()
    wanted = {
        str(item.callspec.params["backend"])
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.path == request.path
    }
    with ExitStack() as running:
        started: dict[str, tuple[SoundServer, subprocess.Popen[str]]] = {}
        for backend in sorted(wanted):
            if importlib.util.find_spec(backend) is not None:
                # Not both held up at the same time: there may be no more than two cores.
                let_pass(3.0 if started else 0.0)
                server = SoundServer(tmp_path_factory.mktemp(backend) / "server")
                running.callback(server.stop)
                server.record(200 if backend == "miniaudio" else 10)
                started[backend] = server, running.enter_context(_session(backend, server))
        yield {backend: _listen(*each) for backend, each in started.items()}


def _session(backend: str, server: SoundServer) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.audio.session_run", backend, str(server.directory / "home")]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=server.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _listen(server: SoundServer, process: subprocess.Popen[str]) -> Heard:
    out, err = process.communicate(timeout=100)
    assert process.returncode == 0, err
    assert err == ""
    told = json.loads(out)
    heard: list[Onset] = onsets(server.recorded())
    assert server.recorder is not None
    rate = server.recorder.rate
    offsets = [each.sample / rate - due for each, (_, due) in zip(heard, told["cues"], strict=False)]
    latency = statistics.median(offsets)
    return Heard(
        [name for name, _ in told["cues"]],
        told["taken_back"],
        [each.name for each in heard],
        [(offset - latency) * 1000 for offset in offsets],
        (rate / RATE - 1) * 1e6,
    )


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_cue_of_a_session_is_heard_when_it_is_due(
    backend: str, sessions: dict[str, Heard], capsys: pytest.CaptureFixture[str]
) -> None:
    if backend not in sessions:
        if os.environ.get(f"HIPCOACH_REQUIRE_{backend.upper()}") == "1":
            pytest.fail(f"{backend} is not installed")
        pytest.skip(f"{backend} is not installed")
    session = sessions[backend]
    off = sorted(map(abs, session.offsets))
    most = off[math.ceil(0.99 * len(off)) - 1]
    with capsys.disabled():
        print(
            f"\n{backend}: {len(session.heard)} of {len(session.planned)} cues heard, off by "
            f"{statistics.median(off):.2f} ms (median), {most:.2f} ms (99th percentile), "
            f"{off[-1]:.2f} ms (worst), with a sink that runs {session.sink_ppm:+.0f} ppm fast"
        )
    assert session.heard == session.planned
    assert session.taken_back >= 2
    assert statistics.median(off) <= MEDIAN
    assert most <= WORST
