"""The shapes of a drawing as SVG elements, in body units, y down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from hipcoach.core.exercise import Side
from hipcoach.core.figure.drawing import Drawing, Ink, Line, Shape
from hipcoach.drawing import colours
from hipcoach.drawing.joints import BODY, LIVING, Limb, Spot, limbs_of, part_of
from hipcoach.drawing.outline import SEAM, outline, seam, stub


def figure_svg(drawing: Drawing, side: Side | None) -> str:
    """One moment; the working limb is in the side's colour."""
    inks = {**colours.ON_PAPER, Ink.WORKING: colours.working_colour(side)}
    return "".join(_Painter(drawing.shapes, inks).elements())


class _Painter:
    def __init__(self, shapes: Sequence[Shape], inks: dict[Ink, str]) -> None:
        self._shapes = shapes
        self._inks = inks
        self._limbs = limbs_of(shapes)

    def elements(self) -> Iterator[str]:
        """Everything from far to near."""
        has_body = False
        for part, batch in groupby(enumerate(self._shapes), key=lambda pair: part_of(*pair)):
            numbered = list(batch)
            if part in BODY and not has_body:
                # All of it at once, or parts of the trunk would be set off from each other.
                has_body = True
                yield from self._seam_of_body(numbered[0][0])
            limb = self._limbs.get(part)
            if limb is not None:
                yield from self._limb(numbered, limb)
            else:
                yield from (self._fill(shape) for _, shape in numbered)

    def _seam_of_body(self, behind: int) -> Iterator[str]:
        for shape in self._shapes:
            if shape.part in BODY and shape.ink in LIVING:
                yield _seam(outline(shape))
        for number, shape in enumerate(self._shapes[:behind]):
            limb = self._limbs.get(shape.part)
            if limb is not None and number in limb.long_bones and _starts_at(shape, limb.root):
                yield self._fill(stub(shape) if isinstance(shape, Line) else shape)

    def _limb(self, numbered: Sequence[tuple[int, Shape]], limb: Limb) -> Iterator[str]:
        joints = (limb.root, *limb.joints)
        for number, shape in numbered:
            if number not in limb.long_bones:
                yield _seam(seam(shape, joints))
        for number, shape in numbered:
            if number in limb.long_bones:
                yield _seam(seam(shape, joints))
            yield self._fill(shape)

    def _fill(self, shape: Shape) -> str:
        return f'<path d="{outline(shape)}" fill="{self._inks[shape.ink]}"/>'


def _starts_at(shape: Shape, spot: Spot) -> bool:
    return isinstance(shape, Line) and shape.start == spot.centre


def _seam(path: str) -> str:
    if not path:
        return ""
    return f'<path d="{path}" fill="none" stroke="{colours.PAPER}" stroke-width="{2 * SEAM:g}"/>'
