from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.core.choices import MOST_ROUNDS, Pace
from hipcoach.core.fields import Intensity
from hipcoach.core.plan import Plan, StepKind
from hipcoach.live.services import Services
from hipcoach.storage.app_state import AppState
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.session import SessionScreen
from tests.ui.support import Coach, coach
from tests.ui.surroundings import real_catalog, services_below
from tests.ui.test_picker import entry, preview


def on_routine(tmp_path: Path, routine: str) -> Services:
    remembered = AppState(safety_read=True, last_routine=routine)
    return services_below(tmp_path, catalog=real_catalog(), state=remembered)


def plan(it: Coach) -> Plan:
    """The plan that the highlighted routine would make now."""
    routine = it.picker.highlighted
    assert routine is not None
    return it.picker.plan_for(routine, it.picker.choices_for(routine))


async def test_rounds_change_the_plan_and_the_total(tmp_path: Path) -> None:
    async with coach(on_routine(tmp_path, "leg-circuit")) as it:
        before = plan(it).total_seconds
        assert "3 rounds" in preview(it)
        await it.press("plus", "plus")
        assert "5 rounds" in preview(it)
        assert plan(it).reps == 560
        assert plan(it).total_seconds > before
        assert f"{round(plan(it).total_seconds / 60)} min" in entry(it, "leg-circuit")
        await it.press("plus")
        assert "6 rounds (your own)" in preview(it)
        await it.press(*["minus"] * 9)
        assert "1 round " in preview(it)


async def test_rounds_end_at_their_limit(tmp_path: Path) -> None:
    async with coach(on_routine(tmp_path, "leg-circuit")) as it:
        it.picker.action_rounds(1000)
        await it.settle()
        assert f"{MOST_ROUNDS} rounds" in preview(it)
        await it.press("plus")
        assert f"{MOST_ROUNDS} rounds" in preview(it)


async def test_the_level_sets_the_rounds_too_unless_they_are_chosen(tmp_path: Path) -> None:
    async with coach(on_routine(tmp_path, "leg-circuit")) as it:
        await it.press("plus", "plus", "plus", "l")
        assert "level mid" in preview(it)
        assert "6 rounds (your own)" in preview(it)
        await it.press("minus", "minus")  # what the level gives: from here on they follow it
        assert "4 rounds" in preview(it)
        await it.press("l")
        assert "level high" in preview(it)
        assert "5 rounds" in preview(it)
        await it.press("l")
        assert "3 rounds" in preview(it)


async def test_the_level_is_not_offered_where_there_is_no_range(tmp_path: Path) -> None:
    async with coach(on_routine(tmp_path, "desk-break")) as it:
        before = preview(it)
        await it.press("l", "w", "g")
        assert it.screen is it.picker
        assert preview(it) == before
        assert "level" not in before


async def test_own_pace_makes_the_total_an_estimate(tmp_path: Path) -> None:
    async with coach(on_routine(tmp_path, "desk-break")) as it:
        await it.press("o")
        assert plan(it).is_estimate
        assert "about" in preview(it)
        assert "about" in entry(it, "desk-break")
        await it.press("o")
        assert "about" not in preview(it)


async def test_leaving_the_warm_up_out_shortens_the_plan_and_is_said(tmp_path: Path) -> None:
    async with coach(on_routine(tmp_path, "four-movements")) as it:
        before = plan(it)
        assert before.steps[0].kind is StepKind.WARMUP
        await it.press("w")
        assert plan(it).total_seconds == before.total_seconds - before.steps[0].seconds
        assert "no warm-up" in preview(it)
        assert "warm-up is left out by your choice" in preview(it)


async def test_choices_are_remembered_for_each_routine(tmp_path: Path) -> None:
    async with coach(on_routine(tmp_path, "leg-circuit")) as it:
        await it.press("l", "plus", "o")
        await it.press("enter")
        await it.on(SessionScreen)
        wanted = it.live.session.plan.total_seconds
    services = services_below(tmp_path, catalog=real_catalog(), state=None)
    async with coach(services) as it:
        assert plan(it).total_seconds == wanted
        assert "5 rounds" in preview(it)
        kept = services.state.of("leg-circuit")
        assert (kept.rounds, kept.level, kept.pace) == (5, Intensity.MID, Pace.OWN)
        assert services.state.of("desk-break").rounds is None
        await it.press("enter")
        await it.on(SessionScreen)
        assert it.live.session.plan.total_seconds == wanted


@pytest.mark.parametrize(("answer", "included"), [("y", True), ("escape", False)])
async def test_the_advanced_drill_is_asked_about_once(tmp_path: Path, answer: str, included: bool) -> None:
    async with coach(on_routine(tmp_path, "six-drills")) as it:
        assert "Spiderman" in preview(it)
        assert "left out until you say" in preview(it)
        await it.press("enter")
        await it.on(ChoiceScreen)
        assert "Be sure of the other five drills" in it.shown("text")
        await it.press(answer)
        await it.on(SessionScreen)
        assert ("spiderman" in {step.exercise for step in it.live.session.plan.steps}) is included
    services = services_below(tmp_path, catalog=real_catalog(), state=None)
    async with coach(services) as it:
        await it.press("enter")
        await it.on(SessionScreen)
        assert ("spiderman" in {step.exercise for step in it.live.session.plan.steps}) is included


async def test_the_answer_can_be_changed_later(tmp_path: Path) -> None:
    async with coach(on_routine(tmp_path, "six-drills")) as it:
        before = plan(it).total_seconds
        await it.press("g")
        await it.on(ChoiceScreen)
        await it.press("y")
        await it.until(lambda: it.screen is it.picker)
        assert plan(it).total_seconds > before
        await it.press("g")
        await it.on(ChoiceScreen)
        await it.press("n")
        await it.until(lambda: it.screen is it.picker)
        assert plan(it).total_seconds == before


async def test_the_command_line_goes_straight_into_a_session(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "short") as it:
        assert it.live.session.plan.routine == "short"
        assert it.services.state.last_routine == "short"


async def test_the_command_line_asks_about_the_advanced_drill_too(tmp_path: Path) -> None:
    services = services_below(tmp_path, catalog=real_catalog())
    async with coach(services, "six-drills", on=ChoiceScreen) as it:
        await it.press("y")
        await it.on(SessionScreen)
        assert "spiderman" in {step.exercise for step in it.live.session.plan.steps}
