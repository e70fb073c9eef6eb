"""Reading tables as Structs: what is right, what is reported and where, and that nothing is ever raised."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.core.fields import Id, Pause, Range, Table, Text
from hipcoach.core.text import nearest
from hipcoach.storage.typed import line_of, lines_of, problems_of, read_as

HUGE = 16**5000
"""More digits than Python prints; TOML can hold it as 0xfff..."""


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Inner(Table, frozen=True):
    id: Id


class Thing(Table, frozen=True, kw_only=True):
    text: Text = ""
    id: Id = "none"
    texts: tuple[Text, ...] = ()
    word: Colour | None = None
    words: tuple[Colour, ...] = ()
    range: Range | None = None
    pause: Pause = 0
    seconds: Fraction | None = None
    flag: bool = False
    inner: Inner | None = None
    inners: tuple[Inner, ...] = ()


class File(Table, frozen=True):
    thing: tuple[Thing, ...]


def problems(**values: Any) -> list[str]:
    tables = {"thing": [{"id": "one", **values}]}
    _, faults = read_as(File, tables)
    return [str(each) for each in problems_of("file.toml", "", tables, faults)]


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        ("text", "Two\nlines", "Two\nlines"),
        ("id", "leg-swing-2", "leg-swing-2"),
        ("texts", ["one", "two"], ("one", "two")),
        ("words", ["green", "red"], (Colour.GREEN, Colour.RED)),
        ("range", {"low": 3, "high": 5}, Range(3, 5)),
        ("seconds", 1.25, Fraction(5, 4)),
    ],
)
def test_what_is_right_is_read_without_a_problem(field: str, value: object, read: object) -> None:
    file, faults = read_as(File, {"thing": [{field: value}]})
    assert file is not None
    assert (getattr(file.thing[0], field), faults) == (read, {})


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("text", 5, "text: must be a text in quotes (is 5)"),
        ("text", "", "text: must be a text that can be printed, and not empty"),
        ("text", "bell\a", "can be printed"),
        ("text", "x" * 2001, "longer than 2000"),
        ("texts", "one", "texts: must be a list of texts"),
        ("texts", ["one", 2], "texts 2: must be a text in quotes (is 2)"),
        ("word", "gren", "'gren' is not known here: did you mean 'green'? Allowed: green, red"),
        ("word", "blue", "'blue' is not known here. Allowed: green, red"),
        ("words", ["red", "blue"], "words 2: 'blue' is not known here"),
        ("range", {"low": 5, "high": 3}, "range: the range is upside down: low is 5, high is 3"),
        pytest.param("range", {"low": HUGE, "high": 3}, "range: low: is a huge number", id="huge low"),
        ("range", {"low": 3}, "range: high: is missing"),
        ("range", {"low": 3, "high": 5, "mid": 4}, "range: mid: is not a field here"),
        ("range", 0, "must be from 1 to 100000 (is 0)"),
        ("range", [3, 5], "must be a whole number (is [3, 5])"),
        ("pause", -1, "must be from 0 to 600 (is -1)"),
        ("pause", 2.0, "must be a whole number"),
        ("pause", True, "must be a whole number"),
        pytest.param("pause", HUGE, "is a huge number", id="huge"),
        ("seconds", -2, "must be from 0.1"),
        ("seconds", float("nan"), "must be a number that can be"),
        ("flag", 1, "must be true or false"),
        ("inner", [1], "must be a table (is [1])"),
        ("inner", {}, "inner: id: is missing"),
        ("inners", [1], "inners 1: must be a table (is 1)"),
        ("inners", [{"id": "two"}, {"id": "a b"}], "inner 'a b': id: 'a b' is not an id"),
        ("summry", "x", "summry: is not a field here (known: flag, id, inner, inners, pause, range, "),
        ("txt", "x", "txt: is not a field here: did you mean 'text'?"),
    ],
)
def test_what_is_wrong_is_reported_once_with_file_table_and_field(
    field: str, value: object, message: str
) -> None:
    (problem,) = problems(**{field: value})
    assert problem.startswith("file.toml: thing 'one'")
    assert message in problem


@pytest.mark.parametrize("wrong", ["Leg Swing", "leg--swing", "leg-swing\n", "-leg"])
def test_an_id_has_small_letters_digits_and_single_hyphens(wrong: str) -> None:
    (problem,) = problems(id=wrong)
    assert "is not an id: use small letters, digits and hyphens, as in 'leg-swing'" in problem


def test_nearest() -> None:
    assert nearest("reps", ["seconds", "rep"]) == "rep"
    assert nearest("reps", ["seconds"]) is None


values = st.recursive(
    st.one_of(
        st.text(max_size=20),
        st.integers(),
        st.floats(),
        st.booleans(),
        st.dates(),
        st.times(),
        st.datetimes(),
        st.sampled_from([1, -1]).map(lambda sign: sign * HUGE),
        st.sampled_from(["red", "clam"]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(Thing.__struct_encode_fields__), values)
def test_whatever_stands_in_a_field_nothing_is_raised(field: str, value: object) -> None:
    assert all(problems(**{field: value}))


@pytest.mark.parametrize("ends", [{"low": HUGE, "high": 3}, {"low": 5, "high": -HUGE}])
def test_a_range_of_huge_numbers_upside_down_is_reported(ends: dict[str, int]) -> None:
    assert any("is a huge number" in each for each in problems(range=ends))


def test_tables_nested_deeper_than_python_recurses_are_reported() -> None:
    values = tomllib.loads(f"field.{'.'.join('a' * 5000)} = 1")["field"]
    assert all(problems(**{field: values}) for field in (*Thing.__struct_encode_fields__, "other"))


ROOT = Path(__file__).resolve().parents[2]
TEXT = '''\
format = 1 # [no.table]
notes = [
  "[[not]] a table", # ] neither
  "a = b",
]
[routine]
id = 'mine'
long = """
[fake]
id = 1
"""
[routine.warmup]
"quoted key" = 1
[[block]]
[[block.item]]
exercise = "one"
[[block.item]]
exercise = "two"
[[block.item.dose]]
reps = { low = 1, high = 2 }
[[block]]
[[ block . item ]]
exercise = "three"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("format",), 1),
        (("notes",), 2),
        (("routine",), 6),
        (("routine", "id"), 7),
        (("routine", "long"), 8),
        (("routine", "warmup", "quoted key"), 13),
        (("block", 0), 14),
        (("block", 0, "item", 1, "exercise"), 18),
        (("block", 0, "item", 1, "dose", 0, "reps", "low"), 20),
        (("block", 1, "item", 0, "exercise"), 23),
        (("block", 1, "item", 0, "missing"), 22),
        (("fake", "id"), None),
    ],
)
def test_a_field_is_found_on_its_line(path: tuple[str | int, ...], line: int | None) -> None:
    assert line_of(path, lines_of(TEXT)) == line


@pytest.mark.parametrize("file", sorted((ROOT / "data").rglob("*.toml")), ids=lambda path: path.name)
def test_every_table_and_field_of_the_bundled_files_is_found(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    lines = lines_of(text)
    shown = text.split("\n")

    def check(values: dict[str, Any], path: tuple[str | int, ...]) -> None:
        for name, value in values.items():
            is_listed = (
                isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)
            )
            for number, each in enumerate(value if is_listed else []):
                if (*path, name, number) in lines:
                    check(each, (*path, name, number))
            if not is_listed and (line := line_of((*path, name), lines)):
                assert name in shown[line - 1] or str(path[-1]) in shown[line - 1]
            elif not is_listed:
                raise AssertionError((path, name))

    check(tomllib.loads(text), ())


@given(st.text(st.sampled_from("[]{}\"'=#.ab \n\\"), max_size=60))
def test_any_text_at_all_is_gone_through(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in lines_of(text).values())
