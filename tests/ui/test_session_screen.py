"""What can be read from two metres, at three sizes of the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Region

from hipcoach.core.choices import Timings
from hipcoach.core.plan import StepKind
from hipcoach.ui.session_view import MODE_WORDS, Mode, brief
from hipcoach.ui.widgets.dressed_lines import DressedLines
from hipcoach.ui.widgets.pixel_text import PixelText
from hipcoach.ui.widgets.session_display import SessionDisplay
from tests.ui.support import Coach, coach
from tests.ui.surroundings import real_catalog, services_below

SIZES = [(120, 40), (80, 24), (40, 12)]


def drawn_rows(it: Coach, name: str) -> int:
    """Rows of a big text that have a dot in them."""
    widget = it.display.query_one(f"#{name}", PixelText)
    return sum(1 for row in widget.rows(widget.size) if row.strip())


def colours(display: SessionDisplay, name: str) -> tuple[str, str]:
    """Of a part as it is drawn, at its left end: of what is written there and of what is behind it."""
    widget = display.query_one(f"#{name}", DressedLines)
    (strip,) = widget.render_lines(Region(0, 0, widget.size.width, 1))
    style = next(iter(strip)).style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    return style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex


def meaning(it: Coach, name: str) -> str:
    return it.app.theme_variables[name].lower()


MODE_COLOURS = {"work": "success", "prepare": "lead-in", "switch": "accent", "rest": "rest"}


@pytest.mark.parametrize("size", SIZES)
async def test_every_moment_shows_its_mode_side_and_count(tmp_path: Path, size: tuple[int, int]) -> None:
    async with coach(services_below(tmp_path), "routine", size=size) as it:
        expected = {
            0: ("prepare", "right", "RIGHT >"),
            1: ("work", "right", "RIGHT >"),
            2: ("switch", "left", "< LEFT"),
            3: ("work", "left", "< LEFT"),
            4: ("rest", "both", "BOTH"),
            6: ("work", "both", "BOTH"),
            8: ("prepare", "alternating", "ALTERNATE"),
        }
        for index, (mode, side, word) in expected.items():
            await it.go_to(index, 1.0)
            assert colours(it.display, "mode")[1] == meaning(it, MODE_COLOURS[mode])
            assert it.shown("mode") == MODE_WORDS[Mode(mode)]
            banner, named = ("side-both", side) if side == "alternating" else (f"side-{side}", side)
            filled = mode == "work" and named != "alternating"
            assert colours(it.display, "side")[1 if filled else 0] == meaning(it, banner)
            assert (colours(it.display, "side")[1] == meaning(it, "background")) is not filled
            assert it.shown("side") == word
            assert it.shown("count") != ""
            assert it.display.query_one("#side").display
            assert it.display.query_one("#side").size.height >= 1
        await it.press("space")
        assert colours(it.display, "mode")[1] == meaning(it, "error")
        assert it.shown("mode") == "PAUSED"


async def test_the_side_of_an_alternating_set_changes_with_every_rep(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(9, 0.5)
        seen = []
        for _ in range(4):
            seen.append((it.shown("side"), colours(it.display, "side")[1]))
            await it.pass_time(2.0) if len(seen) < 4 else None
        right, left = meaning(it, "side-right"), meaning(it, "side-left")
        assert seen == [("RIGHT >", right), ("< LEFT", left)] * 2


async def test_the_count_is_at_least_a_fifth_of_the_screen(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog()), "four-movements") as it:
        least = it.app.size.height / 5
        assert least == 8
        seen = set()
        while it.step.index < 16:
            await it.settle()
            kind = it.step.kind
            seen.add(kind)
            assert it.display.query_one("#count").size.height >= least
            assert drawn_rows(it, "count") >= least, (kind, it.shown("count"))
            await it.go_to(it.step.index, it.live.session.length / 2)
            assert drawn_rows(it, "count") >= least, (kind, it.shown("count"))
            await it.go_to(it.step.index + 1)
        assert {StepKind.WARMUP, StepKind.PREPARE, StepKind.REPS, StepKind.HOLD, StepKind.SWITCH} <= seen


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_is_pushed_off_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog()), "nine-drills", size=size) as it:
        for index in (0, 1, 3):
            await it.go_to(index, 1.0)
            for name in ("side", "count", "mode", "unit", "next", "title", "name"):
                region = it.display.query_one(f"#{name}").region
                assert region.height >= 1, name
                assert region.bottom <= size[1], name
                assert region.right <= size[0], name


async def test_it_says_what_how_much_and_what_comes_next(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        assert it.shown("name") == "Clam"
        assert "4 reps" in it.shown("what")
        assert "the leg that moves" in it.shown("what")
        assert "set 1 of 4" in it.shown("title")
        assert it.shown("left").startswith("1:33 left")
        await it.go_to(1, 2.5)
        assert (it.shown("count"), it.shown("unit")) == ("2", "of 4 reps")
        assert it.shown("next") == "NEXT  Clam · left · 4 reps"
        assert "out" in it.shown("rhythm")
        await it.go_to(3)
        assert it.shown("next") == "NEXT  rest 10 s"
        await it.go_to(6, 5.5)
        assert (it.shown("count"), it.shown("unit")) == ("15", "seconds to hold")
        await it.go_to(9)
        assert it.shown("next") == "NEXT  the end"


async def test_suggested_doses_are_shown_as_suggestions(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog()), "desk-break") as it:
        assert "10 reps (suggested)" in it.shown("what")


async def test_a_round_is_shown_where_there_are_several(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog()), "leg-circuit") as it:
        assert "round 1 of 3 · set 1 of 36" in it.shown("title")


async def test_without_lead_ins_and_switches_the_session_begins_with_work(tmp_path: Path) -> None:
    timings = Timings(lead_in=0, lead_in_new_position=0, switch=0)
    async with coach(services_below(tmp_path, timings=timings), "short") as it:
        assert colours(it.display, "mode")[1] == meaning(it, "success")
        assert it.live.session.plan.total_seconds == 16
        assert it.shown("next") == "NEXT  Clam · left · 4 reps"
        await it.pass_time(8.5)
        assert it.shown("side") == "< LEFT"
        assert it.shown("cue-word") == "OTHER SIDE"


async def test_the_warm_up_is_followed_by_the_first_exercise(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog()), "four-movements") as it:
        assert colours(it.display, "mode")[1] == meaning(it, "lead-in")
        first = next(step for step in it.live.session.plan.steps if step.is_work)
        assert it.shown("next") == f"NEXT  {brief(first)}"
        assert it.shown("name") == "Warm up"


async def test_another_theme_colours_everything_anew(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 1.0)
        dark = {
            name: colours(it.display, name) for name in ("mode", "side", "count", "title", "coaching", "step")
        }
        it.app.theme = "hipcoach-light"
        await it.settle()
        light = {name: colours(it.display, name) for name in dark}
        assert all(light[name][1] != dark[name][1] for name in dark)
        assert light["mode"][1] == meaning(it, "success")
        assert light["side"][1] == meaning(it, "side-right")
        assert light["count"][1] == meaning(it, "background")


async def test_a_set_made_longer_or_shorter_says_what_it_was(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.press("plus")  # of a lead-in
        assert "4 reps ·" in it.shown("what")
        await it.go_to(1, 1.0)
        await it.press("plus")
        assert (it.shown("what").split(" · ")[0], it.shown("unit")) == ("5 reps instead of 4", "of 5 reps")
        await it.press("minus")
        assert it.shown("what").startswith("4 reps ·")
        await it.go_to(6, 1.0)
        assert it.shown("what").startswith("20 s")
        await it.press("plus", "space")
        assert it.shown("what").startswith("25 s instead of 20")
