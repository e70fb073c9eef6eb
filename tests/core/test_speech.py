"""What is said when: never over a sound or over itself, and the same however time is sliced."""

from __future__ import annotations

import math
from itertools import islice, pairwise
from typing import Any

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


def said(plan: Plan, lengths: float | None = 0.06) -> list[str]:
    """What an undisturbed session says."""
    session = Session.begin(plan, 0.0)
    return [
        each.text for each in speech_due(session, 0.0, math.inf, lambda text: lengths and len(text) * lengths)
    ]


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


def test_name_side_and_dose_then_the_switch_and_the_end() -> None:
    plan = a_plan(
        a_step(StepKind.PREPARE, 8.0, name="Figure four"),
        a_step(StepKind.HOLD, 30.0, name="Figure four"),
        a_step(StepKind.SWITCH, 5.0, name="Figure four", side=StepSide.LEFT),
        a_step(StepKind.HOLD, 30.0, name="Figure four", side=StepSide.LEFT),
    )
    assert said(plan) == [
        "Figure four, right side, 30 seconds.",
        "Halfway.",
        # After a hold two sounds come before the beeps, so there is only room for the side.
        "Left side.",
        "Halfway.",
        "Done.",
    ]


def test_after_a_set_of_reps_there_is_room_to_say_switch() -> None:
    plan = a_plan(
        a_step(StepKind.PREPARE, 8.0, name="Clam"),
        a_set(name="Clam"),
        a_step(StepKind.SWITCH, 5.0, name="Clam", side=StepSide.LEFT),
        a_set(name="Clam", side=StepSide.LEFT),
    )
    assert said(plan) == ["Clam, right side, 4 reps.", "Switch, left side.", "Done."]


def test_a_rest_says_what_is_next_and_the_last_round_is_announced() -> None:
    def one_round(number: int) -> tuple[Step, ...]:
        return (
            a_step(StepKind.PREPARE, 8.0, name="Clam", round=number, rounds=2),
            a_set(name="Clam", round=number, rounds=2, ends_round=True),
        )

    first, last = one_round(1), one_round(2)
    pause = a_step(StepKind.REST, 20.0, name="Rest", round=2, rounds=2)
    assert said(a_plan(*first, pause, *last)) == [
        "Clam, right side, 4 reps.",
        "Rest. Last round. Next: Clam, right side.",
        "Clam, right side, 4 reps.",
        "Done.",
    ]
    assert "Last round. Clam, right side, 4 reps." in said(a_plan(*first, *last))


def test_a_change_of_position_is_said_where_the_name_does_not_say_it() -> None:
    def led_in(name: str, position: Position) -> tuple[Step, ...]:
        rest: dict[str, Any] = {"name": name, "position": position, "side": StepSide.BOTH}
        return a_step(StepKind.PREPARE, 15.0, **rest), a_set(**rest)

    plan = a_plan(
        *led_in("Squat", Position.STANDING),
        *led_in("Bridge", Position.SUPINE),
        *led_in("Figure four on your side", Position.SIDE_LYING),
    )
    assert said(plan) == [
        "Squat, 4 reps.",
        "Bridge, 4 reps. On your back.",
        "Figure four on your side, 4 reps.",
        "Done.",
    ]


def test_directions_and_the_first_of_alternating_sides_are_named() -> None:
    alternating: dict[str, Any] = {"name": "March", "side": StepSide.ALTERNATING, "first_side": "left"}
    plan = a_plan(
        a_step(StepKind.PREPARE, 10.0, name="Circle", direction="clockwise"),
        a_set(name="Circle", direction="clockwise"),
        a_set(name="Circle", direction="counter-clockwise", direct=True),
        a_step(StepKind.PREPARE, 8.0, **alternating),
        a_set(**alternating),
    )
    assert said(plan) == [
        "Circle, right side, clockwise, 4 reps.",
        "Counter-clockwise.",
        "March, sides in turn, left first, 4 reps.",
        "Done.",
    ]


def test_with_less_and_less_room_less_is_said() -> None:
    def lead_in(length: float) -> str:
        plan = a_plan(a_step(StepKind.PREPARE, length, name="Clam"), a_set(name="Clam"))
        return said(plan)[0]

    assert lead_in(8.0) == "Clam, right side, 4 reps."
    assert lead_in(5.0) == "Clam, right side."
    assert lead_in(4.3) == "Right side."
    assert lead_in(3.0) == "Done."


def test_a_short_text_waits_for_the_sound_to_end_where_there_is_time() -> None:
    plan = a_plan(a_step(StepKind.PREPARE, 8.0, name="Clam"), a_set(name="Clam"))
    first = next(speech_due(Session.begin(plan, 0.0), 0.0, 8.0, seconds))
    assert first.due == said_after(Cue.LEAD_IN)[0]
    tight = next(speech_due(Session.begin(plan, 0.0), 0.0, 8.0, lambda text: 4.3))
    assert tight.due == said_after(Cue.LEAD_IN)[1]


def test_going_on_with_a_lead_in_says_once_more_what_comes() -> None:
    plan = a_plan(a_step(StepKind.PREPARE, 15.0, name="Clam"), a_set(name="Clam"))
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
