from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

import hipcoach.ui
from hipcoach.ui.only_text import JOINERS, only_text
from hipcoach.ui.readable import Readable


@given(st.text())
def test_nothing_but_text_gets_through_and_the_width_stays(text: str) -> None:
    shown = only_text(text)
    assert all(sign.isprintable() or sign in JOINERS for sign in shown)
    assert sum(map(cell_len, shown)) == sum(map(cell_len, text))


@pytest.mark.parametrize(
    "text", ["\x1b[2J", "\x1b]0;x\x07", "\x9b2J", "\u202eabc", "a\rb", "\x7f", "\u2066x"]
)
def test_what_steers_a_terminal_is_taken_out(text: str) -> None:
    (segment,) = Readable(7.0).apply([Segment(text)], Color.parse("black"))
    assert segment.text.isprintable()


def test_a_line_of_text_is_left_alone() -> None:
    segments = [Segment("LEFT ━━╸ 髋")]
    assert Readable(7.0).apply(segments, Color.parse("black")) == segments


def test_no_notice_takes_words_of_its_text_for_markup() -> None:
    for path in Path(hipcoach.ui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "notify":
                continue
            constant = isinstance(node.args[0], ast.Constant)
            plain = any(word.arg == "markup" for word in node.keywords)
            ours = ast.unparse(node.args[0]) in OUR_OWN
            assert constant or plain or ours, f"{path}:{node.lineno}: {ast.unparse(node)}"


OUR_OWN = {"error.message", "NO_SPEECH"}
"""Sentences that are whole in the code, without anything from a file or path in them."""


def test_no_widget_takes_words_of_its_text_for_markup() -> None:
    for path in Path(hipcoach.ui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Static", "Label", "Option"):
                what = node.args[0] if node.args else ast.Constant("")
                assert not isinstance(what, ast.JoinedStr), f"{path}:{node.lineno}"
