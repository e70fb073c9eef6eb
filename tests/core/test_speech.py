"""What is said when: never over a sound or over itself, and the same however time is sliced."""

from __future__ import annotations

import math
from itertools import islice, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipcoach.core.choices import Choices, Pace, Timings
from hipcoach.core.compile import compile_plan
from hipcoach.core.cues import Cue, cues_due
from hipcoach.core.exercise import Position
from hipcoach.core.plan import Plan, Step, StepKind, StepSide
from hipcoach.core.session import Session
from hipcoach.core.speech import GAP, Utterance, said_after, speech_ahead, speech_due
from hipcoach.errors import IllegalCommandError
from hipcoach.storage.catalog import bundled_catalog
from tests.core.running import COMMANDS, Script
from tests.core.strategies import plans
from tests.core.test_session_properties import LAST, scripts, ticks
from tests.support import a_plan, a_set, a_step

CLOSE = 1e-6
SPEEDS = st.floats(0.01, 0.12)
"""Seconds a character."""


def seconds(text: str) -> float:
    return len(text) * 0.06


def said(plan: Plan) -> list[str]:
    """What an undisturbed session says."""
    return [each.text for each in speech_due(Session.begin(plan, 0.0), 0.0, math.inf, seconds)]


def utterances(plan: Plan, script: Script, ticks: list[float], speed: float) -> list[Utterance]:
    """What is said before `LAST`, asked for in the stretches between ticks; a command takes back what has not
    begun."""
    session = Session.begin(plan, 0.0)
    heard: list[Utterance] = []
    asked = 0.0

    def lengths(text: str) -> float:
        return len(text) * speed

    happenings = [(at, 0, name) for at, name in script] + [(at, 1, "") for at in ticks] + [(LAST, 1, "")]
    for at, _, name in sorted(each for each in happenings if each[0] <= LAST):
        heard += speech_due(session, asked, at, lengths)
        asked = at
        if not name:
            session = session.advance(at)
            continue
        try:
            session = COMMANDS[name](session, at)
        except IllegalCommandError:
            continue
    return heard


@settings(max_examples=150)
@given(plans(), scripts(), ticks, SPEEDS)
def test_any_slicing_of_time_says_the_same(
    plan: Plan, script: Script, some: list[float], speed: float
) -> None:
    assert utterances(plan, script, some, speed) == utterances(plan, script, [], speed)


@settings(max_examples=150)
@given(plans(), scripts(), SPEEDS)
def test_speech_never_meets_the_next_sound_nor_itself(plan: Plan, script: Script, speed: float) -> None:
    session = Session.begin(plan, 0.0)
    at = 0.0
    for at, name in script:
        try:
            session = COMMANDS[name](session, at)
        except IllegalCommandError:
            continue
    cues = list(cues_due(session, at, math.inf))
    found = list(speech_due(session, at, math.inf, lambda text: len(text) * speed))
    last = cues[-1].due if cues else at
    for one in found:
        end = one.due + len(one.text) * speed
        before = [cue for cue in cues if cue.due <= one.due + CLOSE]
        if before:
            assert one.due >= before[-1].due + said_after(before[-1].cue)[1] - CLOSE
        assert end + GAP <= min((cue.due for cue in cues if cue.due > one.due), default=math.inf) + CLOSE
    for one, other in pairwise(found):
        assert one.due + len(one.text) * speed <= other.due + CLOSE
        assert one.sound < other.sound
    assert all(one.sound <= last + CLOSE for one in found)


@given(plans(), scripts(), SPEEDS)
def test_a_session_that_is_paused_or_stopped_says_nothing(plan: Plan, script: Script, speed: float) -> None:
    session = Session.begin(plan, 0.0)
    for at, name in script:
        try:
            session = COMMANDS[name](session, at)
        except IllegalCommandError:
            continue
    if session.is_paused or (session.is_over and not session.reached_end):
        assert list(speech_due(session, 0.0, math.inf, lambda text: 0.1)) == []
        assert list(speech_ahead(session, lambda text: 0.1)) == []


@given(plans(), SPEEDS)
def test_what_is_got_ready_ahead_is_what_will_be_said(plan: Plan, speed: float) -> None:
    begin = Session.begin(plan, 0.0)

    def lengths(text: str) -> float:
        return len(text) * speed

    ahead, due = speech_ahead(begin, lengths), speech_due(begin, 0.0, math.inf, lengths)
    expected = list(due)
    assert list(islice(ahead, len(expected))) == expected
    if not plan.is_estimate:
        assert list(ahead) == []


def test_past_a_set_at_ones_own_pace_nothing_is_promised_but_it_is_got_ready() -> None:
    catalog = bundled_catalog()
    plan = compile_plan(catalog.routines["leg-circuit"], catalog, Choices(pace=Pace.OWN))
    begin = Session.begin(plan, 0.0)
    assert len(list(speech_due(begin, 0.0, math.inf, seconds))) == 1
    assert [each.text for each in speech_ahead(begin, seconds)][-1] == "Done."


def led_in(seconds: float = 8.0, **rest: Any) -> tuple[Step, Step]:
    """A lead-in and a set of the same."""
    return a_step(StepKind.PREPARE, seconds, **rest), a_set(**rest)


LEFT: dict[str, Any] = {"name": "Clam", "side": StepSide.LEFT}
BOTH: dict[str, Any] = {"seconds": 15.0, "side": StepSide.BOTH}
FIRST: dict[str, Any] = {"name": "Clam", "round": 1, "rounds": 2}
LAST_ROUND = {**FIRST, "round": 2}


@pytest.mark.parametrize(
    ("steps", "texts"),
    [
        (
            (*led_in(name="Clam"), a_step(StepKind.SWITCH, 5.0, **LEFT), a_step(StepKind.HOLD, 30.0, **LEFT)),
            ["Clam, right side, 4 reps.", "Switch, left side.", "Halfway."],
        ),
        # After a hold two sounds come before the beeps, so there is only room for the side.
        (
            (a_step(StepKind.HOLD, name="Clam"), a_step(StepKind.SWITCH, 5.0, **LEFT), a_set(**LEFT)),
            ["Clam, right side, 10 seconds.", "Left side."],
        ),
        (
            (*led_in(**FIRST), a_step(StepKind.REST, 20.0, round=2, rounds=2), *led_in(**LAST_ROUND)),
            [
                "Clam, right side, 4 reps.",
                "Rest. Last round. Next: Clam, right side.",
                "Clam, right side, 4 reps.",
            ],
        ),
        (
            (*led_in(**FIRST), *led_in(**LAST_ROUND)),
            ["Clam, right side, 4 reps.", "Last round. Clam, right side, 4 reps."],
        ),
        # The position, where it changes and the name does not say it.
        (
            (
                *led_in(name="Squat", position=Position.STANDING, **BOTH),
                *led_in(name="Bridge", position=Position.SUPINE, **BOTH),
                *led_in(name="Figure four on your side", position=Position.SIDE_LYING, **BOTH),
            ),
            ["Squat, 4 reps.", "Bridge, 4 reps. On your back.", "Figure four on your side, 4 reps."],
        ),
        (
            (
                *led_in(10.0, name="Circle", direction="clockwise"),
                a_set(name="Circle", direction="counter-clockwise", direct=True),
            ),
            ["Circle, right side, clockwise, 4 reps.", "Counter-clockwise."],
        ),
        (
            led_in(name="March", side=StepSide.ALTERNATING, first_side="left"),
            ["March, sides in turn, left first, 4 reps."],
        ),
    ],
)
def test_what_is_said_of_steps(steps: tuple[Step, ...], texts: list[str]) -> None:
    assert said(a_plan(*steps)) == [*texts, "Done."]


def test_with_less_and_less_room_less_is_said() -> None:
    def lead_in(length: float) -> str:
        return said(a_plan(*led_in(length, name="Clam")))[0]

    assert lead_in(8.0) == "Clam, right side, 4 reps."
    assert lead_in(5.0) == "Clam, right side."
    assert lead_in(4.3) == "Right side."
    assert lead_in(3.0) == "Done."


def test_a_short_text_waits_for_the_sound_to_end_where_there_is_time() -> None:
    plan = a_plan(*led_in(name="Clam"))
    first = next(speech_due(Session.begin(plan, 0.0), 0.0, 8.0, seconds))
    assert first.due == said_after(Cue.LEAD_IN)[0]
    tight = next(speech_due(Session.begin(plan, 0.0), 0.0, 8.0, lambda text: 4.3))
    assert tight.due == said_after(Cue.LEAD_IN)[1]


def test_going_on_with_a_lead_in_says_once_more_what_comes() -> None:
    plan = a_plan(*led_in(15.0, name="Clam"))
    session = Session.begin(plan, 0.0).pause(3.0).resume(60.0)
    assert next(speech_due(session, 60.0, 75.0, seconds)).text == "Clam, right side, 4 reps."
    switch = a_plan(a_step(StepKind.SWITCH, 15.0), a_set(side=StepSide.LEFT))
    switching = Session.begin(switch, 0.0).pause(3.0).resume(60.0)
    assert next(speech_due(switching, 60.0, 75.0, seconds)).text == "Switch, left side."
    working = Session.begin(plan, 0.0).pause(17.0).resume(60.0)
    assert [each.text for each in speech_due(working, 60.0, 63.0, seconds)] == []


def test_without_lead_ins_the_work_itself_is_named() -> None:
    catalog = bundled_catalog()
    timings = Timings(lead_in=0, lead_in_new_position=0, switch=0)
    plan = compile_plan(catalog.routines["six-drills"], catalog, Choices(timings=timings))
    texts = said(plan)
    assert "Hip flexor stretch, right side, 30 seconds. Half-kneeling." in texts
    assert "Switch, left side." in texts


def test_all_that_matters_of_the_bundled_routines_is_said() -> None:
    catalog = bundled_catalog()
    for routine in catalog.routines.values():
        plan = compile_plan(routine, catalog)
        texts = said(plan)
        led = [step for step in plan.steps if step.kind is StepKind.PREPARE]
        for step in led:
            assert any(step.name in text for text in texts), step
        switches = [step for step in plan.steps if step.kind is StepKind.SWITCH]
        assert sum("side." in text and "," not in text.removeprefix("Switch,") for text in texts) >= len(
            switches
        )
        assert texts[-1] == "Done."
