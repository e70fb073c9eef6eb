"""Commands that write a file, ended in the middle of it by real signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from hipcoach.paths import AppPaths
from tests.commands.running import CHECKOUT, Log, Run

pytestmark = pytest.mark.slow

if os.name != "posix":
    pytest.skip("signals are POSIX's", allow_module_level=True)

PATIENCE = 60.0
HIDDEN = ".hipcoach-*.part"
NOW = datetime(2026, 3, 4, 7, 30, tzinfo=timezone(timedelta(hours=2)))
LONG_TRACK = ("render", "leg-circuit", "--rounds", "20", "-o", "track.wav")


def begun(place: Path, *arguments: str) -> subprocess.Popen[str]:
    """A command that runs in a directory and has begun to write a file there."""
    process = subprocess.Popen(
        (sys.executable, "-P", "-m", "hipcoach", *arguments),
        cwd=place,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + PATIENCE
    while not any(path.stat().st_size for path in place.glob(HIDDEN)):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        threading.Event().wait(0.005)
    return process


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty directory."""
    place = tmp_path / "place"
    place.mkdir()
    return place


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_track_that_is_ended_leaves_nothing(place: Path, number: signal.Signals) -> None:
    process = begun(place, *LONG_TRACK)
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (128 + number, "", "")
    assert list(place.iterdir()) == []


def test_an_export_that_is_ended_leaves_nothing(place: Path, paths: AppPaths, log: Log) -> None:
    log(NOW, "leg-circuit")
    (file,) = paths.sessions.iterdir()
    for number in range(400):
        (paths.sessions / f"20260101T000000Z-{number:06x}.toml").write_bytes(file.read_bytes())
    process = begun(place, "export", "-o", "log.json")
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (128 + signal.SIGTERM, "", "")
    assert list(place.iterdir()) == []


def test_what_a_killed_one_leaves_goes_with_a_later_one(place: Path, run: Run) -> None:
    process = begun(place, *LONG_TRACK)
    process.kill()
    process.communicate(timeout=PATIENCE)
    (left,) = place.iterdir()
    mine = place / ".hipcoach-notes"
    mine.write_text("not a leftover")
    assert run("export", "-o", place / "first.json").code == 0
    assert left.exists()  # it might still be somebody's work
    for path in (left, mine):
        os.utime(path, (1000, 1000))
    assert run("export", "-o", place / "second.json").code == 0
    assert sorted(path.name for path in place.iterdir()) == [mine.name, "first.json", "second.json"]


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_what_is_handed_out_is_for_its_owner_alone(run: Run, log: Log, place: Path, umask: int) -> None:
    log(NOW)
    before = os.umask(umask)
    try:
        assert run("export", "-o", place / "log.json").code == 0
        assert run("render", "desk-break", "-o", place / "track.wav").code == 0
        assert run("figure", "--sheet", place / "sheet.svg").code == 0
        assert run("new", "mine", "-o", place / "mine.toml").code == 0
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in place.iterdir()} == {0o600}
    assert len(list(place.iterdir())) == 4


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_file_that_appears_meanwhile_is_replaced_only_by_force(place: Path, force: tuple[str, ...]) -> None:
    process = begun(place, *LONG_TRACK, *force)
    (place / "track.wav").write_text("mine")
    out, err = process.communicate(timeout=PATIENCE)
    if force:
        assert process.returncode == 0
        assert (place / "track.wav").stat().st_size > 1000
    else:
        assert (process.returncode, out) == (2, "")
        assert err == "hipcoach: track.wav is there already; --force replaces it.\n"
        assert (place / "track.wav").read_text() == "mine"
    assert [path.name for path in place.iterdir()] == ["track.wav"]
