"""The exercises and routines that come with the program: whole, sourced, and short enough to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from hipcoach.core.exercise import Basis, Dose, Exercise, Level, Sides, Stage
from hipcoach.core.routine import Routine
from hipcoach.paths import bundled
from hipcoach.storage.catalog import ORDER, bundled_catalog, join, read_tree

LONGEST_CUE = 60
LONGEST_NAME = 26
CATALOG = bundled_catalog()
EXERCISES = list(CATALOG.exercises.values())
ROUTINES = list(CATALOG.routines.values())
STAGES = [(exercise, stage) for exercise in EXERCISES for stage in exercise.stages]


def doses() -> Iterator[tuple[str, Dose]]:
    for exercise, stage in STAGES:
        yield f"{exercise.id}, {stage.id}", stage.dose
    for routine in ROUTINES:
        for item in routine.items:
            for dose in item.doses:
                yield f"{routine.id}, {item.exercise}, {dose.stage}", dose


def test_the_data_has_no_problems() -> None:
    documents = read_tree(bundled("data"))
    join(documents)
    assert [str(problem) for document in documents for problem in document.problems] == []


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


@pytest.mark.parametrize(("place", "dose"), list(doses()))
def test_every_dose_says_who_gives_it(place: str, dose: Dose) -> None:
    if dose.basis is Basis.SUGGESTED:
        assert dose.source in CATALOG.sources
    else:
        assert dose.basis is Basis.SOURCE
        assert dose.source is None


def test_no_exercise_of_the_article_without_doses_has_one_of_its_own() -> None:
    found = {stage.dose.basis for exercise, stage in STAGES if exercise.source == "vandermolen"}
    assert found == {Basis.SUGGESTED}


def test_no_tempo_is_said_to_be_an_articles() -> None:
    # None of the five articles gives a tempo in seconds.
    for _, stage in STAGES:
        if stage.phases:
            assert stage.tempo_basis is Basis.SUGGESTED
            assert stage.tempo_source in CATALOG.sources


@pytest.mark.parametrize(("exercise", "stage"), STAGES, ids=lambda each: each.id)
def test_directions_say_whose_names_they_are(exercise: Exercise, stage: Stage) -> None:
    assert bool(stage.directions) == (stage.direction_basis is not None)
    assert bool(stage.directions) == bool(stage.direction_note)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.id)
def test_what_side_means_is_said_where_there_are_sides(exercise: Exercise) -> None:
    assert (exercise.sides is Sides.BOTH) == (exercise.side_means == "")
    assert exercise.first_side is None or exercise.sides is not Sides.BOTH


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
