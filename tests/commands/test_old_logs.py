"""Logs of before a session had to be half done to be completed: every command judges them by today's rule."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hipcoach.core.history.record import SessionStatus
from hipcoach.paths import AppPaths
from tests.commands.running import Run
from tests.golden import HASTY_SESSION, SKIPPED_SESSION


@pytest.fixture(params=[SKIPPED_SESSION, HASTY_SESSION], ids=["skipped", "hasty"])
def old(request: pytest.FixtureRequest, paths: AppPaths) -> Path:
    """An old file, called completed, in the log."""
    paths.sessions.mkdir(parents=True)
    return Path(shutil.copy(request.param, paths.sessions))


@pytest.fixture
def old_today(old: Path) -> Path:
    """The same as of today, so that it is this week's."""
    noon = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)
    lines = [
        f"started = {noon - timedelta(hours=12)}"
        if line.startswith("started = ")
        else f"day = {noon:%Y-%m-%d}"
        if line.startswith("day = ")
        else line
        for line in old.read_text().splitlines()
    ]
    path = old.with_name(f"{noon:%Y%m%d}T000000Z-abcdef.toml")
    path.write_text("\n".join(lines))
    old.unlink()
    return path


def test_it_is_not_done_for_today(spawn: Run, old_today: Path) -> None:
    before = old_today.read_bytes()
    result = spawn("due")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("A session is due: 0 of 3 days this week")
    shown = spawn("stats", "--json").json
    assert (shown["sessions"], shown["week_days"], shown["day_streak"]) == (1, 0, 0)
    assert old_today.read_bytes() == before


def test_the_history_calls_it_stopped(spawn: Run, old: Path) -> None:
    for _ in range(2):  # read from the file, then from the index
        (shown,) = spawn("history", "--json").json
        assert (shown["status"], shown["counts"]) == ("stopped", False)
    (row,) = csv.DictReader(io.StringIO(spawn("history", "--csv").out))
    assert (row["status"], row["counts"]) == ("stopped", "false")
    table = spawn("history").out
    assert " stopped " in table
    assert "completed" not in table
    assert 'status = "completed"' in old.read_text()


def test_so_does_every_export(spawn: Run, old: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(spawn("export", "--format", "csv").out))
    assert (row["status"], row["counts"]) == ("stopped", "false")
    assert float(row["done_work_seconds"]) < float(row["planned_work_seconds"]) / 2
    assert "Stopped\\, " in spawn("export", "--format", "ical").out.replace("\n ", "")
    (session,) = spawn("export", "--format", "json").json["sessions"]
    assert session["status"] == "stopped"
    sets = spawn("export", "--format", "json", "--sets").json
    assert sum(each["outcome"] == "done" for each in sets) == int(row["done_sets"])


def test_an_export_of_before_is_the_same_session(spawn: Run, old: Path, tmp_path: Path) -> None:
    export = tmp_path / "export.json"
    spawn("export", "-o", export)
    document = json.loads(export.read_text())
    document["sessions"][0]["status"] = SessionStatus.COMPLETED.value
    export.write_text(json.dumps(document))
    result = spawn("import", export)
    assert result.code == 0
    assert "differ" not in result.out
    old.unlink()
    spawn("import", export)
    assert spawn("history", "--json").json[0]["status"] == "stopped"
