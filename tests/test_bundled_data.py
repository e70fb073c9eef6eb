"""The exercises and routines that come with the program: whole, sourced, and short enough to be shown."""

from __future__ import annotations

from collections import Counter

import pytest

from hipcoach.core.exercise import Basis, Level
from hipcoach.core.routine import Routine
from hipcoach.storage.catalog import ORDER, bundled_catalog

LONGEST_CUE = 60
LONGEST_NAME = 26
CATALOG = bundled_catalog()
EXERCISES = list(CATALOG.exercises.values())
ROUTINES = list(CATALOG.routines.values())
STAGES = [(exercise, stage) for exercise in EXERCISES for stage in exercise.stages]


def test_all_exercises_of_the_five_articles_are_there() -> None:
    per_article = Counter(exercise.source for exercise in EXERCISES)
    assert per_article == {
        "wolf-2016": 4,
        "nine-exercises": 9,
        "damelio-2015": 5,
        "vandermolen": 6,
        "tichio-2017": 4,
    }


def test_the_six_routines_are_there_in_order_with_their_sources() -> None:
    assert tuple(CATALOG.routines) == ORDER
    sources = {routine.id: routine.source for routine in ROUTINES}
    assert sources.pop("desk-break") == "hipcoach"
    for routine in ROUTINES:
        for exercise in CATALOG.exercises_of(routine):
            assert routine.id == "desk-break" or exercise.source == sources[routine.id]
    credit = CATALOG.sources["vandermolen"]
    assert (credit.author, credit.credits, credit.published) == ("Troy Vander Molen", "Mike Reinold", None)
    unnamed = CATALOG.sources["nine-exercises"]
    assert (unnamed.title, unnamed.author, unnamed.published) == (None, None, None)


def test_names_are_short_and_told_apart() -> None:
    names = [exercise.name for exercise in EXERCISES]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert [name for name in names if len(name) > LONGEST_NAME] == []


def test_every_cue_fits_on_a_line() -> None:
    cues = [cue for exercise in EXERCISES for cue in exercise.cues]
    cues += [cue for _, stage in STAGES for cue in stage.cues]
    cues += [option for routine in ROUTINES if routine.warmup for option in routine.warmup.options]
    assert [cue for cue in cues if len(cue) > LONGEST_CUE] == []
    assert [exercise.id for exercise in EXERCISES if not exercise.cues] == []


def test_no_exercise_of_the_article_without_doses_has_one_of_its_own() -> None:
    found = {stage.dose.basis for exercise, stage in STAGES if exercise.source == "vandermolen"}
    assert found == {Basis.SUGGESTED}


def test_no_tempo_is_said_to_be_an_articles() -> None:
    # None of the five articles gives a tempo in seconds.
    for _, stage in STAGES:
        if stage.phases:
            assert stage.tempo_basis is Basis.SUGGESTED
            assert stage.tempo_source in CATALOG.sources


def test_the_advanced_drill_is_gated_and_builds_on_the_other_five() -> None:
    advanced = [exercise for exercise in EXERCISES if exercise.level is Level.ADVANCED]
    assert [exercise.id for exercise in advanced] == ["spiderman"]
    others = [item.exercise for item in CATALOG.routines["six-drills"].items if not item.gate]
    assert sorted(advanced[0].builds_on) == sorted(others)
    assert [routine.id for routine in ROUTINES if routine.is_gated] == ["six-drills"]


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda each: each.id)
def test_an_exercise_of_a_family_is_told_apart_by_its_technique(routine: Routine) -> None:
    exercises = CATALOG.exercises_of(routine)
    assert len({exercise.summary for exercise in exercises}) == len(exercises)
    assert all(exercise.family for exercise in exercises)
