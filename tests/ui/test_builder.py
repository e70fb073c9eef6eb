"""Building a routine in the app: written, pasted, from the catalogue, or from a copy of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import OptionList, Static

from hipcoach.storage.catalog import load_own
from hipcoach.ui.format import clock_text
from hipcoach.ui.screens.builder import BuilderScreen
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.exercise_finder import ExerciseFinder
from hipcoach.ui.screens.picker import PickerScreen
from tests.ui.support import Coach, coach, printed
from tests.ui.surroundings import real_catalog, services_below


async def build(it: Coach, answer: str = "n") -> BuilderScreen:
    """Open the builder from the list: with n on an empty sheet, with c on a copy."""
    await it.press("b")
    await it.on(ChoiceScreen)
    await it.press(answer)
    await it.on(BuilderScreen)
    assert isinstance(it.screen, BuilderScreen)
    return it.screen


def write(screen: BuilderScreen, text: str) -> None:
    screen.sheet.insert(text)
    screen.read_now()


def meant(screen: BuilderScreen) -> str:
    return printed(screen.query_one("#meaning", Static).content)


async def test_what_is_written_becomes_a_routine_in_the_list(tmp_path: Path) -> None:
    services = services_below(tmp_path, catalog=real_catalog())
    async with coach(services) as it:
        screen = await build(it)
        write(screen, "Fire hydrant 12/side\nrest 20s\nWall lean 30s/side x2\n")
        assert screen.reading.plan is not None
        assert it.shown("head") == f"Your routine · {clock_text(screen.reading.plan.total_seconds)}"
        assert "New exercises of your own: Wall lean" in meant(screen)
        await it.press("ctrl+s")
        await it.on(PickerScreen)
        await it.until(lambda: "my-routine" in it.picker.shown_ids(), "the routine in the list")
        await it.until(
            lambda: it.picker.highlighted and it.picker.highlighted.id == "my-routine", "the highlight"
        )
        file = services.paths.config / "routines" / "my-routine.toml"
        (notice,) = it.app._notifications
        assert notice.message == f"“My routine” is saved: {file}"
        own = load_own(services.paths.config)
        assert not own.problems
        names = [item.exercise for item in own.catalog.routines["my-routine"].items]
        assert names == ["fire-hydrant", "wall-lean"]


async def test_plan_and_total_follow_what_is_written(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        screen = await build(it)
        write(screen, "Fire hydrant 5/side\n")
        plan = screen.reading.plan
        assert plan is not None
        first = plan.total_seconds
        write(screen, "Overhead squat 10\n")
        assert screen.reading.plan is not None
        assert screen.reading.plan.total_seconds > first
        assert "Overhead squat" in meant(screen)


async def test_keys_alone_are_read_as_soon_as_they_rest(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        screen = await build(it)
        for sign in "spiderman":
            await it.press(sign)
        await it.until(lambda: screen.reading.plan is not None, "the sheet to be read")
        assert "Spiderman" in meant(screen)


async def test_what_is_not_understood_is_named_and_left_out_only_when_asked(tmp_path: Path) -> None:
    services = services_below(tmp_path, catalog=real_catalog())
    async with coach(services) as it:
        screen = await build(it)
        write(screen, "Fire hydrant 12/side\nwobble wobble\n")
        assert "line 4, 'wobble wobble'" in meant(screen)
        await it.press("ctrl+s")
        await it.on(ChoiceScreen)
        await it.press("g")
        await it.on(BuilderScreen)
        assert not (services.paths.config / "routines").exists()
        await it.press("ctrl+s")
        await it.on(ChoiceScreen)
        await it.press("s")
        await it.on(PickerScreen)
        await it.until(lambda: "my-routine" in it.picker.shown_ids(), "the routine in the list")


async def test_a_line_in_doubt_is_marked_with_the_question_and_never_saved_as_a_guess(tmp_path: Path) -> None:
    services = services_below(tmp_path, catalog=real_catalog())
    async with coach(services) as it:
        screen = await build(it)
        write(screen, "Squats 8-12\nGlute bridge 3x12, hold 2 sec\nClamshell 3x12 with band\n")
        assert "1 line" not in it.shown("head")
        assert "2 lines not understood" in it.shown("head")
        words = " ".join(meant(screen).split())
        assert "✗ line 3, 'Squats 8-12': does 'Squats' mean 'Overhead squat' or 'Surfer squat'" in words
        assert "left over: 'with band'" in words
        assert "write: Clamshell 3x12 (with band)" in words
        await it.press("ctrl+s")
        await it.on(ChoiceScreen)
        await it.press("s")
        await it.on(PickerScreen)
        await it.until(lambda: "my-routine" in it.picker.shown_ids(), "the routine in the list")
    (routine,) = [
        each
        for name, each in load_own(services.paths.config).catalog.routines.items()
        if name == "my-routine"
    ]
    assert [item.exercise for item in routine.items] == ["glute-bridge"]


async def test_a_copy_says_the_same_under_another_name(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        for name, original in real_catalog().routines.items():
            it.picker.refill(name)
            screen = await build(it, "c")
            copy = screen.reading.sheet.routine
            assert copy is not None
            assert screen.reading.sheet.problems == ()
            assert copy.id != name
            assert copy.title == f"{original.title} (mine)"
            assert [item.exercise for item in copy.items] == [item.exercise for item in original.items]
            assert not screen.is_changed
            await it.press("escape")
            await it.on(PickerScreen)


async def test_an_exercise_of_the_catalogue_comes_onto_a_line_of_its_own(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        screen = await build(it)
        for words in ("hydrant", "ninety"):
            await it.press("f2")
            await it.on(ExerciseFinder)
            await it.press(*words, "enter")
            await it.on(BuilderScreen)
        screen.read_now()
        routine = screen.reading.sheet.routine
        assert routine is not None
        assert [item.exercise for item in routine.items] == ["fire-hydrant", "ninety-ninety-hinge"]
        assert screen.reading.sheet.problems == ()


async def test_the_finder_narrows_and_says_what_an_exercise_is(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        await build(it)
        await it.press("f2")
        await it.on(ExerciseFinder)
        found = it.screen.query_one(OptionList)
        everything = found.option_count
        assert everything == len(real_catalog().exercises)
        await it.press(*"circle")
        assert found.option_count == 3
        above = it.shown("summary")
        await it.press("down")
        assert it.shown("summary") != above
        await it.press(*"xyz")
        assert found.option_count == 0
        assert it.shown("summary") == "No exercise fits."
        await it.press("enter")
        assert isinstance(it.screen, ExerciseFinder)
        await it.press("escape")
        await it.on(BuilderScreen)


async def test_lines_move_up_and_down(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        screen = await build(it)
        write(screen, "Fire hydrant 12/side\nOverhead squat 10")
        await it.press("alt+up")
        assert screen.sheet.text.split("\n")[2:] == ["Overhead squat 10", "Fire hydrant 12/side"]
        await it.press("f4", "f4")
        assert screen.sheet.text.split("\n")[2:] == ["Fire hydrant 12/side", "Overhead squat 10"]


@pytest.mark.parametrize("answer", ["c", "l", "d"])
async def test_leaving_asks_where_something_would_be_lost(tmp_path: Path, answer: str) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        screen = await build(it)
        await it.press("escape")
        await it.on(PickerScreen)
        screen = await build(it)
        write(screen, "Fire hydrant 12/side")
        await it.press("escape")
        await it.on(ChoiceScreen)
        await it.press(answer)
        await it.on(BuilderScreen if answer == "c" else PickerScreen)
        await it.until(lambda: it.services.writer.is_idle, "the draft")
        kept = [path.read_text() for path in it.services.paths.drafts.glob("*")]
        assert kept == ([] if answer == "d" else ["title: My routine\n\nFire hydrant 12/side"])


async def test_an_empty_sheet_is_not_saved(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        await build(it)
        await it.press("ctrl+s")
        await it.until(lambda: "There is no exercise in it yet." in it.notices(), "the notice")
        assert isinstance(it.screen, BuilderScreen)


async def test_nothing_is_replaced_unasked(tmp_path: Path) -> None:
    services = services_below(tmp_path, catalog=real_catalog())
    async with coach(services) as it:
        for number, answer in ((5, ""), (6, "g"), (7, "r")):
            screen = await build(it)
            write(screen, f"Fire hydrant {number}/side")
            await it.press("ctrl+s")
            if answer:
                await it.on(ChoiceScreen)
                await it.press(answer)
            if answer == "g":
                await it.on(BuilderScreen)
                await it.press("escape")
                await it.on(ChoiceScreen)
                await it.press("d")
            await it.on(PickerScreen)
            await it.until(lambda: "my-routine" in it.picker.shown_ids(), "the routine in the list")
        text = (services.paths.config / "routines" / "my-routine.toml").read_text(encoding="utf-8")
        assert "7/side" in text
        assert "6/side" not in text


async def test_a_directory_that_cannot_be_written_loses_nothing(tmp_path: Path) -> None:
    services = services_below(tmp_path, catalog=real_catalog())
    services.paths.config.parent.mkdir(parents=True, exist_ok=True)
    services.paths.config.write_text("in the way")
    async with coach(services) as it:
        screen = await build(it)
        write(screen, "Fire hydrant 12/side")
        await it.press("ctrl+s")
        await it.until(it.notices, "what went wrong")
        assert isinstance(it.screen, BuilderScreen)
        assert "Fire hydrant" in screen.sheet.text


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_there_is_room_for_both_halves(tmp_path: Path, size: tuple[int, int]) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog()), size=size) as it:
        screen = await build(it)
        assert screen.query_one("#sheet").region.height >= 3
        assert screen.query_one("#meant").region.height >= 3
