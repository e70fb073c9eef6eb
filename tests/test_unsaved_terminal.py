"""What is being written when a real terminal is closed, or a real signal comes, is there afterwards."""

from __future__ import annotations

import os
import signal
import tomllib
from datetime import UTC, datetime

import pytest

if os.name != "posix":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from hipcoach.paths import AppPaths, user_paths
from hipcoach.storage.session_log import save_record
from tests.support import a_record
from tests.terminal import HIPCOACH, Start, Terminal
from tests.torture.short_session import prepare

pytestmark = pytest.mark.slow

NOTE = "10 reps (left)"
WAYS = ["SIGINT", "SIGTERM", "SIGHUP", "closed", "SIGKILL"]


@pytest.fixture
def paths() -> AppPaths:
    found = user_paths()
    prepare(found)
    return found


@pytest.fixture
def terminal(start: Start, paths: AppPaths) -> Terminal:
    """The list of routines, with a session of the past, in a terminal of its own."""
    save_record(paths.sessions, a_record(datetime.now(UTC).date(), note="good"))
    return start()


def end(terminal: Terminal, how: str, paths: AppPaths, written: str) -> None:
    """End the program from outside; where it cannot know of that, once it has kept what is written."""
    if how == "SIGKILL":
        terminal.until(lambda: written in kept(paths), "what is written on the disk")
        terminal.send(signal.SIGKILL)
        assert terminal.left() == -signal.SIGKILL
    elif how == "closed":
        terminal.hang_up()
        assert terminal.left() == 0
    else:
        terminal.send(signal.Signals[how])
        assert terminal.left() == 0
        terminal.until(terminal.is_as_before, "the terminal to be as before")


def kept(paths: AppPaths) -> str:
    """All that is on disk of drafts and sessions."""
    files = (*paths.drafts.glob("*.txt"), *paths.sessions.glob("*.toml"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("how", WAYS)
def test_a_note_being_edited_is_kept(terminal: Terminal, paths: AppPaths, how: str) -> None:
    terminal.shows("Six drills")
    terminal.press("h")
    terminal.shows("Day off")
    terminal.press("e")
    terminal.shows("enter saves")
    terminal.press(" but 5/10")
    terminal.shows("5/10")
    end(terminal, how, paths, "good but 5/10")
    (draft,) = paths.drafts.iterdir()
    assert draft.read_text(encoding="utf-8") == "good but 5/10"
    (session,) = paths.sessions.glob("*.toml")
    assert draft.stem.rpartition(".")[0] == f"note-{session.stem}"
    assert draft.stat().st_mode & 0o777 == 0o600
    assert tomllib.loads(session.read_text(encoding="utf-8"))["note"] == "good"


@pytest.mark.parametrize("how", ["closed", "SIGKILL"])
def test_rating_and_note_of_a_session_just_done_are_saved(paths: AppPaths, how: str) -> None:
    terminal = Terminal((*HIPCOACH, "start", "short"))
    try:
        terminal.shows("write a note")
        terminal.press(f"4\t{NOTE}")
        terminal.shows("(left)")
        end(terminal, how, paths, NOTE)
    finally:
        terminal.close()
    (session,) = paths.sessions.glob("*.toml")
    values = tomllib.loads(session.read_text(encoding="utf-8"))
    drafts = [path.read_text(encoding="utf-8") for path in paths.drafts.glob("*")]
    assert values["discomfort_after"] == 4
    # Killed in the midst of it, the note is a draft, which the next start offers.
    was_killed = how == "SIGKILL"
    assert (values["note"], drafts) == ("" if was_killed else NOTE, [NOTE] if was_killed else [])
