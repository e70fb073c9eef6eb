"""Sessions that were cut off, as a process that was killed leaves them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hipcoach.core.compile import compile_plan
from hipcoach.core.cues import cues_due
from hipcoach.core.history.record import Outcome, SessionStatus
from hipcoach.core.plan import StepKind
from hipcoach.core.session import Session
from hipcoach.live.services import Services
from hipcoach.storage.journal import Journal, JournalHeader, locked
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.summary import SummaryScreen
from tests.ui.support import coach
from tests.ui.surroundings import NOON, services_below, small_catalog


def run_on(session: Session, index: int) -> Session:
    while session.index < index:
        session = session.advance(session.deadline)
    return session


def cut_off(services: Services, id: str, change: Callable[[Session], Session], now: float) -> None:
    """Leave the journal of a session that came as far as `change` takes it, seen last at `now`."""
    catalog = small_catalog()
    plan = compile_plan(catalog.routines["routine"], catalog)
    begun = Session.begin(plan, 0.0)
    header = JournalHeader(id, NOON, NOON.date(), "0.1.0", {"pace": "paced"}, plan)
    journal = Journal.begin(services.paths.journals, header)
    session = change(begun)
    journal.note_changes(None, begun, 0.0)
    journal.note_changes(begun, session, now)
    if not session.is_over:
        journal.beat(session, now)
    journal.close(remove=False)


@pytest.fixture
def services(tmp_path: Path) -> Services:
    """With a session cut off five seconds into the left side: two of four reps."""
    services = services_below(tmp_path)
    cut_off(services, "20260304T110000Z-aaaaaa", lambda session: run_on(session, 3), 26.0)
    return services


async def test_it_is_offered_and_goes_on_at_the_lead_in_of_its_step(services: Services) -> None:
    async with coach(services, on=ChoiceScreen) as it:
        assert it.answers() == ["resume", "save", "discard", "later"]
        assert "Routine" in it.shown("text")
        assert "0:26" in it.shown("text")
        assert "1 of 4 sets done, 1 in part" in it.shown("text")
        await it.press("r")
        await it.on(SessionScreen)
        assert it.step.kind is StepKind.SWITCH
        assert it.step.index == 2
        expected = [cue.due for cue in cues_due(it.live.session, it.clock.now, it.clock.now + 2)]
        assert [sound.due for sound in it.sounds.scheduled] == expected
        assert len(it.journals()) == 1
        await it.pass_time(200)
        await it.on(SummaryScreen)
        (record,) = it.log().records
        assert record.id == "20260304T110000Z-aaaaaa"
        assert record.status is SessionStatus.COMPLETED
        assert record.started == NOON
        assert {step.outcome for step in record.steps} == {Outcome.DONE}
        assert record.steps[1].attempts == ((2, 5.0), (4, 8.0))
        assert record.active_seconds == 26 + 77
        assert it.journals() == []


async def test_save_keeps_what_was_done(services: Services) -> None:
    async with coach(services, on=ChoiceScreen) as it:
        await it.press("s")
        await it.on(PickerScreen)
        await it.until(lambda: not it.journals())
        (record,) = it.log().records
        assert record.status is SessionStatus.STOPPED
        assert [step.done_reps for step in record.steps] == [4, 2, 0, 0]
        assert record.active_seconds == 26.0


async def test_what_cannot_be_saved_is_kept_and_said(services: Services, tmp_path: Path) -> None:
    services.paths.data.write_text("in the way")
    async with coach(services, on=ChoiceScreen) as it:
        await it.press("s")
        await it.on(PickerScreen)
        await it.until(lambda: it.notices())
        assert any(str(services.paths.data) in notice for notice in it.notices())
        async with coach(services_below(tmp_path), on=ChoiceScreen) as other:
            assert "1 of 4 sets done, 1 in part" in other.shown("text")


async def test_discard_forgets_it(services: Services) -> None:
    async with coach(services, on=ChoiceScreen) as it:
        await it.press("d")
        await it.on(PickerScreen)
        await it.until(lambda: not list(services.paths.journals.iterdir()))
        assert it.log().records == ()


@pytest.mark.parametrize("answer", ["l", "escape"])
async def test_later_keeps_it_for_whoever_asks_next(services: Services, answer: str, tmp_path: Path) -> None:
    async with coach(services, on=ChoiceScreen) as it:
        await it.press(answer)
        await it.on(PickerScreen)
        assert it.log().records == ()
        # Also while this app runs on, another one may take the session up.
        async with coach(services_below(tmp_path), on=ChoiceScreen) as other:
            await other.press("s")
            await other.on(PickerScreen)
            await other.until(lambda: not other.journals())


async def test_leaving_over_the_question_keeps_it_for_whoever_asks_next(
    services: Services, tmp_path: Path
) -> None:
    cut_off(services, "20260304T100000Z-bbbbbb", lambda session: run_on(session, 1), 9.0)
    async with coach(services, on=ChoiceScreen) as it:
        await it.press("ctrl+c")
        journals = it.journals()
    # Let go of at once, and not only when what held them happens to be collected.
    for journal in journals:
        locked(journal).release()
    assert len(journals) == 2
    async with coach(services_below(tmp_path, state=None), on=ChoiceScreen) as it:
        assert it.answers() == ["resume", "save", "discard", "later"]


async def test_it_is_not_offered_while_another_process_holds_it(services: Services) -> None:
    (journal,) = services.paths.journals.glob("*.jsonl")
    lock = locked(journal)
    async with coach(services) as it:
        await it.settle()
        assert it.screen is it.picker
        assert it.notices() == []
    lock.release()
    assert journal.exists()


async def test_several_are_asked_about_one_after_the_other(services: Services) -> None:
    cut_off(services, "20260304T120000Z-bbbbbb", lambda session: run_on(session, 1), 9.0)
    async with coach(services, on=ChoiceScreen) as it:
        first = it.screen
        await it.press("s")
        await it.until(lambda: isinstance(it.screen, ChoiceScreen) and it.screen is not first)
        await it.press("d")
        await it.on(PickerScreen)
        assert [record.id for record in it.log().records] == ["20260304T110000Z-aaaaaa"]


async def test_going_on_with_one_keeps_the_others_for_the_next_start(
    services: Services, tmp_path: Path
) -> None:
    cut_off(services, "20260304T120000Z-bbbbbb", lambda session: run_on(session, 1), 9.0)
    async with coach(services, on=ChoiceScreen) as it:
        await it.press("r")
        await it.on(SessionScreen)
        await it.press("q", "d")
        await it.on(PickerScreen)
        async with coach(services_below(tmp_path), on=ChoiceScreen) as other:
            assert "0:09" in other.shown("text")


async def test_what_was_asked_for_on_the_command_line_waits_for_the_answer(services: Services) -> None:
    async with coach(services, "short", on=ChoiceScreen) as it:
        assert it.app.running_session is None
        await it.press("l")
        await it.on(SessionScreen)
        assert it.live.session.plan.routine == "short"


async def test_a_session_that_had_ended_is_saved_without_asking(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    cut_off(services, "20260304T110000Z-aaaaaa", lambda session: run_on(session, 10), 93.0)
    async with coach(services) as it:
        await it.until(lambda: it.log().records and not it.journals())
        (record,) = it.log().records
        assert record.status is SessionStatus.COMPLETED
        assert record.active_seconds == 93.0
        assert it.screen is it.picker


async def test_an_unreadable_journal_is_named_and_kept(services: Services) -> None:
    broken = services.paths.journals / "20260304T130000Z-cccccc.jsonl"
    broken.write_text('{"format": 1')
    async with coach(services, on=ChoiceScreen) as it:
        await it.press("d")
        await it.until(lambda: it.notices())
        assert any(broken.name in notice and "it is kept" in notice for notice in it.notices())
        assert broken.read_text() == '{"format": 1'
