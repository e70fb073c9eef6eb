from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import pytest

from hipcoach.commands.plain.keys import LineKeys, keys_in, open_keys


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("nN", ["n", "N"]),
        (" \r\n", ["space", "enter", "enter"]),
        ("\x1b[C\x1bOD\x1b[A\x1b[1;2C", ["n", "p", "n"]),
        ("\x1b", ["escape"]),
        ("\x1b[3~q\x04", ["q", "q"]),
        ("é\x00\x7f", ["é"]),
        ("", []),
    ],
)
def test_what_a_terminal_writes_is_keys(written: str, keys: list[str]) -> None:
    assert keys_in(written) == keys


@contextmanager
def piped(content: str) -> Iterator[TextIO]:
    end, begin = os.pipe()
    os.write(begin, content.encode())
    os.close(begin)
    with os.fdopen(end, encoding="utf-8") as stream:
        yield stream


def test_without_a_terminal_lines_are_keys() -> None:
    with piped("pause\n\n n \nQUIT\nblah\n+\nend") as stream, open_keys(stream) as keys:
        assert isinstance(keys, LineKeys)
        assert [keys.read(5) for _ in range(7)] == ["space", "enter", "n", "q", "b", "+", "e"]
        assert keys.read(0.01) is None
        assert keys.has_ended


def test_no_stream_at_all_has_no_keys() -> None:
    with open_keys(None) as keys:
        assert keys.read(0.01) is None
