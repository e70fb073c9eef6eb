from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from hipcoach.paths import AppPaths
from hipcoach.storage.session_log import rewrite_session
from tests.commands.running import Log, Run

NOW = datetime(2026, 3, 4, 7, 30, tzinfo=timezone(timedelta(hours=2)))


@pytest.fixture
def export(run: Run, log: Log, tmp_path: Path) -> Path:
    """An export of three sessions, which are in the log too."""
    for day in range(3):
        log(NOW + timedelta(days=day), note=f"day {day}")
    path = tmp_path / "export.json"
    assert run("export", "-o", path).code == 0
    return path


def test_a_log_goes_over_to_another_machine(run: Run, export: Path, tmp_path: Path) -> None:
    there = ["--data-dir", str(tmp_path / "there")]
    result = run("import", export, *there)
    assert (result.code, result.out, result.err) == (0, "3 sessions imported.\n", "")
    assert run("export", *there).out == export.read_text()
    assert run("stats", "--json", *there).json == run("stats", "--json").json
    assert run("import", export, *there).out == "0 sessions imported, 3 already there.\n"


def test_merging_adds_what_is_missing_and_reports_what_differs(
    run: Run, export: Path, paths: AppPaths
) -> None:
    first, second, _ = sorted(path.stem for path in paths.sessions.iterdir())
    (paths.sessions / f"{first}.toml").unlink()
    rewrite_session(paths.sessions, second, {"note": "another"})
    assert run("import", export).out.splitlines() == [
        f"{second} differs and stays as it is (note).",
        "1 session imported, 1 already there, 1 there with a difference.",
    ]
    assert [each["note"] for each in run("history", "--json").json] == ["day 2", "another", "day 0"]


def test_a_dry_run_writes_nothing(run: Run, export: Path, tmp_path: Path) -> None:
    result = run("import", export, "--dry-run", "--data-dir", tmp_path / "there")
    assert result.out == "3 sessions would be imported.\n"
    assert not (tmp_path / "there").exists()


def test_of_a_damaged_file_what_can_be_read_is_imported_and_the_rest_named(
    spawn: Run, export: Path, tmp_path: Path
) -> None:
    export.write_text(export.read_text().replace('"status": "completed"', '"status": "flying"', 2))
    there = ["--data-dir", str(tmp_path / "there")]
    result = spawn("import", export, *there)
    assert (result.code, result.out) == (1, "1 session imported, 2 left out.\n")
    assert result.err.splitlines() == [
        f"hipcoach: Session {number} ('2026030{day}T053000Z-abcdef') cannot be read "
        "(status: invalid enum value 'flying'); it is left out."
        for number, day in ((1, 4), (2, 5))
    ]
    assert [each["note"] for each in spawn("history", "--json", *there).json] == ["day 2"]
    assert spawn("import", export, *there).code == 1


@pytest.mark.parametrize("name", [b"20260304 my  knee? ", b"Caf\xc3\xa9", b"x" * 200])
def test_a_session_whose_file_was_renamed_by_hand_goes_over_too(
    spawn: Run, export: Path, paths: AppPaths, tmp_path: Path, name: bytes
) -> None:
    first = min(paths.sessions.iterdir())
    first.rename(os.fsdecode(os.fsencode(paths.sessions) + b"/" + name + b".toml"))
    assert spawn("export", "-o", export, "--force").code == 0
    assert spawn("import", export).out == "0 sessions imported, 3 already there.\n"
    there = ["--data-dir", str(tmp_path / "there")]
    result = spawn("import", export, *there)
    assert (result.code, result.out, result.err) == (0, "3 sessions imported.\n", "")
    assert spawn("import", export, *there).out == "0 sessions imported, 3 already there.\n"
    assert [each["note"] for each in spawn("history", "--json", *there).json] == ["day 2", "day 1", "day 0"]


@pytest.mark.slow
def test_what_would_be_too_large_to_read_is_not_written(spawn: Run, export: Path, tmp_path: Path) -> None:
    export.write_text(export.read_text().replace('"day 1"', f'"{"x" * 20_000_000}"'))
    there = ["--data-dir", str(tmp_path / "there")]
    result = spawn("import", export, *there)
    assert (result.code, result.out) == (1, "2 sessions imported, 1 left out.\n")
    assert "would be larger than 20000 kB, the most that is read" in result.err
    shown = spawn("history", "--json", *there)
    assert (len(shown.json), shown.err) == (2, "")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing.json", "cannot be read: No such file"),
        (".", "cannot be read: it is a directory"),
        ("sets.json", "is not an export that 'hipcoach export --format json' wrote"),
        ("log.csv", "is not JSON that can be read (line 1)"),
    ],
)
def test_bad_input_is_one_sentence(run: Run, export: Path, name: str, words: str) -> None:
    folder = export.parent
    assert run("export", "--sets", "-o", folder / "sets.json").code == 0
    assert run("export", "-o", folder / "log.csv").code == 0
    assert words in run("import", folder / name).sentence
