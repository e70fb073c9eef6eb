"""Logs of before a session had to be half done to be completed: every command judges them by today's rule."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from hipcoach.paths import AppPaths
from tests.commands.running import Run
from tests.golden import HASTY_SESSION, SKIPPED_SESSION


@pytest.mark.parametrize("old", [SKIPPED_SESSION, HASTY_SESSION], ids=["skipped", "hasty"])
def test_a_session_that_an_older_version_called_completed_is_judged_by_todays_rule(
    run: Run, paths: AppPaths, tmp_path: Path, old: Path
) -> None:
    paths.sessions.mkdir(parents=True)
    path = Path(shutil.copy(old, paths.sessions))
    for _ in range(2):  # read from the file, then from the index
        (shown,) = run("history", "--json").json
        assert (shown["status"], shown["counts"]) == ("stopped", False)
    assert " stopped " in run("history").out
    (row,) = csv.DictReader(io.StringIO(run("export", "--format", "csv").out))
    assert (row["status"], row["counts"]) == ("stopped", "false")
    assert "Stopped\\, " in run("export", "--format", "ical").out.replace("\r\n ", "")
    (session,) = run("export").json["sessions"]
    assert session["status"] == "stopped"
    assert 'status = "completed"' in path.read_text()
    # An export of before says completed.
    export = tmp_path / "export.json"
    export.write_text(run("export").out.replace('"status": "stopped"', '"status": "completed"'))
    assert "differ" not in run("import", export).out
    path.unlink()
    assert run("import", export).code == 0
    assert run("history", "--json").json[0]["status"] == "stopped"
