from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hipcoach.core.history.export import csv_line, csv_row, guarded, unguarded

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(TEXTS, min_size=1, max_size=4))
@example(['a "b", c', "one\r\ntwo", "\r", "", "'", "''=1", "=1"])
def test_what_any_reader_of_csv_reads_is_the_text_but_for_an_apostrophe(texts: list[str]) -> None:
    (row,) = csv.reader(io.StringIO(csv_line(texts), newline=""), strict=True) or [[]]
    assert [unguarded(cell) for cell in row] == texts or texts == [""]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", " =", "\u00a0@", "\v+"])
def test_no_text_begins_like_a_formula(begin: str) -> None:
    text = f'{begin}HYPERLINK("http://example.org")'
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


def test_numbers_and_words_are_as_they_are() -> None:
    assert csv_line([-1.5, 3, None, True, False, "tight", "1-2"]) == "-1.5,3,,true,false,tight,1-2\r\n"


def test_a_row_has_its_fields_in_their_order() -> None:
    assert csv_row(["b", "a"], {"a": 1, "b": 'so "so"'}) == '"so ""so""",1\r\n'
