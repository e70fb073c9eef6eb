"""What the coach says beside the count, in any room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Region

from hipcoach.core.compile import compile_plan
from hipcoach.core.session import Session
from hipcoach.ui.session_view import view_of
from hipcoach.ui.widgets.coaching import RHYTHM_WIDTH, Coached, Coaching, rows_of
from hipcoach.ui.widgets.one_line import OneLine, fitted
from tests.ui.surroundings import real_catalog

AT_80_BY_24, AT_120_BY_40 = (29, 13), (38, 19)
"""Cells of its room in terminals of these sizes, beside a figure."""
SAID = Coached(
    setup="Stand beside a wall and hold on to it.",
    cues=("Swing from the hip", "Trunk still"),
    rhythm="swing up",
)
SETUP = ["Stand beside a wall and hold on to", "it."]
CUES = ["• Swing from the hip", "• Trunk still"]
RHYTHM = ["○" * RHYTHM_WIDTH, "swing up"]
"""Each as rows of 37 cells."""


class Room(App[None]):
    """A coaching block of a size, and a line as wide."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.coaching = Coaching()
        self.line = OneLine()
        self.coaching.styles.width, self.coaching.styles.height = width, height
        self.line.styles.width = width

    def compose(self) -> ComposeResult:
        """Both."""
        yield self.coaching
        yield self.line


def drawn(widget: Coaching | OneLine) -> list[str]:
    size = widget.size
    lines = widget.render_lines(Region(0, 0, size.width, size.height))
    assert {line.cell_length for line in lines} == {size.width}
    assert all(sum(cell_len(segment.text) for segment in line) == size.width for line in lines)
    return [line.text.rstrip() for line in lines]


def moments() -> Iterator[Coached]:
    """What is said in the middle of each step of every bundled routine."""
    catalog = real_catalog()
    for routine in catalog.routines.values():
        plan = compile_plan(routine, catalog)
        for step in plan.steps:
            session = Session.begin(plan, 0.0).advance(step.start + step.seconds / 2)
            view = view_of(session, step.start + step.seconds / 2)
            yield Coached("", view.setup, view.cues, view.rhythm, 5)


@pytest.mark.parametrize("size", [AT_80_BY_24, AT_120_BY_40])
async def test_nothing_of_the_bundled_routines_is_cut_off(size: tuple[int, int]) -> None:
    seen = set(moments())
    assert len(seen) > 60
    app = Room(*size)
    async with app.run_test(size=(130, 50)) as pilot:
        for said in seen:
            app.coaching.show(said)
            await pilot.pause()
            text = " ".join(" ".join(drawn(app.coaching)).split())
            assert "…" not in text
            told = [said.setup] if said.setup else said.cues
            for words in (*told, said.rhythm):
                assert " ".join(words.split()) in text.replace("• ", "")


@pytest.mark.parametrize(
    ("height", "expected"),
    [
        (10, ["", "", *SETUP, "", *CUES, "", *RHYTHM]),
        (8, ["", *SETUP, "", *CUES, *RHYTHM]),
        (7, [*SETUP, "", *CUES, *RHYTHM]),
        (6, ["", *SETUP, *RHYTHM, ""]),
        (5, ["", *SETUP, *RHYTHM]),
        (4, [*SETUP, *RHYTHM]),
        (3, [f"{SETUP[0]} …", *RHYTHM]),
        (2, RHYTHM),
        (1, RHYTHM[:1]),
    ],
)
async def test_with_less_room_cues_go_first_and_the_rhythm_last(height: int, expected: list[str]) -> None:
    app = Room(37, height)
    async with app.run_test(size=(80, 24)) as pilot:
        app.coaching.show(SAID)
        await pilot.pause()
        assert drawn(app.coaching) == expected


async def test_a_word_comes_and_goes_without_moving_anything() -> None:
    app = Room(37, 12)
    async with app.run_test(size=(80, 24)) as pilot:
        app.coaching.show(SAID)
        await pilot.pause()
        without = drawn(app.coaching)
        app.coaching.show(Coached("GO", SAID.setup, SAID.cues, SAID.rhythm))
        await pilot.pause()
        with_word = drawn(app.coaching)
        assert [line for line in with_word if line.strip() != "GO"] == [*without[:1], *without[2:]]
        assert without[1] == ""


async def test_the_bar_fills_by_itself() -> None:
    app = Room(37, 12)
    async with app.run_test(size=(80, 24)) as pilot:
        for through in (0, 7, RHYTHM_WIDTH, 0):
            app.coaching.show(Coached("", SAID.setup, SAID.cues, SAID.rhythm, through))
            await pilot.pause()
            (bar,) = (line for line in drawn(app.coaching) if "○" in line or "●" in line)
            assert bar.count("●") == through
            assert bar.count("○") == RHYTHM_WIDTH - through


TEXTS = st.text(st.sampled_from("ab •é你🙂\u200d\u0301\t\n"), max_size=60)


@given(
    st.builds(Coached, word=TEXTS, setup=TEXTS, cues=st.tuples(TEXTS, TEXTS), rhythm=TEXTS),
    st.integers(0, 40),
    st.integers(0, 20),
)
def test_any_text_gets_no_more_rows_than_there_are(said: Coached, width: int, height: int) -> None:
    rows = rows_of(said, width, height)
    assert len(rows) <= height
    assert all(cell_len(fitted(text, width)) <= width for text, _ in rows)


async def test_what_would_steer_the_terminal_is_not_drawn() -> None:
    app = Room(30, 12)
    async with app.run_test(size=(40, 20)) as pilot:
        app.coaching.show(Coached("G\x1b[31mO", "Sit\x07", ("Hold\x9b2J", "你\u202e🙂"), "up\x1b]0;x"))
        app.line.show("A\x1b[2J", "B\x1b")
        await pilot.pause()
        assert all(line.isprintable() for line in drawn(app.coaching) + drawn(app.line))


async def test_a_line_keeps_its_end_and_cuts_its_text() -> None:
    app = Room(12, 3)
    async with app.run_test(size=(40, 20)) as pilot:
        for text, end, expected in (
            ("Leg circuit", "1:20", "Leg ci… 1:20"),
            ("Hips", "1:20", "Hips    1:20"),
            ("Leg circuits too", "", "Leg circuit…"),
            ("Hips", "twelve and more", "twelve and …"),
        ):
            app.line.show(text, end)
            await pilot.pause()
            assert drawn(app.line) == [expected]
