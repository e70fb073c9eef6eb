"""Two windows of one user: what one writes, the other neither undoes nor hides."""

from __future__ import annotations

import asyncio
import os
import threading
from pathlib import Path
from unittest.mock import patch

import pytest
from msgspec.structs import replace

from hipcoach.core.choices import Pace
from hipcoach.core.exercise import Load
from hipcoach.live.drafts import NEW_ROUTINE, NOTE, SETTING, Draft, continued, drafts
from hipcoach.live.services import Services
from hipcoach.storage.app_state import AppState, load_state
from hipcoach.storage.removed import set_aside
from hipcoach.storage.session_log import load_record, save_record
from hipcoach.storage.settings import load_settings
from hipcoach.storage.sheet_file import save_routine_file
from hipcoach.ui.routine_order import with_favourite
from hipcoach.ui.screens import builder, own_routines
from hipcoach.ui.screens.builder import BuilderScreen
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.discomfort import DiscomfortScreen
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.note_editor import NoteEditor
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session_detail import SessionDetailScreen
from hipcoach.ui.screens.value_editor import ValueEditor
from tests.logs import load_log
from tests.support import a_record
from tests.ui.support import Coach, coach
from tests.ui.surroundings import NOON, real_catalog, services_below
from tests.ui.test_drafts import edit_note, leave, write_routine

PATIENCE = 20.0
"""Seconds."""


def another(tmp_path: Path) -> Services:
    """Another window, opened now."""
    return services_below(tmp_path, state=None)


def chooses(window: Services) -> None:
    window.remember(lambda state: replace(state, avoid=frozenset({Load.KNEES})))
    window.remember(lambda state: with_favourite(state, "short", liked=True))
    assert window.writer.wait(PATIENCE)


async def test_what_one_window_chose_outlives_a_key_in_the_other(tmp_path: Path) -> None:
    services_below(tmp_path)
    first = another(tmp_path)
    async with coach(another(tmp_path)) as second:
        chooses(first)
        await second.press("o")
        state = load_state(first.paths.memory)[0]
        assert state.avoid == {Load.KNEES}
        assert state.favourites == ("short",)
        assert state.of("routine").pace is Pace.OWN
        # The window that wrote last knows of it too, and lists it.
        assert second.services.state == state
        assert second.picker.shown_ids() == ["short", "routine"]
        assert second.picker.highlighted is not None
        assert second.picker.highlighted.id == "routine"
    assert another(tmp_path).state == state


async def test_an_idle_window_takes_up_what_the_other_chose(tmp_path: Path) -> None:
    services_below(tmp_path)
    first = another(tmp_path)
    with patch.object(own_routines, "WATCH", 0.01):
        async with coach(another(tmp_path)) as second:
            chooses(first)
            await second.until(lambda: second.services.state.avoid == {Load.KNEES}, "what is avoided")
            await second.until(lambda: second.picker.shown_ids() == ["short", "routine"], "the favourite")


async def test_the_rows_of_one_window_are_not_filtered_by_the_other(tmp_path: Path) -> None:
    services_below(tmp_path)
    first = another(tmp_path)
    async with coach(another(tmp_path)) as second:
        first.remember(lambda state: replace(state, standing_only=True))
        assert first.writer.wait(PATIENCE)
        await second.press("o", "l")
        assert not second.services.state.standing_only
    assert load_state(first.paths.memory)[0].standing_only


def test_a_favourite_taken_out_in_one_window_and_one_put_in_in_the_other(tmp_path: Path) -> None:
    services_below(tmp_path, state=AppState(favourites=("a", "b")))
    first, second = another(tmp_path), another(tmp_path)
    first.remember(lambda state: with_favourite(state, "a", liked=False))
    assert first.writer.wait(PATIENCE)
    second.remember(lambda state: with_favourite(state, "c", liked=True))
    assert second.writer.wait(PATIENCE)
    assert load_state(first.paths.memory)[0].favourites == ("b", "c")


def test_only_one_window_writes_at_a_time(tmp_path: Path) -> None:
    services_below(tmp_path)
    first, second = another(tmp_path), another(tmp_path)
    writing, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        writing.set()
        assert go_on.wait(PATIENCE)

    first.writer.write(slowly)
    assert writing.wait(PATIENCE)
    chooses_too = second.write_setting("week", "goal", 5)
    assert not second.writer.wait(0.2)
    assert not second.paths.settings.exists()
    go_on.set()
    assert chooses_too.result(PATIENCE) == ""
    assert load_settings(second.paths.settings)[0].rules.week_goal == 5


def test_both_settings_are_there(tmp_path: Path) -> None:
    first, second = another(tmp_path), another(tmp_path)
    written = [
        window.write_setting(table, name, value)
        for window, table, name, value in (
            (first, "week", "goal", 5),
            (second, "session", "lead_in", 12),
            (first, "session", "rest", 11),
        )
    ]
    assert [each.result(PATIENCE) for each in written] == ["", "", ""]
    settings, _ = load_settings(first.paths.settings)
    assert (settings.rules.week_goal, settings.timings.lead_in, settings.timings.rest) == (5, 12, 11)


async def opened(it: Coach) -> SessionDetailScreen:
    """The session of the log, as this window has read it."""
    screen = SessionDetailScreen(it.services, it.services.load_record(a_record().id))
    it.app.push_screen(screen)
    await it.on(SessionDetailScreen)
    return screen


async def write_note(it: Coach, note: str) -> None:
    await it.press("e")
    await it.on(NoteEditor)
    await it.press(*note, "enter")
    await it.on(SessionDetailScreen)


async def test_a_note_of_each_window_both_are_kept_and_the_second_is_told(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    save_record(services.paths.sessions, a_record())
    async with coach(services) as second:
        detail = await opened(second)
        first = another(tmp_path)
        first.edit(first.load_record(a_record().id), {"note": "stiff"})
        await write_note(second, "fine")
        (record,) = load_log(services.paths.sessions).records
        assert record.note == "stiff / fine"
        await second.until(lambda: detail.record.note == record.note, "the note of both")
        assert "stiff / fine" in second.shown("note")
        await second.until(second.notices)
        (told,) = second.notices()
        assert "another window set the note to “stiff”; now it is “stiff / fine”." in told
        # What is changed after that is a change like any other.
        await write_note(second, "!")
        assert len(second.notices()) == 1
    assert load_record(services.paths.sessions, record.id).note == detail.record.note
    assert "!" in detail.record.note


async def test_a_rating_of_each_window_the_later_holds_and_is_told(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    save_record(services.paths.sessions, a_record())
    async with coach(services) as second:
        detail = await opened(second)
        first = another(tmp_path)
        first.edit(first.load_record(a_record().id), {"note": "stiff", "discomfort_after": 3})
        await second.press("r")
        await second.on(DiscomfortScreen)
        await second.press("enter")
        await second.on(DiscomfortScreen)
        await second.press("5", "enter")
        await second.on(SessionDetailScreen)
        (record,) = load_log(services.paths.sessions).records
        assert (record.discomfort_after, record.note) == (5, "stiff")
        await second.until(lambda: detail.record.discomfort_after == 5, "the rating")
        await second.until(second.notices)
        assert "another window set the discomfort after to 3; now it is 5." in second.notices()[0]


async def test_a_note_on_a_session_that_the_other_window_deleted_is_handed_over(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    save_record(services.paths.sessions, a_record())
    async with coach(services) as second:
        await opened(second)
        first = another(tmp_path)
        sessions, removed = first.paths.sessions, first.paths.removed_sessions
        first.writer.write(lambda: set_aside(sessions, a_record().id, removed)).result(PATIENCE)
        await write_note(second, "fine")
        await second.until(second.notices)
        (told,) = second.notices()
        assert "note “fine”. The session is no longer in the history: another window deleted it." in told
        assert load_log(services.paths.sessions).records == ()
    assert "note “fine”" in second.last_words
    assert load_log(services.paths.sessions).records == (), "it does not come back by itself"


async def test_a_note_on_a_deleted_session_is_saved_when_the_session_comes_back(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    path = save_record(services.paths.sessions, a_record())
    async with coach(services) as second:
        await opened(second)
        aside = path.rename(tmp_path / "aside")
        await write_note(second, "fine")
        await second.until(second.notices)
        aside.rename(path)
        await second.press("escape")
        await second.until(lambda: not services.unsaved, "the note to be saved after all")
    assert load_record(services.paths.sessions, path.stem).note == "fine"
    assert second.last_words == ""


def window(tmp_path: Path) -> Services:
    return services_below(tmp_path, catalog=real_catalog())


async def building(it: Coach, text: str) -> None:
    """With this routine in its builder, not saved."""
    it.picker.run_worker(it.picker._build(text))
    await it.on(BuilderScreen)
    assert isinstance(it.screen, BuilderScreen)
    it.screen.sheet.insert(" ")


async def asked(it: Coach, title: str) -> None:
    await it.on(ChoiceScreen)
    assert isinstance(it.screen, ChoiceScreen)
    assert it.screen.question == title


async def saves(it: Coach, text: str) -> None:
    """Save a routine, in the place of the one that is there if there is one."""
    await building(it, text)
    await it.press("ctrl+s")
    await it.until(lambda: not isinstance(it.screen, BuilderScreen), "the routine to be saved, or a question")
    if isinstance(it.screen, ChoiceScreen):
        await it.press("r")
    await it.on(PickerScreen)
    # Its list is read a moment later, and the cursor put on what was saved.
    await it.until(lambda: it.picker.highlighted and it.picker.highlighted.id == "tonight", "the list")


async def another_saves(tmp_path: Path, text: str) -> None:
    """Open another window, which saves a routine; in a task of its own, as Textual knows one app in each."""
    async with coach(window(tmp_path)) as it:
        await saves(it, text)


async def test_what_one_window_saves_while_the_other_asks_is_not_lost(tmp_path: Path) -> None:
    file = window(tmp_path).paths.config / "routines" / "tonight.toml"
    async with coach(window(tmp_path)) as second:
        await building(second, "title: Tonight\nOverhead squat 7\nwobble wobble\n")
        await second.press("ctrl+s")
        await asked(second, "Save it?")
        await asyncio.create_task(another_saves(tmp_path, "title: Tonight\nOverhead squat 8\n"))
        await second.press("s")
        await asked(second, "Replace “Tonight”?")
        await asyncio.create_task(another_saves(tmp_path, "title: Tonight\nOverhead squat 9\n"))
        saved = file.read_text()
        assert "squat 9" in saved
        await second.press("r")
        # Not what the question was about: it is asked again.
        await second.until(lambda: second.services.writer.is_idle, "the writer to have looked")
        await asked(second, "Replace “Tonight”?")
        assert file.read_text() == saved
        await second.press("r")
        await second.on(PickerScreen)
        assert "squat 7" in file.read_text()
        told = second.notices()[-1]
    (aside,) = (
        path for path in file.parent.parent.parent.rglob("tonight*.toml") if path.read_text() == saved
    )
    assert str(aside) in told


@pytest.mark.parametrize("there_before", [False, True])
async def test_a_routine_that_two_windows_save_at_once_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there_before: bool
) -> None:
    # No draft is to wait for the turn that the first window has.
    monkeypatch.setattr(builder, "KEEP_EVERY", 1e6)
    first = window(tmp_path)
    file = first.paths.config / "routines" / "tonight.toml"
    writing, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        writing.set()
        assert go_on.wait(PATIENCE)
        save_routine_file(file, "# of the first window\n", overwrite=True)

    async with coach(window(tmp_path)) as second:
        if there_before:
            await saves(second, "title: Tonight\nOverhead squat 8\n")
            await second.press("e")
            await second.on(BuilderScreen)
            assert isinstance(second.screen, BuilderScreen)
            second.screen.sheet.insert("Fire hydrant 12/side\n")
        else:
            await building(second, "title: Tonight\nOverhead squat 8\n")
        # The first has its turn and takes it while the second waits for its own.
        first.writer.write(slowly)
        assert writing.wait(PATIENCE)
        await second.until(lambda: second.services.writer.is_idle, "the draft")
        second.waits_for_disk = False
        await second.press("ctrl+s")
        await second.until(lambda: not second.services.writer.is_idle, "the second to wait")
        go_on.set()
        await asked(second, "Replace “Tonight”?")
        second.waits_for_disk = True
        await second.settle()
        assert file.read_text() == "# of the first window\n"
        await second.press("g")
        await second.on(BuilderScreen)


async def test_a_link_that_leads_nowhere_is_asked_about_and_moved_aside(tmp_path: Path) -> None:
    async with coach(window(tmp_path)) as it:
        file = it.services.paths.config / "routines" / "tonight.toml"
        file.parent.mkdir(parents=True)
        file.symlink_to(tmp_path / "nowhere")
        await building(it, "title: Tonight\nOverhead squat 8\n")
        await it.press("ctrl+s")
        await asked(it, "Replace “Tonight”?")
        await it.press("r")
        await it.on(PickerScreen)
        assert "squat" in file.read_text()
        (aside,) = it.services.paths.removed_routines.glob("*/*")
        assert aside.is_symlink()


def kept(services: Services) -> list[str]:
    """The texts of the drafts on disk."""
    return sorted(path.read_text() for path in services.paths.drafts.glob("*"))


def keep(services: Services, key: str, text: str, minutes_ago: int = 0) -> None:
    """A draft that a window before has left."""
    draft = Draft(services, key)
    draft.keep(text)
    assert services.writer.wait(PATIENCE)
    written = NOON.timestamp() - minutes_ago * 60
    os.utime(draft.path, (written, written))


async def keep_now(it: Coach) -> None:
    """Have what is written kept, as it is every two seconds."""
    assert isinstance(it.screen, BuilderScreen | NoteEditor | ValueEditor)
    it.screen.keep_unsaved()
    await it.settle()


@pytest.mark.parametrize("answer", ["enter", "discard"])
async def test_a_note_one_window_is_done_with_leaves_the_text_of_the_other(
    tmp_path: Path, answer: str
) -> None:
    services = services_below(tmp_path)
    save_record(services.paths.sessions, a_record(NOON.date(), note="good"))
    async with coach(services) as first, coach(another(tmp_path)) as second:
        for window in (first, second):
            await edit_note(window)
        await second.press(*" of the second")
        await keep_now(second)
        await first.press(*" of the first")
        await keep_now(first)
        assert kept(services) == ["good of the first", "good of the second"]
        if answer == "enter":
            await first.press("enter")
        else:
            await first.press("escape")
            await first.on(ChoiceScreen)
            await first.press("d")
        await first.on(HistoryScreen)
        await first.until(lambda: kept(services) == ["good of the second"], "its own draft to go")
        # What nobody wrote more of is there all the same.
        await leave(second, "killed")
        assert kept(services) == ["good of the second"]


async def test_both_windows_continue_one_routine_and_both_texts_are_kept(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    keep(services, NEW_ROUTINE, "clam 5")
    async with coach(services) as first, coach(another(tmp_path)) as second:
        for window, words in ((first, " # one"), (second, " # two")):
            screen = await write_routine(window, "1")
            assert screen.sheet.text == "clam 5"
            screen.sheet.insert(words)
        for window in (first, second):
            await leave(window, "killed")
        assert kept(services) == ["clam 5 # one", "clam 5 # two"]


async def test_a_text_the_other_window_claims_is_written_again_as_it_was(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    async with coach(services) as first:
        screen = await write_routine(first)
        screen.sheet.load_text("clam 5")
        await keep_now(first)
        second = another(tmp_path)
        claimed = continued(second, NEW_ROUTINE)
        assert claimed.text == "clam 5"
        assert kept(services) == ["clam 5"]
        await keep_now(first)
        assert kept(services) == ["clam 5", "clam 5"]
        claimed.drop()
        assert second.writer.wait(PATIENCE)
        assert kept(services) == ["clam 5"]


async def test_what_the_other_window_took_meanwhile_is_not_opened(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    keep(services, NEW_ROUTINE, "clam 5")
    async with coach(services) as first:
        await first.press("b")
        await first.on(ChoiceScreen)
        claimed = continued(another(tmp_path), NEW_ROUTINE)
        await first.press("1")
        await first.on(PickerScreen)
        await first.until(first.notices)
        assert "Another window continues it, or has saved or discarded it." in first.notices()
        assert claimed.path.read_text() == "clam 5"


async def test_the_newest_of_several_notes_comes_first_and_the_other_next(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    record = a_record(NOON.date(), note="good")
    save_record(services.paths.sessions, record)
    keep(services, NOTE + record.id, "older", minutes_ago=9)
    keep(services, NOTE + record.id, "newer", minutes_ago=1)
    # Neither another session's, nor of another kind.
    keep(services, f"{NOTE}{record.id}.x", "another's")
    keep(services, SETTING + record.id, "a value")
    async with coach(services) as it:
        for note, left in (("newer", ["older"]), ("older", [])):
            area = await edit_note(it)
            assert area.text == note
            await it.press("enter")
            await it.on(HistoryScreen)
            assert services.writer.wait(PATIENCE)
            await it.until(lambda left=left: kept(services) == sorted(["a value", "another's", *left]))  # type: ignore[misc]
            assert it.log().records[0].note == note
        assert [each.text for each in drafts(services, NOTE)] == ["another's"]
