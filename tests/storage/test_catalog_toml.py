"""Reading routine files: every kind of mistake is reported with file, table and field, and all at once."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from hipcoach.core.catalog import Catalog
from hipcoach.core.compile import compile_plan
from hipcoach.core.exercise import Per
from hipcoach.core.fields import Range
from hipcoach.paths import bundled
from hipcoach.storage.catalog import Document, bundled_catalog, join, load_own, read_document, read_tree
from tests.storage.mistakes import GOOD, MISTAKES


def read(text: str | bytes, tmp_path: Path) -> tuple[Document, Catalog]:
    path = tmp_path / "mine.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    document = read_document(path, "mine.toml")
    catalog = join([document])
    return document, catalog


def problems(text: str | bytes, tmp_path: Path) -> list[str]:
    return [str(problem) for problem in read(text, tmp_path)[0].problems]


def test_a_good_file_is_read_and_compiles(tmp_path: Path) -> None:
    document, catalog = read(GOOD, tmp_path)
    assert document.problems == []
    routine = catalog.routines["mine"]
    assert catalog.exercises["clam"].stages[0].dose.amount == Range(8, 10)
    (dose,) = routine.items[1].doses
    assert (dose.amount, dose.per, dose.source) == (Range(3, 3), Per.TOTAL, "me")
    plan = compile_plan(routine, catalog)
    assert (plan.reps, plan.total_seconds > 60) == (2 * (8 + 8 + 3), True)


@pytest.mark.parametrize(("old", "new", "problem"), MISTAKES)
def test_a_mistake_is_reported_with_its_place(old: str, new: str, problem: str, tmp_path: Path) -> None:
    assert GOOD.count(old) >= 1
    found = problems(GOOD.replace(old, new, 1), tmp_path)
    assert any(problem in each for each in found), found
    assert all(re.match(r"mine\.toml:[0-9]+: |mine\.toml: (format|rutine)?", each) for each in found)


@pytest.mark.parametrize(
    ("content", "problem", "unreadable"),
    [
        (b"", "format: is missing", False),
        (b"format = 1\n", "holds no routine, exercise or source", False),
        (b"format = 1\n[routine\n", "is not valid TOML", False),
        (b"format = 0x" + b"f" * 5000, "format: is a huge number", False),
        (b"a = " + b"[" * 5000, "is not valid TOML", False),
        (b'title = "\xff\xfe"', "is not a text file in UTF-8", True),
        (b"#" * 1_000_001, "is larger than 1000 kB", True),
        (b"format = 1\nexercise = [5]\n", "exercise 1: must be a table (is 5)", False),
        (b"format = 1\n[routine]\nid = 0x" + b"f" * 5000, "routine: id: is a huge number", False),
    ],
)
def test_a_file_that_is_no_routine_is_named(
    content: bytes, problem: str, unreadable: bool, tmp_path: Path
) -> None:
    document, _ = read(content, tmp_path)
    assert any(problem in str(each) for each in document.problems), document.problems
    assert document.unreadable is unreadable


def test_the_same_id_in_two_files_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD)
    other = GOOD.replace('author = "Me"', 'author = "Somebody"').replace('setup = "', 'setup = "Well: ')
    (tmp_path / "b.toml").write_text(other)
    first, second = read_tree(tmp_path)
    catalog = join([first, second])
    assert first.problems == []
    assert len([each for each in second.problems if "is used twice, here and in a.toml" in each.message]) == 4
    # The first one stays, and what is wrong with it later is said of its own file.
    assert catalog.sources["me"].author == "Me"


def test_two_files_may_hold_the_same_source_and_exercise_but_not_the_same_routine(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD)
    documents = read_tree(tmp_path)
    join(documents)
    messages = [each.message for document in documents for each in document.problems]
    assert messages == ["'mine' is used twice, here and in a.toml"]


def test_routines_are_listed_in_their_order_and_others_by_title() -> None:
    with tempfile.TemporaryDirectory() as directory:
        for name, title in (("zebra", "Alpha"), ("alpha", "Zebra"), ("leg-circuit", "Mmm")):
            text = GOOD.replace('id = "mine"\ntitle = "Mine"', f'id = "{name}"\ntitle = "{title}"')
            (Path(directory) / f"{name}.toml").write_text(text)
        catalog = join(read_tree(Path(directory)))
    assert list(catalog.routines) == ["leg-circuit", "zebra", "alpha"]


KEYS = st.sampled_from(
    [
        *("format", "source", "exercise", "routine", "block", "item", "stage", "dose", "suggested", "phases"),
        *("id", "name", "reps", "seconds", "per", "sides", "rounds", "warmup", "low", "high", "directions"),
        *("entry", "held_after", "kind", "order", "title", "published"),
    ]
)
WORDS = st.sampled_from(
    ["clam", "hold", "reps", "direct", "side", "direction", "me", "one-at-a-time", "per-leg"]
)
SIMPLE = st.one_of(WORDS, st.integers(-5, 200), st.floats(), st.booleans(), st.dates(), st.text(max_size=5))


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    tables = st.dictionaries(KEYS, inner, max_size=6)
    return st.one_of(tables, st.lists(tables, max_size=3), st.lists(inner, max_size=3))


TREES = st.recursive(SIMPLE, nested, max_leaves=15)


@pytest.fixture(scope="module")
def fuzz_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@settings(max_examples=100)
@given(st.dictionaries(KEYS, TREES, max_size=6), st.booleans())
def test_whatever_a_file_says_nothing_is_raised(
    fuzz_path: Path, values: dict[str, Any], current: bool
) -> None:
    if current:
        values = {**values, "format": 1}
    document, catalog = read(tomli_w.dumps(values), fuzz_path)
    assert all(str(problem) for problem in document.problems)
    if not document.problems:
        for routine in catalog.routines.values():
            assert compile_plan(routine, catalog).total_seconds >= 0


def test_what_would_break_a_bundled_routine_is_left_out_and_the_other_files_stay(tmp_path: Path) -> None:
    for folder, name, text in (
        ("routines", "mine", GOOD),
        (
            "exercises",
            "swings",
            (bundled("data") / "exercises" / "leg-swings.toml")
            .read_text()
            .replace('sides = "one-at-a-time"', 'sides = "both"'),
        ),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.toml").write_text(text)
    own = load_own(tmp_path)
    assert {problem.file for problem in own.problems} == {"exercises/swings.toml"}
    assert own.files == {"mine": "routines/mine.toml"}
    assert own.catalog.routines["leg-circuit"] == bundled_catalog().routines["leg-circuit"]
