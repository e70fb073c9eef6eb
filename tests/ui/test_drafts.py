"""What is written and not saved: kept whatever way it is left, and offered again."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from hipcoach.live.drafts import Draft
from hipcoach.live.services import Services
from hipcoach.storage.day_files import load_self_tests
from hipcoach.storage.session_log import save_record
from hipcoach.ui.screens import builder
from hipcoach.ui.screens.builder import BuilderScreen
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.note_editor import NoteEditor
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.self_test import SelfTestScreen
from hipcoach.ui.screens.settings import SettingsScreen
from hipcoach.ui.screens.value_editor import ValueEditor
from hipcoach.ui.widgets.note_area import NoteArea
from tests.support import a_record
from tests.ui.support import Coach, coach
from tests.ui.surroundings import NOON, real_catalog, services_below
from tests.ui.test_own_routines import SHEET as MINE
from tests.ui.test_own_routines import highlight, made_of

WAYS = ["ctrl+q", "killed"]
SHEET = "title: My routine\n\nFire hydrant 12/side"


async def leave(it: Coach, way: str) -> None:
    """Leave the app, and wait until all is written, as the program does."""
    if way == "killed":
        it.app.stop_now()
    else:
        await it.press(way)
    await it.left()
    assert it.services.writer.wait()


def kept(services: Services) -> dict[str, str]:
    """The drafts on disk, by the kind their names begin with."""
    return {path.name.partition("-")[0]: path.read_text() for path in services.paths.drafts.glob("*")}


def date_drafts(services: Services, days_ago: int) -> None:
    """Let the drafts have been written some days before the day that the app has."""
    written = (NOON - timedelta(days=days_ago)).timestamp()
    for path in services.paths.drafts.iterdir():
        os.utime(path, (written, written))


async def write_routine(it: Coach, answer: str = "n") -> BuilderScreen:
    await it.press("b")
    await it.on(ChoiceScreen)
    await it.press(answer)
    await it.on(BuilderScreen)
    assert isinstance(it.screen, BuilderScreen)
    return it.screen


async def edit_note(it: Coach) -> NoteArea:
    """Open the note of the only session, in the history."""
    if not isinstance(it.screen, HistoryScreen):
        await it.press("h")
        await it.on(HistoryScreen)
    history = it.screen
    assert isinstance(history, HistoryScreen)
    await it.until(lambda: history.chosen is not None, "the session")
    await it.press("e")
    await it.on(NoteEditor)
    return it.screen.query_one(NoteArea)


@pytest.mark.parametrize("way", WAYS)
async def test_a_routine_that_was_not_saved_is_offered_again(tmp_path: Path, way: str) -> None:
    services = services_below(tmp_path, catalog=real_catalog())
    async with coach(services) as it:
        screen = await write_routine(it)
        screen.sheet.insert("Fire hydrant 12/side")
        await leave(it, way)
    assert kept(services) == {"routine": SHEET}
    date_drafts(services, days_ago=1)

    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        await it.until(lambda: "1 routine: b in this list continues" in it.notices(), "the offer")
        await it.press("b")
        await it.on(ChoiceScreen)
        assert "Continue “My routine”, unsaved since yesterday" in words_of(it)
        await it.press("1")
        await it.on(BuilderScreen)
        assert isinstance(it.screen, BuilderScreen)
        assert it.screen.sheet.text == SHEET
        assert it.shown("head").startswith("Your routine, unsaved since yesterday")
        await it.press("ctrl+s")
        await it.on(PickerScreen)
        assert it.services.writer.wait()
        assert kept(it.services) == {}
        assert (it.services.paths.config / "routines" / "my-routine.toml").is_file()


def words_of(it: Coach) -> str:
    """The answers of the question on top."""
    options = it.screen.query_one("SteadyList").options  # type: ignore[attr-defined]
    return "\n".join(str(option.prompt) for option in options)


async def test_a_draft_that_is_opened_and_left_stays_until_it_is_discarded(tmp_path: Path) -> None:
    services = services_below(tmp_path, catalog=real_catalog())
    async with coach(services) as it:
        screen = await write_routine(it)
        screen.sheet.insert("Fire hydrant 12/side")
        for answer, left in (("l", {"routine": SHEET}), ("c", {"routine": SHEET}), ("d", {})):
            await it.press("escape")
            await it.on(ChoiceScreen)
            await it.press(answer)
            await it.on(BuilderScreen if answer == "c" else PickerScreen)
            assert services.writer.wait()
            assert kept(services) == left
            if answer == "l":
                await write_routine(it, "1")


async def test_a_second_text_does_not_take_the_place_of_the_first(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        for words in ("title: One\n", "title: Two\n"):
            screen = await write_routine(it)
            screen.sheet.load_text(words)
            await it.press("escape")
            await it.on(ChoiceScreen)
            await it.press("l")
            await it.on(PickerScreen)
        assert it.services.writer.wait()
        await it.press("b")
        await it.on(ChoiceScreen)
        assert {name for name in ("“One”", "“Two”") if name in words_of(it)} == {"“One”", "“Two”"}


async def test_a_change_that_was_not_saved_is_there_when_the_routine_is_changed_again(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        routine = await made_of(it, MINE)
        await it.press("e")
        await it.on(BuilderScreen)
        await it.press(*" # harder")
        await leave(it, "killed")
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        await it.picker.read_files()
        await highlight(it, "tonight")
        await it.press("e")
        await it.on(BuilderScreen)
        assert isinstance(it.screen, BuilderScreen)
        assert it.screen.sheet.text.endswith(" # harder")
        assert it.shown("head").startswith("Your routine, unsaved since ")
        await it.press("ctrl+s")
        await it.on(PickerScreen)
        assert it.services.writer.wait()
        assert kept(it.services) == {}
        assert "harder" in routine.read_text()


async def test_what_is_written_is_kept_before_anybody_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "KEEP_EVERY", 0.01)
    services = services_below(tmp_path, catalog=real_catalog())
    async with coach(services) as it:
        screen = await write_routine(it)
        screen.sheet.insert("Fire hydrant 12/side")
        await it.until(lambda: kept(services) == {"routine": SHEET}, "the draft")
        await it.press("ctrl+z")
        await it.until(lambda: kept(services) == {}, "it to go with what was undone")


async def test_a_note_that_was_not_saved_is_there_again(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    record = a_record(NOON.date(), note="good")
    save_record(services.paths.sessions, record)
    async with coach(services) as it:
        await edit_note(it)
        await it.press(*" but 5/10")
        await leave(it, "ctrl+q")
    assert kept(services) == {"note": "good but 5/10"}
    assert it.log().records[0].note == "good"
    date_drafts(services, days_ago=2)

    async with coach(services_below(tmp_path)) as it:
        offer = "1 note: e on the session in the history continues"
        await it.until(lambda: offer in it.notices(), "the offer")
        area = await edit_note(it)
        assert it.shown("heading") == "Note: what you wrote 2 days ago and did not save"
        assert area.text == "good but 5/10"
        await it.press("!", "enter")
        await it.on(HistoryScreen)
        await it.until(lambda: it.log().records[0].note == "good but 5/10!", "the note")
        await it.until(lambda: kept(it.services) == {}, "the draft to go")


@pytest.mark.parametrize(("answer", "note"), [("c", "good"), ("s", "good x"), ("d", "good")])
async def test_escape_asks_about_a_note_that_was_changed(tmp_path: Path, answer: str, note: str) -> None:
    services = services_below(tmp_path)
    save_record(services.paths.sessions, a_record(NOON.date(), note="good"))
    async with coach(services) as it:
        await edit_note(it)
        await it.press("escape")
        await it.on(HistoryScreen)
        area = await edit_note(it)
        await it.press(*" x", "escape")
        await it.on(ChoiceScreen)
        await it.press(answer)
        await it.on(NoteEditor if answer == "c" else HistoryScreen)
        assert services.writer.wait()
        await it.until(lambda: it.log().records[0].note == note, "the note")
        assert answer != "c" or area.text == "good x"
        await it.until(lambda: services.writer.is_idle)
        assert kept(services) == {}


async def test_a_value_that_was_not_taken_is_there_again(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    async with coach(services) as it:
        await it.press("comma")
        await it.on(SettingsScreen)
        await it.press("enter")
        await it.on(ValueEditor)
        await it.press(*"1234")
        await leave(it, "killed")
    assert list(kept(services).values()) == ["1234"]
    async with coach(services_below(tmp_path)) as it:
        await it.press("comma")
        await it.on(SettingsScreen)
        for value in ("1234", "8"):
            await it.press("enter")
            await it.on(ValueEditor)
            assert it.screen.query_one(Input).value == value
            assert it.screen.query_one("#allowed").has_class("-wrong") == (value == "1234")
            await it.press("escape")
            await it.on(SettingsScreen)
        assert it.services.writer.wait()
        assert kept(it.services) == {}


async def test_a_self_test_keeps_what_was_found_so_far_and_once(tmp_path: Path) -> None:
    services = services_below(tmp_path, catalog=real_catalog())
    async with coach(services) as it:
        await it.press("t")
        await it.on(SelfTestScreen)
        await it.press("b", "l")
        it.app.stop_now()
        await leave(it, "ctrl+q")
    (record,) = load_self_tests(services.paths.self_tests).records
    assert [each.test for each in record.results] == ["knee-to-chest"]


async def test_a_draft_that_no_disk_takes_is_told_once_and_handed_over(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.paths.drafts.write_text("in the way")
    draft = Draft(services, "note-x")
    for text in ("one", "two"):
        draft.keep(text)
    assert services.writer.wait()
    (problem,) = services.problems
    words = services.finish(print)
    assert f"not kept in {draft.path}:\ntwo\n" in words
    assert "one" not in words
    assert problem.startswith("What you write is not kept before you save it.")
    assert str(services.paths.drafts) in problem
