"""Reading fields of a table: what is right, what is reported, and that nothing is ever raised."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.core.fields import Range
from hipcoach.core.text import nearest
from hipcoach.storage.table import Table

HUGE = 16**5000
"""More digits than Python prints; TOML can hold it as 0xfff..."""


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


def a_table(**values: Any) -> Table:
    return Table(values, "file.toml", "thing 'one'", [])


READERS = {
    "text": lambda table: table.text("field"),
    "id": lambda table: table.id("field"),
    "texts": lambda table: table.texts("field"),
    "word": lambda table: table.word("field", Colour),
    "words": lambda table: table.words("field", Colour),
    "range": lambda table: table.range("field"),
    "whole": lambda table: table.whole("field"),
    "seconds": lambda table: table.seconds("field"),
    "flag": lambda table: table.flag("field", False),
    "table": lambda table: table.table("field"),
    "tables": lambda table: table.tables("field", "thing"),
}


@pytest.mark.parametrize(
    ("reader", "value", "read"),
    [
        ("text", "Two\nlines", "Two\nlines"),
        ("id", "leg-swing-2", "leg-swing-2"),
        ("texts", ["one", "two"], ("one", "two")),
        ("texts", [], ()),
        ("word", "green", Colour.GREEN),
        ("words", ["green", "red"], (Colour.GREEN, Colour.RED)),
        ("range", 3, Range(3, 3)),
        ("range", {"low": 3, "high": 5}, Range(3, 5)),
        ("whole", 0, 0),
        ("seconds", 1.25, Fraction(5, 4)),
        ("seconds", 0.1, Fraction(1, 10)),
        ("flag", True, True),
    ],
)
def test_what_is_right_is_read_without_a_problem(reader: str, value: object, read: object) -> None:
    table = a_table(field=value)
    assert READERS[reader](table) == read
    table.finish()
    assert table.problems == []


@pytest.mark.parametrize(
    ("reader", "value", "message"),
    [
        ("text", 5, "must be a text in quotes (is 5)"),
        ("text", {"a": 1}, "must be a text in quotes (is a table)"),
        ("text", "  ", "not empty"),
        ("text", "bell\a", "can be printed"),
        ("text", "x" * 2001, "longer than 2000"),
        ("id", "Leg Swing", "'Leg Swing' is not an id"),
        ("id", "leg--swing", "is not an id"),
        ("texts", "one", "must be a list of texts"),
        ("texts", ["one", 2], "must be a list of texts"),
        ("texts", ["one", " "], "must be a list of texts"),
        ("texts", ["\x1b[31m"], "can be printed"),
        ("word", "gren", "'gren' is not known here: did you mean 'green'?"),
        ("word", "blue", "'blue' is not known here: allowed: red, green"),
        ("word", 1, "1 is not known here"),
        ("word", [], "not known here"),
        ("words", ["red", "blue"], "'blue' is not known here"),
        ("range", {"low": 5, "high": 3}, "the range is upside down: low is 5, high is 3"),
        ("range", {"low": 3}, "is missing"),
        ("range", {"low": 3, "high": 5, "mid": 4}, "is not a field here"),
        ("range", 0, "must be from 1"),
        ("range", "3-5", "must be a whole number (is '3-5')"),
        ("range", [3, 5], "must be a whole number (is a list)"),
        ("whole", -1, "must be from 0 to 100000 (is -1)"),
        ("whole", 2.5, "must be a whole number"),
        ("whole", True, "must be a whole number"),
        pytest.param("whole", HUGE, "is a huge number", id="huge"),
        ("seconds", -2, "must be from 0.1"),
        ("seconds", 0, "must be from 0.1"),
        ("seconds", float("nan"), "must be from 0.1"),
        ("seconds", float("inf"), "must be from 0.1"),
        ("flag", 1, "must be true or false"),
        ("table", [1], "must be a table"),
        ("tables", {"a": 1}, "must be a list of tables"),
        ("tables", [1], "must be a list of tables"),
        ("tables", [], "must not be empty"),
    ],
)
def test_what_is_wrong_is_reported_once_with_file_table_and_field(
    reader: str, value: object, message: str
) -> None:
    table = a_table(field=value)
    READERS[reader](table)
    assert len(table.problems) == 1
    text = str(table.problems[0])
    assert text.startswith("file.toml: thing 'one': field")
    assert message in text


@pytest.mark.parametrize("reader", ["text", "id", "word", "range", "whole", "seconds", "tables"])
def test_a_required_field_that_is_missing_is_reported(reader: str) -> None:
    table = a_table()
    READERS[reader](table)
    assert [str(problem) for problem in table.problems] == ["file.toml: thing 'one': field: is missing"]


@pytest.mark.parametrize("reader", ["texts", "words", "flag", "table"])
def test_an_optional_field_may_be_missing(reader: str) -> None:
    table = a_table()
    assert not READERS[reader](table)
    assert table.problems == []


def test_keys_that_nobody_asked_for_are_reported_with_the_likeliest_one() -> None:
    table = a_table(summry="A text", zzz=1)
    table.text("summary", "")
    table.texts("cues")
    table.finish()
    assert [str(problem) for problem in table.problems] == [
        "file.toml: thing 'one': summry: is not a field here: did you mean 'summary'?",
        "file.toml: thing 'one': zzz: is not a field here (known: cues, summary)",
    ]


def test_inner_tables_are_placed_by_id_or_number() -> None:
    table = a_table(stage=[{"id": "rock"}, {}, {"exercise": "clam"}, {"id": 5}])
    places = [each.place for each in table.tables("stage", "stage")]
    prefix = "thing 'one', stage "
    assert places == [prefix + "'rock'", prefix + "2", prefix + "'clam'", prefix + "4"]


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


@given(st.sampled_from(sorted(READERS)), values)
def test_whatever_stands_in_a_field_nothing_is_raised(reader: str, value: object) -> None:
    table = a_table(field=value)
    READERS[reader](table)
    table.finish()
    assert all(str(problem) for problem in table.problems)


def test_tables_nested_deeper_than_python_recurses_are_reported() -> None:
    values = tomllib.loads(f"field.{'.'.join('a' * 5000)} = 1")
    for reader in sorted(READERS):
        READERS[reader](Table(values, "file.toml", "", []))
