"""The sheet in docs/sheets.md is understood whole."""

from __future__ import annotations

import re
from pathlib import Path

from hipcoach.core.sheet.reading import read_sheet
from hipcoach.storage.catalog import bundled_catalog

DOCUMENT = (Path(__file__).resolve().parent.parent / "docs" / "sheets.md").read_text(encoding="utf-8")


def test_the_example_is_understood() -> None:
    (text,) = re.findall(r"```sheet\n(.*?)```", DOCUMENT, re.DOTALL)
    sheet = read_sheet(text, bundled_catalog())
    assert sheet.problems == ()
    assert sheet.routine is not None
    assert [each.name for each in sheet.exercises] == ["Clamshell"]
    assert len(sheet.understood) == 6


def test_what_it_says_of_amounts_holds() -> None:
    (line,) = re.findall(r"how much: (.*?)\. Without a side", DOCUMENT, re.DOTALL)
    amounts = re.findall(r"`(.*?)`", line)
    assert len(amounts) == 7
    for amount in amounts:
        assert read_sheet(f"Bridge {amount}", bundled_catalog()).problems == ()
    assert read_sheet("Kneeling lunge: rock 5/side, hold 20s/side", bundled_catalog()).problems == ()
