from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.core.choices import MOST_ROUNDS, Pace
from hipcoach.core.fields import Intensity
from hipcoach.errors import StorageError
from hipcoach.storage.memory import Memory, RememberedChoices, load_memory, save_memory

CHOICES = st.builds(
    RememberedChoices,
    rounds=st.none() | st.integers(1, MOST_ROUNDS),
    level=st.sampled_from(Intensity),
    pace=st.sampled_from(Pace),
    warmup=st.booleans(),
)
NAMES = st.from_regex(r"[a-z]+(-[a-z]+)*", fullmatch=True)


def read(tmp_path: Path, text: str | bytes) -> Memory:
    path = tmp_path / "memory.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_memory(path)


@given(
    memory=st.builds(
        Memory,
        safety_read=st.booleans(),
        last_routine=st.none() | NAMES,
        choices=st.dictionaries(NAMES, CHOICES, max_size=3),
        mastered=st.dictionaries(NAMES, st.booleans(), max_size=3),
        standing_only=st.booleans(),
    )
)
def test_what_is_remembered_comes_back(memory: Memory, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("memory") / "memory.toml"
    save_memory(path, memory)
    found = load_memory(path)
    # A routine whose gate was answered has the usual choices written down too.
    usual = {name: RememberedChoices() for name in memory.mastered}
    assert {**usual, **found.choices} == {**usual, **memory.choices}
    for field in ("safety_read", "last_routine", "mastered", "standing_only"):
        assert getattr(found, field) == getattr(memory, field)


def test_without_a_file_nothing_is_remembered(tmp_path: Path) -> None:
    assert load_memory(tmp_path / "nothing") == Memory()


@pytest.mark.parametrize(
    "garbage",
    [
        b"\xff\xfe",
        "safety_read = ",
        "routines = 5",
        "[routines]\nclam = 5",
        'last_routine = 5\nsafety_read = "yes"\nmuted = 1\nstanding_only = "no"',
        "[" * 100_000,
    ],
)
def test_garbage_is_forgotten(tmp_path: Path, garbage: str | bytes) -> None:
    assert read(tmp_path, garbage) == Memory()


def test_what_makes_sense_is_kept_beside_garbage(tmp_path: Path) -> None:
    memory = read(
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
        """,
    )
    assert memory.safety_read
    assert memory.choices_for("clam") == RememberedChoices(pace=Pace.OWN, warmup=False)
    assert memory.choices_for("bridge") == RememberedChoices()
    assert memory.mastered == {}


def test_a_memory_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(StorageError, match="state"):
        save_memory(tmp_path / "state" / "memory.toml", Memory())
