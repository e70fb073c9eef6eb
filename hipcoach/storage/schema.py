"""A JSON Schema of routine files, taken from the very readers that read them.

The readers are run on a table that holds nothing and notes what it is asked for: each field, of what kind,
and whether it must be there. What they ask depends on the answers, so they are run once for every word and
for every field that may be there or not, and the runs are put together. What no schema can say (that an id
exists, that a range is not upside down, which fields go together) `hipcoach check` says.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, field

from hipcoach.core.exercise import Range
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.documents import Document
from hipcoach.storage.exercise_toml import read_exercise, read_source
from hipcoach.storage.routine_toml import read_routine
from hipcoach.storage.sheet_file import SCHEMA
from hipcoach.storage.table import ID_PATTERN, LONGEST_TEXT, MOST, Table

E = TypeVar("E", bound=StrEnum)
Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
"""Draft 7 is what editors' TOML plug-ins know."""
TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}


class _Answers(Struct):
    """What a run is told: for each word its value, and which fields are not there."""

    words: dict[str, str] = field(default_factory=dict)
    absent: str = ""
    known_words: dict[str, list[str]] = field(default_factory=dict)
    """Every word field that was met, with its values."""
    optional: set[str] = field(default_factory=set)
    """Every field whose being there was asked."""


class _Asking(Table):
    """A table that holds whatever it is asked for, and notes it."""

    def __init__(self, answers: _Answers) -> None:
        super().__init__({}, "", "", [])
        self.answers = answers
        self.fields: dict[str, Schema] = {}
        self.required: set[str] = set()
        self.inner: dict[str, tuple[_Asking, bool]] = {}
        """Tables below, and whether they come in a list."""

    def _note(self, name: str, schema: Schema, *, required: bool) -> None:
        self.read.add(name)
        self.fields[name] = schema
        if required:
            self.required.add(name)

    def problem(self, field: str, message: str) -> None:
        """Nothing is wrong with what is not there."""

    def has(self, field: str) -> bool:
        self.answers.optional.add(field)
        return field != self.answers.absent

    def text(self, field: str, default: str | None = None) -> str:
        self._note(field, TEXT, required=default is None)
        return "text"

    def id(self, field: str = "id") -> str:
        self._note(field, TEXT | {"pattern": f"^{ID_PATTERN.pattern}$"}, required=True)
        return "id"

    def texts(self, field: str) -> tuple[str, ...]:
        self._note(field, {"type": "array", "items": TEXT}, required=False)
        return ("text",) if self.has(field) else ()

    def word(self, field: str, words: type[E], default: E | None = None) -> E:
        values = [word.value for word in words]
        self._note(field, {"enum": values}, required=default is None)
        self.answers.known_words[field] = values
        chosen = self.answers.words.get(field)
        return words(chosen) if chosen in values else default or next(iter(words))

    def words(self, field: str, words: type[E]) -> tuple[E, ...]:
        items = {"enum": [word.value for word in words]}
        self._note(field, {"type": "array", "items": items}, required=False)
        return ()

    def range(self, field: str, least: int = 1, default: Range | None = None) -> Range:
        number = {"type": "integer", "minimum": least, "maximum": MOST}
        both = {
            "type": "object",
            "properties": {"low": number, "high": number},
            "required": ["low", "high"],
            "additionalProperties": False,
        }
        self._note(field, {"anyOf": [number, both]}, required=default is None)
        return Range(least, least)

    def whole(self, field: str, least: int = 0, default: int | None = None, most: int = MOST) -> int:
        self._note(field, {"type": "integer", "minimum": least, "maximum": most}, required=default is None)
        return least

    def seconds(self, field: str) -> Fraction:
        self._note(field, {"type": "number", "minimum": 0.1, "maximum": MOST}, required=True)
        return Fraction(1)

    def flag(self, field: str, default: bool) -> bool:
        self._note(field, {"type": "boolean"}, required=False)
        return default

    def table(self, field: str) -> Table | None:
        if not self.has(field):
            return None
        return self._below(field, required=False, in_list=False)

    def tables(self, field: str, noun: str, *, required: bool = True) -> list[Table]:
        below = self._below(field, required=required, in_list=True)
        return [below] if required or self.has(field) else []

    def finish(self) -> None:
        """Nothing more is asked for: what was only looked at, such as a date, may be anything."""
        for name in self.read - set(self.fields) - set(self.inner):
            self._note(name, {}, required=False)

    def _below(self, field: str, *, required: bool, in_list: bool) -> Table:
        below = _Asking(self.answers)
        self.read.add(field)
        self.inner[field] = (below, in_list)
        if required:
            self.required.add(field)
        return below

    def schema(self) -> Schema:
        """What was asked for, as a schema of this table; empty where nobody looked into it."""
        if not self.read:
            return {}
        properties = dict(self.fields)
        for name, (below, in_list) in self.inner.items():
            items = below.schema()
            least = {"minItems": 1} if name in self.required else {}
            properties[name] = {"type": "array", "items": items, **least} if in_list else items
        return {
            "type": "object",
            "properties": properties,
            "required": sorted(self.required),
            "additionalProperties": False,
        }


def file_schema(document: Document | str = Document.ROUTINE) -> Schema:
    """The schema of a whole file."""
    routine = _asked(lambda table: read_routine(table, table.tables("block", "block")))
    # The blocks stand beside the routine in a file, not within it.
    blocks = routine["properties"].pop("block")
    routine["required"].remove("block")
    properties = {
        "format": {"const": 1},
        "source": {"type": "array", "items": _asked(read_source)},
        "exercise": {"type": "array", "items": _asked(read_exercise)},
        "routine": routine,
        "block": blocks,
    }
    document = Document(document)
    is_routine = document is Document.ROUTINE
    return {
        "$schema": DIALECT,
        "title": f"hipcoach {document.value} file",
        "type": "object",
        "properties": properties,
        "required": ["format", *(["routine", "block"] if is_routine else ["exercise"])],
        "additionalProperties": False,
    }


def write_schema(config: Path) -> None:
    """Put the schema of routine files where the ones that `hipcoach new` writes look for it.

    Raises:
        StorageError: it cannot be written.
    """
    path = config / SCHEMA
    content = (json.dumps(file_schema(), indent=2) + "\n").encode()
    if not path.is_file() or path.read_bytes() != content:
        write_atomically(path, content, replace=True)


def _asked(read: Callable[[Table], object]) -> Schema:
    found: Schema | None = None
    for answers in _every_answer(read):
        table = _Asking(answers)
        read(table)
        found = table.schema() if found is None else _together(found, table.schema())
    assert found is not None  # noqa: S101  there is one run at least
    return found


def _every_answer(read: Callable[[Table], object]) -> Iterator[_Answers]:
    """Answers such that each word is given once, and with each of them each field is absent once."""
    first = _Answers()
    read(_Asking(first))
    words = [(name, word) for name, values in first.known_words.items() for word in values]
    for chosen in [None, *words]:
        for absent in ["", *sorted(first.optional)]:
            yield _Answers(dict([chosen]) if chosen else {}, absent)


def _together(one: Mapping[str, Any], other: Mapping[str, Any]) -> Schema:
    """What allows whatever one of two schemas of the same field does."""
    if one == other:
        return dict(one)
    if not one or not other:
        return dict(one or other)
    merged = dict(one)
    if one.get("type") == other.get("type") == "object":
        names = {**one["properties"], **other["properties"]}
        merged["properties"] = {
            name: _together(one["properties"].get(name, {}), other["properties"].get(name, {}))
            for name in names
        }
        merged["required"] = sorted(set(one["required"]) & set(other["required"]))
    elif one.get("type") == other.get("type") == "array":
        merged["items"] = _together(one["items"], other["items"])
        if "minItems" not in other:
            merged.pop("minItems", None)
    return merged
