"""The app where every file of the user is damaged at once: it opens, says so, and a session can be done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("pipes and loops of links are POSIX's", allow_module_level=True)

from hipcoach.live.services import Services, make_services
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.safety import SafetyScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.summary import SummaryScreen
from tests.damage import DAMAGES, KINDS, place, put_sound_file, state
from tests.recording_sounds import RecordingSounds
from tests.support import FakeClock
from tests.ui.support import coach
from tests.ui.surroundings import NOON, Awake, paths_below


def services_of_damaged_files(home: Path, damage: str) -> Services:
    paths = paths_below(home)
    for kind in KINDS:
        DAMAGES[damage](put_sound_file(kind, paths), kind)
    services = make_services(paths, lambda: None)
    services.sounds.close()
    services.clock = FakeClock()
    services.sounds = RecordingSounds(services.clock)
    services.speech = None
    services.boot = None
    services.now = lambda: NOON
    services.keep_awake = Awake()
    return services


@pytest.mark.parametrize("damage", ["truncated", "directory", "FIFO"])
async def test_a_session_can_be_done_all_the_same(tmp_path: Path, damage: str) -> None:
    services = services_of_damaged_files(tmp_path, damage)
    paths = services.paths
    before = {kind: state(place(kind, paths)) for kind in KINDS}
    named = " ".join(services.problems)
    for kind in ("settings", "memory", "routine", "exercise"):
        assert place(kind, paths).name in named
    async with coach(services, on=SafetyScreen) as it:
        await it.press("enter")
        await it.on(PickerScreen)
        await it.until(lambda: it.notices(), "the damaged files to be named")
        await it.press("home", "enter")
        await it.on(SessionScreen)
        await it.press("n")
        await it.pass_time(4.0)  # a rep and a bit
        await it.press("space", "q", "s")
        await it.on(SummaryScreen)
        await it.press("enter")
        await it.on(PickerScreen)
        (record,) = it.log().records
        assert record.routine == "desk-break"
        assert record.id != place("session", paths).stem
    assert {kind: state(place(kind, paths)) for kind in KINDS} == before
