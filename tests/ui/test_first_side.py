"""What a routine does where nothing was chosen for it: the first side, level and pace of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import OptionList

from hipcoach.core.choices import Pace
from hipcoach.core.exercise import Side
from hipcoach.core.fields import Intensity
from hipcoach.core.plan import StepKind
from hipcoach.storage.settings import FirstSide, SessionSettings
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.summary import SummaryScreen
from tests.ui.support import Coach, coach
from tests.ui.surroundings import services_below


def first_side(it: Coach) -> Side:
    routine = it.picker.highlighted
    assert routine is not None
    plan = it.picker.plan_for(routine, it.picker.choices_for(routine))
    return Side(next(step.side.value for step in plan.steps if step.kind is StepKind.REPS and step.side))


async def test_the_first_side_alternates_from_session_to_session_of_a_routine(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.settings = replace(services.settings, session=SessionSettings(first_side=FirstSide.ALTERNATE))
    async with coach(services) as it:
        for expected in (Side.RIGHT, Side.LEFT, Side.RIGHT):
            it.picker.query_one(OptionList).highlighted = it.picker.query_one(OptionList).get_option_index(
                "short"
            )
            await it.settle()
            assert first_side(it) is expected
            await it.press("enter")
            await it.on(SessionScreen)
            assert it.live.session.plan.steps[1].side == expected.value
            await it.pass_time(60)
            await it.on(SummaryScreen)
            await it.press("enter")
            await it.on(PickerScreen)
        assert services.state.of("short").began_with is Side.RIGHT
        assert first_side(it) is Side.LEFT
    again = services_below(tmp_path, state=None)
    assert again.state.of("short").began_with is Side.RIGHT


async def test_a_discarded_session_changes_no_side(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.settings = replace(services.settings, session=SessionSettings(first_side=FirstSide.ALTERNATE))
    async with coach(services, "short") as it:
        await it.pass_time(12)
        await it.press("q", "d")
        await it.on(PickerScreen)
        assert services.state.of("short").began_with is None


@pytest.mark.parametrize("side", [FirstSide.LEFT, FirstSide.RIGHT])
async def test_the_first_side_can_be_fixed(tmp_path: Path, side: FirstSide) -> None:
    services = services_below(tmp_path)
    services.settings = replace(services.settings, session=SessionSettings(first_side=side))
    async with coach(services) as it:
        assert first_side(it).value == side.value


async def test_level_and_pace_hold_where_a_routine_has_no_choice_of_its_own(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.settings = replace(
        services.settings, session=SessionSettings(pace=Pace.OWN, level=Intensity.HIGH)
    )
    async with coach(services) as it:
        routine = it.picker.highlighted
        assert routine is not None
        assert it.picker.choices_for(routine).pace is Pace.OWN
        assert it.picker.choices_for(routine).level is Intensity.HIGH
        await it.press("o")
        assert it.picker.choices_for(routine).pace is Pace.PACED
        assert it.picker.choices_for(routine).level is Intensity.HIGH
        services.settings = replace(services.settings, session=SessionSettings(level=Intensity.MID))
        assert it.picker.choices_for(routine).level is Intensity.MID
