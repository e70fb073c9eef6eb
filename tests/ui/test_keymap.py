from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.screen import Screen

import hipcoach.ui.screens
from hipcoach.ui.app import HipcoachApp
from hipcoach.ui.keymap import key_faults, keymap_problems, known_bindings
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.widgets.routine_list import RoutineList
from hipcoach.ui.widgets.row_list import RowList
from tests.ui.support import coach
from tests.ui.surroundings import services_below


def bindings() -> Iterator[tuple[str, Binding]]:
    """Every binding of the app and of every screen there is, with its owner's name."""
    owners: list[type] = [HipcoachApp]
    for module in pkgutil.iter_modules(hipcoach.ui.screens.__path__):
        loaded = importlib.import_module(f"{hipcoach.ui.screens.__name__}.{module.name}")
        owners += [
            each
            for each in vars(loaded).values()
            if isinstance(each, type) and issubclass(each, Screen) and each.__module__ == loaded.__name__
        ]
    for owner in owners:
        for binding in owner.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding), owner
            yield owner.__name__, binding


def of_lists() -> set[str]:
    """The ids of what the lists of the picker and the settings do."""
    return {
        each.id or ""
        for owner in (RoutineList, RowList)
        for each in owner.BINDINGS
        if isinstance(each, Binding)
    }


def test_every_binding_has_an_id_of_its_own_and_a_tooltip() -> None:
    found = list(bindings())
    assert len(found) > 30
    assert [(owner, each.key) for owner, each in found if not each.id or not each.tooltip] == []
    assert [name for name, count in Counter(each.id for _, each in found).items() if count > 1] == []


def test_every_binding_can_be_named_in_the_settings() -> None:
    assert {each.id for _, each in bindings()} | of_lists() == set(known_bindings())
    assert "" not in of_lists()


async def test_a_remapped_key_works_and_the_old_one_does_not(tmp_path: Path) -> None:
    keys = {"session.pause": "x,f5", "picker.start": "y"}
    async with coach(services_below(tmp_path, keys=keys)) as it:
        await it.press("y")
        await it.on(SessionScreen)
        await it.press("space")
        assert not it.live.session.is_paused
        await it.press("x")
        assert it.live.session.is_paused
        await it.press("f5")
        assert not it.live.session.is_paused
        assert it.notices() == []


async def test_a_remapped_way_out_still_asks(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, keys={"app.quit": "f10"}), "routine") as it:
        await it.press("f10")
        await it.on(ChoiceScreen)


async def test_a_letter_that_leaves_the_app_is_written_where_one_writes(tmp_path: Path) -> None:
    keys = {"app.quit": "e", "app.commands": "P,shift+p", "app.f1": "question_mark"}
    async with coach(services_below(tmp_path, keys=keys)) as it:
        await it.press("slash", "e", "P", "?")
        assert it.screen is it.picker
        assert it.picker.filter_word == "eP?"
        await it.press("enter", "e")
        await it.left()


def test_a_sign_is_no_key_where_one_is_always_writing() -> None:
    for key in ("x", "S", "space", "?", "question_mark", "shift+s"):
        (fault,) = key_faults({"builder.leave": key})
        assert fault == f"'builder.leave': {key!r} is needed for writing there."
    for key in ("f9", "ctrl+x", "escape", "enter"):
        assert key_faults({"builder.leave": key}) == []


async def test_an_unknown_name_is_reported_and_the_rest_works(tmp_path: Path) -> None:
    keys = {"session.pausse": "x", "session.skip": "k"}
    async with coach(services_below(tmp_path, keys=keys)) as it:
        await it.until(lambda: it.notices())
        (notice,) = it.notices()
        assert "'session.pausse'" in notice
        assert "did you mean 'session.pause'" in notice
        await it.press("enter")
        await it.on(SessionScreen)
        await it.press("k")
        assert it.step.index == 1


@pytest.mark.parametrize("name", ["session.stop", "app.quit", "picker.start", "history.back"])
def test_known_names_are_no_problem(name: str) -> None:
    assert keymap_problems({name: "f9"}) == []


def test_a_name_like_no_other_has_no_hint() -> None:
    (problem,) = keymap_problems({"xyz": "f2"})
    assert "did you mean" not in problem
