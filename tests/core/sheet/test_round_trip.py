from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hipcoach.core.catalog import Catalog
from hipcoach.core.exercise import Basis, Per, StageKind
from hipcoach.core.fields import Range
from hipcoach.core.routine import Block, Item, OwnDose, Routine
from hipcoach.core.sheet.printing import sheet_text
from hipcoach.core.sheet.reading import read_sheet
from hipcoach.storage.catalog import bundled_catalog
from tests.core.strategies import ranges, routines

WORDS = (
    st.text(
        st.characters(
            min_codepoint=32,
            max_codepoint=0x2FF,
            exclude_categories=["Cc", "Cf", "Zs"],
            exclude_characters="()|",
            include_characters=" ",
        ),
        min_size=1,
        max_size=20,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(str.isprintable)
    .filter(bool)
)
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
    note = draw(st.just("") | WORDS | st.sampled_from(["2x a day", "each side", "5 kg", "3x12"]))
    amount, is_hold = draw(ranges(20)), kind is StageKind.HOLD
    reps, seconds = (None, amount) if is_hold else (amount, None)
    return OwnDose(reps=reps, seconds=seconds, per=per, basis=Basis.USER, note=note, stage=stage)


@st.composite
def written_routines(draw: st.DrawFn) -> tuple[Routine, Catalog]:
    """Routines as a person writes them, with names and texts of every kind."""
    routine, catalog = draw(routines())
    names = draw(st.lists(NAMES, min_size=len(catalog.exercises), max_size=len(catalog.exercises)))
    exercises = {
        each.id: replace(each, name=name)
        for each, name in zip(catalog.exercises.values(), names, strict=True)
    }

    def item(of: Item) -> Item:
        stages = exercises[of.exercise].stages
        given = tuple(
            draw(doses(stage.id if stages[1:] else "", stage.kind, directed=bool(stage.directions)))
            for stage in stages
            if draw(st.booleans())
        )
        return Item(of.exercise, given, draw(WORDS) if of.gate else "")

    def block(of: Block) -> Block:
        return replace(of, items=tuple(map(item, of.items)))

    warmup = routine.warmup and replace(
        routine.warmup,
        title=draw(WORDS),
        options=tuple(draw(st.lists(WORDS, max_size=2))),
        basis=Basis.USER,
        source=routine.source,
    )
    routine = replace(
        routine,
        title=draw(WORDS),
        summary=draw(WORDS),
        when=draw(st.just("") | WORDS),
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
def test_so_does_every_bundled_one_but_for_whose_its_numbers_are(name: str) -> None:
    catalog = bundled_catalog()
    routine = catalog.routines[name]
    blocks = tuple(replace(block, items=tuple(map(of_ones_own, block.items))) for block in routine.blocks)
    warmup = routine.warmup and replace(routine.warmup, basis=Basis.USER)
    sheet = read_sheet(sheet_text(routine, catalog), catalog)
    assert sheet.problems == ()
    assert sheet.routine == replace(routine, blocks=blocks, warmup=warmup)


def of_ones_own(item: Item) -> Item:
    doses = tuple(replace(dose, basis=Basis.USER, source=None) for dose in item.doses)
    return replace(item, doses=doses)


def test_what_has_no_place_in_a_line_is_put_into_one() -> None:
    catalog = bundled_catalog()
    note = "slowly\n(or not)"
    dose = OwnDose(reps=Range(10), per=Per.SIDE, basis=Basis.USER, note=note, stage="lift")
    block = Block((Item("fire-hydrant", (dose,)),))
    routine = Routine(id="a", title="Two\nlines", source="hipcoach", summary="Also\nhere", blocks=(block,))
    text = sheet_text(routine, catalog)
    assert "Fire hydrant 10/side (slowly [or not])" in text
    again = read_sheet(text, catalog).routine
    assert again is not None
    assert (again.title, again.summary) == ("Two lines", "Also here")


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
