"""Several instances at once, sessions whose routine is gone, and journals of other formats and machines."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from hipcoach.core.history.record import Outcome, SessionStatus
from hipcoach.paths import AppPaths, user_paths
from tests.logs import load_log
from tests.terminal import CHECKOUT, CONTROL, HIPCOACH, Start
from tests.torture.short_session import ROUTINE, prepare

pytestmark = pytest.mark.slow


@pytest.fixture
def paths(home: Path) -> AppPaths:
    paths = user_paths()
    prepare(paths)
    return paths


def journals(paths: AppPaths) -> list[Path]:
    return sorted(paths.journals.glob("*.jsonl"))


def cut_off(start: Start, paths: AppPaths) -> Path:
    """Kill a session in its second set; its journal."""
    terminal = start("start", ROUTINE)
    terminal.until(
        lambda: journals(paths) and b'"enter","index":2' in journals(paths)[0].read_bytes(), "set 2"
    )
    terminal.send(signal.SIGKILL)
    assert terminal.left() == -signal.SIGKILL
    return journals(paths)[0]


def test_two_instances_run_sessions_side_by_side(start: Start, paths: AppPaths) -> None:
    first = start("start", ROUTINE)
    first.until(lambda: len(journals(paths)) == 1, "the first journal")
    second = start("start", ROUTINE)
    second.until(lambda: len(journals(paths)) == 2, "the second journal")
    for terminal in (first, second):
        terminal.shows("Back to the routines")
        assert b"unfinished" not in CONTROL.sub(b"", terminal.drawn)
    log = load_log(paths.sessions)
    assert [record.status for record in log.records] == [SessionStatus.COMPLETED] * 2
    assert (log.problems, log.copies) == ((), ())
    assert list(paths.journals.iterdir()) == []


def test_it_goes_on_though_routine_exercises_and_settings_are_gone(start: Start, paths: AppPaths) -> None:
    journal = cut_off(start, paths)
    for path in (paths.config / "routines").iterdir():
        path.unlink()
    for path in (paths.config / "exercises").iterdir():
        path.write_text("not TOML any more", encoding="utf-8")
    paths.settings.write_text('[audio]\nbackend = "silent"\n', encoding="utf-8")
    again = start()
    again.shows("An unfinished session")
    again.press("r")
    again.shows("Blink")
    again.shows("Back to the routines")
    (record,) = load_log(paths.sessions).records
    assert (record.id, record.status) == (journal.stem, SessionStatus.COMPLETED)
    assert [step.outcome for step in record.steps] == [Outcome.DONE] * 3
    assert list(paths.journals.iterdir()) == []


def test_a_journal_of_a_newer_format_is_refused_kindly_and_kept(start: Start, paths: AppPaths) -> None:
    journal = cut_off(start, paths)
    header, *lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    newer = json.dumps(json.loads(header) | {"format": 99}) + "\n" + "".join(lines)
    journal.write_text(newer, encoding="utf-8")
    again = start()
    again.shows("newer")
    assert b"An unfinished session" not in CONTROL.sub(b"", again.drawn)
    # Its whole path is too long for a note on the screen; the doctor has room for it.
    doctor = subprocess.run((*HIPCOACH, "doctor"), cwd=CHECKOUT, capture_output=True, text=True, timeout=60)
    assert journal.stem in doctor.stdout
    again.press("q")
    assert again.left() == 0
    assert journal.read_text(encoding="utf-8") == newer


def test_a_journal_in_the_shared_folder_is_no_business_of_this_machine(start: Start, paths: AppPaths) -> None:
    journal = cut_off(start, paths)
    paths.sessions.mkdir(parents=True, exist_ok=True)
    foreign = journal.rename(paths.sessions / journal.name)
    content = foreign.read_bytes()
    again = start()
    again.shows("Rounds +")
    again.press("h")
    again.shows("Nothing here yet")
    assert b"An unfinished session" not in CONTROL.sub(b"", again.drawn)
    assert foreign.read_bytes() == content
