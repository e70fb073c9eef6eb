from __future__ import annotations

import pytest

from hipcoach.commands.plain.keys import Keys, keys_in
from hipcoach.commands.plain.session import meant
from tests.commands.plain.surroundings import piped


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("nN", ["n", "N"]),
        (" \r\n", ["space", "enter", "enter"]),
        ("\x1b[C\x1bOD\x1b[A\x1b[1;2C", ["right", "left", "right"]),
        ("\x1b", ["escape"]),
        ("\x1b[3~q\x04", ["q", "q"]),
        ("é\x00\x7f", ["é"]),
        ("", []),
    ],
)
def test_what_a_terminal_writes_is_keys(written: str, keys: list[str]) -> None:
    assert list(keys_in(written)) == keys


def test_without_a_terminal_lines_are_read_to_their_end() -> None:
    with piped("pause\n\n n \nQUIT\nend") as stream, Keys(stream) as keys:
        assert [keys.read(5) for _ in range(5)] == ["pause", "enter", "n", "QUIT", "end"]
        assert keys.read(0.01) is None
        assert keys.has_ended


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("space", "pause"),
        ("pause", "pause"),
        ("resume", "pause"),
        ("enter", "complete"),
        ("done", "complete"),
        ("N", "drop"),
        ("n", "skip"),
        ("right", "skip"),
        ("QUIT", "stop"),
        ("quit", "stop"),
        ("undo", "bring-back"),
        ("=", "longer"),
        ("?", "help"),
        ("where", "where"),
        ("xyz", None),
    ],
)
def test_keys_and_words_mean_an_action(typed: str, id: str | None) -> None:
    assert meant(typed) == id
