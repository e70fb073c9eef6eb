"""Nothing but words reaches whatever speaks, however odd a routine's texts are."""

from __future__ import annotations

import math
import unicodedata
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hipcoach.core.plan import Plan, Step, StepKind, StepSide
from hipcoach.core.session import Session
from hipcoach.core.speech import PUNCTUATION, speakable, speech_due
from tests.core.strategies import plans
from tests.support import a_plan, a_set, a_step

ODD = st.text(max_size=40) | st.sampled_from(
    ["", " ", "<b>Squat</b>", "[[slnc 9999]]", "-v", "\x1b[31m", "a\nb", "$(rm)", "`x`", "%s {0}", "深蹲"]
)


def takes(seconds: float, text: str) -> float:
    """How long any text takes to say."""
    return seconds


def is_clean(text: str) -> bool:
    return all(each in PUNCTUATION or each == " " or unicodedata.category(each)[0] in "LMN" for each in text)


@given(plans(), ODD, ODD, ODD)
def test_odd_texts_are_said_as_words_or_not_at_all(plan: Plan, name: str, stage: str, way: str) -> None:
    odd = replace(
        plan,
        steps=tuple(
            replace(step, name=name, stage=stage, direction=way if step.direction else None)
            for step in plan.steps
        ),
    )
    for seconds in (0.0, 0.7, 2.0):
        for said in speech_due(Session.begin(odd, 0.0), 0.0, math.inf, partial(takes, seconds)):
            assert is_clean(said.text)
            assert any(character.isalnum() for character in said.text)
            assert said.text == " ".join(said.text.split())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Cat & cow", "Cat and cow"),
        ("Child’s pose (wide)", "Child’s pose (wide)"),
        ("<speak>Squat</speak>", "speak Squat /speak"),
        ("[[inpt PHON]] Squat", "inpt PHON Squat"),
        ("90/90  hinge\n\t", "90/90 hinge"),
        ("***", ""),
        ("...", ""),
        ("\x07\x00\x1b", ""),
    ],
)
def test_speakable(text: str, said: str) -> None:
    assert speakable(text) == said


def offered(*steps: Step) -> list[str]:
    """Every way of saying what comes after the first sound, asked of a voice that can say none of them."""
    asked: list[str] = []
    list(speech_due(Session.begin(a_plan(*steps), 0.0), 0.0, 0.1, asked.append))
    return asked


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (a_step(StepKind.HOLD, 1.0), "1 second"),
        (a_step(StepKind.HOLD, 45.0), "45 seconds"),
        (a_step(StepKind.HOLD, 60.0), "1 minute"),
        (a_step(StepKind.HOLD, 90.0), "90 seconds"),
        (a_step(StepKind.HOLD, 120.0), "2 minutes"),
        (a_set(1), "1 rep"),
        (a_set(12), "12 reps"),
    ],
)
def test_doses(step: Step, words: str) -> None:
    assert f", {words}." in offered(a_step(StepKind.PREPARE, 8.0), step)[0]


def test_each_way_of_saying_it_is_shorter_and_comes_once() -> None:
    aim = a_set(name="Circle", stage="Wide", direction="outward", side=StepSide.RIGHT, position=None)
    lead_in = a_step(StepKind.PREPARE, 8.0, name="Circle", switched=True, round=2, rounds=2)
    words = offered(lead_in, aim)
    assert words[0] == "Last round. Switch. Circle: Wide, right side, outward, 4 reps."
    assert words[-1] == "Right side."
    assert [len(text) for text in words] == sorted({len(text) for text in words}, reverse=True)


def test_a_name_without_words_is_not_left_out() -> None:
    words = offered(a_step(StepKind.PREPARE, 8.0), a_set(name="***"))
    assert words[0] == "The next exercise, right side, 4 reps."
