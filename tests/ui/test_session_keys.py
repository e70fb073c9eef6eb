"""Every key of the live session in every kind of moment; the small catalogue's plan gives the indices."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import Static

from hipcoach.core.session import Session
from hipcoach.storage.journal import find_unfinished
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.help import HelpScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.summary import SummaryScreen
from hipcoach.ui.widgets.fitting_footer import FittingFooter
from tests.ui.support import Coach, coach, printed
from tests.ui.surroundings import services_below

MOMENTS = {
    "lead-in": (0, 2.0, False),
    "work": (1, 3.0, False),
    "switch": (2, 3.0, False),
    "rest": (4, 3.0, False),
    "hold": (6, 3.0, False),
    "paused": (1, 3.0, True),
    "last": (9, 3.0, False),
}
"""Step, seconds into it, whether paused."""
OVER = 10
AFTER = {
    "n": {"lead-in": 1, "work": 2, "switch": 3, "rest": 6, "hold": 7, "paused": 2, "last": OVER},
    "p": {"lead-in": 0, "work": 0, "switch": 0, "rest": 2, "hold": 2, "paused": 0, "last": 5},
    "N": {"lead-in": 4, "work": 4, "switch": 4, "rest": 7, "hold": 7, "paused": 4},
}
"""The step that a key leads to; the other keys stay in the step."""
AFTER["right"] = AFTER["n"]
AFTER["h"] = AFTER["n"] | {"lead-in": 2, "switch": 4, "rest": 7}
AFTER["left"] = AFTER["p"]
LENGTHS = {
    "plus": {"lead-in": 13, "work": 10, "switch": 10, "rest": 15, "hold": 25, "paused": 10, "last": 10},
    "minus": {"lead-in": 3, "work": 6, "switch": 0, "rest": 5, "hold": 15, "paused": 6, "last": 6},
}
LENGTHS["equals_sign"] = LENGTHS["plus"]
KEYS = ("space", "enter", "n", "p", "r", "N", "plus", "minus", "h")
ALIASES = ("right", "left", "equals_sign")


async def begin(it: Coach, moment: str) -> Session:
    """Open a new session and bring it to a moment."""
    index, seconds, paused = MOMENTS[moment]
    it.picker.query_one("#routines").focus()
    await it.press("home", "enter")
    await it.on(SessionScreen)
    await it.go_to(index, seconds)
    if paused:
        await it.press("space")
    assert (it.step.index, it.live.session.is_paused) == (index, paused)
    return it.live.session


async def end(it: Coach) -> None:
    """Leave the session, whether it is running or over."""
    if it.app.running_session is None:
        await it.on(SummaryScreen)
        await it.press("enter")
    else:
        await it.press("q", "d")
    await it.on(PickerScreen)


async def go_back_to(it: Coach, before: Session, at: float, moment: str) -> None:
    """Make the session what it was, or open another where it is over."""
    if it.app.running_session is None:
        await end(it)
        await begin(it, moment)
        return
    it.clock.now = at
    it.live.apply(lambda _session, _at: before)
    await it.settle()


@pytest.mark.parametrize("moment", MOMENTS)
async def test_every_key_does_in_every_moment_what_it_says(tmp_path: Path, moment: str) -> None:
    async with coach(services_below(tmp_path)) as it:
        before = await begin(it, moment)
        at = it.clock.now
        for key in (*KEYS, *(ALIASES if moment == "work" else ())):
            screen = it.live
            before = screen.session
            at = it.clock.now
            await it.press(key)
            if (key, moment) == ("N", "last"):
                await it.on(ChoiceScreen)
                await it.press("escape")
                assert (screen.session.index, screen.session.dropped) == (before.index, frozenset())
            else:
                check(key, moment, before, screen.session, at)
            await go_back_to(it, before, at, moment)


def check(key: str, moment: str, before: Session, after: Session, now: float) -> None:
    """What a key may and may not have changed."""
    expected = AFTER.get(key, {}).get(moment, before.index)
    if key == "minus" and moment == "switch":
        expected = before.index + 1  # shortened to nothing: the step ends
    assert after.index == expected, key
    assert after.is_over == (expected == OVER), key
    if key == "space":
        assert after.is_paused is not before.is_paused
    else:
        assert after.is_paused is (before.is_paused and not after.is_over), key
    if key in LENGTHS and expected == before.index:
        assert after.length == LENGTHS[key][moment], key
    if key == "enter":
        assert after == before
    if key == "r":
        assert after.elapsed(now) == 0
        assert after.is_counting_in(now) is (moment in ("work", "hold", "last"))
    if key == "h":
        coming = {"lead-in": 1, "switch": 3, "rest": 6}
        assert after.reasons == ((coming.get(moment, before.index), "hurt"),)
    if key == "N":
        assert after.dropped


@pytest.mark.parametrize("moment", ["lead-in", "paused", "last"])
async def test_keys_that_do_not_move_the_session(tmp_path: Path, moment: str) -> None:
    async with coach(services_below(tmp_path)) as it:
        before = await begin(it, moment)
        await it.press("m")
        assert it.sounds.muted
        await it.press("m")
        assert not it.sounds.muted
        volume = it.live.runner.volume
        await it.press("left_square_bracket", "left_square_bracket", "right_square_bracket")
        assert it.live.runner.volume == volume - 10
        assert it.sounds.volume == pytest.approx(it.live.runner.volume / 100)
        assert it.live.session == before
        await it.press("question_mark")
        assert isinstance(it.screen, HelpScreen)
        assert it.live.session.is_paused
        await it.press("escape")
        assert isinstance(it.screen, SessionScreen)
        assert it.live.session.is_paused
        await it.press("q")
        assert isinstance(it.screen, ChoiceScreen)


@pytest.mark.parametrize(
    ("size", "moments"), [((80, 24), ("lead-in", "paused")), ((40, 12), ("rest", "last"))], ids=["80", "40"]
)
async def test_all_keys_on_smaller_screens(
    tmp_path: Path, size: tuple[int, int], moments: tuple[str, ...]
) -> None:
    async with coach(services_below(tmp_path), size=size) as it:
        for moment in moments:
            before = await begin(it, moment)
            at = it.clock.now
            for key in (*KEYS, "m", "m", "left_square_bracket", "question_mark", "escape"):
                await it.press(key)
                await go_back_to(it, before, at, moment)
            await end(it)


async def test_what_was_left_out_is_brought_back_with_the_key_that_the_message_names(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, keys={"session.bring-back": "k"}), "routine") as it:
        footer = it.live.query_one(FittingFooter)
        assert "Bring back" not in str(footer.render())
        await it.go_to(1, 3.0)
        await it.press("k", "u")
        assert it.step.index == 1
        await it.press("N")
        assert (it.step.index, it.live.session.dropped) == (4, frozenset({0}))
        assert "Clam. k: bring it back" in it.notices()[-1]
        assert "Bring back" in str(footer.render())
        await it.go_to(6, 5.0)
        await it.press("k")
        session = it.live.session
        assert (session.index, session.dropped) == (0, frozenset())
        assert [attempt.index for attempt in session.attempts] == [1, 6]
        assert "Bring back" not in str(footer.render())


async def test_leaving_out_the_last_exercise_asks_before_it_ends_the_session(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "short") as it:
        await it.go_to(1, 3.0)
        await it.press("N")
        await it.until(lambda: isinstance(it.app.screen, ChoiceScreen), "the question")
        assert not it.live.session.is_over
        assert it.live.session.dropped == frozenset()
        await it.press("escape")
        await it.until(lambda: it.app.screen is it.live, "the session again")
        assert it.step.index == 1


async def test_a_killed_session_goes_on_with_what_was_left_out(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 3.0)
        await it.press("N")
        (journal,) = it.journals()
        await it.until(lambda: b'"drop"' in journal.read_bytes(), "the journal")
        content = journal.read_bytes()
        await it.press("u")
        await it.until(lambda: b'"bring-back"' in journal.read_bytes(), "the journal")
        whole = journal.read_bytes()
    for number, (kept, left_out) in enumerate([(content, (1,)), (whole, ())]):
        killed = tmp_path / f"killed-{number}" / journal.name
        killed.parent.mkdir()
        killed.write_bytes(kept)
        (unfinished,) = find_unfinished(killed.parent).unfinished
        session = unfinished.session(0.0)
        assert session.left_out == left_out
        assert session.dropped == ({0} if left_out else frozenset())
        unfinished.close(remove=True)


async def test_volume_stays_within_its_limits(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "short") as it:
        await it.press(*["left_square_bracket"] * 12)
        assert it.sounds.volume == 0
        assert "0%" in it.shown("left")
        await it.press(*["right_square_bracket"] * 12)
        assert it.sounds.volume == 1


async def test_help_names_every_key_of_the_session(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "short") as it:
        await it.press("question_mark")
        assert isinstance(it.screen, HelpScreen)
        text = " ".join(printed(widget.content) for widget in it.screen.query(Static))
        for binding in SessionScreen.BINDINGS:
            assert isinstance(binding, Binding)
            # "Reps done" is offered only at one's own pace, "Bring back" where something is left out.
            assert binding.tooltip in text or binding.id in ("session.complete", "session.bring-back")
