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


UNUSED = {
    "routines": {
        "hipcoach.core.cues",
        "hipcoach.core.session",
        "hipcoach.core.sheet.lines",
        "hipcoach.storage.atomic",
        "hipcoach.storage.settings_table",
        "hipcoach.storage.toml_lines",
        "difflib",
        "json",
    },
    "stats": {
        "hipcoach.core.choices",
        "hipcoach.core.cues",
        "hipcoach.core.exercise",
        "hipcoach.core.plan",
        "hipcoach.core.record",
        "hipcoach.core.session",
        "hipcoach.storage.atomic",
        "hipcoach.storage.catalog_toml",
        "hipcoach.storage.session_log",
        "hipcoach.storage.settings_table",
        "hipcoach.storage.table",
        "fractions",
        "hashlib",
        "json",
        "subprocess",
        "tomllib",
    },
    "plan leg-circuit": {
        "hipcoach.core.cues",
        "hipcoach.core.session",
        "hipcoach.drawing",
        "hipcoach.storage.atomic",
        "hipcoach.storage.memory",
        "hipcoach.storage.plan_json",
        "hipcoach.storage.settings_table",
        "difflib",
        "json",
        "subprocess",
    },
}
"""What these commands could do with and have no need of; each takes milliseconds to load."""


@pytest.mark.parametrize("line", UNUSED)
def test_a_command_loads_nothing_that_it_does_not_use(line: str) -> None:
    code = "import sys; from hipcoach.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, *line.split()], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert not set(done.stdout.splitlines()[-1].split()) & UNUSED[line]
