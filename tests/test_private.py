"""What is written is for its owner alone, whatever the umask; nothing is sent anywhere."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("pseudo-terminals and file modes are POSIX's", allow_module_level=True)

from hipcoach.paths import user_paths
from tests.logs import load_log
from tests.terminal import Start

REFUSING = """
import os, socket, sys

class Refusing(socket.socket):
    def __init__(self, family=-1, *rest, **more):
        is_open_already = more.get("fileno") is not None or (len(rest) > 2 and rest[2] is not None)
        if family != socket.AF_UNIX and not is_open_already:
            with open(os.environ["REFUSED"], "a") as file:
                file.write(f"{family} {sys.argv}\\n")
            raise PermissionError("no network")
        super().__init__(family, *rest, **more)

socket.socket = Refusing
"""
"""A `sitecustomize` that lets no process of ours, the player included, open a socket to anywhere else."""


@pytest.fixture
def open_umask() -> Iterator[None]:
    usual = os.umask(0)
    yield
    os.umask(usual)


def session_from_the_first_start_on(start: Start) -> None:
    """The safety page, a session, a note, the history, out."""
    terminal = start()
    terminal.shows("Before you move")
    terminal.press("\r")
    terminal.shows("Start")
    terminal.press("o\r")
    terminal.shows("READY")
    terminal.press("n")
    terminal.shows("GO")
    terminal.press("q")
    terminal.shows("Stop here?")
    terminal.press("s")
    terminal.shows("Nothing was done in this session.")
    terminal.press("k")
    terminal.shows("Back to the routines")
    terminal.press("\tknee\r")
    terminal.shows("Start")
    terminal.press("h")
    terminal.shows("Open")
    terminal.press("\x03")
    assert terminal.left() == 0


@pytest.mark.usefixtures("open_umask")
def test_all_that_is_written_is_for_its_owner_alone(start: Start, home: Path) -> None:
    home.chmod(0o755)
    session_from_the_first_start_on(start)
    written = [path for path in home.rglob("*") if "hipcoach" in path.as_posix()]
    files = [path for path in written if path.is_file()]
    assert user_paths().memory in files
    assert len(list(user_paths().sessions.iterdir())) == 1
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    # The directories above, such as ~/.local, are made by us too where they are not there yet.
    directories = [path for path in home.rglob("*") if path.is_dir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in directories} == {0o700}


def test_nothing_leaves_the_machine(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(REFUSING, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    monkeypatch.setenv("REFUSED", str(tmp_path / "refused"))
    session_from_the_first_start_on(start)
    assert not (tmp_path / "refused").exists(), (tmp_path / "refused").read_text()
    (record,) = load_log(user_paths().sessions).records
    assert record.note == "knee"


def test_the_test_itself_would_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(REFUSING, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("REFUSED", str(tmp_path / "refused"))
    code = "import socket; socket.create_connection(('192.0.2.1', 9), 1)"
    done = subprocess.run((sys.executable, "-c", code), capture_output=True, check=False)
    assert b"no network" in done.stderr
    assert (tmp_path / "refused").exists()
