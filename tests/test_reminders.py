"""The recipes of docs/reminders.md as they stand: what is due is told, what is not is not."""

from __future__ import annotations

import configparser
import json
import os
import plistlib
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("the recipes are for POSIX shells", allow_module_level=True)

from hipcoach.paths import AppPaths, user_paths
from hipcoach.storage.day_files import DayKind, mark_day

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = (ROOT / "docs" / "reminders.md").read_text(encoding="utf-8")


@pytest.fixture
def paths() -> AppPaths:
    """The test's own user directories."""
    return user_paths()


@pytest.fixture
def shell(home: Path, tmp_path: Path) -> Callable[..., str]:
    """Run a line in a shell where `hipcoach` is ours and a notification is a line in a file.

    Returns what was printed, and what was notified.
    """
    programs = home / ".local" / "bin"
    programs.mkdir(parents=True)
    told = tmp_path / "told"
    told.touch()
    start = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -m hipcoach "$@"\n'
    for name, script in (
        ("hipcoach", start),
        ("notify-send", f'#!/bin/sh\nprintf "%s|" "$@" >> {shlex.quote(str(told))}\n'),
        ("osascript", f'#!/bin/sh\nprintf "%s|" "$@" >> {shlex.quote(str(told))}\n'),
    ):
        (programs / name).write_text(script)
        (programs / name).chmod(0o755)

    def run(line: str, *, program: str = "sh") -> str:
        told.write_text("")
        # What a recipe names by its whole path is the stand-in too.
        line = line.replace("/usr/bin/notify-send", "notify-send").replace(
            ":/usr/bin", f":/usr/bin:{programs}"
        )
        done = subprocess.run(
            [program, "-c", line],
            env={
                **os.environ,
                "PATH": f"{programs}:/usr/bin:/bin",
                "HOME": str(home),
                "PYTHONPATH": str(ROOT),
            },
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.stderr == ""
        return done.stdout + told.read_text()

    return run


def recipes(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)


def in_bash() -> str:
    (recipe,) = recipes("bash")
    return f'PS1=\'$ \'; {recipe}\neval "$PROMPT_COMMAND"; eval "$PROMPT_COMMAND"; printf \'%s\' "${{PS1@P}}"'


def of_systemd() -> str:
    service = configparser.RawConfigParser(strict=False)
    service.optionxform = str  # type: ignore[assignment,method-assign]  # as the documentation has it
    service.read_string(recipes("systemd")[0])
    steps = service["Service"]
    return f"{steps['ExecCondition']} && {steps['ExecStart']}".replace("%h", "$HOME")


def of_launchd() -> str:
    (recipe,) = recipes("xml")
    shell, option, line = plistlib.loads(recipe.encode())["ProgramArguments"]
    assert (shell, option) == ("/bin/sh", "-c")
    assert isinstance(line, str)
    return line


def of_cron() -> str:
    (recipe,) = recipes("crontab")
    assert "%" not in recipe  # cron takes it for a line end
    return " ".join(recipe.split(" ")[5:])


def of_waybar() -> str:
    (recipe,) = recipes("json")
    module = json.loads(recipe)["custom/hipcoach"]
    return f"if {module['exec-if']}; then {module['exec']}; fi"


def of_tmux() -> str:
    (recipe,) = recipes("tmux")
    found = re.search(r"#\((.*?)\)", recipe)
    assert found
    return found[1]


def of_i3blocks() -> str:
    (recipe,) = recipes("ini")
    found = re.search(r"command=(.*)", recipe)
    assert found
    return found[1]


RECIPES: dict[str, tuple[Callable[[], str], str, str]] = {
    "login": (lambda: recipes("sh")[0], "A session is due: 0 of 3", "Today is marked off"),
    "prompt": (in_bash, "(move) $ ", "$ "),
    "tmux": (of_tmux, "move  \n", ""),
    "waybar": (of_waybar, "A session is due: 0 of 3", ""),
    "i3blocks": (of_i3blocks, "move\n", ""),
    "systemd": (of_systemd, "--app-name=hipcoach|Time to move|hipcoach start desk-break takes", ""),
    "cron": (of_cron, "Time to move|hipcoach start desk-break|", ""),
    "launchd": (of_launchd, '-e|display notification "hipcoach start desk-break" with title', ""),
}


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_says_when_a_session_is_due_and_is_silent_when_not(
    name: str, shell: Callable[..., str], paths: AppPaths
) -> None:
    recipe, due, not_due = RECIPES[name]
    program = "bash" if name == "prompt" else "sh"
    assert shell(recipe(), program=program).startswith(due)
    mark_day(paths.days, datetime.now().astimezone().date(), DayKind.REST)
    said = shell(recipe(), program=program)
    assert said.startswith(not_due)
    assert said == not_due or name == "login"


def test_every_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("needs systemd-analyze")
    for timer in re.findall(r"OnCalendar=(.*)", recipes("systemd")[1]):
        subprocess.run([analyze, "calendar", timer], check=True, capture_output=True)


def test_every_shell_recipe_is_run_above() -> None:
    languages = set(re.findall(r"```(\w+)\n", DOCUMENT))
    not_run = {"zsh", "console", "powershell"}
    assert languages == {"sh", "bash", "tmux", "json", "ini", "systemd", "crontab", "xml"} | not_run
