from __future__ import annotations

import pytest
from msgspec.structs import replace

from hipcoach.core.exercise import Side, Sides
from hipcoach.core.figure.movement import Figure
from hipcoach.drawing.canvas import draw
from hipcoach.drawing.showing import HOLD_SECONDS, REPS, WAIT_SECONDS, Doing, Moment, Showing
from hipcoach.drawing.shown import Shown, ShownStage, extremes_of, shown_exercise, shown_self_test
from hipcoach.storage.catalog_toml import bundled_catalog
from hipcoach.storage.figures import figure_ids, load_figure
from hipcoach.storage.self_tests import bundled_self_tests

EXERCISES = bundled_catalog().exercises
TESTS = {test.figure: test for test in bundled_self_tests().tests}


def shown(name: str, side: Side | None = None) -> Shown:
    if name in TESTS:
        return shown_self_test(TESTS[name], load_figure(name), side)
    return shown_exercise(EXERCISES[name], load_figure(name), side)


def made_up(*stages: ShownStage, sides: Sides = Sides.ONE_AT_A_TIME, side: Side = Side.RIGHT) -> Shown:
    """A movement whose figure is not drawn."""
    figure: Figure = load_figure("quadruped-rockback")
    return Shown("made-up", "Made up", figure, stages, sides, side)


ROCK = ShownStage("rock", "Rock", (("forward", 2.0), ("back", 1.0)))
HOLD = ShownStage("hold", "Hold", is_direct=True)


def course(showing: Showing) -> list[Moment]:
    """The first moment of everything that is shown."""
    found: list[Moment] = []
    for number in range(int(showing.seconds * 20)):
        moment = showing.at(number / 20)
        if not found or replace(moment, through=0.0, seconds=0.0) != replace(
            found[-1], through=0.0, seconds=0.0
        ):
            found.append(moment)
    return found


def test_a_set_waits_and_then_does_some_repetitions() -> None:
    showing = Showing(made_up(ROCK))
    assert showing.seconds == WAIT_SECONDS + REPS * 3.0
    assert [(each.doing, each.rep, each.phase) for each in course(showing)] == [
        (Doing.WAIT, 0, ""),
        *((Doing.MOVE, rep, phase) for rep in range(REPS) for phase in ("forward", "back")),
    ]


def test_the_tempo_is_that_of_the_exercise() -> None:
    showing = Showing(made_up(ROCK))
    moment = showing.at(WAIT_SECONDS + 1.0)
    assert (moment.phase, moment.through, moment.seconds) == ("forward", 0.5, 1.0)
    assert showing.at(WAIT_SECONDS + 2.5).through == 0.5


def test_it_begins_again() -> None:
    showing = Showing(made_up(ROCK))
    assert showing.at(showing.seconds + 1.0) == showing.at(1.0)
    assert (showing.end.phase, showing.end.through) == ("back", 1.0)


def test_a_hold_follows_where_the_last_repetition_stops() -> None:
    moments = course(Showing(made_up(replace(ROCK, held_after="forward"), HOLD)))
    assert [(each.doing, each.phase) for each in moments[-3:]] == [
        (Doing.MOVE, "back"),
        (Doing.MOVE, "forward"),
        (Doing.HOLD, ""),
    ]
    assert Showing(made_up(HOLD)).seconds == WAIT_SECONDS + HOLD_SECONDS


def test_without_a_hold_after_it_the_repetition_is_whole() -> None:
    assert Showing(made_up(replace(ROCK, held_after="forward"))).end.phase == "back"


def test_a_stage_with_a_lead_in_is_waited_for() -> None:
    moments = course(Showing(made_up(ROCK, replace(ROCK, id="again"))))
    assert [each.stage.id for each in moments if each.doing is Doing.WAIT] == ["rock", "again"]


def test_sides_alternate_and_both_get_the_same() -> None:
    moments = course(Showing(made_up(ROCK, sides=Sides.ALTERNATING, side=Side.LEFT)))
    sides = [each.side for each in moments if each.phase == "forward"]
    assert sides == [Side.LEFT, Side.RIGHT] * 2


def test_both_at_once_have_no_side() -> None:
    assert {each.side for each in course(Showing(made_up(ROCK, sides=Sides.BOTH)))} == {None}


def test_every_direction_gets_its_repetitions() -> None:
    moments = course(Showing(made_up(replace(ROCK, directions=("outward", "inward")))))
    ways = [each.direction for each in moments if each.phase == "forward"]
    assert ways == ["outward"] * REPS + ["inward"] * REPS


def test_the_side_is_that_of_the_source_or_the_right() -> None:
    assert shown("fire-hydrant").side is Side.RIGHT
    assert shown("fire-hydrant", Side.LEFT).side is Side.LEFT
    assert shown("quadruped-rockback", Side.LEFT).side is None


def test_an_exercise_of_ones_own_may_ask_for_what_the_figure_does_not_know() -> None:
    whole = shown("quadruped-rockback")
    assert whole.is_complete
    (stage,) = whole.stages
    assert not replace(whole, stages=(replace(stage, id="other"),)).is_complete
    assert not replace(whole, stages=(replace(stage, phases=(("other", 1.0),)),)).is_complete


def test_a_set_has_three_pictures_and_a_hold_one() -> None:
    whole = shown("kneeling-adductor-stretch")
    assert [len(extremes_of(whole, stage)) for stage in whole.stages] == [3, 1]


@pytest.mark.parametrize("name", figure_ids())
def test_every_figure_can_be_shown(name: str) -> None:
    whole = shown(name)
    assert whole.is_complete
    showing = Showing(whole)
    for moment in course(showing):
        drawing = showing.drawing(replace(moment, through=0.5))
        assert any(run.ink is not None for row in draw(drawing, 24, 10) for run in row)
