"""Commands where every file of the user is damaged at once."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

if os.name != "posix":
    pytest.skip("pipes and loops of links are POSIX's", allow_module_level=True)

from hipcoach.audio.sounds import SoundStatus
from hipcoach.commands import doctor
from hipcoach.paths import AppPaths
from tests.commands.running import Run
from tests.damage import DAMAGES, KINDS, place, put_sound_file, state, within

AT_ONCE = ["truncated", "directory", "FIFO"]


@pytest.fixture
def damaged(paths: AppPaths) -> Callable[[str], None]:
    """Damage every file in one way."""

    def damage_all(damage: str) -> None:
        for kind in KINDS:
            DAMAGES[damage](put_sound_file(kind, paths), kind)

    return damage_all


@pytest.mark.parametrize("damage", AT_ONCE)
@pytest.mark.parametrize(
    ("command", "says", "names"),
    [
        ("history", "No sessions yet", ["session"]),
        ("stats", "In all        0 sessions", ["session", "settings", "marked day"]),
        ("routines", "desk-break", ["routine", "exercise", "settings"]),
        ("plan desk-break", "Desk break", ["routine", "exercise", "settings"]),
        ("paths", "error log", []),
    ],
    ids=lambda value: value.split()[0] if isinstance(value, str) else "",
)
def test_a_command_names_what_it_needed_and_does_its_work(
    run: Run,
    paths: AppPaths,
    damaged: Callable[[str], None],
    damage: str,
    command: str,
    says: str,
    names: list[str],
) -> None:
    damaged(damage)
    before = {kind: state(place(kind, paths)) for kind in KINDS}
    with within(20):
        result = run(*command.split())
    assert result.code == 0
    assert says in result.out
    lines = result.err.splitlines()
    assert len(lines) == len(names), result.err
    assert all(any(place(kind, paths).name in line for line in lines) for kind in names)
    assert {kind: state(place(kind, paths)) for kind in KINDS} == before


@pytest.mark.parametrize("damage", AT_ONCE)
def test_the_doctor_names_every_one(
    run: Run,
    paths: AppPaths,
    damaged: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    damage: str,
) -> None:
    monkeypatch.setattr(doctor, "probe", lambda *_: SoundStatus(working=False, backend="silent", reason=""))
    damaged(damage)
    before = {kind: state(place(kind, paths)) for kind in KINDS}
    with within(30):
        result = run("doctor")
    assert result.code == 0
    assert result.err == ""
    for kind in KINDS:
        name = place(kind, paths).name
        assert any(line.lstrip().startswith("!") and name in line for line in result.out.splitlines()), kind
    assert str(paths.error_log) in result.out
    assert {kind: state(place(kind, paths)) for kind in KINDS} == before
