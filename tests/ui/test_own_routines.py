from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import OptionList, TextArea

from hipcoach.cli import main
from hipcoach.live.services import Services
from hipcoach.storage.app_state import AppState, load_state
from hipcoach.storage.catalog import load_own, state_of
from hipcoach.ui.screens import own_routines
from hipcoach.ui.screens.builder import BuilderScreen
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
    return services_below(tmp_path, catalog=real_catalog(), state=AppState(safety_read=True))


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
    assert state_of(config) == []
    path = mine(services)
    first = state_of(config)
    assert [Path(name).name for name, _, _ in first] == ["own.toml", "my-sheet.toml"]
    os.utime(path, ns=(1, 1))
    assert state_of(config) != first
    path.unlink()
    assert len(state_of(config)) == 1


async def test_without_an_editor_it_is_said_where_the_file_is(services: Services) -> None:
    async with coach(services) as it:
        path = mine(services)
        await it.until(lambda: "my-sheet" in ids(it), "the new routine")
        await highlight(it, "my-sheet")
        await it.press("E")
        await it.until(lambda: len(it.notices()) == 1)
        (said,) = it.notices()
        assert said == f"Neither VISUAL nor EDITOR names an editor. The file is {path}"


async def test_without_an_editor_no_file_of_a_bundled_routine_is_made(services: Services) -> None:
    async with coach(services) as it:
        await highlight(it, "leg-circuit")
        await it.press("E")
        await it.until(it.notices, "what to do")
        assert it.notices() == ["Neither VISUAL nor EDITOR names an editor. e changes a copy here."]
        assert it.screen is it.picker


async def test_a_terminal_that_cannot_be_handed_over_is_a_sentence(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    async with coach(services) as it:
        mine(services)
        await it.until(lambda: "my-sheet" in ids(it), "the new routine")
        await highlight(it, "my-sheet")
        await it.press("E")
        await it.until(lambda: len(it.notices()) == 1)
        (said,) = it.notices()
        assert said.startswith("This terminal cannot be handed to an editor.")


async def test_a_bundled_routine_is_copied_only_when_that_is_wanted(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
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


async def test_without_an_editor_a_bundled_routine_is_copied_in_the_builder(services: Services) -> None:
    target = services.paths.config / "routines" / "leg-circuit.toml"
    async with coach(services) as it:
        await highlight(it, "leg-circuit")
        await it.press("e")
        await it.on(ChoiceScreen)
        await it.press("y")
        builder = await in_builder(it)
        assert not target.exists()
        builder.sheet.replace("title: My circuit", (0, 0), (0, len("title: Leg circuit")))
        await it.press("ctrl+s")
        await it.on(PickerScreen)  # nobody is asked: it takes the place of the one that it is a copy of
        await it.until(lambda: "My circuit" in entry(it, "leg-circuit"), "the list as it is now")
        assert "yours" in entry(it, "leg-circuit")
        own = load_own(services.paths.config)
        assert (own.problems, dict(own.files)) == ((), {"leg-circuit": "routines/leg-circuit.toml"})
        before = real_catalog().routines["leg-circuit"]
        assert own.catalog.routines["leg-circuit"] == replace(before, title="My circuit")


async def in_builder(it: Coach) -> BuilderScreen:
    await it.on(BuilderScreen)
    assert isinstance(it.screen, BuilderScreen)
    return it.screen


SHEET = "title: Tonight\n\n# the left one first\nBird dog 8/side\nOverhead squat 10\n"


async def made_of(it: Coach, text: str) -> Path:
    """Build a routine as its owner would, and put the cursor on it."""
    it.picker.run_worker(it.picker._build(text))
    await in_builder(it)
    it.screen.query_one("#sheet", TextArea).insert(" ")
    await it.press("ctrl+s")
    await it.on(PickerScreen)
    await highlight(it, "tonight")
    return it.services.paths.config / "routines" / "tonight.toml"


@pytest.mark.parametrize("editor", ["", "true"])
async def test_a_routine_of_ones_own_is_changed_in_its_own_words_and_file(
    services: Services, monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    async with coach(services) as it:
        path = await made_of(it, SHEET)
        renamed = path.rename(path.with_name("evening.toml"))
        await it.picker.read_files()
        await it.press("e")
        builder = await in_builder(it)
        assert "# the left one first" in builder.sheet.text
        builder.sheet.replace("title: Late", (0, 0), (0, len("title: Tonight")))
        await it.press("ctrl+s")
        await it.on(PickerScreen)  # nobody is asked whether to replace what is changed
        await it.until(lambda: entry(it, "tonight").startswith("Late "), "the list as it is now")
        assert highlighted(it) == "tonight"
        assert [each.name for each in path.parent.iterdir()] == [renamed.name]
        assert "#   # the left one first" in renamed.read_text()
        assert load_own(services.paths.config).problems == ()
        assert not services.paths.removed_routines.exists()


async def test_a_sheet_saved_under_a_name_that_was_typed_is_changed_in_short_lines(
    services: Services, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.txt"
    sheet.write_text("Physio, June\nFire hydrant 12/side\n")
    target = services.paths.config / "routines" / "bar.toml"
    target.parent.mkdir(parents=True)
    assert main(["new", "Bar", "--from", str(sheet), "--yes", "-o", str(target)]) == 0
    async with coach(services) as it:
        await it.picker.read_files()
        await it.until(lambda: "bar" in ids(it), "the new routine")
        await highlight(it, "bar")
        await it.press("e")
        builder = await in_builder(it)
        assert builder.sheet.text == "title: Bar\n# Physio, June\nFire hydrant 12/side\n"


async def test_another_id_makes_another_routine(services: Services) -> None:
    async with coach(services) as it:
        path = await made_of(it, SHEET)
        before = path.read_text()
        await it.press("e")
        builder = await in_builder(it)
        builder.sheet.insert("id: another\n", (0, 0))
        await it.press("ctrl+s")
        await it.on(PickerScreen)
        await it.until(lambda: highlighted(it) == "another", "the new routine")
        assert path.read_text() == before


async def test_a_file_with_more_than_lines_can_say_is_not_touched(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with coach(services) as it:
        path = mine(services)
        path.write_text(path.read_text() + "# to be asked about\n")
        await it.until(lambda: "my-sheet" in ids(it), "the new routine")
        await highlight(it, "my-sheet")
        before = path.read_text()
        await it.press("e")
        await it.on(ChoiceScreen)
        assert isinstance(it.screen, ChoiceScreen)
        assert it.screen.text == f"Short lines would lose what its file holds: remarks.\n{path}"
        assert [each.id for each in it.screen.answers] == ["copy", "back"]
        await it.press("c")
        builder = await in_builder(it)
        assert builder.sheet.text.startswith("title: My sheet (mine)\n")
        builder.sheet.insert("\nOverhead squat 10", builder.sheet.document.end)
        await it.press("ctrl+s")
        await it.on(PickerScreen)
        await it.until(lambda: highlighted(it) == "my-sheet-mine", "the copy")
        assert path.read_text() == before
        monkeypatch.setenv("EDITOR", "/usr/bin/vi -u NONE")
        await highlight(it, "my-sheet")
        await it.press("e")
        await it.on(ChoiceScreen)
        assert isinstance(it.screen, ChoiceScreen)
        assert it.screen.answers[0].label == "Open the file in vi"
        await it.press("escape")
        await it.on(PickerScreen)


async def test_what_was_changed_meanwhile_is_replaced_only_when_asked_and_kept(services: Services) -> None:
    async with coach(services) as it:
        path = await made_of(it, SHEET)
        await it.press("e")
        builder = await in_builder(it)
        builder.sheet.insert("Fire hydrant 12/side\n", builder.sheet.document.end)
        path.write_text(path.read_text() + "# written elsewhere\n")
        await it.press("ctrl+s")
        await it.on(ChoiceScreen)
        await it.press("g")
        assert await in_builder(it) is builder
        assert "Fire hydrant" not in path.read_text()
        await it.press("ctrl+s")
        await it.on(ChoiceScreen)
        await it.press("r")
        await it.on(PickerScreen)
        assert "Fire hydrant" in path.read_text()
        (aside,) = services.paths.removed_routines.glob("*/tonight.toml")
        assert aside.read_text().endswith("# written elsewhere\n")
        assert str(aside) in it.notices()[-1]


async def test_a_routine_of_ones_own_is_deleted_and_comes_back(services: Services) -> None:
    async with coach(services) as it:
        path = await made_of(it, SHEET)
        before = path.read_bytes()
        for answer in ("n", "escape"):
            await it.press("delete")
            await it.on(ChoiceScreen)
            await it.press(answer)
            await it.on(PickerScreen)
            assert path.exists()
        await it.press("delete")
        await it.on(ChoiceScreen)
        await it.press("y")
        await it.until(lambda: "tonight" not in ids(it), "it to go")
        assert not path.exists()
        assert "u Bring back tonight.toml" in it.shown("offers")
        await it.press("u")
        await it.until(lambda: "tonight" in ids(it) and highlighted(it) == "tonight", "it to come back")
        assert path.read_bytes() == before
        await it.until(lambda: "Bring back" not in it.shown("offers"), "the offer to go")
        assert not services.paths.removed_routines.exists()


async def test_what_an_earlier_run_deleted_comes_back_too(services: Services) -> None:
    async with coach(services) as it:
        path = await made_of(it, SHEET)
        await it.press("delete")
        await it.on(ChoiceScreen)
        await it.press("y")
        await it.until(lambda: "tonight" not in ids(it), "it to go")
    own = load_own(services.paths.config)
    again = dataclasses.replace(services, own=own, catalog=own.catalog)
    async with coach(again) as it:
        await it.until(lambda: it.picker.any_deleted, "the log to be read")
        assert "Bring back" not in it.shown("offers")
        await it.press("u")
        await it.until(lambda: "tonight" in ids(it), "it to come back")
        assert path.exists()


async def test_what_is_bundled_cannot_be_deleted_and_a_copy_leaves_it(services: Services) -> None:
    mine(services, "My desk break", "desk-break")
    own = load_own(services.paths.config)
    services.catalog, services.own = own.catalog, own
    async with coach(services) as it:
        await highlight(it, "leg-circuit")
        await it.press("delete")
        assert it.screen is it.picker
        assert "delete" not in it.screen.active_bindings
        await highlight(it, "desk-break")
        await it.press("delete")
        await it.on(ChoiceScreen)
        assert isinstance(it.screen, ChoiceScreen)
        assert "The one that comes with hipcoach takes its place again." in it.screen.text
        await it.press("y")
        await it.until(lambda: "My desk break" not in entry(it, "desk-break"), "the bundled one")


async def test_deleting_says_who_needs_the_file_and_takes_a_broken_one(services: Services) -> None:
    async with coach(services) as it:
        path = await made_of(it, SHEET)
        other = ROUTINE.format(id="other", title="Other").replace("clamshell", "bird-dog")
        write(services, "routines/other.toml", other)
        await it.until(lambda: "other" in ids(it), "the other routine")
        await highlight(it, "tonight")
        await it.press("delete")
        await it.on(ChoiceScreen)
        assert isinstance(it.screen, ChoiceScreen)
        assert it.screen.text.endswith("Without its exercises these are left out: Other.")
        await it.press("y")
        await it.until(lambda: "problem:routines/other.toml" in ids(it), "the other to be left out")
        assert not path.exists()
        await highlight(it, "problem:routines/other.toml")
        await it.press("delete")
        await it.on(ChoiceScreen)
        await it.press("y")
        await it.until(lambda: "problem:routines/other.toml" not in ids(it), "the broken file to go")
        (aside,) = services.paths.removed_routines.glob("*/other.toml")
        assert aside.read_text() == other


async def test_a_broken_file_is_built_again_from_its_lines_without_an_editor(services: Services) -> None:
    async with coach(services) as it:
        path = await made_of(it, SHEET)
        broken = path.read_text().replace("[routine]", "[rutine]")
        path.write_text(broken)
        await it.until(lambda: "problem:routines/tonight.toml" in ids(it), "the problem")
        await highlight(it, "problem:routines/tonight.toml")
        await it.press("e")
        builder = await in_builder(it)
        assert "Bird dog 8/side" in builder.sheet.text
        builder.sheet.insert("Fire hydrant 12/side\n", builder.sheet.document.end)
        await it.press("ctrl+s")
        await it.on(ChoiceScreen)
        await it.press("r")
        await it.on(PickerScreen)
        await it.until(lambda: "tonight" in ids(it), "the routine")
        (aside,) = services.paths.removed_routines.glob("*/tonight.toml")
        assert aside.read_text() == broken


async def test_favourites_come_first_and_are_remembered(services: Services) -> None:
    async with coach(services) as it:
        before = ids(it)
        await highlight(it, "six-drills")
        await it.press("asterisk")
        assert ids(it) == ["six-drills", *(each for each in before if each != "six-drills")]
        assert entry(it, "six-drills").startswith("* Six drills")
        assert highlighted(it) == "six-drills"
        assert load_state(services.paths.memory)[0].favourites == ("six-drills",)
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
    again = dataclasses.replace(services, state=load_state(services.paths.memory)[0])
    async with coach(again) as it:
        assert ids(it)[:3] == [before[1], before[0], before[2]]
