from __future__ import annotations

from datetime import date
from pathlib import Path

from textual.widgets import Input, OptionList, Static

from hipcoach.core.compile import compile_plan
from hipcoach.storage.app_state import AppState
from hipcoach.storage.session_log import save_record
from hipcoach.ui.format import clock_text
from hipcoach.ui.screens.session import SessionScreen
from tests.support import a_record
from tests.ui.support import Coach, coach, printed
from tests.ui.surroundings import READ, real_catalog, services_below


def listed(it: Coach) -> list[str]:
    return [option.id or "" for option in it.picker.query_one("#routines", OptionList).options]


def entry(it: Coach, routine: str) -> str:
    return str(it.picker.query_one("#routines", OptionList).get_option(routine).prompt)


def preview(it: Coach) -> str:
    """The preview as it is printed, in one line."""
    return printed(it.picker.query_one("#preview", Static).content)


def highlighted(it: Coach) -> str:
    routine = it.picker.highlighted
    assert routine is not None
    return routine.id


async def test_every_routine_is_listed_with_what_helps_to_choose(tmp_path: Path) -> None:
    services = services_below(tmp_path, catalog=real_catalog())
    save_record(services.paths.sessions, a_record(date(2026, 3, 2), routine="desk-break"))
    async with coach(services) as it:
        assert listed(it) == list(real_catalog().routines)
        await it.until(lambda: "last done 2 days ago" in entry(it, "desk-break"))
        assert "Desk break  5 min" in entry(it, "desk-break")
        assert "5 exercises" in entry(it, "desk-break")
        assert "standing, wall or chair" in entry(it, "desk-break")
        assert "not done yet" in entry(it, "nine-drills")


async def test_the_preview_says_what_will_happen_in_order(tmp_path: Path) -> None:
    state = AppState(safety_read=True, last_routine="desk-break")
    async with coach(services_below(tmp_path, catalog=real_catalog(), state=state)) as it:
        text = preview(it)
        plan = compile_plan(real_catalog().routines["desk-break"], real_catalog())
        assert clock_text(plan.total_seconds) in text
        names = list(dict.fromkeys(step.name for step in plan.steps if step.is_work))
        places = [text.index(name) for name in names]
        assert places == sorted(places)
        assert "RIGHT" in text
        assert "LEFT" in text
        assert "10 reps*" in text
        assert "* suggested" in text
        await it.press("plus")
        assert "(your own)" in preview(it)
        assert preview(it).count("10 reps*") == text.count("10 reps*") > 0
        await it.press("end")
        assert highlighted(it) == listed(it)[-1]
        assert preview(it) != text


async def test_the_preview_says_who_a_routine_comes_from(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        for routine, author in (
            ("leg-circuit", "John Wolf"),
            ("six-drills", "Mike Reinold"),
            ("four-movements", "Joe Tichio"),
        ):
            it.picker.query_one("#routines", OptionList).highlighted = listed(it).index(routine)
            await it.settle()
            assert author in preview(it)


async def test_what_was_done_last_is_highlighted_at_the_next_start(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        assert highlighted(it) == "routine"
        await it.press("down", "enter")
        await it.on(SessionScreen)
        assert it.live.session.plan.routine == "short"
    async with coach(services_below(tmp_path, state=None)) as it:
        assert highlighted(it) == "short"
        await it.press("enter")
        await it.on(SessionScreen)


async def test_the_filter_finds_titles_and_exercises(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await it.press("slash", *"brid")
        assert listed(it) == ["routine"]
        await it.press("enter")
        assert highlighted(it) == "routine"
        assert not isinstance(it.app.focused, Input)
        await it.press("escape")
        assert listed(it) == ["routine", "short"]


async def test_where_nothing_fits_the_picker_says_so_and_offers_nothing(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await it.press("slash", *"xyzzy")
        assert listed(it) == []
        assert "Nothing fits" in it.shown("nothing")
        assert "xyzzy" in it.shown("nothing")
        assert preview(it) == ""
        await it.press("enter", "enter", "plus", "minus", "l", "o", "w", "g")
        assert it.screen is it.picker
        assert it.app.running_session is None
        await it.press("escape")
        assert listed(it) == ["routine", "short"]
        assert it.shown("nothing") == ""
        assert preview(it) != ""


async def test_standing_only_is_remembered(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        await it.press("s")
        assert listed(it)
        assert "desk-break" in listed(it)
        assert "four-movements" not in listed(it)
        assert all("on all fours" not in entry(it, each) for each in listed(it))
    async with coach(services_below(tmp_path, catalog=real_catalog(), state=None)) as it:
        assert "four-movements" not in listed(it)
        await it.press("s")
        assert listed(it) == list(real_catalog().routines)


async def test_the_picker_can_be_used_in_a_narrow_terminal(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), size=(40, 12)) as it:
        listed_in, shown_in = it.picker.query_one("#routines").region, it.picker.query_one("#right").region
        assert listed_in.width >= 38
        assert shown_in.y >= listed_in.bottom
        assert shown_in.height >= 4
        await it.press("down", "enter")
        await it.on(SessionScreen)


async def test_leaving_the_picker_leaves_the_app(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, state=READ)) as it:
        await it.press("q")
        await it.left()
        assert it.app.return_value == 0
