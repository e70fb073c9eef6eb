from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.core.exercise import Load
from hipcoach.core.sheet.reading import read_sheet
from hipcoach.live.choices import CliOverrides
from hipcoach.storage.app_state import AppState, load_state
from hipcoach.storage.catalog import load_own
from hipcoach.storage.sheet_file import routine_path, save_routine_file, sheet_file_text
from hipcoach.ui.screens.avoid import AvoidScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.widgets.set_row import choice_words
from tests.ui.support import Coach, coach
from tests.ui.test_picker import entry, preview
from tests.ui.test_picker_choices import on_routine


async def avoid(it: Coach, *keys: str) -> None:
    await it.press("x")
    await it.on(AvoidScreen)
    await it.press(*keys)
    await it.on(PickerScreen)


async def test_what_is_ticked_is_avoided_in_every_routine_and_remembered(tmp_path: Path) -> None:
    services = on_routine(tmp_path, "six-drills")
    async with coach(services) as it:
        before = entry(it, "six-drills")
        await avoid(it, "w", "enter")
        assert "avoiding wrists" in preview(it)
        assert "Left out: Spiderman (wrists)" in preview(it)
        assert "Kneeling adductor stretch instead of Adductor rockback (wrists)" in preview(it)
        assert "on all fours" in before
        assert "on all fours" not in entry(it, "six-drills")
        assert "nothing left" in entry(it, "hips-and-upper-back")
    assert load_state(services.paths.memory)[0].avoid == {Load.WRISTS}


@pytest.mark.parametrize("ready", [None, True])
async def test_every_entry_counts_the_exercises_of_its_plan(tmp_path: Path, ready: bool | None) -> None:
    services = on_routine(tmp_path, "six-drills")
    services.remember(lambda state: state.with_routine("six-drills", mastered=ready))
    async with coach(services) as it:
        assert ("plank" in entry(it, "six-drills")) is bool(ready)
        for ticked in ("", "k", "kw", "wd", "db", "b"):
            await avoid(it, *ticked, "enter")
            for routine in services.catalog.routines.values():
                plan = it.picker.plan_for(routine, it.picker.choices_for(routine))
                count = len({step.exercise for step in plan.steps if step.is_work})
                assert f"\n{count} exercise{'s' if count != 1 else ''} · " in entry(it, routine.id), ticked


async def test_an_exercise_of_unknown_loads_is_kept_and_said(tmp_path: Path) -> None:
    services = on_routine(tmp_path, "desk-break")
    sheet = read_sheet("title: Mine\n\nBird dog 8/side\nFire hydrant 12/side\n", services.catalog)
    path = routine_path(services.paths.config, "mine")
    save_routine_file(path, sheet_file_text(sheet, services.catalog))
    sentence = "Not known whether Bird dog loads the knees: check for yourself"
    own = load_own(services.paths.config)
    services.catalog, services.own = own.catalog, own
    async with coach(services) as it:
        it.picker.refill("mine")
        await avoid(it, "k", "enter")
        assert sentence in preview(it)
        assert "Left out: Fire hydrant (knees)" in preview(it)
        text = path.read_text()
        path.write_text(text.replace('id = "bird-dog"', 'id = "bird-dog"\nloads = []'))
        await it.picker.read_files()
        await it.settle()
        assert sentence not in preview(it)
        assert "Bird dog" in preview(it)


async def test_space_ticks_the_highlighted_box_and_escape_leaves_all_as_it_was(tmp_path: Path) -> None:
    services = on_routine(tmp_path, "six-drills")
    async with coach(services) as it:
        await avoid(it, "down", "space", "enter")
        assert services.state.avoid == {Load.WRISTS}
        await avoid(it, "w", "k", "escape")
        assert services.state.avoid == {Load.WRISTS}
        await avoid(it, "w", "enter")
        assert services.state.avoid == frozenset()
        assert "avoid" not in preview(it)


async def test_a_routine_of_which_nothing_is_left_says_so_and_does_not_start(tmp_path: Path) -> None:
    async with coach(on_routine(tmp_path, "hips-and-upper-back")) as it:
        await avoid(it, "k", "enter")
        assert "What you avoid (knees) is in everything" in preview(it)
        await it.press("enter")
        assert it.app.running_session is None
        await it.until(lambda: len(it.app._notifications) == 1)


async def test_nobody_is_asked_about_a_gate_whose_drill_is_avoided(tmp_path: Path) -> None:
    async with coach(on_routine(tmp_path, "six-drills")) as it:
        await avoid(it, "w", "enter")
        await it.press("enter")
        await it.on(SessionScreen)


async def test_the_log_says_what_was_avoided(tmp_path: Path) -> None:
    async with coach(on_routine(tmp_path, "six-drills")) as it:
        await avoid(it, "w", "enter")
        await it.press("enter")
        await it.on(SessionScreen)
        await it.press("n")
        await it.pass_time(20.0)
        it.app.stop_now()
        await it.left()
        (record,) = it.log().records
    assert record.choices["avoid"] == "wrists"
    assert "left out: Spiderman (wrists)" in str(record.choices["avoided"])
    assert "avoiding wrists" in choice_words(record.choices)


async def test_a_start_can_avoid_something_this_once(tmp_path: Path) -> None:
    services = on_routine(tmp_path, "desk-break")
    async with coach(services, "nine-drills", once=CliOverrides(avoid=frozenset({Load.WRISTS}))) as it:
        await it.on(SessionScreen)
        assert "windshield-wiper" not in {step.exercise for step in it.live.session.plan.steps}
    assert services.state.avoid == frozenset()


def test_what_is_remembered_and_makes_no_sense_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "memory.toml"
    path.write_text('format = 1\nsafety_read = true\navoid = ["knees", "nose", 5, "crossing"]\n')
    assert load_state(path)[0] == AppState(safety_read=True, avoid=frozenset({Load.KNEES}))
