"""How it feels: said before a session, asked for on its summary, and what the stop rules say to that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual import events

from hipcoach.core.fields import Intensity
from hipcoach.core.history.record import LONGEST_NOTE, SessionRecord
from hipcoach.storage.app_state import AppState, RoutineState
from hipcoach.storage.journal import find_unfinished
from hipcoach.storage.settings import SessionSettings
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.discomfort import DiscomfortScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.summary import SummaryScreen
from hipcoach.ui.widgets.discomfort_scale import DiscomfortScale
from hipcoach.ui.widgets.note_area import NoteArea
from tests.ui.support import Coach, coach
from tests.ui.surroundings import real_catalog, services_below
from tests.ui.taking_in import send


async def say(it: Coach, *keys: str) -> None:
    """Say in the picker how it feels."""
    await it.press("d")
    await it.on(DiscomfortScreen)
    await it.press(*keys)
    await it.on(PickerScreen)


async def summary_of_a_session(it: Coach) -> None:
    """From the picker through the short session to its summary."""
    await it.press("down", "enter")
    await it.on(SessionScreen)
    await it.pass_time(it.live.session.plan.total_seconds + 1)
    await it.on(SummaryScreen)


def the_record(it: Coach) -> SessionRecord:
    (record,) = it.log().records
    return record


SCALE: list[tuple[list[str], int | None]] = [
    (["4"], 4),
    (["0"], 0),
    (["1", "0"], 0),
    (["9", "right"], 10),
    (["end"], 10),
    (["end", "home"], 0),
    (["right", "right"], 1),
    (["left"], 0),
    (["3", "7"], 7),
    (["9", "right", "right"], 10),
    (["3", "backspace"], None),
    ([], None),
]


async def test_the_scale_takes_digits_and_arrows(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        for keys, rating in SCALE:
            it.services.feeling.rate(None, it.clock.now)
            await say(it, *keys, "enter")
            assert it.services.feeling.at(it.clock.now) == rating, keys
            shown = it.shown("offers")
            assert (
                "Discomfort now? 0 none to 10 worst" in shown
                if rating is None
                else f"Discomfort now: {rating} (0 none to 10 worst)" in shown
            )


async def test_escape_leaves_what_was_said(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await say(it, "4", "enter")
        await say(it, "8", "escape")
        assert it.services.feeling.at(it.clock.now) == 4


async def test_what_was_said_is_logged_with_the_next_session_and_no_other(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await say(it, "3", "enter")
        await summary_of_a_session(it)
        assert "3 before" in it.shown("asked")
        assert the_record(it).discomfort_before == 3
        await it.press("enter")
        await it.on(PickerScreen)
        assert "Discomfort now?" in it.shown("offers")
        await it.press("enter")
        await it.on(SessionScreen)
        assert it.live.runner.header.discomfort_before is None


async def test_what_was_said_an_hour_ago_is_not_now(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await say(it, "7", "enter")
        it.clock.advance(3601)
        await it.press("enter")
        await it.on(SessionScreen)
        assert it.live.runner.header.discomfort_before is None


async def test_a_crash_keeps_it(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await say(it, "5", "enter")
        await it.press("enter")
        await it.on(SessionScreen)
        (journal,) = it.journals()
        await it.until(lambda: b"enter" in journal.read_bytes(), "the journal to be written")
        shutil.copytree(journal.parent, tmp_path / "copy", ignore=shutil.ignore_patterns("*.lock"))
    (found,) = find_unfinished(tmp_path / "copy").unfinished
    assert found.record().discomfort_before == 5
    found.close(remove=True)


async def test_at_6_the_coach_advises_against_it_and_not_today_is_fine(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await say(it, "6", "enter")
        for answer in ("n", "escape"):
            await it.press("enter")
            await it.on(ChoiceScreen)
            assert "a lot for today" in it.shown("question")
            assert it.answers() == ["not-today", "gently"]
            await it.press(answer)
            await it.on(PickerScreen)
            assert it.app.running_session is None
            assert any("Take care" in notice for notice in it.notices())
            assert it.journals() == []


async def test_going_on_gently_is_the_low_end_of_every_range(tmp_path: Path) -> None:
    chosen = RoutineState(level=Intensity.HIGH, rounds=9)
    state = AppState(safety_read=True, last_routine="leg-circuit", routines={"leg-circuit": chosen})
    async with coach(services_below(tmp_path, catalog=real_catalog(), state=state)) as it:
        await say(it, "8", "enter")
        await it.press("enter")
        await it.on(ChoiceScreen)
        await it.press("g")
        await it.on(SessionScreen)
        assert max(step.round or 0 for step in it.live.session.plan.steps) == 3
        header = it.live.runner.header
        assert (header.discomfort_before, header.choices["level"]) == (8, "low")
        assert it.services.state.of("leg-circuit") == chosen


@pytest.mark.parametrize(("keys", "rating"), [(["2"], 2), ([], None)])
async def test_who_wants_to_be_asked_is_asked_before_every_session(
    tmp_path: Path, keys: list[str], rating: int | None
) -> None:
    services = services_below(tmp_path)
    services.settings = replace(services.settings, session=SessionSettings(ask_discomfort=True))
    async with coach(services) as it:
        await it.press("enter")
        await it.on(DiscomfortScreen)
        await it.press("escape")
        await it.on(PickerScreen)
        assert it.app.running_session is None
        await it.press("enter")
        await it.on(DiscomfortScreen)
        await it.press(*keys, "enter")
        await it.on(SessionScreen)
        assert it.live.runner.header.discomfort_before == rating


async def test_the_summary_asks_and_says_what_became_of_it(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await say(it, "5", "enter")
        await summary_of_a_session(it)
        await it.press("3")
        assert isinstance(it.app.focused, DiscomfortScale)
        assert it.shown("asked") == "5 before, 3 after: less than before"
        assert it.shown("advice") == ""
        await it.press("7")
        assert "more than before" in it.shown("asked")
        assert "enough for now" in it.shown("advice")
        await it.press("backspace", "4", "enter")
        await it.on(PickerScreen)
        record = the_record(it)
        assert (record.discomfort_before, record.discomfort_after, record.note) == (5, 4, "")


async def test_what_is_typed_into_the_note_is_only_ever_a_note(tmp_path: Path) -> None:
    texts = ["10 reps were easy", "5/10 pain", "(left", "none, n [b] q", "feel 7"]
    async with coach(services_below(tmp_path)) as it:
        for written in texts:
            await summary_of_a_session(it)
            # As fast as a pipe: the first letter comes before anybody has looked where the focus is.
            for key in ("6", "tab", *written, "enter"):
                send(it.app, key)
            await it.on(PickerScreen)
        notes = [(record.discomfort_after, record.note) for record in it.log().records]
        assert sorted(notes) == sorted((6, written) for written in texts)


async def test_what_is_pasted_is_a_note_wherever_the_focus_is(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        for before in ((), ("tab",), ("4",)):
            await summary_of_a_session(it)
            await it.press(*before)
            it.app.post_message(events.Paste("7 of 10\nin the\tmorning"))
            await it.settle()
            await it.press(*" x", "enter")
            await it.on(PickerScreen)
        records = it.log().records
        assert {record.note for record in records} == {"7 of 10 in the morning x"}
        assert sorted(record.discomfort_after or 0 for record in records) == [0, 0, 4]


async def test_letters_typed_before_the_note_is_there_say_where_it_is(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await summary_of_a_session(it)
        assert "tab: write a note" in str(it.screen.query_one(NoteArea).placeholder)
        await it.press(*"tight")
        assert it.notices() == ["Press tab first, then write."]
        await it.press("tab", *"tight", "enter")
        await it.on(PickerScreen)
        assert the_record(it).note == "tight"


async def test_words_typed_where_no_note_is_are_no_rating(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await summary_of_a_session(it)
        await it.press("1", "0", "space", *"reps", "space", *"were", "space", *"easy")
        assert it.notices() == ["Press tab first, then write."]
        assert it.screen.query_one(DiscomfortScale).rating is None
        await it.press("enter")
        await it.on(PickerScreen)
        record = the_record(it)
        assert (record.discomfort_after, record.note) == (None, "")


async def test_a_note_too_long_to_paste_is_refused_whole_and_said(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await summary_of_a_session(it)
        await it.press("tab", "a")
        it.app.post_message(events.Paste("b" * LONGEST_NOTE))
        await it.press("c")
        assert it.notices() == [f"A note holds {LONGEST_NOTE} characters; this would make it 501."]
        it.app.post_message(events.Paste("d" * (LONGEST_NOTE - 2)))
        await it.press("e", "enter")
        await it.on(PickerScreen)
        assert the_record(it).note == "ac" + "d" * (LONGEST_NOTE - 2)


async def test_arrows_and_tab_lead_to_the_scale_and_the_note(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await summary_of_a_session(it)
        await it.press("tab")
        assert isinstance(it.app.focused, NoteArea)
        await it.press("tab")
        assert isinstance(it.app.focused, DiscomfortScale)
        await it.press("down", "4", "up", "7")
        assert "a lot: enough for now" in it.shown("advice")
        await it.press("down", "0", "enter")
        await it.on(PickerScreen)
        record = the_record(it)
        assert (record.discomfort_before, record.discomfort_after, record.note) == (None, 7, "40")


async def test_a_digit_rates_at_once_and_ten_is_a_key_of_its_own(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await summary_of_a_session(it)
        await it.press("1")
        it.clock.advance(60.0)
        await it.press("0")
        assert it.screen.query_one(DiscomfortScale).rating == 0
        assert it.shown("advice") == ""
        await it.press("end")
        assert "a lot: enough for now" in it.shown("advice")
        await it.press("enter")
        await it.on(PickerScreen)
        record = the_record(it)
        assert (record.discomfort_after, record.note) == (10, "")


async def test_the_scale_says_which_end_is_bad_wherever_it_stands(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        for size in ((120, 40), (80, 24), (60, 20)):
            await it.resize(*size)
            await it.press("d")
            await it.on(DiscomfortScreen)
            assert words_on(it) >= {"Discomfort now?", "none 0 1 2 3 4 5 6 7 8 9 10 worst"}
            await it.press("3", "enter")
            await it.on(PickerScreen)
            await summary_of_a_session(it)
            assert words_on(it) >= {
                "Discomfort now? 0-9, end: 10 (3 before)",
                "none 0 1 2 3 4 5 6 7 8 9 10 worst",
            }
            await it.press("enter")
            await it.on(PickerScreen)


def words_on(it: Coach) -> set[str]:
    """What is drawn of questions and scales on the screen on top, as far as it is not cut off."""
    found = set()
    for widget in it.screen.query("DiscomfortScale, #asked, #question"):
        rows = [
            it.screen._compositor.render_strips()[y] for y in range(widget.region.y, widget.region.bottom)
        ]
        found |= {row.crop(widget.region.x, widget.region.right).text.strip() for row in rows}
    return found


async def test_a_rating_of_a_session_that_no_disk_takes_is_saved_with_it_later(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    sessions = services.paths.sessions
    async with coach(services) as it:
        await say(it, "5", "enter")
        sessions.parent.mkdir(parents=True, exist_ok=True)
        sessions.write_text("in the way")
        await summary_of_a_session(it)
        await it.press("2", "enter")
        await it.on(PickerScreen)
        sessions.unlink()
        await it.press("h", "escape")
        await it.until(lambda: it.log().records)
        record = the_record(it)
        assert (record.discomfort_before, record.discomfort_after) == (5, 2)


async def test_it_can_be_said_in_any_terminal(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), size=(40, 12)) as it:
        for width, height in ((40, 12), (20, 5)):
            await it.resize(width, height)
            await say(it, "4", "enter")
            await summary_of_a_session(it)
            await it.press("5", "enter")
            await it.on(PickerScreen)
        assert [record.discomfort_after for record in it.log().records] == [5, 5]


@pytest.mark.parametrize("way", ["quit", "killed"])
async def test_what_was_said_is_kept_when_the_app_is_left_from_the_summary(tmp_path: Path, way: str) -> None:
    async with coach(services_below(tmp_path)) as it:
        await summary_of_a_session(it)
        await it.press("6", "tab", *"knee")
        if way == "quit":
            await it.press("ctrl+c")
        else:
            it.app.stop_now()
        await it.left()
        record = the_record(it)
        assert (record.discomfort_after, record.note) == (6, "knee")


async def test_what_cannot_be_kept_on_leaving_is_handed_over(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await summary_of_a_session(it)
        await it.press("6")
        (file,) = it.services.paths.sessions.rglob("*.toml")
        file.unlink()
        await it.press("ctrl+c")
        await it.left()
    assert "discomfort after 6" in it.last_words
