from __future__ import annotations

import math
from pathlib import Path

import pytest
from textual.geometry import Region

from hipcoach.audio.sounds import SoundStatus, TimedSound
from hipcoach.core.cues import Cue, cues_due
from hipcoach.core.session import Session
from hipcoach.live.session_runner import LOOK_AHEAD
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.widgets.dressed_lines import DressedLines
from tests.ui.support import Coach, coach
from tests.ui.surroundings import services_below


def planned(it: Coach, until: float = math.inf) -> list[TimedSound]:
    """Every cue of the undisturbed session due before `until`."""
    begun = Session.begin(it.live.session.plan, it.clock.now)
    return [TimedSound(cue.cue.value, cue.due) for cue in cues_due(begun, 0.0, 1e9) if cue.due < until]


def names(it: Coach) -> list[str]:
    return [sound.name for sound in it.sounds.heard()]


def handed_over(it: Coach) -> list[TimedSound]:
    """Everything that was ever scheduled."""
    found: list[TimedSound] = []
    for call, sounds in it.sounds.calls:
        if call == "schedule":
            assert isinstance(sounds, tuple)
            found += sounds
    return found


def flashes(it: Coach) -> bool:
    """Whether the count is drawn on a light ground, at its top left."""
    count = it.display.query_one("#count", DressedLines)
    (strip,) = count.render_lines(Region(0, 0, count.size.width, 1))
    style = next(iter(strip)).style
    assert style is not None
    assert style.bgcolor is not None
    return style.bgcolor.get_truecolor().hex == it.app.theme_variables["foreground"].lower()


async def test_a_whole_session_sounds_as_planned(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        expected = planned(it)
        screen = it.live
        length = screen.session.plan.total_seconds
        await it.pass_time(length + 1)
        assert screen.session.is_over
        it.clock.advance(5)
        assert it.sounds.heard() == expected
        assert expected[0] == TimedSound("lead-in", 1000.0)
        assert expected[-1].name == "session-done"
        assert {"count", "start", "tick", "last-tick", "switch", "rest", "halfway", "hold-end"} <= set(
            names(it)
        )


async def test_cues_are_handed_over_two_seconds_ahead_and_once(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        began = it.clock.now
        expected = planned(it)
        for _ in range(30):
            now = it.clock.now
            ahead = [sound for sound in expected if sound.due < now + LOOK_AHEAD]
            assert handed_over(it) == ahead
            await it.pass_time(1.0)
        assert it.clock.now == began + 30


@pytest.mark.parametrize(
    ("key", "first"),
    [("space", Cue.PAUSED), ("n", Cue.SWITCH), ("p", Cue.LEAD_IN), ("r", Cue.RESUMED), ("N", Cue.REST)],
)
async def test_a_command_takes_back_what_was_scheduled(tmp_path: Path, key: str, first: Cue) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 3.5)
        assert it.sounds.scheduled
        now = it.clock.now
        await it.press(key)
        cues = cues_due(it.live.session, now, now + LOOK_AHEAD)
        expected = [TimedSound(cue.cue.value, cue.due) for cue in cues]
        assert expected[0] == TimedSound(first.value, now)
        assert it.sounds.scheduled == expected


async def test_muting_changes_nothing_about_the_schedule(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 3.5)
        before = list(it.sounds.scheduled)
        await it.press("m")
        assert it.sounds.scheduled == before
        assert ("cancel", None) not in it.sounds.calls


async def test_an_illegal_command_leaves_the_sounds_alone(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        before = list(it.sounds.scheduled)
        it.live.apply(Session.complete)
        assert it.sounds.scheduled == before
        await it.settle()
        assert any("own pace" in notice for notice in it.notices())


@pytest.mark.parametrize("answer", ["s", "d"])
async def test_nothing_is_scheduled_after_stopping(tmp_path: Path, answer: str) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 3.5)
        await it.press("q", answer)
        await it.until(lambda: it.app.running_session is None)
        await it.settle()
        assert it.sounds.scheduled == []
        heard = names(it)
        assert heard[-1] == "paused"
        it.clock.advance(60)
        assert names(it) == heard


async def test_pause_and_resume_are_heard_and_count_in(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(6, 5.0)
        await it.press("space")
        await it.pass_time(10)
        await it.press("space")
        await it.pass_time(5)
        paused = names(it).index("paused")
        assert names(it)[paused : paused + 6] == ["paused", "resumed", "count", "count", "count", "start"]


async def test_muted_the_screen_flashes_instead(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.press("m")
        assert it.sounds.muted
        assert "muted" in it.shown("left")
        assert flashes(it)
        await it.pass_time(2.0)
        assert not flashes(it)
        await it.go_to(1)
        assert flashes(it)
        assert it.shown("cue-word") == "GO"
        await it.press("m")
        assert not flashes(it)


async def test_without_a_device_a_small_mark_and_the_flash(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    async with coach(services, "routine") as it:
        assert not flashes(it)
        assert "♪ 80%" in it.shown("left")
        it.sounds.status = SoundStatus(working=False, backend="silent", reason="There is no device.")
        await it.go_to(1)
        assert flashes(it)
        assert "no sound" in it.shown("left")
        assert it.notices() == []


async def test_mute_holds_for_one_session(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    # As a hipcoach wrote it that kept it.
    services.paths.memory.write_text("format = 1\nsafety_read = true\nmuted = true\n")
    services = services_below(tmp_path, state=None)
    async with coach(services, "short") as it:
        assert not it.sounds.muted
        await it.press("m")
        assert it.sounds.muted
        await it.press("q", "d")
        await it.on(PickerScreen)
        await it.press("enter")
        await it.on(SessionScreen)
        assert not it.sounds.muted
        assert "muted" not in it.shown("left")
    assert "muted" not in services.paths.memory.read_text()
    assert services.problems == []
