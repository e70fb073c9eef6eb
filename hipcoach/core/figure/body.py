"""From angles to a body in space: forward kinematics."""

from __future__ import annotations

from msgspec import Struct

from hipcoach.core.figure import skeleton as bones
from hipcoach.core.figure.pose import ANGLES
from hipcoach.core.figure.vector import ORIGIN, Mat, Vec, add, rotation, times, turned, turned_back

DOWN: dict[str, Vec] = {
    "shoulder": (0.0, 0.0, -bones.UPPER_ARM),
    "elbow": (0.0, 0.0, -bones.FOREARM),
    "wrist": (0.0, 0.0, -bones.HAND),
    "hip": (0.0, 0.0, -bones.THIGH),
    "knee": (0.0, 0.0, -bones.SHIN),
}
"""From a joint to the next one, in the frame that the joint turns."""


class Body(Struct):
    """Where the points of a body are, and how each of its parts is turned.

    A part is called by the joint that moves it: "hip.left" is the left thigh, "ankle.left" the foot.
    """

    points: dict[str, Vec]
    turns: dict[str, Mat]

    def shift(self, way: Vec) -> None:
        """Move the whole body."""
        self.points = {name: add(point, way) for name, point in self.points.items()}

    def place_hand(self, side: str) -> None:
        """Put the fingers where the wrist and the hand's turn have them."""
        wrist = f"wrist.{side}"
        self.points[f"fingers.{side}"] = add(self.points[wrist], turned(self.turns[wrist], DOWN["wrist"]))

    def turn_foot(self, side: str, turn: Mat) -> None:
        """Turn a foot; its toes stay bent as they are."""
        foot, toes = f"ankle.{side}", f"toes.{side}"
        self.turns[toes] = times(turn, times(turned_back(self.turns[foot]), self.turns[toes]))
        self.turns[foot] = turn

    def place_foot(self, side: str) -> None:
        """Put heel and toes where the ankle and the turns of foot and toes have them."""
        points, foot = self.points, self.turns[f"ankle.{side}"]
        ankle = points[f"ankle.{side}"]
        points[f"heel.{side}"] = add(ankle, turned(foot, bones.HEEL))
        ball = points[f"toes.{side}"] = add(ankle, turned(foot, bones.BALL))
        points[f"tip.{side}"] = add(ball, turned(self.turns[f"toes.{side}"], bones.TIP))


def body_points(angles: tuple[float, ...], breath: float = 0.0) -> Body:
    """The body with these angles, the middle of its hips at the origin.

    `breath` lifts the shoulders, in body units.
    """
    at = dict(zip(ANGLES, angles, strict=True))
    points: dict[str, Vec] = {"pelvis": ORIGIN}
    pelvis = rotation(-at["pelvis.pitch"], at["pelvis.roll"], -at["pelvis.turn"])
    if at["pelvis.heading"]:
        pelvis = times(rotation(0.0, 0.0, -at["pelvis.heading"]), pelvis)
    half = rotation(-at["spine.bend"] / 2, at["spine.side"] / 2, -at["spine.turn"] / 2)
    waist = times(pelvis, half)
    chest = times(waist, half)
    head = times(chest, rotation(-at["neck.bend"], at["neck.side"], -at["neck.turn"]))
    turns = {"pelvis": pelvis, "waist": waist, "chest": chest, "head": head}
    points["waist"] = turned(pelvis, bones.WAIST)
    points["chest"] = add(points["waist"], turned(waist, bones.CHEST))
    points["neck"] = add(points["chest"], turned(chest, bones.NECK))
    points["head"] = add(points["neck"], turned(head, bones.HEAD))
    body = Body(points, turns)
    for side, out in (("left", -1.0), ("right", 1.0)):
        shoulder = turned(chest, (out * bones.SHOULDER_OUT, 0.0, bones.SHOULDERS_UP + breath))
        points[f"shoulder.{side}"] = add(points["chest"], shoulder)
        points[f"hip.{side}"] = turned(pelvis, (out * bones.HIP_OUT, 0.0, 0.0))
        _arm(body, at, side, out)
        _leg(body, at, side, out)
    return body


def _arm(body: Body, at: dict[str, float], side: str, out: float) -> None:
    points, turns = body.points, body.turns
    upper = times(turns["chest"], _ball(at, "shoulder", side, out))
    lower = times(upper, rotation(at[f"elbow.{side}"], 0.0, 0.0))
    hand = times(lower, rotation(0.0, 0.0, out * at[f"forearm.{side}"]))
    turns[f"shoulder.{side}"], turns[f"elbow.{side}"] = upper, lower
    turns[f"wrist.{side}"] = times(hand, rotation(-at[f"wrist.{side}"], 0.0, 0.0))
    elbow = add(points[f"shoulder.{side}"], turned(upper, DOWN["shoulder"]))
    points[f"elbow.{side}"] = elbow
    points[f"wrist.{side}"] = add(elbow, turned(lower, DOWN["elbow"]))
    body.place_hand(side)


def _leg(body: Body, at: dict[str, float], side: str, out: float) -> None:
    points, turns = body.points, body.turns
    upper = times(turns["pelvis"], _ball(at, "hip", side, out))
    lower = times(upper, rotation(-at[f"knee.{side}"], 0.0, 0.0))
    foot = times(lower, rotation(at[f"ankle.{side}"], out * at[f"inversion.{side}"], 0.0))
    turns[f"hip.{side}"], turns[f"knee.{side}"], turns[f"ankle.{side}"] = upper, lower, foot
    turns[f"toes.{side}"] = times(foot, rotation(at[f"toes.{side}"], 0.0, 0.0))
    knee = add(points[f"hip.{side}"], turned(upper, DOWN["hip"]))
    points[f"knee.{side}"] = knee
    points[f"ankle.{side}"] = add(knee, turned(lower, DOWN["knee"]))
    body.place_foot(side)


def _ball(at: dict[str, float], joint: str, side: str, out: float) -> Mat:
    name = f"{joint}.{side}"
    return rotation(at[f"{name}.flexion"], -out * at[f"{name}.abduction"], -out * at[f"{name}.rotation"])
