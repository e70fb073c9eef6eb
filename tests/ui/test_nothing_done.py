"""A session in which nothing was done is kept only if its owner says so, whatever way it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.core.plan import StepKind
from hipcoach.core.session import Session
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.summary import SummaryScreen
from tests.logs import load_log
from tests.ui.support import Coach, coach
from tests.ui.surroundings import services_below
from tests.ui.test_unfinished import cut_off

ID = "20260304T110000Z-aaaaaa"


async def skip_through(it: Coach) -> None:
    while it.app.running_session is not None:
        it.clock.advance(0.3)
        await it.press("n")


async def is_asked(it: Coach) -> None:
    await it.on(ChoiceScreen)
    assert it.shown("question") == "Nothing was done in this session."
    assert it.answers() == ["discard", "keep"]
    assert it.log().records == ()


async def test_skipping_through_it_leaves_nothing_by_itself(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        for keys in (("enter",), ("d",), ("escape",), ("n", "n", "enter")):
            await it.press("enter")
            await it.on(SessionScreen)
            await skip_through(it)
            await is_asked(it)
            await it.press(*keys)
            await it.on(PickerScreen)
            assert it.log().records == ()
            assert it.journals() == []
            assert all(each.began_with is None for each in it.services.state.routines.values())


@pytest.mark.parametrize("keys", [("k",), ("down", "enter")])
async def test_it_is_kept_if_its_owner_says_so(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await skip_through(it)
        await is_asked(it)
        await it.press(*keys)
        await it.on(SummaryScreen)
        assert it.shown("word") == "NOTHING DONE"
        assert "No set was done, so it does not count as a day." in it.shown("headline")
        (record,) = it.log().records
        assert record.is_empty
        assert it.journals() == []
        assert it.services.stats(it.services.load_log()).week_days == 0


async def test_saving_what_is_done_asks_where_that_is_nothing(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        for begin in (0.0, 4.0, 8.5):
            await it.press("enter")
            await it.on(SessionScreen)
            await it.pass_time(begin)
            await it.press("q", "s")
            await it.until(lambda: it.shown("question") == "Nothing was done in this session.")
            await it.press("enter")
            await it.on(PickerScreen)
            assert it.log().records == ()
            assert it.journals() == []


async def test_one_rep_is_something(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 2.0)
        await it.press("q", "s")
        await it.on(SummaryScreen)
        assert len(it.log().records) == 1


async def test_being_ended_from_outside_keeps_nothing_of_nothing(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.pass_time(3.0)
        it.app.stop_now()
        assert it.app.return_value == 0
    assert it.log().records == ()
    assert it.journals() == []


@pytest.mark.parametrize("way_out", ["ctrl+c", "signal"])
async def test_leaving_over_the_question_keeps_nothing(tmp_path: Path, way_out: str) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await skip_through(it)
        await is_asked(it)
        if way_out == "signal":
            it.app.stop_now()
        else:
            await it.press(way_out)
        await it.left()
    assert it.log().records == ()
    assert it.journals() == []


async def test_what_is_to_be_kept_waits_for_a_disk_that_takes_it(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    sessions = services.paths.sessions
    sessions.parent.mkdir(parents=True)
    sessions.write_text("in the way")
    async with coach(services, "routine") as it:
        await skip_through(it)
        await it.on(ChoiceScreen)
        await it.press("k")
        await it.on(SummaryScreen)
        assert "Not saved" in it.shown("problem")
    assert len(it.journals()) == 1
    sessions.unlink()
    async with coach(services_below(tmp_path)) as it:
        await it.until(lambda: it.log().records, "what was kept")
        await it.until(lambda: not it.journals(), "the journal to be gone")
        assert it.screen is it.picker


async def test_a_process_that_died_over_the_question_kept_nothing(tmp_path: Path) -> None:
    services = services_below(tmp_path)

    def skipped(session: Session) -> Session:
        while not session.is_over:
            session = session.skip(session.began + 0.3)
        return session

    cut_off(services, ID, skipped, 3.0)
    async with coach(services) as it:
        await it.until(lambda: not it.journals(), "the journal to be gone")
        assert it.screen is it.picker
    assert load_log(services.paths.sessions).records == ()


@pytest.mark.parametrize(("answer", "kept"), [("s", 1), ("d", 0)])
async def test_one_that_was_cut_off_before_anything_was_done_is_offered(
    tmp_path: Path, answer: str, kept: int
) -> None:
    """Whoever was cut off in the lead-in may want to go on; "0 of 4 sets" says what saving would save."""
    services = services_below(tmp_path)
    cut_off(services, ID, lambda session: session, 3.0)
    async with coach(services, on=ChoiceScreen) as it:
        assert it.answers() == ["resume", "save", "discard", "later"]
        assert "0 of 4 sets done" in it.shown("text")
        await it.press(answer)
        await it.on(PickerScreen)
        await it.until(lambda: not it.journals(), "the journal to be gone")
        assert len(it.log().records) == kept


async def test_going_on_with_one_in_which_nothing_was_done_asks_at_its_end_too(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    cut_off(services, ID, lambda session: session, 3.0)
    async with coach(services, on=ChoiceScreen) as it:
        await it.press("r")
        await it.on(SessionScreen)
        assert it.step.kind is StepKind.PREPARE
        await skip_through(it)
        await is_asked(it)
        await it.press("enter")
        await it.on(PickerScreen)
        assert (it.log().records, it.journals()) == ((), [])
