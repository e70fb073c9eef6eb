"""How far each joint goes, in degrees.

From the norms of the American Academy of Orthopaedic Surgeons as in Norkin & White, "Measurement of Joint
Motion", widened where weight or a hand takes a joint further than it goes by itself: hip and knee in deep
squats and kneeling, and the ankle under load, after Hemmerich and others (2006, J Orthop Res 24:770), the
wrist and toes that bear weight, and the shoulder behind the trunk, which the shoulder blade takes to a right
angle when one leans on the hands (by itself it goes to 60).
"""

from __future__ import annotations

RANGES: dict[str, tuple[float, float]] = {
    "spine.bend": (-30.0, 85.0),
    "spine.side": (-35.0, 35.0),
    "spine.turn": (-45.0, 45.0),
    "neck.bend": (-60.0, 50.0),
    "neck.side": (-45.0, 45.0),
    "neck.turn": (-80.0, 80.0),
    "shoulder.flexion": (-95.0, 185.0),
    "shoulder.abduction": (-45.0, 180.0),
    "shoulder.rotation": (-90.0, 95.0),
    "elbow": (0.0, 150.0),
    "forearm": (0.0, 180.0),
    "wrist": (-80.0, 95.0),
    "hip.flexion": (-25.0, 135.0),
    "hip.abduction": (-32.0, 60.0),
    "hip.rotation": (-47.0, 65.0),
    "knee": (0.0, 160.0),
    "ankle": (-52.0, 40.0),
    "inversion": (-22.0, 37.0),
    "toes": (-40.0, 90.0),
}
"""By angle, the same for both sides; the pelvis turns freely in space."""

TOLERANCE = 2.0
"""Degrees beyond its range that a joint may be: what nobody sees, and rounding."""
