"""What a killed process leaves behind is cleared away at the next start, and nothing else is."""

from __future__ import annotations

import os
import time
from pathlib import Path

from hipcoach.storage.atomic import TEMPORARY_PREFIX
from hipcoach.storage.journal import Journal, JournalHeader, find_unfinished
from hipcoach.storage.session_log import save_record
from tests.storage.sessions import a_header
from tests.ui.support import coach
from tests.ui.surroundings import services_below


def left(path: Path, hours: float) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    moment = time.time() - hours * 3600
    os.utime(path, (moment, moment))
    return path


async def test_old_temporary_files_and_locks_go_young_ones_stay(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    paths = services.paths
    old = [
        left(paths.sessions / f"{TEMPORARY_PREFIX}abc", 2),
        left(paths.state / f"{TEMPORARY_PREFIX}abc", 2),
        left(paths.journals / "20260304T110000Z-aaaaaa.lock", 2),
    ]
    kept = [
        left(paths.sessions / f"{TEMPORARY_PREFIX}def", 0.5),
        left(paths.sessions / ".syncthing.x.toml.tmp", 2),
        left(paths.state / "notes.txt", 2),
        left(paths.journals / "20260304T120000Z-bbbbbb.lock", 0.5),
    ]
    async with coach(services) as it:
        await it.until(lambda: not any(path.exists() for path in old), "the old ones to go")
        await it.settle()
        assert all(path.exists() for path in kept)
        assert it.notices() == []


async def test_a_journal_whose_session_is_saved_is_not_offered(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    header: JournalHeader = a_header()
    journal = Journal.begin(services.paths.journals, header)
    journal.append({"event": "enter", "index": 1, "active": 8.0})
    journal.close(remove=False)
    (unfinished,) = find_unfinished(services.paths.journals).unfinished
    save_record(services.paths.sessions, unfinished.record())
    unfinished.close(remove=False)
    async with coach(services) as it:
        await it.until(lambda: not it.journals(), "the journal to go")
        assert it.screen is it.picker
        assert len(it.log().records) == 1
