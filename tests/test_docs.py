"""What the documents show works as it stands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from hipcoach.storage.settings import Settings, load_settings
from hipcoach.storage.user_catalog import load_catalog

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"```toml\n(.*?)```", re.DOTALL)


def blocks(document: str) -> list[str]:
    return BLOCK.findall((ROOT / document).read_text(encoding="utf-8"))


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


def test_there_are_examples() -> None:
    assert len(data_examples()) >= 5


def test_the_settings_in_the_readme_are_the_defaults(tmp_path: Path) -> None:
    (settings,) = (text for text in blocks("README.md") if "[session]" in text)
    path = tmp_path / "settings.toml"
    path.write_text(settings, encoding="utf-8")
    assert load_settings(path) == (Settings(), ())


def test_pictures_in_the_readme_are_there() -> None:
    pictures = re.findall(r"!\[.*?\]\((.*?)\)", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)
