"""Commands for scripts wait for no interface, and those that only look leave nothing behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.running import CHECKOUT, LOOKING, Run

LIGHT = (
    *LOOKING,
    ["due"],
    ["due", "--json"],
    ["export"],
    ["export", "--format", "csv"],
    ["export", "--format", "ical"],
    ["export", "--format", "json", "--sets"],
    ["history", "--since", "30d"],
    ["stats", "--routine", "leg-circuit"],
    ["routines", "leg-circuit"],
    ["exercises", "spiderman"],
    ["schema"],
)


@pytest.mark.parametrize("arguments", LIGHT, ids=" ".join)
def test_no_interface_is_loaded(arguments: list[str]) -> None:
    code = "import sys; from hipcoach.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert "hipcoach" in loaded
    assert not loaded & {"textual", "rich", "asyncio", "miniaudio", "wakepy"}


def test_looking_makes_no_directory(run: Run, home: Path) -> None:
    for arguments in LIGHT:
        assert run(*arguments).code == 0
    assert list(home.iterdir()) == []


def test_making_a_routine_loads_no_interface(tmp_path: Path) -> None:
    (tmp_path / "sheet.txt").write_text("Bridge 10\n")
    test_no_interface_is_loaded(
        ["new", "--from", str(tmp_path / "sheet.txt"), "-o", str(tmp_path / "a.toml")]
    )
    test_no_interface_is_loaded(["new", "-o", str(tmp_path / "b.toml")])


def test_taking_in_an_export_loads_no_interface(run: Run, tmp_path: Path) -> None:
    assert run("export", "-o", tmp_path / "log.json").code == 0
    test_no_interface_is_loaded(["import", str(tmp_path / "log.json")])
