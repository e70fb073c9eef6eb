"""How far each joint goes, in degrees.

Around the norms of the American Academy of Orthopaedic Surgeons. Compared with a table of them by the
publisher of Norkin & White, "Measurement of Joint Motion": shoulder (180 forward, 60 back, 180 out, turned
90 and 70), elbow (150), forearm (80 each way) and wrist (80 and 70). Compared with what others quote: the
trunk (80 and 25, 35, 45), the ankle (20 and 50, sole 35 and 15) and the knee (135). Neck, hip and toes are
rounded from what textbooks give and were not checked against one.

Wider than these where weight or a hand takes a joint further than it goes by itself; how much wider is our
own judgement. For deep squats Hemmerich and others (2006, doi:10.1002/jor.20114) measured knees of 157 on
average with the heels up, and hips of 95 with the heels down, with a standard deviation of 27. The shoulder
blade takes the arm behind the trunk to a right angle when one leans on the hands.
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
