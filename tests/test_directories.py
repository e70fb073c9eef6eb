"""The user's directories, each made unusable for real: one sentence with what to do, and sessions go on."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("modes and pseudo-terminals are POSIX's", allow_module_level=True)

from hipcoach.paths import LONGEST_SHOWN, AppPaths, trouble_with, unusable, user_paths
from hipcoach.storage.app_state import AppState, change_state
from hipcoach.ui.screens.history import HistoryScreen
from tests.commands.running import Result
from tests.logs import load_log
from tests.ordinary import ORDINARY
from tests.terminal import CHECKOUT, Start
from tests.ui.support import coach
from tests.ui.surroundings import services_below

pytestmark = pytest.mark.slow

STALE = f"""
import builtins, io, os, sys
place = sys.argv.pop(1)
def stale(really):
    def call(path, *rest, **more):
        if isinstance(path, (str, bytes, os.PathLike)) and os.fsdecode(path).startswith(place):
            raise OSError({errno.ESTALE}, os.strerror({errno.ESTALE}), path)
        return really(path, *rest, **more)
    return call
for name in "stat lstat open scandir listdir mkdir rename replace unlink link utime access".split():
    setattr(os, name, stale(getattr(os, name)))
io.open = builtins.open = stale(open)
from hipcoach.cli import main
sys.exit(main())
"""
"""The program, on a machine where everything below a directory is on a server that has gone away."""
KINDS = ("000", "400", "300", "another's", "a file", "300 letters", "stale")
NAMES = ("data", "config", "state", "cache")


class Broken:
    """One of the user's directories, unusable in some way, and commands run with it."""

    def __init__(self, kind: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.kind = kind
        if kind == "300 letters":
            monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(Path.home() / ("x" * 300)))
        self.path: Path = getattr(user_paths(), name)
        if kind == "300 letters":
            return
        self.path.mkdir(parents=True, exist_ok=True)
        if kind.isdigit():
            self.path.chmod(int(kind, 8))
        elif kind == "another's":
            if os.geteuid() == 0:
                os.chown(self.path, 4321, 4321)
                self.path.chmod(0o700)
            else:
                self.path.chmod(0)  # nobody can be given a file but by a superuser
        elif kind == "a file":
            for each in self.path.iterdir():
                each.unlink()
            self.path.rmdir()
            self.path.write_text("in the way")

    @property
    def shown(self) -> str:
        """Its path as a sentence has room for it."""
        path = str(self.path)
        return path if len(path) <= LONGEST_SHOWN else f"{path[:60]}…{path[-60:]}"

    @property
    def command(self) -> tuple[str, ...]:
        if self.kind == "stale":
            return (sys.executable, "-c", STALE, str(self.path))
        return (*ORDINARY, sys.executable, "-m", "hipcoach")

    def run(self, *arguments: str, typed: str = "") -> Result:
        done = subprocess.run(
            (*self.command, *arguments),
            cwd=CHECKOUT,
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def mend(self) -> None:
        if self.path.is_dir():
            if os.geteuid() == 0:
                os.chown(self.path, 0, 0)
            self.path.chmod(0o700)


@pytest.fixture
def paths() -> AppPaths:
    paths = user_paths()
    change_state(paths.memory, [], AppState(safety_read=True))
    return paths


@pytest.fixture
def broken(paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], Broken]]:
    made: list[Broken] = []

    def broken(kind: str, name: str) -> Broken:
        made.append(Broken(kind, name, monkeypatch))
        return made[-1]

    yield broken
    for each in made:
        if each.kind != "300 letters":
            each.mend()


Breaks = Callable[[str, str], Broken]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "commands"),
    [
        ("data", ["history", "stats --json", "due", "export"]),
        ("config", ["plan desk-break", "routines", "stats", "due"]),
    ],
)
def test_a_command_that_needs_it_says_so_in_one_sentence(
    broken: Breaks, kind: str, name: str, commands: list[str]
) -> None:
    place = broken(kind, name)
    for command in commands:
        sentence = place.run(*command.split()).sentence
        assert sentence.startswith(f"The {name} directory {place.shown} cannot be used (")
        assert f"XDG_{name.upper()}_HOME" in sentence


@pytest.mark.parametrize("kind", ["400", "stale"])
@pytest.mark.parametrize("name", NAMES)
def test_a_command_that_does_not_need_it_does_its_work(broken: Breaks, kind: str, name: str) -> None:
    place = broken(kind, name)
    commands = ["paths", "doctor", *(["plan desk-break"] if name != "config" else [])]
    commands += ["history"] if name in ("state", "cache") else []
    for command in commands:
        result = place.run(*command.split())
        assert (result.code, result.err) == (0, ""), command
    assert f"The {name} directory {place.path} cannot be used (" in place.run("doctor").out


def letters(text: str) -> str:
    """Without spaces, frames and line ends, since a notice is as narrow as it is."""
    return re.sub(r"[^A-Za-z]", "", text)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *((kind, "state") for kind in KINDS),
        ("000", "data"),
        ("400", "data"),
        ("stale", "data"),
        ("a file", "config"),
        ("000", "cache"),
    ],
)
@pytest.mark.slow
def test_the_app_says_so_and_a_session_runs_and_is_kept(
    start: Start, broken: Breaks, paths: AppPaths, kind: str, name: str
) -> None:
    place = broken(kind, name)
    terminal = start("start", "desk-break", program=place.command)
    if name == "state" and kind != "300":  # which lets in who knows the names
        terminal.shows("Before you move")
        terminal.press("\r")
    terminal.shows("READY")
    terminal.until(lambda: letters("cannot be used") in letters(terminal.text), "the sentence")
    terminal.press("n")
    terminal.shows("GO")
    terminal.press("q")
    terminal.shows("Stop here?")
    terminal.press("s")
    terminal.until(lambda: "Nothing was done" in terminal.text or "Back to" in terminal.text, "the end")
    if "Nothing was done" in terminal.text:
        terminal.press("k")
    terminal.shows("Back to the routines")
    terminal.press("\r")
    terminal.shows("Start")
    terminal.press("\x03")
    assert terminal.left() == 0
    terminal.until(terminal.is_as_before, "the terminal to be as before")
    after = terminal.drawn.rpartition(b"\x1b[?1049l")[2].decode()
    assert "unforeseen" not in after
    if name == "data":
        assert "could not be saved: " in after
        assert 'routine = "desk-break"' in after.replace("\r", "")
    else:
        assert "could not be saved" not in after
        assert len(load_log(paths.sessions).records) == 1


@pytest.mark.parametrize("kind", ["000", "300 letters", "stale"])
def test_in_plain_lines_it_is_said_once_and_the_session_is_handed_over(broken: Breaks, kind: str) -> None:
    place = broken(kind, "data")
    result = place.run("start", "desk-break", "--plain", typed="n\nq\ns\nk\n")
    assert result.code == 0
    assert (result.out + result.err).count("cannot be used (") == 1
    assert 'routine = "desk-break"' in result.out


def test_nothing_can_be_used_and_a_session_runs_all_the_same(broken: Breaks) -> None:
    places = [broken("000", name) for name in NAMES]
    result = places[0].run("start", "desk-break", "--plain", typed="\nn\nq\ns\nk\n")
    assert result.code == 0
    assert (result.out + result.err).count("cannot be used (") == 4
    assert 'routine = "desk-break"' in result.out


async def test_the_history_of_a_folder_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.paths.data.mkdir(parents=True)
    services.paths.sessions.write_text("a file in its place")
    async with coach(services) as it:
        await it.press("h")
        await it.on(HistoryScreen)
        await it.until(lambda: "cannot be read" in it.shown("message"), "the reason")
        assert "Nothing here yet" not in it.shown("message")
        assert str(services.paths.sessions) in it.shown("message")


def test_directories_that_are_not_there_yet_are_none_to_speak_of(paths: AppPaths) -> None:
    assert unusable(user_paths()) == {}
    assert not paths.data.exists()


def test_what_is_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert f"move {tmp_path}/file out of the way" in trouble_with("data", tmp_path / "file" / "a" / "b")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    sentence = trouble_with("state", tmp_path / "link" / "a", writing=True)
    assert f"move {tmp_path}/link out of the way" in sentence
