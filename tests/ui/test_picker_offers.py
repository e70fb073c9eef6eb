"""What the picker offers beside the routines: another level, the self-tests; never by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from hipcoach.core.fields import Intensity
from hipcoach.core.self_test import SelfTestRecord
from hipcoach.live.services import Services
from hipcoach.storage.app_state import AppState, RoutineState
from hipcoach.storage.day_files import save_self_test
from hipcoach.storage.session_log import save_record
from tests.support import a_record
from tests.ui.support import Coach, coach
from tests.ui.surroundings import real_catalog, services_below


def services_with(home: Path, *days: int, level: str = "low", **rest: object) -> Services:
    """Services with sessions of the leg circuit on days of February 2026, at a level; the newest as said."""
    chosen = RoutineState(level=Intensity(level))
    state = AppState(safety_read=True, last_routine="leg-circuit", routines={"leg-circuit": chosen})
    services = services_below(home, catalog=real_catalog(), state=state)
    for day in days:
        said = rest if day == days[-1] else {}
        record = a_record(date(2026, 2, day), routine="leg-circuit", choices={"level": level}, **said)
        save_record(services.paths.sessions, record)
    return services


def keys(it: Coach) -> set[str]:
    return {active.binding.action for active in it.screen.active_bindings.values() if active.enabled}


async def test_after_three_good_sessions_the_next_level_is_offered_and_taken_by_key(tmp_path: Path) -> None:
    async with coach(services_with(tmp_path, 1, 3, 5)) as it:
        await it.until(lambda: "Next level? 4 rounds instead of 3" in it.shown("offers"))
        assert "offer" in keys(it)
        assert it.services.state.of("leg-circuit").level is Intensity.LOW
        await it.press("u")
        assert it.services.state.of("leg-circuit").level is Intensity.MID
        assert "Next level" not in it.shown("offers")
        assert "offer" not in keys(it)
        await it.press("u")
        assert it.services.state.of("leg-circuit").level is Intensity.MID


async def test_after_a_bad_one_a_step_back_is_offered(tmp_path: Path) -> None:
    bad = {"discomfort_before": 2, "discomfort_after": 5}
    async with coach(services_with(tmp_path, 1, level="high", **bad)) as it:
        await it.until(lambda: "A step back? 4 rounds instead of 5" in it.shown("offers"))
        await it.press("u")
        assert it.services.state.of("leg-circuit").level is Intensity.MID


async def test_an_offer_is_for_its_own_routine(tmp_path: Path) -> None:
    async with coach(services_with(tmp_path, 1, 3, 5)) as it:
        await it.until(lambda: "Next level" in it.shown("offers"))
        await it.press("up")
        assert "Next level" not in it.shown("offers")
        await it.press("down")
        assert "Next level" in it.shown("offers")
        await it.press("slash", *"xyzzy")
        assert "Next level" not in it.shown("offers")


async def test_two_good_sessions_are_not_enough(tmp_path: Path) -> None:
    async with coach(services_with(tmp_path, 1, 3)) as it:
        await it.until(lambda: "Self-tests" in it.shown("offers"))
        assert "Next level" not in it.shown("offers")


async def test_the_self_tests_are_offered_after_a_first_session_and_every_four_weeks(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path / "new")) as it:
        assert "Self-tests" not in it.shown("offers")
        assert "self_tests" in keys(it)

    services = services_with(tmp_path / "old", 1)
    started = datetime(2026, 2, 4, 9, tzinfo=UTC)
    save_self_test(
        services.paths.self_tests, SelfTestRecord("20260204T090000Z-aaaaaa", started, started.date(), ())
    )
    async with coach(services) as it:  # 28 days later
        await it.until(lambda: "Self-tests, 3 min: on 04 Feb 2026" in it.shown("offers"))

    started = datetime(2026, 2, 5, 9, tzinfo=UTC)
    save_self_test(
        services.paths.self_tests, SelfTestRecord("20260205T090000Z-aaaaaa", started, started.date(), ())
    )
    async with coach(services) as it:
        await it.until(lambda: it.picker.self_tests.has_practised)
        assert "Self-tests" not in it.shown("offers")
