"""Sessions that no disk takes: said once, kept, tried again, and handed over in the end."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from hipcoach.storage.session_log import record_from_toml
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.summary import SummaryScreen
from tests.ui.support import Coach, coach
from tests.ui.surroundings import services_below


def in_the_way(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("in the way")
    return path


async def finish(it: Coach) -> None:
    await it.pass_time(200)
    await it.on(SummaryScreen)


async def test_that_it_is_not_being_saved_is_said_once(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    in_the_way(services.paths.journals)
    async with coach(services, "routine") as it:
        await it.go_to(6, 5.0)
        said = [notice for notice in it.notices() if "not being saved" in notice]
        assert len(said) == 1
        assert str(services.paths.journals) in said[0]


async def test_a_journal_that_could_not_be_begun_is_begun_when_it_can_be(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    obstacle = in_the_way(services.paths.journals)
    async with coach(services, "routine") as it:
        await it.go_to(1, 2.0)
        obstacle.unlink()
        await it.go_to(3, 2.0)
        await it.until(lambda: not it.live.runner.problem, "the journal")
        (journal,) = it.journals()
        done = '"event":"attempt","index":1,"reps":4'
        await it.until(lambda: done in journal.read_text(encoding="utf-8"), "what was done meanwhile")
        assert '"event":"enter","index":0' in journal.read_text(encoding="utf-8")


async def test_it_is_saved_when_the_picker_comes_back_with_its_note(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    obstacle = in_the_way(services.paths.sessions)
    async with coach(services, "short") as it:
        await finish(it)
        assert "It is kept meanwhile" in it.shown("problem")
        await it.press("tab", *"stiff", "enter")
        await it.on(PickerScreen)
        assert services.unsaved
        obstacle.unlink()
        await it.press("h")
        await it.on(HistoryScreen)
        await it.press("escape")
        await it.on(PickerScreen)
        await it.until(lambda: it.log().records, "the record")
        assert [record.note for record in it.log().records] == ["stiff"]
        await it.until(lambda: not it.journals(), "the journal to go")
        # It is let go of by the thread that saved it, just after that.
        await it.until(lambda: not services.unsaved, "it to be let go of")
    assert it.last_words == ""


@pytest.mark.parametrize("journal_too", [False, True])
async def test_what_is_still_unsaved_at_the_end_is_handed_over(tmp_path: Path, journal_too: bool) -> None:
    services = services_below(tmp_path)
    in_the_way(services.paths.sessions)
    if journal_too:
        in_the_way(services.paths.journals)
    async with coach(services, "short") as it:
        await finish(it)
        await it.press("tab", *"stiff", "enter")
        await it.on(PickerScreen)
        await it.press("q")
    about, _, body = it.last_words.partition("\n\n")
    assert "Short of 04 March, 12:00, could not be saved: " in about
    assert ("the next start tries again" in about) is not journal_too
    assert record_from_toml(tomllib.loads(body), "x").note == "stiff"


async def test_a_note_that_comes_after_it_was_saved_after_all_is_kept(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    obstacle = in_the_way(services.paths.sessions)
    async with coach(services, "short") as it:
        await finish(it)
        obstacle.unlink()
        assert services.unsaved.retry(services.paths.sessions) == ["Short"]
        await it.press("tab", *"stiff", "enter")
        await it.on(PickerScreen)
        assert [record.note for record in it.log().records] == ["stiff"]


async def test_what_a_text_on_the_terminal_must_not_say_is_written_as_an_escape(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    in_the_way(services.paths.sessions)
    async with coach(services, "short") as it:
        await finish(it)
        assert isinstance(it.screen, SummaryScreen)
        services.edit(it.screen.record, {"note": "a\x1b[2Jb\x9b31mc\u202ed"})
    body = it.last_words.partition("\n\n")[2]
    assert all(sign == "\n" or sign.isprintable() for sign in it.last_words)
    assert record_from_toml(tomllib.loads(body), "x").note == "a\x1b[2Jb\x9b31mc\u202ed"
