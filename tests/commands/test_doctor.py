from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hipcoach.audio.sounds import SoundStatus
from hipcoach.commands import doctor
from hipcoach.core.compile import compile_plan
from hipcoach.paths import AppPaths
from hipcoach.storage.catalog import bundled_catalog
from hipcoach.storage.journal import Journal, JournalHeader, find_unfinished
from hipcoach.storage.text_file import read_bytes
from tests.commands.running import Log, Run


@pytest.fixture(autouse=True)
def sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sound device that works, so that no test waits for a real one."""

    def probe(backend: str, environ: Mapping[str, str]) -> SoundStatus:
        return SoundStatus(working=True, backend="miniaudio", reason="")

    monkeypatch.setattr(doctor, "probe", probe)


def marked(out: str) -> list[str]:
    return [line.split()[1] for line in out.splitlines() if line.startswith("  ! ")]


def test_a_fresh_machine_is_told_about_without_writing(run: Run, home: Path) -> None:
    result = run("doctor")
    assert (result.code, result.err) == (0, "")
    # The tests run without a terminal; that is the only fault.
    assert marked(result.out) == ["terminal"]
    assert "6 routines, 28 exercises" in result.out
    assert "made when it is needed" in result.out
    assert list(home.iterdir()) == []


def test_what_cannot_be_read_is_named_with_what_to_do(run: Run, log: Log, paths: AppPaths) -> None:
    log(datetime.now(UTC))
    log(datetime.now(UTC) + timedelta(days=2))
    (paths.sessions / "broken.toml").write_text("x")
    paths.config.mkdir(parents=True)
    paths.settings.write_text("[audio]\nvolume = 200\n")
    paths.journals.mkdir(parents=True)
    (paths.journals / "broken.jsonl").write_text("{}\n")
    (paths.config / "routines").mkdir()
    (paths.config / "routines" / "broken.toml").write_text("format = 1")
    result = run("doctor")
    assert result.code == 0
    assert "1 in the log" in result.out
    assert marked(result.out) == ["terminal", "session", "session", "unfinished", "settings", "file"]
    assert "volume" in result.out
    assert result.out.splitlines()[-1] == "6 things to look at, marked '!' above."


def a_header(id: str) -> JournalHeader:
    catalog = bundled_catalog()
    plan = compile_plan(catalog.routines["desk-break"], catalog)
    return JournalHeader(id, datetime(2026, 3, 4, tzinfo=UTC), date(2026, 3, 4), "0", {}, plan)


def test_an_unfinished_session_is_told_and_left_for_the_app(run: Run, paths: AppPaths) -> None:
    Journal.begin(paths.journals, a_header("a-session")).close(remove=False)
    result = run("doctor")
    assert "Desk break, begun 2026-03-04 00:00, is running or was cut off" in result.out
    (found,) = find_unfinished(paths.journals).unfinished
    found.close(remove=True)


def everything(below: Path) -> dict[Path, tuple[int, int, int, bytes]]:
    """Every file and directory: its inode, its mode, when it was changed, what is in it."""
    found = {}
    for path in (below, *below.rglob("*")):
        about = path.stat()
        content = path.read_bytes() if path.is_file() else b""
        found[path] = (about.st_ino, about.st_mode, about.st_mtime_ns, content)
    return found


def a_used_home(paths: AppPaths, log: Log) -> list[Journal]:
    """Sessions, an empty and a broken journal, leftovers, and journals of sessions that are running."""
    log(datetime.now(UTC))
    (paths.sessions / "broken.toml").write_text("x")
    Journal.begin(paths.journals, a_header("cut-off")).close(remove=False)
    running = [Journal.begin(paths.journals, a_header(f"running-{number}")) for number in range(2)]
    for journal in running:
        # Written by a thread of its own.
        while not (journal.path.exists() and journal.path.read_bytes().endswith(b"\n")):
            threading.Event().wait(0.01)
    for place in ("empty.jsonl", "broken.jsonl", "stray.lock"):
        (paths.journals / place).touch()
    (paths.journals / "broken.jsonl").write_text("{}\n")
    for leftover in (paths.sessions, paths.state, paths.journals):
        (leftover / ".hipcoach-left").write_text("left by a killed one")
    paths.config.mkdir(parents=True)
    paths.settings.write_text("[audio]\nvolume = 200\n")
    paths.memory.write_text("not toml")
    for path in (*paths.journals.iterdir(), *paths.sessions.iterdir(), paths.state / ".hipcoach-left"):
        os.utime(path, (1000, 1000))
    return running


def test_nothing_at_all_is_changed(run: Run, paths: AppPaths, log: Log, home: Path) -> None:
    running = a_used_home(paths, log)
    before = everything(home)
    result = run("doctor")
    assert result.code == 0
    assert result.out.count("is running or was cut off") == 3
    assert everything(home) == before
    for journal in running:
        journal.close(remove=True)


def test_sessions_begin_and_go_on_while_it_looks(
    run: Run, paths: AppPaths, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = a_used_home(paths, log)
    begun: list[str] = []

    def looking(path: Path, largest: int) -> bytes:
        content = read_bytes(path, largest)
        if path.stem == "cut-off":
            # As another window would that is opened just now.
            code = (
                "import sys; from pathlib import Path; from hipcoach.storage.journal import find_unfinished;"
                "print(sorted(each.header.id for each in find_unfinished(Path(sys.argv[1])).unfinished))"
            )
            done = subprocess.run(
                (sys.executable, "-c", code, str(paths.journals)), capture_output=True, text=True, check=True
            )
            begun.append(done.stdout)
            begun.append(Journal.begin(paths.journals, a_header("new")).problem)
        return content

    monkeypatch.setattr("hipcoach.storage.journal.read_bytes", looking)
    assert run("doctor").code == 0
    assert begun == ["['cut-off']\n", ""]
    for journal in running:
        journal.close(remove=True)


def test_a_device_that_works_is_well(run: Run) -> None:
    out = run("doctor").out
    assert "    sound          miniaudio\n" in out
    assert all(f"      {name} " in out for name in ("simpleaudio", "miniaudio", "system"))


@pytest.mark.parametrize(("asked_for", "is_well"), [("auto", False), ("bell", True)])
def test_the_bell_is_a_fault_unless_it_was_asked_for(
    run: Run, paths: AppPaths, monkeypatch: pytest.MonkeyPatch, asked_for: str, is_well: bool
) -> None:
    status = SoundStatus(working=True, backend="bell", reason="No device.")
    monkeypatch.setattr(doctor, "probe", lambda backend, environ: status)
    paths.config.mkdir(parents=True)
    paths.settings.write_text(f'[audio]\nbackend = "{asked_for}"\n')
    out = run("doctor").out
    assert f"{'  ' if is_well else '! '}sound          bell: No device.\n" in out
    assert ("-> The coach works without sound" in out) == (not is_well)


@pytest.mark.parametrize(
    ("environ", "detail"),
    [
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "16 million"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm"}, "16, because TERM is xterm"),
        (
            {"TERM": "xterm", "NO_COLOR": "1"},
            "none, because NO_COLOR is set; everything is also said in words",
        ),
        ({"TERM": "dumb"}, "unknown: TERM is dumb"),
        ({}, "unknown: TERM is not set"),
    ],
)
def test_colours(run: Run, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], detail: str) -> None:
    for name in ("TERM", "COLORTERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    out = run("doctor").out
    assert f"colours        {detail}\n" in out
    assert ("colours" in marked(out)) == ("unknown" in detail)


def test_a_file_where_a_directory_should_be_is_a_fault(run: Run, paths: AppPaths) -> None:
    paths.data.parent.parent.mkdir(parents=True)
    paths.data.parent.write_text("")
    assert f": move {paths.data.parent} out of the way, or choose another place" in run("doctor").out


def test_a_directory_without_permission_to_write_is_a_fault(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Who runs the tests as root may write everywhere.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert marked(run("doctor").out) == ["terminal", "data", "config", "state", "cache"]
