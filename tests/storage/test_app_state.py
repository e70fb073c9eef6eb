from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.core.avoid import AVOIDABLE
from hipcoach.core.choices import MOST_ROUNDS, Pace
from hipcoach.core.cues import SoundProfile
from hipcoach.core.exercise import Side
from hipcoach.core.fields import Intensity
from hipcoach.errors import StorageError
from hipcoach.storage.app_state import AppState, RoutineState, change_state, load_state

CHOICES = st.builds(
    RoutineState,
    rounds=st.none() | st.integers(1, MOST_ROUNDS),
    level=st.sampled_from(Intensity),
    pace=st.sampled_from(Pace),
    warmup=st.booleans(),
    profile=st.none() | st.sampled_from(SoundProfile),
    speech=st.none() | st.booleans(),
    mastered=st.none() | st.booleans(),
    began_with=st.none() | st.sampled_from(Side),
)
NAMES = st.from_regex(r"[a-z]+(-[a-z]+)*", fullmatch=True)


def read(tmp_path: Path, text: str | bytes) -> AppState:
    path = tmp_path / "memory.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_state(path)[0]


@given(
    state=st.builds(
        AppState,
        safety_read=st.booleans(),
        last_routine=st.none() | NAMES,
        routines=st.dictionaries(NAMES, CHOICES, max_size=3),
        standing_only=st.booleans(),
        speech=st.none() | st.booleans(),
        avoid=st.frozensets(st.sampled_from(AVOIDABLE)),
        favourites=st.lists(NAMES, unique=True, max_size=3).map(tuple),
    )
)
def test_what_is_remembered_comes_back(state: AppState, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("memory") / "memory.toml"
    change_state(path, [], state)
    assert load_state(path) == (state, ())


@pytest.mark.parametrize(
    "garbage",
    [
        b"\xff\xfe",
        "safety_read = ",
        "routines = 5",
        "[routines]\nclam = 5",
        'last_routine = 5\nsafety_read = "yes"\nmuted = 1\nstanding_only = "no"\nspeech = 1',
        "[" * 100_000,
    ],
)
def test_garbage_is_forgotten(tmp_path: Path, garbage: str | bytes) -> None:
    assert read(tmp_path, garbage) == AppState()


def test_what_makes_sense_is_kept_beside_garbage(tmp_path: Path) -> None:
    state = read(
        tmp_path,
        """
        safety_read = true
        [routines.clam]
        rounds = 1000
        level = "extreme"
        pace = "own"
        warmup = false
        mastered = "perhaps"
        [routines.bridge]
        rounds = true
        level = ["low"]
        pace = {}
        profile = 5
        speech = "yes"
        """,
    )
    assert state.safety_read
    assert state.of("clam") == RoutineState(pace=Pace.OWN, warmup=False)
    assert state.of("bridge") == RoutineState()


def test_a_memory_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(StorageError, match="state"):
        change_state(tmp_path / "state" / "memory.toml", [], AppState())
