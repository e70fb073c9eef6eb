"""Drawings as terminal cells and as SVG: of lines made by hand, and some pictures as they are kept."""

from __future__ import annotations

import re
from colorsys import rgb_to_hls
from itertools import product
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from msgspec.structs import replace

from hipcoach.core.exercise import Side
from hipcoach.core.figure.acting import Showing, showing_of, showing_of_test
from hipcoach.core.figure.scene import Drawing, Frame, Ink
from hipcoach.drawing import svg
from hipcoach.drawing.canvas import draw, fitting
from hipcoach.drawing.characters import Characters, characters_for
from hipcoach.storage.bundled import bundled_self_tests, figure_ids, load_figure
from hipcoach.storage.catalog import bundled_catalog
from hipcoach.ui.themes import meanings

PICTURES = Path(__file__).parent / "pictures"
SVG = "{http://www.w3.org/2000/svg}"
SIZES = ((1, 1), (24, 10), (31, 17), (50, 25), (100, 40))
ODD = {"standing-leg-stretch": Characters.BLOCKS, "surfer-squat": Characters.ASCII}
"""Pictures that are not kept in braille."""
ON_THE_LEFT = {"fire-hydrant", "surfer-squat"}
"""Pictures that are kept of the left side: turned over, and mirrored because the sides take turns."""


def shown(name: str, side: Side | None = None) -> Showing:
    figure = load_figure(name)
    for test in bundled_self_tests().tests:
        if test.figure == name:
            return showing_of_test(test, figure, side)
    showing = showing_of(bundled_catalog().exercises[name], figure, side)
    assert showing is not None
    return showing


def swinging() -> Drawing:
    return shown("standing-leg-stretch").extremes("hinge")[1][1]


@pytest.mark.parametrize(("characters", "size"), [*product(Characters, SIZES)])
def test_a_picture_is_as_large_as_asked_for(characters: Characters, size: tuple[int, int]) -> None:
    rows = draw(swinging(), *size, characters)
    assert len(rows) == size[1]
    assert {sum(len(run.text) for run in row) for row in rows} == {size[0]}


@pytest.mark.parametrize("size", [(0, 5), (5, 0), (-1, 5)])
def test_no_room_is_no_picture(size: tuple[int, int]) -> None:
    assert draw(swinging(), *size) == []


def test_room_is_taken_only_as_needed() -> None:
    assert fitting(Frame(0.0, 0.0, 2.0, 0.5), 60, 40) == (60, 8)
    assert fitting(Frame(0.0, 0.0, 0.5, 1.0), 60, 20) == (20, 20)
    assert fitting(Frame(0.0, 0.0, 1.0, 1.0), 1, 1) == (1, 1)


@pytest.mark.parametrize("name", figure_ids())
def test_pictures_are_as_they_were(name: str) -> None:
    """Where a change is meant, remove the file, run this twice, and look at what has changed in it."""
    characters = ODD.get(name, Characters.BRAILLE)
    showing = shown(name, Side.LEFT if name in ON_THE_LEFT else None)
    pictures = [drawing for stage in showing.stages for _, drawing in showing.extremes(stage)]
    rows = [row for drawing in pictures for row in draw(drawing, *fitting(drawing.frame, 44, 18), characters)]
    rows += draw(pictures[0], 16, 8, characters)
    texts = ["".join(run.text for run in row).rstrip() for row in rows]
    inks = ["".join((run.ink or " ")[0] * len(run.text) for run in row).rstrip() for row in rows]
    drawn = "\n".join((*texts, *inks, ""))
    kept = PICTURES / f"{name}.txt"
    if not kept.exists():
        kept.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{kept} was not there, and is now")
    assert drawn == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("encoding", "environ", "on_windows", "characters"),
    [
        ("utf-8", {"TERM": "xterm-256color"}, False, Characters.BRAILLE),
        ("utf-8", {}, False, Characters.BRAILLE),
        ("UTF8", {"TERM": "dumb"}, False, Characters.BRAILLE),
        ("utf-8", {"TERM": "linux"}, False, Characters.BLOCKS),
        ("cp437", {"TERM": "xterm"}, False, Characters.BLOCKS),
        ("latin-1", {"TERM": "xterm"}, False, Characters.ASCII),
        ("ascii", {}, False, Characters.ASCII),
        ("no-such-encoding", {}, False, Characters.ASCII),
        ("utf-8", {}, True, Characters.BLOCKS),
        ("utf-8", {"WT_SESSION": "1"}, True, Characters.BRAILLE),
    ],
)
def test_the_finest_characters_that_are_likely_to_be_shown(
    encoding: str, environ: dict[str, str], on_windows: bool, characters: Characters
) -> None:
    assert characters_for(encoding, environ, on_windows=on_windows) is characters


@pytest.mark.parametrize(
    ("name", "side"),
    [("standing-leg-stretch", Side.LEFT), ("standing-leg-stretch", Side.RIGHT), ("quadruped-rockback", None)],
)
def test_svg_has_the_side_s_colour_and_the_titles_as_they_are(name: str, side: Side | None) -> None:
    showing = replace(shown(name, side), title="Rock & <roll>")
    root = Xml.fromstring(svg.sheet_svg([showing]))
    fills = {each.get("fill") for each in root.iter(f"{SVG}path")}
    assert fills >= {svg.ON_PAPER[Ink.NEAR], svg.ON_PAPER[Ink.FAR], svg.ON_PAPER[Ink.GROUND]}
    assert {each.get("stroke") for each in root.iter(f"{SVG}path")} == {None, svg.PAPER}
    assert (svg.SIDE_COLOURS[side] in fills) is (side is not None)
    title, *words = [each.text for each in root.iter(f"{SVG}text")]
    assert title == "Rock & <roll>"
    assert words[1:3] == ["middle", "end"]
    assert not re.search(r"nan|inf|\de-", svg.sheet_svg([showing]))


def hue(colour: str) -> float:
    return rgb_to_hls(*(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)))[0] * 360


@pytest.mark.parametrize("side", [*Side, None])
def test_the_sides_have_the_hues_of_the_session(side: Side | None) -> None:
    theme = meanings(dark=True)[f"side-{side.value if side else 'both'}"]
    assert hue(svg.SIDE_COLOURS[side]) == pytest.approx(hue(theme), abs=12)


def test_cards_neither_overlap_nor_leave_the_sheet() -> None:
    names = ("fire-hydrant", "standing-leg-stretch", "reverse-tabletop", "spiderman", "surfer-squat")
    root = Xml.fromstring(svg.sheet_svg([shown(name) for name in names], columns=3))
    whole = [float(root.get(side, "0")) for side in ("width", "height")]
    boxes = []
    for group in root.findall(f"{SVG}g"):
        x, y = map(float, re.findall(r"[\d.]+", group.get("transform", "")))
        rect = group.find(f"{SVG}rect")
        assert rect is not None
        boxes.append((x, y, x + float(rect.get("width", "0")), y + float(rect.get("height", "0"))))
    assert len(boxes) == 5
    assert all(0 < x < right < whole[0] and 0 < y < bottom < whole[1] for x, y, right, bottom in boxes)
    for one, other in product(boxes, boxes):
        if one is not other:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
