from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.storage.typed import line_of, lines_of

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
