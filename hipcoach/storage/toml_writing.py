"""TOML as a person would write it: a table of its own for everything that has fields of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import tomli_w

WIDEST = 100
"""Characters; a longer list has a line for each text."""
INLINE = frozenset({"dose", "suggested", "rounds", "reps", "seconds", "phases"})
"""Tables, and lists of tables, that stand in the line of their field."""


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
        for each in value if isinstance(value, list) else [value]:
            yield ""
            yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from _lines(each, name)


def _has_tables_of_its_own(name: str, value: object) -> bool:
    if isinstance(value, list):
        is_of_tables = bool(value) and all(isinstance(each, dict) for each in value)
        return is_of_tables and name != "phases"
    return isinstance(value, dict) and name not in INLINE


def _inline(value: Any, name: str = "") -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_inline(each)}' for key, each in value.items())} }}"
    if isinstance(value, list):
        parts = [_inline(each) for each in value]
        line = f"[{', '.join(parts)}]"
        if len(name) + len(line) <= WIDEST and name != "phases":
            return line
        return "[\n" + "".join(f"  {part},\n" for part in parts) + "]"
    return tomli_w.dumps({"x": value}).removeprefix("x = ").rstrip("\n")
