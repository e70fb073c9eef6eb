"""The words of this program and of the articles, each in a line."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "rep": "one complete movement, from the starting pose and back to it",
    "set": "the reps, or the hold, that are done in one go",
    "hold": "staying in a stretch, counted in seconds",
    "tempo": "how many seconds each part of a rep takes",
    "rest": "a pause between exercises or rounds",
    "circuit": "several exercises done one after the other",
    "round": "once through a circuit",
    "dose": "how much: reps, seconds, rounds",
    "unilateral": "one side at a time; both sides together is bilateral",
    "lead-in": "the seconds in which you get ready",
    "switch": "the change to the other side",
    "direction": "which way round a circle or a turn goes; a change of it is announced",
    "cue": "one thing that is sounded, said or shown to you",
    "quadruped": "on hands and knees",
    "supine": "lying on the back",
    "half-kneeling": "one knee on the floor, the other foot in front",
    "level": "which end of a range is done: low, middle or high",
    "paced": "the coach ticks each rep; at your own pace you press enter when a set is done",
    "suggested": "a number the source does not give; it is ours, and the plan says where it comes from",
    "streak": "weeks in a row in which you reached your goal of days, or days in a row",
}
