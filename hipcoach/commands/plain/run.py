"""`hipcoach start --plain`: everything from what has to be asked first to what became of the session."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from msgspec.structs import replace

from hipcoach.commands.output import OutputError, end_output, let_go, say, warn
from hipcoach.commands.plain.asking import Asker, ask_gate, session_to_resume, understood_safety
from hipcoach.commands.plain.keys import Keys, TerminalKeys, open_keys
from hipcoach.commands.plain.narration import EVERY, Narrator, beginning
from hipcoach.commands.plain.session import PlainSession
from hipcoach.core.catalog import fitting
from hipcoach.core.compile import compile_plan
from hipcoach.errors import UsageError
from hipcoach.live.choices import NO_OVERRIDES, CliOverrides, choices_for, loggable
from hipcoach.live.services import Services, make_services
from hipcoach.live.session_runner import SessionRunner
from hipcoach.paths import AppPaths

LATEST_EXIT = 3.0
"""Seconds that leaving on a signal may take: a terminal that takes nothing more must not keep us."""

INTERRUPTED = 130
"""The exit code of who left with ctrl+c."""


def run_plain(
    paths: AppPaths, routine: str, once: CliOverrides = NO_OVERRIDES, every: int | None = None
) -> int:
    """Run a routine in plain lines, with these choices; returns the exit code.

    Raises:
        UsageError: the choices leave nothing to do.
        HipcoachError: the installation is broken, or nothing more can be printed.
    """
    services = make_services(paths, _bell if sys.stdout.isatty() else None)
    for problem in services.problems:
        warn(problem)
    services.problems.clear()
    guard = _Guard(services)
    with guard.on_signals():
        try:
            with open_keys(sys.stdin) as keys:
                guard.keys = keys
                _run(services, guard, keys, routine, once, EVERY if every is None else every)
        except (BrokenPipeError, OutputError):
            # Who has ended us or closed the terminal needs no word about it; what was done is saved.
            if not guard.is_left:
                raise
            let_go(sys.stdout)
        finally:
            services.sounds.close()
            services.close_speech()
            guard.finish()
    return 0


def _run(
    services: Services,
    guard: _Guard,
    keys: Keys,
    routine_id: str,
    once: CliOverrides,
    every: int,
) -> None:
    asker = Asker(_print, keys, lambda: guard.wants_out)
    if not understood_safety(asker, services):
        return
    unfinished = session_to_resume(asker, services)
    if unfinished is not None:
        plan, choices = unfinished.header.plan, unfinished.header.choices
    else:
        if guard.wants_out:
            return
        routine = services.catalog.routines[routine_id]
        if once.gated is None:
            wanted = services.memory.avoid if once.avoid is None else once.avoid
            ask_gate(asker, services, routine, wanted)
        chosen = choices_for(routine, services.memory, services.settings)
        chosen = once.over(fitting(routine, services.catalog, chosen))
        plan = compile_plan(routine, services.catalog, chosen)
        if plan.nothing_left:
            raise UsageError(plan.nothing_left)
        choices = loggable(chosen, plan)
        services.remember(lambda memory: replace(memory, last_routine=routine.id))
    for line in beginning(plan):
        _print(line)
    _print("Keys: space pause, n skip, p back, m mute, q stop, ? all keys.")
    session = PlainSession(
        services, SessionRunner(services, plan, choices, unfinished), Narrator(every), _print, keys
    )
    guard.session = session
    session.run()


class _Guard:
    """What signals mean: ctrl+c asks, SIGTERM and SIGHUP save and stop at once."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._is_finishing = False
        self.session: PlainSession | None = None
        self.keys: Keys | None = None
        self.wants_out = False
        self._latest: threading.Timer | None = None

    @property
    def is_left(self) -> bool:
        """Whether somebody ends us, or the terminal has gone."""
        return self.wants_out or (self.session is not None and self.session.ends_now)

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Take the signals, and give them back."""
        handlers = {
            "SIGINT": self._interrupt,
            "SIGTERM": self._end,
            "SIGHUP": self._end,
            "SIGCONT": self._go_on,
        }
        before = {}
        for name, handler in handlers.items():
            number = getattr(signal, name, None)
            if number is not None:
                before[number] = signal.signal(number, handler)
        try:
            yield
        finally:
            for number, handler_before in before.items():
                signal.signal(number, handler_before)

    def finish(self) -> None:
        """Wait for what is still to be written, and print what no disk would take."""
        self._is_finishing = True
        try:
            last_words = self._services.finish(self._say)
        except KeyboardInterrupt:
            os._exit(INTERRUPTED)  # the thread that waits for the disk would be waited for otherwise
        if self._latest is not None:
            self._latest.cancel()
        self._say(last_words)
        if not self._services.writer.is_idle:
            os._exit(1)

    def _say(self, text: str) -> None:
        if text and not self.is_left:
            print(text.rstrip("\n"), flush=True)

    def _leave_at_once(self) -> None:
        self._services.writer.wait()
        os._exit(0)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        if self.session is None or self._is_finishing:
            raise KeyboardInterrupt
        self.session.asks_to_stop = True

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.wants_out = True
        if self.session is not None:
            self.session.ends_now = True
        if self._latest is None:
            # The journal has what was done; the next start offers it.
            self._latest = threading.Timer(LATEST_EXIT, self._leave_at_once)
            self._latest.daemon = True
            self._latest.start()

    def _go_on(self, number: int, frame: FrameType | None) -> None:
        """Back after ctrl+z: the shell has set the terminal as it likes it."""
        if isinstance(self.keys, TerminalKeys):
            self.keys.take()


def _print(line: str) -> None:
    say(line)
    end_output()


def _bell() -> None:
    print("\a", end="", flush=True)
