from __future__ import annotations

from pathlib import Path

from hipcoach.core.choices import Pace
from hipcoach.core.session import RESUME_GAP
from hipcoach.live.services import Services
from hipcoach.live.session_runner import LONG_PAUSE
from hipcoach.storage.app_state import AppState, RoutineState
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.summary import SummaryScreen
from tests.support import FakeClock
from tests.ui.support import coach
from tests.ui.surroundings import services_below


def at_own_pace(tmp_path: Path) -> Services:
    choices = {"routine": RoutineState(pace=Pace.OWN)}
    return services_below(tmp_path, state=AppState(safety_read=True, routines=choices))


async def test_a_paused_clock_stands_still_and_blinks(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        for index in (0, 1, 2, 4, 6):
            await it.go_to(index, 2.5)
            left = it.shown("left")
            await it.press("space")
            counts = set()
            for _ in range(8):
                it.clock.advance(0.5)
                it.live.tick()
                assert it.step.index == index
                assert it.shown("left") == left
                assert it.shown("mode") == "PAUSED"
                counts.add(it.shown("count"))
            assert "" in counts
            assert len(counts) == 2
            it.clock.advance(600)
            it.live.tick()
            assert it.step.index == index
            assert it.shown("left") == left
            await it.press("space")


async def test_resuming_work_counts_three_two_one(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(6, 5.0)
        assert it.shown("count") == "15"
        await it.press("space")
        await it.pass_time(30)
        await it.press("space")
        seen = []
        for _ in range(3):
            assert it.shown("mode") == "READY?"
            seen.append(it.shown("count"))
            await it.pass_time(1.0)
        assert seen == ["3", "3", "2"]
        assert it.shown("count") == "1"
        await it.pass_time(RESUME_GAP + 0.01)
        assert it.shown("mode") == "GO"
        assert it.shown("count") == "15"


async def test_resuming_a_lead_in_goes_on_without_counting_in(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.pass_time(2.0)
        await it.press("space", "space")
        assert it.shown("mode") == "GET READY"
        await it.pass_time(RESUME_GAP + 1)
        assert it.shown("count") == "5"


async def test_at_ones_own_pace_the_set_waits_for_enter(tmp_path: Path) -> None:
    async with coach(at_own_pace(tmp_path), "routine") as it:
        assert it.shown("left").startswith("about ")
        await it.go_to(1)
        await it.pass_time(100)
        assert it.step.index == 1
        assert it.shown("count") == "1:40"
        assert it.shown("unit") == "4 reps, then enter"
        await it.press("enter")
        assert it.step.index == 2
        await it.press("enter")
        assert it.step.index == 2


async def test_enter_held_down_ends_one_set_only(tmp_path: Path) -> None:
    async with coach(at_own_pace(tmp_path), "routine") as it:
        await it.go_to(1, 10.0)
        await it.press("enter")
        for _ in range(20):
            it.clock.advance(0.05)
            await it.press("enter", "n")  # whatever brings the next set
            if it.step.index == 3:
                break
        assert it.step.index == 3
        for _ in range(20):
            it.clock.advance(0.05)
            await it.press("enter")
        assert it.step.index == 3
        await it.pass_time(1.0)
        await it.press("enter")
        assert it.step.index == 4


async def test_a_stall_pauses_where_it_was_last_seen(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(6, 5.0)
        left = it.shown("left")
        it.clock.advance(500)
        it.live.tick()
        await it.settle()
        assert it.step.index == 6
        assert it.live.session.is_paused
        assert it.live.session.elapsed(it.clock.now) == 5.0
        assert it.shown("left") == left
        assert any("Press space" in notice for notice in it.notices())
        sounds = len(it.sounds.heard())
        await it.pass_time(60)
        assert len(it.sounds.heard()) == sounds
        await it.press("space")
        await it.pass_time(RESUME_GAP + 3 + 1)
        assert it.shown("count") == "14"


async def test_two_seconds_without_a_look_are_no_stall(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        it.clock.advance(2.0)
        it.live.tick()
        assert not it.live.session.is_paused


async def test_a_key_after_a_stall_pauses_first(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 3.0)
        it.clock.advance(100)
        await it.press("n")
        assert it.step.index == 1
        assert it.live.session.is_paused


async def test_a_machine_that_slept_pauses_though_its_clock_stood(tmp_path: Path) -> None:
    boot = FakeClock(5000.0)
    async with coach(services_below(tmp_path, boot=boot), "routine") as it:
        for _ in range(20):
            boot.advance(0.5)
            await it.pass_time(0.5)
        assert not it.live.session.is_paused
        assert it.step.index == 1
        boot.advance(3600)
        it.clock.advance(0.1)
        it.live.tick()
        assert it.live.session.is_paused
        assert it.live.session.elapsed(it.clock.now) == 2.0


async def test_the_screen_is_kept_awake_while_it_runs(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        assert it.awake.held == 1
        await it.press("space")
        it.clock.advance(LONG_PAUSE)
        it.live.tick()
        assert it.awake.held == 1
        await it.pass_time(1.0)
        assert it.awake.held == 0
        await it.press("space")
        assert it.awake.held == 1
        await it.pass_time(200)
        assert it.app.running_session is None
        await it.until(lambda: it.awake.held == 0)
        assert it.awake.taken == 2


async def test_the_screen_may_sleep_after_a_discarded_session(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.press("q", "d")
        await it.until(lambda: it.awake.held == 0)


async def test_the_screen_may_sleep_after_the_app_was_ended_from_outside(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        it.app.stop_now()
    assert it.awake.held == 0


async def test_the_enter_that_ends_the_last_set_does_not_leave_the_summary_too(tmp_path: Path) -> None:
    async with coach(at_own_pace(tmp_path), "routine") as it:
        session = it.live
        while not session.has_ended:
            await it.pass_time(21.0)
            await it.press("enter")
        await it.on(SummaryScreen)
        for _ in range(20):
            it.clock.advance(0.05)
            await it.press("enter")
        assert isinstance(it.screen, SummaryScreen)
        it.clock.advance(1.0)
        await it.press("enter")
        await it.on(PickerScreen)
