"""What the documents show works as it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.fields import Intensity
from hipcoach.core.session import Session
from hipcoach.core.sheet.reading import read_sheet
from hipcoach.storage.catalog import bundled_catalog, catalog_schema, load_catalog
from hipcoach.storage.settings import Settings, load_settings
from hipcoach.ui.format import clock_text

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
EXPECTED = re.compile(
    r"(?P<routine>[a-z-]+)(?:, (?P<level>low|mid|high))?: (?P<sets>\d+) sets?, "
    r"(?:(?P<total>\d+:\d\d)|(?P<reps>\d+) reps)"
)


def blocks(document: str, kind: str = "toml") -> list[str]:
    text = (ROOT / document).read_text(encoding="utf-8")
    return [content for each, content in BLOCK.findall(text) if each == kind]


def data_examples() -> list[str]:
    return [
        text for name in ("README.md", "docs/routines.md") for text in blocks(name) if "format = 1" in text
    ]


@pytest.mark.parametrize("example", data_examples())
def test_an_example_is_good_data(example: str, tmp_path: Path) -> None:
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "example.toml").write_text(example, encoding="utf-8")
    catalog, problems = load_catalog(tmp_path)
    assert [str(problem) for problem in problems] == []
    values = tomllib.loads(example)
    assert "routine" not in values or values["routine"]["id"] in catalog.routines
    assert all(each["id"] in catalog.exercises for each in values.get("exercise", []))
    if "routine" in values:
        for level in Intensity:
            plan = compile_plan(catalog.routines[values["routine"]["id"]], catalog, Choices(level=level))
            assert plan.sets
            assert Session.begin(plan, 0.0).advance(1e9).is_over


def test_there_are_examples() -> None:
    assert len(data_examples()) >= 8
    assert len(blocks("docs/routines.md", "sheet")) == 2


def test_every_block_of_the_page_is_run_by_a_test() -> None:
    text = (ROOT / "docs" / "routines.md").read_text(encoding="utf-8")
    assert {kind for kind, _ in BLOCK.findall(text)} == {"toml", "sheet", "plan"}
    assert all("format = 1" in each for each in blocks("docs/routines.md"))


@pytest.mark.parametrize("sheet", blocks("README.md", "sheet") + blocks("docs/routines.md", "sheet"))
def test_a_sheet_is_understood_whole(sheet: str) -> None:
    read = read_sheet(sheet, bundled_catalog(), "A sheet")
    assert read.problems == ()
    assert read.exercises == ()
    assert read.routine is not None
    assert compile_plan(read.routine, bundled_catalog()).sets


def expected_plans() -> list[str]:
    return [line for text in blocks("docs/routines.md", "plan") for line in text.splitlines()]


@pytest.mark.parametrize("line", expected_plans())
def test_a_routine_comes_to_what_the_page_says(line: str, tmp_path: Path) -> None:
    said = EXPECTED.fullmatch(line)
    assert said is not None
    (tmp_path / "routines").mkdir()
    (example,) = (text for text in data_examples() if f'id = "{said["routine"]}"\n' in text)
    (tmp_path / "routines" / "example.toml").write_text(example, encoding="utf-8")
    catalog, _ = load_catalog(tmp_path)
    choices = Choices(level=Intensity(said["level"] or "low"))
    plan = compile_plan(catalog.routines[said["routine"]], catalog, choices)
    assert plan.sets == int(said["sets"])
    if said["reps"] is None:
        assert clock_text(plan.total_seconds) == said["total"]
    else:
        assert plan.reps == int(said["reps"])


def test_the_circuit_goes_through_one_leg_and_then_the_other(tmp_path: Path) -> None:
    (example,) = (text for text in data_examples() if 'id = "tuesday"' in text)
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "example.toml").write_text(example, encoding="utf-8")
    catalog, _ = load_catalog(tmp_path)
    steps = [step for step in compile_plan(catalog.routines["tuesday"], catalog).steps if step.is_work][:6]
    assert [(step.side, step.direction) for step in steps] == [
        ("left", "outward"),
        ("left", "inward"),
        ("left", None),
        ("right", "outward"),
        ("right", "inward"),
        ("right", None),
    ]


def test_the_settings_in_the_readme_are_the_defaults(tmp_path: Path) -> None:
    (settings,) = (text for text in blocks("README.md") if "[session]" in text)
    path = tmp_path / "settings.toml"
    path.write_text(settings, encoding="utf-8")
    assert load_settings(path) == (Settings(), ())


def test_pictures_in_the_readme_are_there() -> None:
    pictures = re.findall(r"!\[.*?\]\((.*?)\)", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)


FOLDERS = "core|storage|audio|live|drawing|commands|ui|hipcoach|tests|data|docs"
FILES_NAMED = re.compile(rf"`((?:{FOLDERS})/[\w/.*-]*)`")
MAP = re.compile(r"^\| `(hipcoach/[\w/]*)` \| \|\n\| --- \| --- \|\n((?:\|.*\n)+)", re.MULTILINE)


@pytest.mark.parametrize("document", sorted(path.name for path in ROOT.glob("docs/*.md")))
def test_files_that_a_document_names_are_there(document: str) -> None:
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    for name in FILES_NAMED.findall(text):
        places = (name, f"{name}.py", f"hipcoach/{name}", f"hipcoach/{name}.py")
        assert any(next(ROOT.glob(place.rstrip("/")), None) for place in places), name


def test_the_map_of_the_modules_has_each_of_them() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = {
        f"{folder}{module}.py"
        for folder, rows in MAP.findall(text)
        for row in rows.splitlines()
        for module in re.findall(r"`(\w+)`", row.split("|")[1])
    }
    modules = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("hipcoach/**/[!_]*.py")}
    assert named == {module for module in modules if not module.startswith("hipcoach/ui/")}


def holds(schema: dict[str, Any]) -> str:
    """What a field may hold, in words."""
    match schema:
        case {"enum": words}:
            return ", ".join(f"`{word}`" for word in words)
        case {"type": "array", "items": items}:
            return "tables" if "properties" in items else f"list of {holds(items)}"
        case {"type": ["integer", "object"]}:
            return "number, or range with `low` and `high`"
        case {"type": "integer", "minimum": least, "maximum": most}:
            return f"number from {least} to {most}"
        case {"type": "number"}:
            return "number, also with decimals"
        case {"type": "object"}:
            return "table"
        case {"pattern": _}:
            return "id"
    return str(schema.get("description", "text"))


def field_tables(schema: dict[str, Any], name: str = "") -> Iterator[str]:
    """A table of fields for each table of a file."""
    if name:
        yield f"\n| `{name}` | |\n| --- | --- |"
        for field, each in schema["properties"].items():
            mark = ", needed" if field in schema["required"] else ""
            yield f"| `{field}` | {holds(each)}{mark} |"
    for field, each in schema["properties"].items():
        inner = each.get("items", each)
        if "properties" in inner and "integer" not in inner["type"]:
            yield from field_tables(inner, f"{name}.{field}".strip("."))


def test_the_tables_of_fields_are_those_of_the_format() -> None:
    text = (ROOT / "docs" / "routines.md").read_text(encoding="utf-8")
    _, _, tables = text.partition("## Every field\n")
    assert "\n".join(field_tables(catalog_schema())).strip() in tables
