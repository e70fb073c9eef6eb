"""Routines as TOML files that read back as the same, written as a person would: a table of its own for
everything that has fields of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import tomli_w
from msgspec import to_builtins

from hipcoach.core.exercise import Exercise, Source
from hipcoach.core.fields import encoded
from hipcoach.core.routine import Routine
from hipcoach.paths import bundled
from hipcoach.storage.catalog import EXAMPLE, FORMAT

WIDEST = 100
"""Characters; a longer list has a line for each text."""
INLINE = frozenset({"dose", "suggested", "rounds", "reps", "seconds", "phases"})
"""Tables, and lists of tables, that stand in the line of their field."""


def routine_text(
    routine: Routine,
    known: Mapping[str, Exercise],
    exercises: tuple[Exercise, ...] = (),
    sources: tuple[Source, ...] = (),
) -> str:
    """Return a file with a routine, and with the exercises and sources that come in the same file.

    `known` holds every exercise of the routine: a dose for the only stage of one does not name it.
    """
    head = to_builtins(routine, enc_hook=encoded)
    blocks = head.pop("blocks")
    for item in [item for block in blocks for item in block["item"]]:
        if len(known[item["exercise"]].stages) == 1:
            for dose in item.get("dose", ()):
                del dose["stage"]
    values = {"format": FORMAT, "routine": head, "block": blocks}
    values["source"] = to_builtins(sources)
    values["exercise"] = to_builtins(exercises, enc_hook=encoded)
    return toml_text({name: value for name, value in values.items() if value})


def example_text(routine_id: str, title: str, file: str) -> str:
    """Return a commented example to change, with everything that most need, under this id and title.

    `file` is its name, for the remarks.
    """
    text = (bundled("data") / EXAMPLE).read_text(encoding="utf-8")
    words = {"my-routine.toml": file, "my-routine": routine_id, '"My routine"': _inline(title)}
    return re.sub("|".join(map(re.escape, words)), lambda found: words[found[0]], text)


def toml_text(values: Mapping[str, Any]) -> str:
    """The text of a file with these tables."""
    return "\n".join(_lines(values, "")).strip("\n") + "\n"


def _lines(values: Mapping[str, Any], path: str) -> Iterator[str]:
    below: list[tuple[str, Any]] = []
    for name, value in values.items():
        if _has_tables_of_its_own(name, value):
            below.append((f"{path}.{name}" if path else name, value))
        else:
            yield f"{name} = {_inline(value, name)}"
    for name, value in below:
        for each in value if isinstance(value, list | tuple) else [value]:
            yield ""
            yield f"[[{name}]]" if isinstance(value, list | tuple) else f"[{name}]"
            yield from _lines(each, name)


def _has_tables_of_its_own(name: str, value: object) -> bool:
    if isinstance(value, list | tuple):
        is_of_tables = bool(value) and all(isinstance(each, dict) for each in value)
        return is_of_tables and name != "phases"
    return isinstance(value, dict) and name not in INLINE


def _inline(value: Any, name: str = "") -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_inline(each)}' for key, each in value.items())} }}"
    if isinstance(value, list | tuple):
        parts = [_inline(each) for each in value]
        line = f"[{', '.join(parts)}]"
        if len(name) + len(line) <= WIDEST and name != "phases":
            return line
        return "[\n" + "".join(f"  {part},\n" for part in parts) + "]"
    return tomli_w.dumps({"x": value}).removeprefix("x = ").rstrip("\n")
