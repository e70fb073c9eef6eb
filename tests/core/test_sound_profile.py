from __future__ import annotations

from hipcoach.core.cues import Cue, SoundProfile, is_heard


def test_sparse_keeps_what_begins_and_ends_work() -> None:
    heard = {cue for cue in Cue if is_heard(cue, SoundProfile.SPARSE)}
    assert {Cue.START, Cue.SWITCH, Cue.DIRECTION, Cue.HOLD_END, Cue.SESSION_DONE} <= heard
    # The end of a set of reps is heard by what comes after it.
    assert {Cue.LEAD_IN, Cue.REST} <= heard
    assert set(Cue) - heard == {Cue.COUNT, Cue.TICK, Cue.LAST_TICK, Cue.HALFWAY, Cue.ROUND_DONE}
