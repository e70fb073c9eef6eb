from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hipcoach.core.catalog import Catalog
from hipcoach.core.sheet.reading import read_sheet
from hipcoach.storage.catalog import bundled_catalog, join, load_catalog, read_document
from hipcoach.storage.sheet_file import routine_path, routine_text, save_routine_file, sheet_file_text

CATALOG = bundled_catalog()
NAMES = st.sampled_from(
    [each.name for each in CATALOG.exercises.values()] + ["Clamshell", "Bridge", "Cat cow"]
)
AMOUNTS = st.sampled_from(
    ["12", "12/side", "8-10 each leg", "30s", "30s/side", "5/direction", "1 min", "3x10/side"]
)
SETS = st.sampled_from(["", " x2", " x2-3, rest 20s"])
LINES = st.lists(
    st.builds(lambda name, amount, sets: f"{name} {amount}{sets}", NAMES, AMOUNTS, SETS)
    | st.sampled_from(
        ["rest 20s", "circuit x3:", "circuit x2 per leg:", "", "---", "by: Me", "caution: Gently."]
    ),
    min_size=1,
    max_size=8,
).map("\n".join)


@pytest.mark.parametrize("name", CATALOG.routines)
def test_every_bundled_routine_reads_back_with_all_exercises_and_sources(name: str, tmp_path: Path) -> None:
    routine = CATALOG.routines[name]
    exercises, sources = tuple(CATALOG.exercises.values()), tuple(CATALOG.sources.values())
    path = tmp_path / "one.toml"
    path.write_text(routine_text(routine, exercises, sources))
    document = read_document(path, "one")
    catalog = join([document])
    assert document.problems == []
    assert catalog == Catalog(CATALOG.exercises, {name: routine}, CATALOG.sources)


@given(LINES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_made_of_a_sheet_is_a_good_file(tmp_path: Path, text: str) -> None:
    sheet = read_sheet(text, CATALOG, "tonight")
    if sheet.routine is None:
        return
    path = routine_path(tmp_path, sheet.routine.id)
    save_routine_file(path, sheet_file_text(sheet, CATALOG, text), overwrite=True)
    catalog, problems = load_catalog(tmp_path)
    assert [str(problem) for problem in problems] == []
    assert catalog.routines["tonight"] == sheet.routine
    assert all(catalog.exercises[each.id] == each for each in sheet.exercises)


def test_the_sheet_stands_above_its_file_as_a_comment() -> None:
    text = "Clamshell 12/side\nsomething else\n\x07"
    written = sheet_file_text(read_sheet(text, CATALOG), CATALOG, text)
    assert written.startswith("# Made of this sheet:\n#\n#   Clamshell 12/side\n#   something else\n")
    assert "# Not understood: line 2, 'something else': no exercise has this name" in written
