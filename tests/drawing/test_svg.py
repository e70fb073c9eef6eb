from __future__ import annotations

import re
from itertools import product
from xml.etree import ElementTree as Xml

import pytest

from hipcoach.core.exercise import Side
from hipcoach.core.figure.drawing import Disc, Drawing, Frame, Ink, Line
from hipcoach.drawing import colours
from hipcoach.drawing.joints import Spot
from hipcoach.drawing.outline import outline, seam, stub
from hipcoach.drawing.svg import Card, Picture, sheet_svg
from tests.drawing import people

SVG = "{http://www.w3.org/2000/svg}"


def card(title: str = "Swing", side: Side | None = Side.RIGHT, rows: int = 1) -> Card:
    return Card(
        title, ((Picture(people.swinging(), "start"), Picture(people.squatting(), "end")),) * rows, side
    )


def read(text: str) -> Xml.Element:
    return Xml.fromstring(text)


def fills(root: Xml.Element) -> set[str]:
    return {each.get("fill", "") for each in root.iter(f"{SVG}path")}


@pytest.mark.parametrize("side", [*Side, None])
def test_the_working_limb_has_the_side_s_colour(side: Side | None) -> None:
    found = fills(read(sheet_svg([card(side=side)])))
    assert found == {*colours.ON_PAPER.values(), colours.working_colour(side), "none"}


def test_titles_and_words_are_written_as_they_are() -> None:
    root = read(sheet_svg([card("Rock & <roll>")]))
    assert [each.text for each in root.iter(f"{SVG}text")] == ["Rock & <roll>", "start", "end"]


def test_cards_neither_overlap_nor_leave_the_sheet() -> None:
    root = read(sheet_svg([card(rows=rows) for rows in (1, 3, 2, 1, 1)], columns=3))
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


def test_a_sheet_of_nothing_is_a_picture() -> None:
    assert read(sheet_svg([])).tag == f"{SVG}svg"


def test_a_limb_in_front_has_a_seam_and_things_have_none() -> None:
    root = read(sheet_svg([Card("", ((Picture(people.crossing()),),), None)]))
    assert [each.get("stroke") for each in root.iter(f"{SVG}path") if each.get("stroke")] == [
        colours.PAPER
    ] * 2
    only_floor = Drawing((people.floor(),), people.FRAME)
    root = read(sheet_svg([Card("", ((Picture(only_floor),),), None)]))
    assert not [each for each in root.iter(f"{SVG}path") if each.get("stroke")]


LINE = Line((0.0, 0.0), (0.0, 1.0), 0.2, 0.1, Ink.NEAR, 0.0)


def test_an_outline_runs_round_both_ends() -> None:
    path = outline(LINE)
    assert path.count("A") == 2
    assert path.endswith("Z")
    assert path.count("A0.2 0.2 0 1 1") == 1
    assert path.count("A0.1 0.1 0 0 1") == 1


def test_an_end_within_the_other_makes_a_circle() -> None:
    inside = Line((0.0, 0.0), (0.05, 0.0), 0.2, 0.1, Ink.NEAR, 0.0)
    assert outline(inside) == outline(Disc((0.0, 0.0), 0.2, Ink.NEAR, 0.0))


def test_a_seam_leaves_joints_out() -> None:
    start, end = Spot(LINE.start, 0.2), Spot(LINE.end, 0.1)
    assert [seam(LINE, joints).count("A") for joints in ((), (start,), (end,), (start, end))] == [2, 1, 1, 0]
    short = Line((0.0, 0.0), (0.0, 0.12), 0.2, 0.1, Ink.NEAR, 0.0)
    assert seam(short, (start,)) == ""


def test_the_stub_of_a_line_is_its_beginning() -> None:
    beginning = stub(LINE)
    assert beginning.start == LINE.start
    assert 0.2 < beginning.end[1] < 0.3
    assert 0.17 < beginning.end_radius < 0.2


def test_all_numbers_are_plain() -> None:
    text = sheet_svg([Card("", ((Picture(Drawing(people.facing().shapes, Frame(0, 0, 0, 0))),),), None)])
    assert not re.search(r"nan|inf|\de-", text)
