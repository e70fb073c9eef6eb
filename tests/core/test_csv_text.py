from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hipcoach.core.history.export import csv_lines

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def line_of(*cells: object) -> str:
    names = [f"{number}" for number in range(len(cells))]
    _, line = csv_lines(names, [dict(zip(names, cells, strict=True))])
    return line


@given(st.lists(TEXTS, min_size=2, max_size=4))
@example(['a "b", c', "one\r\ntwo", "\r", "", "'", "''=1", "=1"])
def test_what_any_reader_of_csv_reads_is_the_text_but_for_an_apostrophe(texts: list[str]) -> None:
    (row,) = csv.reader(io.StringIO(line_of(*texts), newline=""), strict=True)
    assert [cell.removeprefix("'") for cell in row] == texts


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", " =", "\u00a0@", "\v+"])
def test_no_text_begins_like_a_formula(begin: str) -> None:
    text = f"{begin}HYPERLINK(example)"
    ((cell,),) = csv.reader(io.StringIO(line_of(text), newline=""), strict=True)
    assert cell == f"'{text}"


def test_numbers_and_words_are_as_they_are() -> None:
    assert line_of(-1.5, 3, None, True, False, "tight", "1-2") == "-1.5,3,,true,false,tight,1-2\r\n"
