"""Running a session as the screen does: ask for the cues of a stretch, advance, give commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from hipcoach.core.cues import Cue, TimedCue, cues_due
from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.errors import IllegalCommandError

Command = Callable[[Session, float], Session]
COMMANDS: dict[str, Command] = {
    "pause": Session.pause,
    "resume": Session.resume,
    "skip": Session.skip,
    "hurts": Session.hurts,
    "drop": Session.drop,
    "bring back": Session.bring_back,
    "back": Session.back,
    "restart": Session.restart,
    "plus": lambda session, at: session.add(at, 5.0),
    "minus": lambda session, at: session.add(at, -5.0),
    "complete": Session.complete,
    "finish": Session.finish,
}
Script = Sequence[tuple[float, str]]
"""(time, name of a command), in order of time."""


def run(
    plan: Plan, script: Script = (), until: float = 1e5, ticks: Iterable[float] = (), look_ahead: float = 0.0
) -> tuple[Session, list[TimedCue]]:
    """The session at `until` and every cue before it.

    At each tick, cues are asked for up to `look_ahead` seconds ahead and the session is advanced. A command
    takes back what was promised from then on. Illegal commands are left out.
    """
    session = Session.begin(plan, 0.0)
    heard: list[TimedCue] = []
    asked = 0.0
    happenings = [(at, 0, name) for at, name in script] + [(at, 1, "") for at in ticks]
    for at, _, name in sorted(each for each in happenings if each[0] < until):
        ahead = at if name else min(at + look_ahead, until)
        if ahead > asked:
            heard += cues_due(session, asked, ahead)
            asked = ahead
        if not name:
            session = session.advance(at)
            continue
        heard = [cue for cue in heard if cue.due < at]
        asked = at
        try:
            session = COMMANDS[name](session, at)
        except IllegalCommandError:
            continue
    heard += cues_due(session, asked, until)
    return session.advance(until), heard


def sounds(plan: Plan, script: Script = (), until: float = 1e5) -> list[tuple[float, Cue]]:
    """What is heard of a session, as (time, cue)."""
    return [(round(cue.due, 6), cue.cue) for cue in run(plan, script, until)[1]]
