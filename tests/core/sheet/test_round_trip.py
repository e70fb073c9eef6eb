from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hipcoach.core.catalog import Catalog
from hipcoach.core.exercise import Basis, Per, StageKind
from hipcoach.core.routine import Block, Item, OwnDose, Routine
from hipcoach.core.sheet.printing import sheet_text
from hipcoach.core.sheet.reading import read_sheet
from hipcoach.storage.catalog import bundled_catalog
from tests.core.strategies import ranges, routines
from tests.support import ARTICLE

WORDS = st.text(
    st.characters(
        min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc", "Cf", "Zs"], include_characters=" "
    ),
    min_size=1,
    max_size=20,
).filter(lambda text: text == text.strip() and text.isprintable())
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
NAMES = WORDS | st.sampled_from(
    [
        "Squat 12",
        "rest 20s",
        "circuit x3:",
        "Figure 4",
        "title: x",
        "a [b]",
        "12",
        "x2",
        "- a",
        "Clam # 3",
        "a (b)",
        "---",
    ]
)


@st.composite
def doses(draw: st.DrawFn, stage: str, kind: StageKind, *, directed: bool) -> OwnDose:
    per = draw(st.sampled_from(list(Per) if directed else [Per.SIDE, Per.TOTAL]))
    if kind is StageKind.HOLD and per is Per.DIRECTION:
        per = Per.SIDE
    basis = draw(st.sampled_from(Basis))
    source = ARTICLE.id if basis is Basis.SUGGESTED else None
    note = draw(st.just("") | LINES | st.sampled_from(["suggested by me", "as prescribed", "mine: all"]))
    field = "seconds" if kind is StageKind.HOLD else "reps"
    return OwnDose(**{field: draw(ranges(20))}, per=per, basis=basis, source=source, note=note, stage=stage)


@st.composite
def written_routines(draw: st.DrawFn) -> tuple[Routine, Catalog]:
    """Routines as a file can hold them, with names and texts of every kind."""
    routine, catalog = draw(routines())
    names = draw(st.lists(NAMES, min_size=len(catalog.exercises), max_size=len(catalog.exercises)))
    exercises = {
        each.id: replace(each, name=name)
        for each, name in zip(catalog.exercises.values(), names, strict=True)
    }

    def item(of: Item) -> Item:
        given = tuple(
            draw(doses(stage.id, stage.kind, directed=bool(stage.directions)))
            for stage in exercises[of.exercise].stages
            if draw(st.booleans())
        )
        return Item(of.exercise, given, draw(LINES) if of.gate else "")

    def block(of: Block) -> Block:
        return replace(of, items=tuple(map(item, of.items)))

    warmup = routine.warmup and replace(
        routine.warmup, title=draw(LINES), options=tuple(draw(st.lists(WORDS, max_size=2)))
    )
    routine = replace(
        routine,
        title=draw(LINES),
        summary=draw(LINES),
        when=draw(st.just("") | LINES),
        cautions=tuple(draw(st.lists(WORDS, max_size=2))),
        notes=tuple(draw(st.lists(WORDS, max_size=2))),
        blocks=tuple(map(block, routine.blocks)),
        warmup=warmup,
    )
    return routine, replace(catalog, exercises=exercises)


@settings(max_examples=50)
@given(written_routines())
def test_a_routine_prints_in_the_short_form_and_reads_back_the_same(both: tuple[Routine, Catalog]) -> None:
    routine, catalog = both
    text = sheet_text(routine, catalog)
    sheet = read_sheet(text, catalog)
    assert sheet.problems == (), text
    assert sheet.routine == routine, text
    assert (sheet.exercises, sheet.sources) == ((), ())


@pytest.mark.parametrize("name", bundled_catalog().routines)
def test_so_does_every_bundled_one(name: str) -> None:
    catalog = bundled_catalog()
    sheet = read_sheet(sheet_text(catalog.routines[name], catalog), catalog)
    assert (sheet.routine, sheet.problems) == (catalog.routines[name], ())


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("123 xs/#:()[]-\n"), max_size=60))
def test_any_text_at_all_is_read(text: str) -> None:
    sheet = read_sheet(text, bundled_catalog())
    assert all(1 <= remark.number <= len(text.splitlines()) for remark in sheet.problems)


@pytest.mark.parametrize(
    "line",
    ["a 1, " * 90, "(" * 490, "a: " * 160, "\\" * 499, "1 x " * 120, "a 1 (" * 90, " x" * 240, "#" * 400],
)
def test_no_line_takes_long(line: str) -> None:
    read_sheet(f"{line}\n" * 3, bundled_catalog())
