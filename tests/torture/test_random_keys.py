"""Keys at random, in every screen, with time passing, resizing and starting anew: the app never breaks.

HIPCOACH_TORTURE is how many tens of keys there are; without it 1,000. They are the same every time, unless
HIPCOACH_SEED names others. What breaks the app is told as the calls of `RandomKeys` that lead there.
"""

from __future__ import annotations

import math
import os
import secrets
import sys
from collections import Counter
from contextlib import closing, nullcontext, suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, note, seed, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import engine
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hipcoach.storage.app_state import AppState
from hipcoach.storage.settings import load_settings
from hipcoach.ui.screens import own_routines
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.safety import SafetyScreen
from tests.torture import agreement
from tests.torture.agreement import Past
from tests.torture.app_in_turns import AppInTurns
from tests.torture.random_keys import KINDS, key_here
from tests.ui import support
from tests.ui.support import NEVER
from tests.ui.surroundings import READ, services_below
from tests.ui.taking_in import is_over, send

pytestmark = pytest.mark.slow

KEYS = 10 * int(os.environ.get("HIPCOACH_TORTURE", "100"))
SEED = int(os.environ.get("HIPCOACH_SEED", "20261120"))
KEYS_OF_ONE_RUN = 125
"""Keys from an empty log on. Hypothesis leaves out some of the rules in most runs, other ones in each."""
KEYS_UNTIL_ANEW = 60
KEYS_UNTIL_RESIZED = 8
"""Opening and resizing are what takes long: neither comes again before so many keys have been pressed."""
SHRINKING = 25
"""Seconds in which a run that breaks the app is made shorter, so that it can be read.

Hypothesis then speaks of five minutes, which are what it takes else.
"""
PATIENCE = 10.0
"""Seconds until what is waited for counts as failed; not so many, since they come again in shrinking."""
SIZES = [(120, 40), (80, 24), (20, 5), (40, 12), (200, 60), (21, 6), (72, 18)]
ON_ITS_HEELS = ["enter", "escape", "down", "n", "space", "q", "tab", "s"]
"""Keys that come before the one before them has been taken in."""
MAIN = {"PickerScreen", "SessionScreen", "ChoiceScreen", "HelpScreen", "SummaryScreen", "HistoryScreen"}


@st.composite
def keys_here(draw: st.DrawFn) -> str:
    """A key for the screen on top, by its name.

    What is drawn are two numbers, always from the same range: a replay can be told from the run it repeats
    even where the screen has become another one.
    """
    machine = draw(st.runner())
    assert isinstance(machine, RandomKeys)
    kind, which = draw(st.integers(0, KINDS - 1)), draw(st.integers(0, 999))
    return key_here(machine.app.it, kind, which)


class RandomKeys(RuleBasedStateMachine):
    """Every rule presses a key; they differ in what happens around it."""

    pressed: ClassVar[Counter[str]] = Counter()
    """Keys by the screen they were pressed on, in all runs."""
    saved: ClassVar[Counter[str]] = Counter()
    """What became of the sets of the sessions that came to their summary, in all runs."""

    def __init__(self) -> None:
        super().__init__()
        self.home = TemporaryDirectory()
        self.app = AppInTurns()
        self.past = Past()
        self.since_opened = self.since_resized = 0

    @initialize(size=st.sampled_from(SIZES), read=st.sampled_from([True, True, True, False]))
    def begin(self, size: tuple[int, int], read: bool) -> None:
        self._open(size, READ if read else AppState())

    @rule(key=keys_here())
    def press(self, key: str) -> None:
        self._press(key)

    @rule(key=keys_here(), then=st.sampled_from(ON_ITS_HEELS))
    def press_at_once(self, key: str, then: str) -> None:
        self._press(key, then)

    @rule(key=keys_here(), seconds=st.sampled_from([0.1, 1.0, 5.0, 20.0, 20.0, 40.0]))
    def press_later(self, key: str, seconds: float) -> None:
        self.app.take(self.app.it.pass_time(seconds))
        self._press(key)

    @rule(key=keys_here(), seconds=st.sampled_from([0.5, 0.5, 0.5, 3.0, 600.0]))
    def press_after_a_stall(self, key: str, seconds: float) -> None:
        self.app.it.clock.advance(seconds)
        self._press(key)

    @rule(key=keys_here(), size=st.sampled_from(SIZES))
    def press_after_resizing(self, key: str, size: tuple[int, int]) -> None:
        if self.since_resized >= KEYS_UNTIL_RESIZED:
            self.since_resized = 0
            self.app.take(self.app.it.resize(*size))
        self._press(key)

    @rule(key=keys_here(), size=st.sampled_from(SIZES), tidily=st.booleans())
    def press_and_start_anew(self, key: str, size: tuple[int, int], tidily: bool) -> None:
        self._press(key)
        if self.since_opened >= KEYS_UNTIL_ANEW:
            self._leave(tidily=tidily)
            self._open(size)

    @invariant()
    def all_agrees(self) -> None:
        self.app.take(agreement.check(self.app.it, self.past))

    def teardown(self) -> None:
        """Whatever happened, nothing of this run is left; what went wrong first is what is told."""
        has_failed = sys.exc_info()[0] is not None
        with self.home, closing(self.app), suppress(Exception) if has_failed else nullcontext():
            for record in self.past.saved.values():
                self.saved.update(step.outcome.value for step in record.steps)
            if self.app.is_open:
                self._leave(tidily=True)

    def _press(self, *keys: str) -> None:
        """Press keys, without a pause between them; open the app again if they left it."""
        it = self.app.it
        name = type(it.screen).__name__
        note(f"# on {name}:")
        self.pressed.update([name] * len(keys))
        self.since_opened += len(keys)
        self.since_resized += len(keys)
        for key in keys:
            send(it.app, key)
        self.app.rest()
        if is_over(it.app):
            self._leave(tidily=True)
            self._open((80, 24))

    def _open(self, size: tuple[int, int], state: AppState | None = None) -> None:
        services = services_below(Path(self.home.name), state=state)
        services.settings, problems = load_settings(services.paths.settings)
        assert problems == ()
        # The journal of a session in which nothing was done goes unasked.
        left = {path.stem for path in services.paths.journals.glob("*.jsonl")}
        asked = ChoiceScreen if left & self.past.cut_off else PickerScreen
        self.since_opened = self.since_resized = 0
        self.app.open(services, size, asked if services.state.safety_read else SafetyScreen)

    def _leave(self, *, tidily: bool) -> None:
        """Leave the app; not tidily is as if the process ended under it, without a chance to save."""
        try:
            if tidily:
                self.app.take(agreement.check_leaving(self.app.it, self.past))
            else:
                agreement.cut_off(self.app.it, self.past)
        finally:
            self.app.leave()


def test_no_key_in_any_screen_does_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = count()
    # Sessions of one second are in the order they were done in, every time.
    monkeypatch.setattr(secrets, "token_hex", lambda length: f"{next(numbers):0{2 * length}x}")
    monkeypatch.setattr(engine, "MAX_SHRINKING_SECONDS", SHRINKING)
    monkeypatch.setattr(support, "PATIENCE", PATIENCE)
    monkeypatch.setattr(own_routines, "WATCH", NEVER)
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    RandomKeys.pressed.clear()
    RandomKeys.saved.clear()
    run_state_machine_as_test(
        seed(SEED)(RandomKeys),
        settings=settings(
            # Hypothesis begins with a run of nothing but the first of everything, which is not counted on.
            max_examples=1 + math.ceil(KEYS / KEYS_OF_ONE_RUN),
            stateful_step_count=KEYS_OF_ONE_RUN + 1,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"HIPCOACH_SEED={SEED}: {dict(RandomKeys.pressed.most_common())}; sets: {dict(RandomKeys.saved)}")
    assert RandomKeys.pressed.total() >= KEYS
    assert set(RandomKeys.pressed) >= MAIN
    assert RandomKeys.saved
