from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest
from textual.widgets import OptionList

from hipcoach.live.services import Services
from hipcoach.storage.memory import Memory, load_memory
from hipcoach.storage.user_catalog import load_own, state_of
from hipcoach.ui.screens import own_routines
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from tests.ui.support import Coach, coach
from tests.ui.surroundings import real_catalog, services_below
from tests.ui.test_picker import entry, highlighted, preview

ROUTINE = """\
format = 1

[routine]
id = "{id}"
title = "{title}"
source = "hipcoach"
summary = "Of my own."

[[block]]
[[block.item]]
exercise = "clamshell"
[[block.item.dose]]
reps = 7
per = "side"
basis = "user"
"""
EXERCISE = """\
format = 1

[[exercise]]
id = "clamshell"
name = "Clamshell"
family = "clamshell"
source = "hipcoach"
summary = "A knee opens."
setup = "Lie on your side."
position = "side-lying"
sides = "one-at-a-time"
side_means = "the upper leg"
loads = []
cues = ["Slowly"]
cautions = []

[[exercise.stage]]
id = "open"
title = "Open"
kind = "reps"
dose = { reps = 10, per = "side" }
phases = [{ name = "open", seconds = 2 }]
tempo_basis = "source"
"""


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_routines, "WATCH", 0.01)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return services_below(tmp_path, catalog=real_catalog(), memory=Memory(safety_read=True))


def write(services: Services, name: str, text: str) -> Path:
    path = services.paths.config / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def mine(services: Services, title: str = "My sheet", id: str = "my-sheet") -> Path:
    write(services, "exercises/own.toml", EXERCISE)
    return write(services, f"routines/{id}.toml", ROUTINE.format(id=id, title=title))


def ids(it: Coach) -> list[str]:
    options = it.picker.query_one("#routines", OptionList)
    return [option.id for option in options.options if option.id]


async def highlight(it: Coach, id: str) -> None:
    options = it.picker.query_one("#routines", OptionList)
    options.highlighted = options.get_option_index(id)
    await it.settle()


async def test_what_changes_while_the_program_runs_is_taken_up(services: Services) -> None:
    async with coach(services) as it:
        assert "my-sheet" not in ids(it)
        path = mine(services)
        await it.until(lambda: "my-sheet" in ids(it), "the new routine")
        assert "yours" in entry(it, "my-sheet")
        await highlight(it, "my-sheet")
        assert "7 reps" in preview(it)
        path.write_text(ROUTINE.format(id="my-sheet", title="Another name"), encoding="utf-8")
        await it.until(lambda: "Another name" in entry(it, "my-sheet"), "its new title")
        assert highlighted(it) == "my-sheet"
        path.unlink()
        await it.until(lambda: "my-sheet" not in ids(it), "the routine to go")
        assert highlighted(it) == "desk-break"


async def test_a_file_with_a_problem_is_listed_with_it_and_breaks_nothing_else(services: Services) -> None:
    async with coach(services) as it:
        mine(services)
        write(services, "routines/bad.toml", ROUTINE.format(id="bad", title="Bad").replace("reps", "raps"))
        await it.until(lambda: "problem:routines/bad.toml" in ids(it), "the problem")
        assert "my-sheet" in ids(it)
        assert ids(it)[-1] == "problem:routines/bad.toml"
        assert "bad.toml" in entry(it, "problem:routines/bad.toml")
        await highlight(it, "problem:routines/bad.toml")
        assert "raps" in preview(it)
        assert str(services.paths.config / "routines" / "bad.toml").replace("/", "") in preview(it).replace(
            "/", ""
        ).replace(" ", "")
        await it.press("enter", "l", "o", "plus", "asterisk")
        assert it.screen is it.picker
        write(services, "routines/bad.toml", ROUTINE.format(id="bad", title="Good now"))
        await it.until(lambda: "bad" in ids(it), "the routine, put right")
        assert not [each for each in ids(it) if each.startswith("problem:")]


async def test_a_bundled_routine_is_overridden_and_started(services: Services) -> None:
    mine(services, "My desk break", "desk-break")
    own = load_own(services.paths.config)
    assert (own.problems, own.files) == ((), {"desk-break": "routines/desk-break.toml"})
    services.catalog, services.own = own.catalog, own
    async with coach(services) as it:
        assert "My desk break" in entry(it, "desk-break")
        await it.press("enter")
        await it.on(SessionScreen)
        step = next(step for step in it.live.session.plan.steps if step.is_work)
        assert (step.reps, step.dose_basis) == (7, "user")


def test_the_state_of_the_files_tells_every_change(services: Services) -> None:
    config = services.paths.config
    assert state_of(config) == ()
    path = mine(services)
    first = state_of(config)
    assert [name for name, _, _ in first] == ["exercises/own.toml", "routines/my-sheet.toml"]
    os.utime(path, ns=(1, 1))
    assert state_of(config) != first
    path.unlink()
    assert len(state_of(config)) == 1


async def test_without_an_editor_it_is_said_where_the_file_is(services: Services) -> None:
    async with coach(services) as it:
        path = mine(services)
        await it.until(lambda: "my-sheet" in ids(it), "the new routine")
        await highlight(it, "my-sheet")
        await it.press("e")
        await it.until(lambda: len(it.app._notifications) == 1)
        (said,) = it.app._notifications
        assert said.message == f"Neither VISUAL nor EDITOR names an editor. The file is {path}"


async def test_a_terminal_that_cannot_be_handed_over_is_a_sentence(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    async with coach(services) as it:
        mine(services)
        await it.until(lambda: "my-sheet" in ids(it), "the new routine")
        await highlight(it, "my-sheet")
        await it.press("e")
        await it.until(lambda: len(it.app._notifications) == 1)
        (said,) = it.app._notifications
        assert said.message.startswith("This terminal cannot be handed to an editor.")


async def test_a_bundled_routine_is_copied_only_when_that_is_wanted(services: Services) -> None:
    target = services.paths.config / "routines" / "leg-circuit.toml"
    async with coach(services) as it:
        await highlight(it, "leg-circuit")
        await it.press("e")
        await it.on(ChoiceScreen)
        await it.press("n")
        await it.on(PickerScreen)
        assert not target.exists()
        await it.press("e")
        await it.on(ChoiceScreen)
        await it.press("y")
        await it.until(target.exists, "the copy")
        await it.until(lambda: "yours" in entry(it, "leg-circuit"), "the copy to be listed")
        assert load_own(services.paths.config).problems == ()


async def test_favourites_come_first_and_are_remembered(services: Services) -> None:
    async with coach(services) as it:
        before = ids(it)
        await highlight(it, "six-drills")
        await it.press("asterisk")
        assert ids(it) == ["six-drills", *(each for each in before if each != "six-drills")]
        assert entry(it, "six-drills").startswith("* Six drills")
        assert highlighted(it) == "six-drills"
        assert load_memory(services.paths.memory).favourites == ("six-drills",)
        await it.press("f")
        assert ids(it) == before


async def test_a_routine_is_moved_and_the_order_is_remembered(services: Services) -> None:
    async with coach(services) as it:
        before = ids(it)
        await highlight(it, before[0])
        await it.press("shift+down", "shift+down")
        moved = [before[1], before[2], before[0], *before[3:]]
        assert ids(it) == moved
        assert highlighted(it) == before[0]
        await it.press("shift+up")
        assert ids(it)[:3] == [before[1], before[0], before[2]]
    again = dataclasses.replace(services, memory=load_memory(services.paths.memory))
    async with coach(again) as it:
        assert ids(it)[:3] == [before[1], before[0], before[2]]
