from __future__ import annotations

import shutil
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import OptionList, Static

from hipcoach.core.choices import Pace
from hipcoach.core.history.record import Outcome, SessionStatus
from hipcoach.core.plan import StepSide
from hipcoach.live.choices import CliOverrides
from hipcoach.live.services import Services
from hipcoach.storage.journal import find_unfinished
from hipcoach.storage.session_index import SessionList
from hipcoach.storage.session_log import save_record
from hipcoach.ui.numbers import minutes_text
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.summary import SummaryScreen, headline
from tests.support import a_record
from tests.ui.support import Coach, coach, printed
from tests.ui.surroundings import NOON, services_below


async def finish(it: Coach) -> None:
    """Let the session run to its end."""
    await it.pass_time(it.live.session.plan.total_seconds + 1)
    await it.on(SummaryScreen)


def summary(it: Coach) -> str:
    return "\n".join(it.shown(name) for name in ("headline", "streak"))


async def test_a_finished_session_is_logged_as_it_was_done(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        plan = it.live.session.plan
        await finish(it)
        (record,) = it.log().records
        assert record.status is SessionStatus.COMPLETED
        assert (record.routine, record.title) == ("routine", "Routine")
        assert record.started == NOON
        assert record.day == NOON.date()
        assert record.active_seconds == plan.total_seconds
        assert record.source == "An author, A title, 2020-02-29"
        assert record.choices["pace"] == "paced"
        work = [step for step in plan.steps if step.is_work]
        assert [(step.name, step.side, step.reps, step.seconds) for step in record.steps] == [
            (step.name, step.side, step.reps, step.seconds) for step in work
        ]
        assert {step.outcome for step in record.steps} == {Outcome.DONE}
        assert [step.done_reps for step in record.steps] == [4, 4, 0, 4]
        assert [step.done_seconds for step in record.steps] == [8, 8, 20, 8]
        assert it.journals() == []


async def test_the_log_says_what_was_skipped_dropped_lengthened_and_what_hurt(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 5.0)
        await it.press("h")  # two of four reps
        await it.go_to(3)
        await it.press("plus")
        await it.go_to(6, 4.0)
        await it.press("p")  # to the lead-in of the left side; the hold is done again
        await it.press("n")
        await it.pass_time(1.0)
        await it.press("n")
        await it.go_to(6)
        await it.go_to(9, 1.0)
        await it.press("N")
        await it.on(ChoiceScreen)
        await it.press("l")
        await it.on(SummaryScreen)
        right, left, hold, march = it.log().records[0].steps
        assert (right.side, right.outcome, right.done_reps, right.reason) == (
            StepSide.RIGHT,
            Outcome.PARTIAL,
            2,
            "hurt",
        )
        assert (left.outcome, left.done_reps) == (Outcome.DONE, 5)
        assert left.attempts == ((5, 10.0), (0, 1.0))
        assert (hold.outcome, hold.attempts) == (Outcome.DONE, ((0, 4.0), (0, 20.0)))
        assert march.outcome is Outcome.SKIPPED
        done = it.screen.query_one("#done", Static).content
        assert "Clam ◐✓ it hurt" in printed(done)


async def test_the_summary_says_what_was_done_left_and_right_and_the_streak(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await finish(it)
        assert it.shown("word") == "WELL DONE"
        assert "Routine: 1:33" in summary(it)
        assert "4 sets: 4 done" in summary(it)
        assert "12 reps · 20 s of holds" in summary(it)
        assert "left 6 reps" in summary(it)
        assert "right 6 reps" in summary(it)
        await it.until(lambda: "1 of 3 days this week" in it.shown("streak"))


async def test_little_done_is_kept_but_not_counted(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 5.0)
        await it.press("q", "s")
        await it.on(SummaryScreen)
        assert it.shown("word") == "PARTLY DONE"
        assert "Less than half of the plan was done, so it does not count as a day." in it.shown("headline")
        assert "3 not reached" in summary(it)
        await it.until(lambda: it.shown("streak"))
        assert it.shown("streak") == "0 of 3 days this week (without this one)"


async def test_skipping_to_the_end_is_no_better_than_stopping(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 5.0)
        await it.press(*"nnnnnnn")
        await it.on(SummaryScreen)
        assert it.shown("word") == "PARTLY DONE"
        assert "Less than half" in it.shown("headline")
        assert it.log().records[0].status is SessionStatus.STOPPED
        assert it.services.load_log().entries[0].status is SessionStatus.STOPPED
        await it.press("enter")
        await it.on(PickerScreen)
        entry = it.picker.query_one("#routines", OptionList).get_option
        await it.until(lambda: "not done yet" in str(entry("routine").prompt))


async def test_stopping_after_half_counts_and_says_so(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(6, 15.0)
        await it.press("q", "s")
        await it.on(SummaryScreen)
        assert it.shown("word") == "STOPPED EARLY"
        assert "At least half of the plan was done, so it counts as a day." in it.shown("headline")
        await it.until(lambda: "1 of 3 days this week" in it.shown("streak"))
        assert "without" not in it.shown("streak")
        assert it.log().records[0].status is SessionStatus.STOPPED


async def test_a_goal_reached_before_is_not_put_down_to_a_session_that_does_not_count(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    for ago in range(NOON.weekday() + 1):
        save_record(services.paths.sessions, a_record(NOON.date() - timedelta(days=ago)))
    days = NOON.weekday() + 1
    assert days >= services.settings.rules.week_goal
    async with coach(services, "routine") as it:
        await it.go_to(1, 5.0)
        await it.press("q", "s")
        await it.on(SummaryScreen)
        await it.until(lambda: it.shown("streak"))
        assert f"{days} days this week: goal reached (without this one)" in it.shown("streak")


async def test_enter_pressed_again_and_again_is_not_well_done(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "short", once=CliOverrides(pace=Pace.OWN)) as it:
        while it.app.running_session is not None:
            step = it.live.session.step
            it.clock.advance(0.35)
            await it.press("enter" if step is not None and step.is_open else "n")
        await it.on(ChoiceScreen)
        await it.press("k")
        await it.on(SummaryScreen)
        assert it.shown("word") == "NOTHING DONE"
        assert "No set was done" in it.shown("headline")
        assert {step.done_reps for step in it.log().records[0].steps} == {0}


async def test_a_note_is_kept_with_the_session(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "short") as it:
        await finish(it)
        await it.press("tab", *"good [b]", "space", "q", "enter")
        await it.on(PickerScreen)
        assert it.log().records[0].note == "good [b] q"


async def test_keys_that_run_on_from_the_session_are_no_note(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "short") as it:
        await finish(it)
        await it.press("n", "n", "right", "left", "N", "space", "plus", "m", "v", "r", "p")
        assert it.screen.focused is None
        await it.press("enter")
        await it.on(PickerScreen)
        (record,) = it.log().records
        assert (record.note, record.discomfort_after) == ("", None)


async def test_keys_that_skip_past_the_end_rate_nothing_and_write_nothing(tmp_path: Path) -> None:
    keys = {"session.skip": "s,9"}
    async with coach(services_below(tmp_path, keys=keys), "short") as it:
        await finish(it)
        for _ in range(10):
            it.clock.advance(0.7)
            await it.press("s", "9")
        assert it.screen.focused is None
        assert it.notices() == []
        await it.press("tab", *"stiff", "enter")
        await it.on(PickerScreen)
        (record,) = it.log().records
        assert (record.note, record.discomfort_after) == ("stiff", None)


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_without_a_note_the_file_stays_as_it_is(tmp_path: Path, key: str) -> None:
    async with coach(services_below(tmp_path), "short") as it:
        await finish(it)
        (path,) = it.services.paths.sessions.iterdir()
        before = path.stat().st_mtime_ns
        await it.press(key)
        await it.on(PickerScreen)
        assert path.stat().st_mtime_ns == before


async def test_the_summary_can_be_left_before_the_log_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = threading.Event()
    load_log = Services.load_log

    def load_late(services: Services, *rest: Any) -> SessionList:
        left.wait(20)
        return load_log(services, *rest)

    async with coach(services_below(tmp_path), "short") as it:
        monkeypatch.setattr(Services, "load_log", load_late)
        await finish(it)
        await it.press("enter")
        await it.on(PickerScreen)
        left.set()
        entry = it.picker.query_one("#routines", OptionList).get_option
        await it.until(lambda: "last done today" in str(entry("short").prompt))


async def test_another_session_can_follow(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "short") as it:
        await finish(it)
        await it.press("enter")
        await it.on(PickerScreen)
        await it.press("enter")
        await it.on(SessionScreen)
        await it.go_to(1, 5.0)
        await it.press("q", "s")
        await it.on(SummaryScreen)
        assert len(it.log().records) == 2


async def test_a_log_that_cannot_be_written_is_tried_again_at_the_next_start(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    sessions = services.paths.sessions
    sessions.parent.mkdir(parents=True)
    sessions.write_text("in the way")
    async with coach(services, "routine") as it:
        await it.go_to(3, 5.0)
        await it.press("q", "s")
        await it.on(SummaryScreen)
        assert "Not saved" in it.shown("problem")
        assert str(sessions) in it.shown("problem")
        assert it.app.focused is None
        assert len(it.journals()) == 1
        await it.press("enter")
        await it.on(PickerScreen)
    assert sessions.read_text() == "in the way"

    sessions.unlink()
    async with coach(services_below(tmp_path)) as it:
        await it.until(lambda: it.log().records and not it.journals(), "the log in the journal's place")
        (record,) = it.log().records
        assert record.steps[1].done_reps == 2
        assert record.active_seconds == 26.0
        assert it.screen is it.picker
        await it.until(lambda: it.journals() == [], "the journal to go once its session is saved")


async def test_a_session_runs_on_where_no_journal_can_be_kept(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.paths.journals.write_text("in the way")
    async with coach(services, "short") as it:
        assert any("not being saved" in notice for notice in it.notices())
        await finish(it)
        assert len(it.log().records) == 1


async def test_the_journal_follows_the_session(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(3, 5.0)
        (journal,) = it.journals()
        copy = tmp_path / "copy"
        copy.mkdir()
        await it.until(lambda: b'"reps":2' in journal.read_bytes(), "the last beat")
        shutil.copy(journal, copy)
        (found,) = find_unfinished(copy).unfinished
        assert found.index == 3
        assert found.record().steps[0].outcome is Outcome.DONE
        found.close(remove=True)


def test_a_length_is_rounded_alike_in_summary_and_history() -> None:
    record = a_record(active_seconds=13.4)
    assert headline(record).plain.splitlines()[0].endswith(": 0:13")
    assert minutes_text(record.active_seconds) == "13 s"
