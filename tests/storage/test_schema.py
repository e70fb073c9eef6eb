from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hipcoach.storage.catalog import (
    SCHEMA,
    bundled_catalog,
    catalog_schema,
    join,
    read_document,
    write_schema,
)
from hipcoach.storage.sheet_file import example_text
from tests.golden import ROUTINE
from tests.storage.mistakes import GOOD, MISTAKES

SCHEMAS = {document: catalog_schema(document) for document in ("routine", "exercise")}
DATA = Path(__file__).resolve().parents[2] / "data"
BEYOND = (
    "held_after",
    "first stage",
    "two stages",
    "directions: is missing",
    "stage 'stay': dose: is missing",
    "side_means",
    "tempo_source",
    "upside down",
    "there is no",
    "used twice",
    "at most 99",
    "circuit per leg",
    "has no directions",
    "have no directions",
    "a hold has",
    "no directions",
    "stage: is missing",
)
"""Mistakes that are about more than one field, or that a reader finds by itself: no schema says these."""


def plain(value: Any) -> Any:
    """As an editor's plug-in hands it to a validator: dates are texts."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, date) else value


def faults(text: str, document: str = "routine") -> list[str]:
    validator = jsonschema.Draft7Validator(SCHEMAS[document])
    return [each.message for each in validator.iter_errors(plain(tomllib.loads(text)))]


@pytest.mark.parametrize(
    "file", [*sorted((DATA / "routines").iterdir()), ROUTINE], ids=lambda path: path.stem
)
def test_every_bundled_routine_keeps_to_it(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", sorted((DATA / "exercises").iterdir()), ids=lambda path: path.stem)
def test_every_bundled_exercise_keeps_to_it(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8"), "exercise") == []


def test_the_example_keeps_to_it_and_is_good(tmp_path: Path) -> None:
    text = example_text("mine", 'My "own"\\ way', "mine.toml")
    assert faults(text) == []
    (tmp_path / "mine.toml").write_text(text)
    document = read_document(tmp_path / "mine.toml", "mine.toml")
    assert document.problems == []
    assert document.named("routine")["mine"].title == 'My "own"\\ way'
    join([document], bundled_catalog())
    assert document.problems == []


@pytest.mark.parametrize(("old", "new", "problem"), MISTAKES)
def test_it_finds_the_mistakes_that_a_schema_can_find(old: str, new: str, problem: str) -> None:
    found = faults(GOOD.replace(old, new, 1))
    assert bool(found) is not any(words in problem for words in BEYOND), (found, problem)


def test_it_is_written_where_editors_look_and_only_when_it_changed(tmp_path: Path) -> None:
    write_schema(tmp_path)
    path = tmp_path / SCHEMA
    assert json.loads(path.read_text()) == catalog_schema()
    before = path.stat().st_ino
    write_schema(tmp_path)
    assert path.stat().st_ino == before
    path.write_text("old")
    write_schema(tmp_path)
    assert json.loads(path.read_text()) == catalog_schema()
