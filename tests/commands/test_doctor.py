from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hipcoach.audio.sounds import SoundStatus
from hipcoach.commands.examination import audio
from hipcoach.commands.examination.audio import look_at_audio
from hipcoach.commands.examination.directories import look_at_directories
from hipcoach.commands.examination.terminal import look_at_terminal
from hipcoach.core.compile import compile_plan
from hipcoach.paths import AppPaths
from hipcoach.storage.catalog_toml import bundled_catalog
from hipcoach.storage.journal import Journal, JournalHeader
from hipcoach.storage.recovery import find_unfinished
from tests.commands.running import Log, Run


@pytest.fixture(autouse=True)
def sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sound device that works, so that no test waits for a real one."""

    def probe(backend: str, environ: Mapping[str, str]) -> SoundStatus:
        return SoundStatus(working=True, backend="miniaudio", reason="")

    monkeypatch.setattr(audio, "probe", probe)


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


def test_an_unfinished_session_is_told_and_left_for_the_app(run: Run, paths: AppPaths) -> None:
    catalog = bundled_catalog()
    plan = compile_plan(catalog.routines["desk-break"], catalog)
    header = JournalHeader("a-session", datetime(2026, 3, 4, tzinfo=UTC), date(2026, 3, 4), "0", {}, plan)
    Journal.begin(paths.journals, header).close(remove=False)
    result = run("doctor")
    assert "Desk break, begun 2026-03-04 00:00, was cut off" in result.out
    (found,) = find_unfinished(paths.journals).unfinished
    found.close(remove=True)


def test_a_device_that_works_is_well() -> None:
    finding, *notes = look_at_audio("auto", {})
    assert (finding.is_well, finding.how, finding.to_do) == (True, "miniaudio", "")
    assert {note.what.strip() for note in notes} == {"simpleaudio", "miniaudio", "system"}


def test_the_bell_in_place_of_a_device_is_a_fault_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    status = SoundStatus(working=True, backend="bell", reason="No device.")
    monkeypatch.setattr(audio, "probe", lambda backend, environ: status)
    finding, *_ = look_at_audio("auto", {})
    assert not finding.is_well
    assert finding.how == "bell: No device."
    assert finding.to_do


def test_the_bell_that_was_asked_for_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    status = SoundStatus(working=True, backend="bell", reason="The setting asks for it.")
    monkeypatch.setattr(audio, "probe", lambda backend, environ: status)
    finding, *_ = look_at_audio("bell", {})
    assert (finding.is_well, finding.to_do) == (True, "")


@pytest.mark.parametrize(
    ("environ", "how"),
    [
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "16 million"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm"}, "16 (TERM is xterm)"),
        (
            {"TERM": "xterm", "NO_COLOR": "1"},
            "none, because NO_COLOR is set; everything is also said in words",
        ),
        ({}, "unknown: TERM is not set"),
    ],
)
def test_colours(environ: dict[str, str], how: str) -> None:
    (finding,) = (each for each in look_at_terminal(environ) if each.what == "colours")
    assert finding.how == how
    assert finding.is_well == ("unknown" not in how)


def test_a_file_where_a_directory_should_be_is_a_fault(paths: AppPaths) -> None:
    paths.data.parent.parent.mkdir(parents=True)
    paths.data.parent.write_text("")
    finding = next(iter(look_at_directories(paths)))
    assert not finding.is_well
    assert finding.to_do == f"Move {paths.data.parent} out of the way."


def test_a_directory_without_leave_to_write_is_a_fault(
    paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever runs the tests as root may write everywhere.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    findings = list(look_at_directories(paths))
    directories = [finding for finding in findings if finding.what in ("data", "config", "state", "cache")]
    assert len(directories) == 4
    assert not any(finding.is_well for finding in directories)
