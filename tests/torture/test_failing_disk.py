"""The disk fails for real in the middle of a session: full, limited, read-only, deleted, forbidden."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

if os.name != "posix":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from hipcoach.core.history.record import SessionStatus
from hipcoach.paths import AppPaths, user_paths
from hipcoach.storage.session_log import record_from_toml
from tests.logs import load_log
from tests.terminal import CONTROL, LEAVE_SCREEN, Start, Terminal
from tests.torture.short_session import ROUTINE, prepare

pytestmark = pytest.mark.slow

HIPCOACH = (sys.executable, "-B", "-m", "hipcoach")
SMALL_FILES = ("prlimit", "--fsize=512")
"""No file may grow beyond 512 bytes: what a journal's first line and every session file are longer than."""
ORDINARY = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
"""As an ordinary user: also root without capabilities is refused what a directory's mode forbids."""


@pytest.fixture
def paths(home: Path) -> AppPaths:
    paths = user_paths()
    prepare(paths)
    return paths


@pytest.fixture
def start(start: Start) -> Start:
    """Start a session in a terminal, through the commands given."""

    def wrapped(*wrapper: str, app: tuple[str, ...] = ("start", ROUTINE)) -> Terminal:
        return start(*app, program=(*wrapper, *HIPCOACH))

    return wrapped


@pytest.fixture
def mounted() -> Iterator[Callable[..., None]]:
    """Mount something; it is unmounted at the end."""
    places: list[Path] = []

    def mount(place: Path, *arguments: str) -> None:
        place.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(("mount", *arguments, str(place)), capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"NOT TESTED, only root can mount, and not in every container: {done.stderr.strip()}")
        if place not in places:
            places.append(place)

    yield mount
    for place in reversed(places):
        subprocess.run(("umount", "--lazy", str(place)), check=True)


def needs(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"NOT TESTED, there is no {program} here")


def in_session(terminal: Terminal) -> Terminal:
    terminal.until(lambda: "Blink" in terminal.text and "GET READY" in terminal.text, "the session")
    return terminal


def on_summary(terminal: Terminal) -> None:
    terminal.shows("Back to the routines")
    assert "Not saved: " in terminal.text


def write_note(terminal: Terminal, note: str) -> None:
    terminal.press(f"\t{note}")
    terminal.shows(note.split()[-1][-3:])
    terminal.press("\r")


def shown_after(terminal: Terminal) -> str:
    """What stands on the terminal once the program has left its screen."""
    last = terminal.drawn.rsplit(LEAVE_SCREEN, 1)[1]
    return CONTROL.sub(b"", last).decode().replace("\r\n", "\n")


def records(paths: AppPaths) -> list[Any]:
    log = load_log(paths.sessions)
    assert log.problems == ()
    return list(log.records)


def journal(paths: AppPaths) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in paths.journals.glob("*.jsonl"))


def remains(paths: AppPaths) -> list[Path]:
    return [*paths.journals.glob("*"), *paths.sessions.glob(".*"), *paths.state.glob(".*")]


def fill(directory: Path) -> Path:
    """Leave no room on the file system of a directory."""
    filler = directory / "filler"
    with pytest.raises(OSError, match="No space"), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 512)
    return filler


def test_what_no_disk_takes_is_handed_to_its_owner(start: Start, paths: AppPaths) -> None:
    needs("prlimit")
    terminal = in_session(start(*SMALL_FILES))
    terminal.shows("not being saved: File too large")
    on_summary(terminal)
    write_note(terminal, "stiff today")
    terminal.shows("Rounds +")
    terminal.press("q")
    assert terminal.left() == 0
    terminal.until(terminal.is_as_before, "the terminal to be as before")
    text = shown_after(terminal)
    assert "could not be saved" in text
    about, _, body = text.partition("\n\n")
    (path,) = (Path(line.split()[-1].rstrip(".")) for line in about.splitlines() if "named " in line)
    assert path.parent == paths.sessions
    record = record_from_toml(tomllib.loads(body), path.stem)
    assert (record.status, record.note) == (SessionStatus.COMPLETED, "stiff today")
    assert [step.done_reps for step in record.steps] == [2, 2, 0]
    assert remains(paths) == []

    # Done as told, it is there.
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, encoding="utf-8")
    again = start(app=())
    again.shows("last done today")
    assert records(paths) == [record]


def test_ended_from_outside_it_is_handed_over_too(start: Start, paths: AppPaths) -> None:
    needs("prlimit")
    terminal = in_session(start(*SMALL_FILES))
    terminal.shows("not being saved")
    terminal.until(lambda: "left · Still" in terminal.drawn.decode(errors="replace"), "the second exercise")
    terminal.send(signal.SIGTERM)
    assert terminal.left() == 0
    terminal.until(lambda: "outcome" in shown_after(terminal), "the record as text")
    record = record_from_toml(tomllib.loads(shown_after(terminal).partition("\n\n")[2]), "x")
    assert record.status is SessionStatus.STOPPED


def test_a_disk_that_is_full_for_a_while_costs_nothing(
    start: Start, paths: AppPaths, mounted: Callable[..., None]
) -> None:
    for place in (paths.data, paths.state):
        mounted(place, "-t", "tmpfs", "-o", "size=64k", "hipcoach-test")
    prepare(paths)
    terminal = in_session(start())
    terminal.until(lambda: any(paths.journals.glob("*.jsonl")), "the journal")
    fillers = [fill(paths.data), fill(paths.state)]
    on_summary(terminal)
    assert "No space left on device" in terminal.text
    for filler in fillers:
        filler.unlink()
    write_note(terminal, "better now")
    terminal.shows("Saved after all")
    terminal.shows("last done today")
    (record,) = records(paths)
    assert (record.status, record.note) == (SessionStatus.COMPLETED, "better now")
    assert remains(paths) == []
    terminal.press("q")
    assert terminal.left() == 0
    assert "could not be saved" not in shown_after(terminal)


def test_a_disk_that_stays_full_keeps_the_journal_or_hands_the_record_over(
    start: Start, paths: AppPaths, mounted: Callable[..., None]
) -> None:
    mounted(paths.data, "-t", "tmpfs", "-o", "size=64k", "hipcoach-test")
    terminal = in_session(start())
    filler = fill(paths.data)
    on_summary(terminal)
    terminal.press("\r")
    terminal.shows("Rounds +")
    terminal.press("q")
    assert terminal.left() == 0
    assert "the next start tries again" in shown_after(terminal)
    assert len(list(paths.journals.glob("*.jsonl"))) == 1
    filler.unlink()
    again = start(app=())
    again.shows("last done today")
    assert "An unfinished session" not in again.text
    assert [record.status for record in records(paths)] == [SessionStatus.COMPLETED]
    assert remains(paths) == []


def test_a_read_only_mount(start: Start, paths: AppPaths, mounted: Callable[..., None]) -> None:
    paths.data.mkdir(parents=True, exist_ok=True)
    for place in (paths.data, paths.state):
        mounted(place, "--bind", str(place))
        mounted(place, "-o", "remount,ro,bind")
    terminal = in_session(start())
    terminal.shows("not being saved")
    # The sentence may go over two lines of its box, by the length of the path in it.
    assert "Read-only file system" in " ".join(terminal.text.replace("▌", " ").split())
    on_summary(terminal)
    for place in (paths.data, paths.state):
        mounted(place, "-o", "remount,rw,bind")
    terminal.press("\r")
    terminal.shows("Saved after all")
    terminal.shows("last done today")
    assert [record.status for record in records(paths)] == [SessionStatus.COMPLETED]
    assert remains(paths) == []


def test_directories_deleted_under_a_session_are_made_again(start: Start, paths: AppPaths) -> None:
    terminal = in_session(start())
    terminal.until(lambda: any(paths.journals.glob("*.jsonl")), "the journal")
    shutil.rmtree(paths.state)
    shutil.rmtree(paths.data, ignore_errors=True)
    # Both sides, half of what is planned.
    terminal.until(lambda: '"event":"attempt","index":2' in journal(paths), "the journal to be written anew")
    terminal.send(signal.SIGKILL)
    assert terminal.left() == -signal.SIGKILL
    prepare(paths)
    again = start(app=())
    again.shows("An unfinished session")
    again.press("s")
    again.shows("last done today")
    assert [record.status for record in records(paths)] == [SessionStatus.STOPPED]


def test_permission_lost_and_given_back(start: Start, paths: AppPaths) -> None:
    if ORDINARY:
        needs(ORDINARY[0])
    terminal = in_session(start(*ORDINARY))
    terminal.until(lambda: any(paths.journals.glob("*.jsonl")), "the journal")
    paths.sessions.mkdir(parents=True, exist_ok=True)
    for place in (paths.journals, paths.sessions):
        place.chmod(0)
    terminal.shows("not being saved")
    on_summary(terminal)
    assert "Permission denied" in terminal.text
    for place in (paths.journals, paths.sessions):
        place.chmod(0o700)
    terminal.press("\r")
    terminal.shows("Saved after all")
    terminal.shows("last done today")
    assert [record.status for record in records(paths)] == [SessionStatus.COMPLETED]
    assert remains(paths) == []
