"""The skeleton: its joints, how long and how thick its parts are.

Everything in body units, 1 = standing height. Lengths after Drillis & Contini as in Winter, "Biomechanics and
Motor Control of Human Movement" (shoulder .818, hip .530, knee .285 and ankle .039 above the ground; upper
arm .186, forearm .146, hand .108, foot .152); several others quote these numbers from there, the book itself
was not at hand. What they do not give (where the spine bends, how far the joint centres lie inside the
shoulders and hips, how thick a limb is drawn) is ours, to look like a person.
"""

from __future__ import annotations

from hipcoach.core.figure.vector import Vec

SIDES = ("left", "right")

THIGH = 0.245
SHIN = 0.246
UPPER_ARM = 0.186
FOREARM = 0.146
HAND = 0.092

HIP_OUT = 0.053
SHOULDER_OUT = 0.100
WAIST: Vec = (0.0, 0.0, 0.085)
"""From the middle of the hips, in the pelvis: where the lower half of the spine's bend happens."""
CHEST: Vec = (0.0, 0.0, 0.105)
"""From the waist: where the upper half happens."""
SHOULDERS_UP = 0.098
"""From the chest to the height of the shoulders; 0.288 from the hips."""
NECK: Vec = (0.0, 0.0, 0.112)
HEAD: Vec = (0.0, 0.006, 0.103)
"""From the neck's base to the middle of the head, whose top is at 1.0."""

HEEL: Vec = (0.0, -0.030, -0.021)
BALL: Vec = (0.0, 0.066, -0.025)
"""From the ankle to the ball of the foot, where the toes bend."""
TIP: Vec = (0.0, 0.029, -0.003)
"""From the ball to the tip of the toes."""

RADII = {
    "pelvis": 0.060,
    "waist": 0.053,
    "chest": 0.060,
    "neck": 0.030,
    "head": 0.058,
    "shoulder": 0.036,
    "elbow": 0.026,
    "wrist": 0.019,
    "fingers": 0.012,
    "hip": 0.056,
    "knee": 0.038,
    "ankle": 0.024,
    "heel": 0.018,
    "toes": 0.014,
    "tip": 0.011,
}
"""Half the thickness at each point of the body. A point on the ground is this high above it."""


def radius(point: str) -> float:
    """Half the thickness of the body at a point such as "knee.left"."""
    return RADII[point.partition(".")[0]]
