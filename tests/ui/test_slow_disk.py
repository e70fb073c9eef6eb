"""A disk that takes 3 seconds holds up neither the count nor the keys, and gets everything in the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.core.choices import Pace
from hipcoach.storage.app_state import load_state
from hipcoach.storage.settings import load_settings
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session_detail import SessionDetailScreen
from hipcoach.ui.screens.settings import SettingsScreen
from hipcoach.ui.screens.summary import SummaryScreen
from tests.logs import load_log
from tests.slow_disk import SECONDS, SlowDisk
from tests.speaking import FakeSynthesizer, speaker
from tests.ui.support import Coach, coach
from tests.ui.surroundings import services_below


def slow_disk(it: Coach, monkeypatch: pytest.MonkeyPatch) -> SlowDisk:
    it.waits_for_disk = False
    return SlowDisk(it.clock, monkeypatch)


async def cues_of_a_session(
    home: Path, monkeypatch: pytest.MonkeyPatch, *keys: str
) -> list[tuple[str, float]]:
    """What is heard of the first 50 s of a session with these keys pressed in its hold, on a slow disk."""
    services = services_below(home)
    services.speech = speaker(services.paths.speech, FakeSynthesizer())
    with monkeypatch.context() as patched:
        async with coach(services, "routine") as it:
            disk = slow_disk(it, patched)
            await it.go_to(6, 2.0)
            for key in keys:
                await it.press(key)
                assert not services.writer.is_idle
            await it.pass_time(2 * SECONDS)
            assert not it.live.session.is_paused
            assert it.notices() == []
            await it.go_to(9, 2.0)
            heard = [(each.name, each.due) for each in it.sounds.heard() if not each.is_file]
            assert disk.held_up == 0
            disk.let_through()
    return heard


async def test_no_cue_comes_late_and_no_session_pauses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = await cues_of_a_session(tmp_path / "a", monkeypatch)
    # Twice: with the voice on, that it speaks would be another session.
    assert await cues_of_a_session(tmp_path / "b", monkeypatch, "v", "v") == undisturbed
    assert load_state(tmp_path / "b" / "state" / "memory.toml")[0].speech is False


async def test_keys_in_the_list_wait_for_no_disk_and_all_of_them_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with coach(services_below(tmp_path)) as it:
        disk = slow_disk(it, monkeypatch)
        await it.press("o", "f", *["plus"] * 20)
        assert it.services.state.of("routine").rounds == 21
        assert disk.held_up == 0
        assert not it.services.writer.is_idle
        await it.press("q")
        disk.let_through()
        await it.left()
    state = load_state(it.services.paths.memory)[0]
    assert state.of("routine").pace is Pace.OWN
    assert state.of("routine").rounds == 21
    assert state.favourites == ("routine",)
    assert disk.syncs <= 3 * 2, "keys that were pressed while the disk was busy are written together"


async def test_settings_wait_for_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with coach(services_below(tmp_path)) as it:
        await it.press("comma")
        await it.on(SettingsScreen)
        disk = slow_disk(it, monkeypatch)
        await it.press(*["right"] * 5, "down", "right")
        assert it.services.settings.timings.lead_in == 13
        assert disk.held_up == 0
        disk.let_through()
    settings, problems = load_settings(it.services.paths.settings)
    assert (settings.timings, problems) == (it.services.settings.timings, ())


async def test_a_note_that_is_still_being_written_is_shown_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with coach(services_below(tmp_path), "short") as it:
        await it.pass_time(200)
        await it.on(SummaryScreen)
        disk = slow_disk(it, monkeypatch)
        await it.press("6", "tab", *"stiff", "enter")
        await it.on(PickerScreen)
        assert not it.services.writer.is_idle
        assert [record.note for record in load_log(it.services.paths.sessions).records] == [""]
        await it.press("h")
        await it.on(HistoryScreen)
        assert disk.held_up == 0
        disk.let_through()
        await it.until(lambda: isinstance(it.screen, HistoryScreen) and it.screen.view, "the history")
        await it.press("enter")
        await it.on(SessionDetailScreen)
        assert isinstance(it.screen, SessionDetailScreen)
        assert (it.screen.record.note, it.screen.record.discomfort_after) == ("stiff", 6)
