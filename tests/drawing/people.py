"""Drawings to try a canvas on: people made by hand, roughly, in body units."""

from __future__ import annotations

from hipcoach.core.figure.drawing import Disc, Drawing, Frame, Ink, Line, Point2, Shape

FRAME = Frame(-0.6, -0.02, 0.6, 1.05)
TRUNK = (0.075, 0.06)
UPPER_ARM, FOREARM = (0.033, 0.026), (0.026, 0.018)
THIGH, SHIN, FOOT = (0.055, 0.038), (0.036, 0.024), (0.022, 0.016)


def limb(
    part: str, points: list[Point2], widths: list[tuple[float, float]], ink: Ink, depth: float
) -> list[Shape]:
    """Lines from joint to joint."""
    pairs = zip(points, points[1:], widths, strict=False)
    return [Line(start, end, first, last, ink, depth, part) for start, end, (first, last) in pairs]


def floor(frame: Frame = FRAME) -> Line:
    return Line((frame.left, 0.0), (frame.right, 0.0), 0.004, 0.004, Ink.GROUND, 1.0)


def swinging() -> Drawing:
    """From the side: the near leg, which works, swings forward; the far arm is held to a wall."""
    hip, neck = (0.0, 0.53), (0.0, 0.80)
    return Drawing(
        (
            floor(),
            Line((0.45, 0.0), (0.45, 1.0), 0.004, 0.004, Ink.PROP, 0.9),
            *limb("arm.left", [(0.0, 0.78), (0.15, 0.68), (0.43, 0.75)], [UPPER_ARM, FOREARM], Ink.FAR, 0.2),
            *limb(
                "leg.left", [hip, (0.01, 0.285), (0.0, 0.05), (0.11, 0.02)], [THIGH, SHIN, FOOT], Ink.FAR, 0.1
            ),
            Line(hip, neck, *TRUNK, Ink.NEAR, 0.0, "trunk"),
            Line(neck, (0.01, 0.92), 0.03, 0.03, Ink.NEAR, 0.0, "head"),
            Disc((0.01, 0.94), 0.062, Ink.NEAR, 0.0, "head"),
            *limb(
                "leg.right",
                [hip, (0.2, 0.4), (0.3, 0.18), (0.4, 0.22)],
                [THIGH, SHIN, FOOT],
                Ink.WORKING,
                -0.1,
            ),
            *limb(
                "arm.right", [(0.0, 0.78), (-0.04, 0.6), (0.03, 0.45)], [UPPER_ARM, FOREARM], Ink.NEAR, -0.2
            ),
        ),
        FRAME,
    )


def crossing() -> Drawing:
    """A near limb that crosses a far one in the middle, and nothing else."""
    return Drawing(
        (
            Line((-0.4, 0.5), (0.4, 0.5), 0.05, 0.05, Ink.FAR, 0.2, "leg.left"),
            Line((0.0, 0.9), (0.0, 0.1), 0.05, 0.05, Ink.NEAR, 0.0, "leg.right"),
        ),
        FRAME,
    )


def squatting() -> Drawing:
    """From the side, deep down: thigh and shin lie close to each other, arms overhead."""
    hip, neck = (-0.18, 0.24), (0.02, 0.44)
    leg: list[Point2] = [hip, (0.07, 0.27), (-0.05, 0.05), (0.06, 0.02)]
    arm: list[Point2] = [(0.0, 0.42), (0.07, 0.6), (0.12, 0.78)]
    far = [(x + 0.02, y) for x, y in leg]
    return Drawing(
        (
            floor(),
            *limb("leg.left", far, [THIGH, SHIN, FOOT], Ink.FAR, 0.1),
            *limb("arm.left", [(x + 0.03, y) for x, y in arm], [UPPER_ARM, FOREARM], Ink.FAR, 0.1),
            Line(hip, neck, *TRUNK, Ink.NEAR, 0.0, "trunk"),
            Disc((0.09, 0.55), 0.062, Ink.NEAR, 0.0, "head"),
            *limb("leg.right", leg, [THIGH, SHIN, FOOT], Ink.WORKING, -0.1),
            *limb("arm.right", arm, [UPPER_ARM, FOREARM], Ink.NEAR, -0.2),
        ),
        FRAME,
    )


def facing() -> Drawing:
    """From the front: arms and legs apart, the right leg lifted to the side."""
    shapes: list[Shape] = [floor()]
    for side, way, ink in (("left", -1, Ink.NEAR), ("right", 1, Ink.WORKING)):
        foot = 0.3 if way > 0 else 0.1
        leg: list[Point2] = [(0.05 * way, 0.52), (foot / 2 * way, 0.29), (foot * way, 0.06)]
        arm: list[Point2] = [(0.12 * way, 0.8), (0.18 * way, 0.63), (0.2 * way, 0.47)]
        shapes += limb(f"leg.{side}", leg, [THIGH, SHIN], ink, 0.0)
        shapes += limb(f"arm.{side}", arm, [UPPER_ARM, FOREARM], Ink.NEAR, 0.0)
    shapes += [
        Line((0.0, 0.54), (0.0, 0.78), 0.08, 0.1, Ink.NEAR, 0.0, "trunk"),
        Disc((0.0, 0.94), 0.062, Ink.NEAR, 0.0, "head"),
    ]
    return Drawing(tuple(shapes), FRAME)


ALL = {"swinging": swinging, "crossing": crossing, "squatting": squatting, "facing": facing}
