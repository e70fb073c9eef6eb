"""On which line of a TOML file something stands; Python's own reader does not tell.

Only valid files are looked at; what is not understood here is passed over: better no line than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys, and places in lists of tables: ("exercise", 0, "stage", 1, "kind")."""

_KEY = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_KEYS = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_KEYS})\s*\]\]?\s*(?:#.*)?")
_FIELD = re.compile(rf"\s*({_KEYS})\s*=")
_TOKEN = re.compile(r'"""|' r"'''" r'|"(?:\\.|[^"\\])*"|' r"'[^']*'" r"|#.*|[\[{]|[\]}]")


def lines_of(text: str) -> Mapping[Path, int]:
    """The line, from 1, on which each table and each field begins."""
    found: dict[Path, int] = {}
    places: dict[Path, int] = {}
    current: Path = ()
    state = _State()
    for number, line in enumerate(text.split("\n"), 1):
        if state.is_open:
            state.go_on(line)
        elif header := _HEADER.fullmatch(line):
            current = _table(_names(header[2]), places, is_listed=header[1] == "[[")
            for length in range(1, len(current) + 1):
                found.setdefault(current[:length], number)  # a table may only be there for what is in it
        elif given := _FIELD.match(line):
            found.setdefault(current + _names(given[1]), number)
            state.go_on(line[given.end() :])
    return found


def line_of(path: Path, lines: Mapping[Path, int]) -> int | None:
    """The line of a field, or of the innermost table around it that has one."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def line_naming(text: str, owner: str, field: str, word: str) -> int | None:
    """The line on which `field` has this word, after the `id` of its owner where that is found."""
    begin = re.search(rf"""^\s*id\s*=\s*["']{re.escape(owner)}["']""", text, re.MULTILINE)
    value = rf"""["']{re.escape(word)}["']"""
    for start in (begin.start() if begin else 0, 0):
        for pattern in (rf"\b{re.escape(field)}\s*=\s*{value}", value):
            if found := re.compile(pattern).search(text, start):
                return text.count("\n", 0, found.start()) + 1
    return None


class _State:
    """Whether a value goes on on the next line."""

    def __init__(self) -> None:
        self.depth = 0
        self.quotes = ""

    @property
    def is_open(self) -> bool:
        return bool(self.depth or self.quotes)

    def go_on(self, line: str) -> None:
        """Take the rest of a line."""
        place = 0
        while place < len(line):
            if self.quotes:
                end = line.find(self.quotes, place)
                if end < 0:
                    return
                place = end + len(self.quotes)
                self.quotes = ""
                continue
            token = _TOKEN.search(line, place)
            if token is None:
                return
            place = token.end()
            sign = token[0]
            if sign in ('"""', "'''"):
                self.quotes = sign
            elif sign[0] == "#":
                return
            elif sign in ("[", "{"):
                self.depth += 1
            elif sign in ("]", "}"):
                self.depth = max(0, self.depth - 1)


def _names(keys: str) -> Path:
    return tuple(each.strip("\"'") for each in re.findall(_KEY, keys))


def _table(names: Path, places: dict[Path, int], *, is_listed: bool) -> Path:
    """The path of a table with this header; a list of tables is counted on."""
    path: Path = ()
    for number, name in enumerate(names, 1):
        path += (name,)
        if is_listed and number == len(names):
            places[path] = places.get(path, -1) + 1
        if path in places:
            path += (places[path],)
    return path
