"""The side during a set: letters on a banner that is seen all around them, in every size and theme."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.style import Style
from textual.geometry import Region, Size

from hipcoach.core.plan import StepSide
from hipcoach.storage.settings import LookSettings
from hipcoach.ui.widgets.pixel_text import PixelText, dot_rows, largest_scale
from tests.ui.support import Coach, coach
from tests.ui.surroundings import real_catalog, services_below

SIZES = [
    *((200, 60), (120, 40), (120, 34), (100, 33), (80, 24), (80, 22), (60, 20), (60, 18), (80, 16)),
    *((80, 15), (40, 12), (30, 11), (30, 8), (20, 6)),
]
THEMES = ["hipcoach-dark", "hipcoach-light", "nord", "textual-light", "dracula", "ansi-dark", "ansi-light"]
Cell = tuple[str, Style]


def drawn(widget: PixelText) -> list[list[Cell]]:
    """What a widget draws, cell by cell."""
    lines = widget.render_lines(Region(0, 0, *widget.size))
    return [[(sign, style or Style()) for text, style, _ in line for sign in text] for line in lines]


def check_banner(it: Coach, word: str) -> None:
    side = it.display.query_one("#side", PixelText)
    assert side.text == word
    assert it.display.region.contains_region(side.region)
    rows = drawn(side)
    lettered = [place for place, row in enumerate(rows) if any(sign != " " for sign, _ in row)]
    assert lettered
    colour = it.app.theme_variables[f"side-{'left' if 'LEFT' in word else 'right'}"].lower()
    for place in lettered:
        for row in (rows[place - 1] if place else None, rows[place + 1] if place + 1 < len(rows) else None):
            assert row is not None, "letters as high as the banner"
            grounds = {style.bgcolor.get_truecolor().hex for _, style in row if style.bgcolor}
            assert grounds == {colour}
    for free in (rows[lettered[0] - 1], rows[lettered[-1] + 1]):
        assert all(sign == " " for sign, _ in free)


@pytest.mark.parametrize("size", [(120, 40), (30, 11)], ids=lambda size: "x".join(map(str, size)))
async def test_the_banner_is_seen_above_and_below_its_letters(tmp_path: Path, size: tuple[int, int]) -> None:
    async with coach(services_below(tmp_path), "routine", size=size) as it:
        await it.go_to(1, 1.0)
        for theme in THEMES:
            it.app.theme = theme
            await it.settle()
            check_banner(it, "RIGHT >")
        # Also while a set that was paused is counted in again.
        await it.press("space", "space")
        assert it.live.session.is_counting_in(it.clock.now)
        check_banner(it, "RIGHT >")
        await it.go_to(3, 1.0)
        assert it.step.side is StepSide.LEFT
        check_banner(it, "< LEFT")


async def test_name_side_mode_and_count_have_room_at_every_size(tmp_path: Path) -> None:
    services = services_below(tmp_path, catalog=real_catalog())
    services.settings = replace(services.settings, look=LookSettings(theme="nord"))
    async with coach(services, "leg-circuit") as it:
        await it.go_to(1, 1.0)
        for width, height in SIZES:
            await it.resize(width, height)
            check_banner(it, "RIGHT >")
            regions = [it.display.query_one(f"#{name}").region for name in ("name", "side", "mode", "count")]
            assert all(it.display.region.contains_region(region) and region.area for region in regions)
            assert all(not one.overlaps(other) for one in regions for other in regions if one is not other)
            if height >= 12:
                count = it.display.query_one("#count", PixelText)
                assert len(count.rows(count.size)) >= 3


def test_large_letters_have_strokes_wider_than_the_gaps_between_them() -> None:
    for scale in (2, 3, 4):
        for row in dot_rows("LEFT RIGHT 0123456789", scale):
            runs = ["".join(run) for _, run in groupby(row.strip("."))]
            assert all(len(run) > scale for run in runs if run[0] == "#")
        hollow = dot_rows("0", scale)[scale * 2]
        assert len(hollow.rstrip(".").replace("#", "")) <= scale - scale // 2


def test_what_is_said_to_fit_does() -> None:
    text = PixelText("RIGHT >", most=4, free=1)
    scales = set()
    for width in range(1, 130):
        assert all(len(row) <= width for row in text.rows(Size(width, 12)))
        scale = largest_scale("RIGHT >", width, 10, 4)
        scales.add(scale)
        assert scale == 0 or len(dot_rows("RIGHT >", scale)[0]) <= width
    assert scales == {0, 1, 2, 3, 4}
