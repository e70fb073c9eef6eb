"""A session as the app runs it, in a process of its own.

`python -m tests.audio.session_run BACKEND HOME` drives the real runner on the real clock and tells
on standard output, as JSON, what should have been heard. The main thread stands in for the app's event loop;
it is held up for a second in mid-session.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from threading import Event

from msgspec.structs import replace

from hipcoach.audio.backends import open_sounds
from hipcoach.core.choices import Choices, Timings
from hipcoach.core.compile import compile_plan
from hipcoach.core.cues import TimedCue, cues_due
from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.live.session_runner import SessionRunner
from tests.audio.listening import SOUNDS
from tests.audio.recorder import RATE
from tests.support import a_plan
from tests.ui.surroundings import real_catalog, services_below

TICK = 0.1
STALL = 1.0
CLEAR = 0.3
"""Seconds without a sound around a command: what was begun before it must not count as taken back."""

Command = Callable[[Session, float], Session]


def short_plan() -> Plan:
    """One exercise of a bundled routine, both sides: lead-in, reps, hold, switch, reps, hold."""
    catalog = real_catalog()
    choices = Choices(tempo=Fraction(1, 4), timings=Timings(3, 3, 3, 0), warmup=False)
    plan = compile_plan(catalog.routines["four-movements"], catalog, choices)
    first = next(step.index for step in plan.steps if step.is_work and step.side and step.side != "both")
    return replace(plan, steps=a_plan(*plan.steps[first - 1 : first + 5]).steps)


class Run:
    """A session in progress and everything that should be heard of it."""

    def __init__(self, backend: str, home: Path, plan: Plan) -> None:
        services = services_below(home, catalog=real_catalog())
        services.clock = time.monotonic
        services.keep_awake = None
        services.sounds = open_sounds(backend, os.environ, bell=None)
        self.sounds = services.sounds
        self.runner = SessionRunner(services, plan, {})
        self.sounds.set_volume(1.0)
        self.begun = self.runner.session
        """The state after the last command, which all that is heard until the next follows from."""
        self.since = time.monotonic()
        self.expected: list[TimedCue] = []
        self.taken_back = 0
        self.pause = Event()

    def tick_until(self, condition: Callable[[float], bool]) -> None:
        while not condition(time.monotonic()) and not self.runner.session.is_over:
            self.pause.wait(TICK)
            assert not self.runner.tick(), "time was lost"

    def clear(self, now: float) -> bool:
        """Whether nothing sounds now or soon, but something has been handed over that can be taken back."""
        around = list(cues_due(self.begun, now - 2.5, now + 1.8))
        sounding = [
            cue for cue in around if now - CLEAR - len(SOUNDS[cue.cue]) / RATE < cue.due < now + CLEAR
        ]
        return not sounding and any(cue.due > now for cue in around)

    def apply(self, command: Command) -> None:
        now = time.monotonic()
        self.expected += cues_due(self.begun, self.since, now)
        self.taken_back += sum(1 for _ in cues_due(self.begun, now, now + 1.8))
        self.runner.apply(command)
        self.begun, self.since = self.runner.session, now

    def pause_for(self, seconds: float) -> None:
        self.apply(Session.pause)
        end = time.monotonic() + seconds
        self.tick_until(lambda now: now > end)
        self.apply(Session.resume)

    def in_step(self, index: int, seconds: float) -> Callable[[float], bool]:
        """Whether so much of a step has passed, at a clear moment."""

        def reached(now: float) -> bool:
            session = self.runner.session
            return session.index == index and session.elapsed(now) >= seconds and self.clear(now)

        return reached

    def stall(self) -> None:
        """Hold up this thread, and every other of this process as far as that goes."""
        end = time.monotonic() + STALL
        while time.monotonic() < end:
            pass

    def finish(self) -> list[TimedCue]:
        self.expected += cues_due(self.begun, self.since, math.inf)
        status = self.sounds.status
        assert status.working, status.reason
        self.sounds.rest()
        self.pause.wait(self.expected[-1].due + 2.0 - time.monotonic())
        self.sounds.close()
        return self.expected


def play(run: Run) -> None:
    """Pause and go on in the first hold, skip the switch, be held up in the next set, skip what is left."""
    hold = next(step.index for step in run.runner.session.plan.steps if step.kind == "hold")
    run.tick_until(run.in_step(hold, 0.7))
    run.pause_for(1.0)
    run.tick_until(run.in_step(hold + 1, 0.5))
    run.apply(Session.skip)
    run.tick_until(lambda now: run.runner.session.elapsed(now) > 0.6)
    run.stall()
    run.tick_until(run.in_step(hold + 2, 2.0))
    run.apply(Session.skip)
    run.tick_until(lambda now: False)


def main() -> None:
    backend, home = sys.argv[1:]
    run = Run(backend, Path(home), short_plan())
    play(run)
    expected = run.finish()
    print(json.dumps({"taken_back": run.taken_back, "cues": [(cue.cue.value, cue.due) for cue in expected]}))


if __name__ == "__main__":
    main()
