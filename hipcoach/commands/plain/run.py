"""`hipcoach start --plain`: everything from what has to be asked first to what became of the session."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from msgspec.structs import replace

from hipcoach.commands.output import OutputError, end_output, let_go, say, warn
from hipcoach.commands.plain.keys import Keys
from hipcoach.commands.plain.narration import EVERY, Narrator, beginning
from hipcoach.commands.plain.session import Lines, PlainSession
from hipcoach.core.avoid import without_loads
from hipcoach.core.catalog import fitting
from hipcoach.core.compile import compile_plan
from hipcoach.core.routine import Routine
from hipcoach.errors import StorageError, UsageError
from hipcoach.live.choices import CliOverrides, choices_for, loggable
from hipcoach.live.cut_off import close_cut_off, find_cut_off
from hipcoach.live.services import Services, make_services
from hipcoach.live.session_runner import SessionRunner
from hipcoach.paths import AppPaths
from hipcoach.storage.bundled import safety_sections
from hipcoach.storage.journal import Unfinished
from hipcoach.ui.cut_off_words import how_far

UNDERSTOOD = {"enter": "I have read this and understand", "q": "leave"}
UNFINISHED = {"r": "resume where it stopped", "s": "save what was done", "d": "discard it", "l": "later"}
READY = {"n": "not yet, leave it out", "y": "yes, include it"}


def run_plain(paths: AppPaths, routine: str, overrides: CliOverrides, every: int | None) -> int:
    """Run a routine in plain lines, every `every`-th rep counted; returns the exit code.

    Raises:
        UsageError: the choices leave nothing to do.
        HipcoachError: the installation is broken, or nothing more can be printed.
    """
    services = make_services(paths, _bell if sys.stdout.isatty() else None)
    lines = Lines(_print, Keys(sys.stdin))
    for problem in services.problems:
        warn(problem)
    services.problems.clear()

    def say_last(text: str) -> None:
        if text and not lines.ends_now:
            _print(text.rstrip("\n"))

    def end(*_: object) -> None:
        lines.ends_now = True
        services.leave_soon()

    def go_on(*_: object) -> None:
        # After ctrl+z the shell has set the terminal as it likes it.
        lines.keys.take_terminal()

    # What is done is saved at once; ctrl+c ends it all, but in a session.
    with _handling({"SIGTERM": end, "SIGHUP": end, "SIGCONT": go_on}):
        try:
            with lines.keys:
                _run(services, lines, routine, overrides, Narrator(EVERY if every is None else every))
        except (BrokenPipeError, OutputError):
            # Who has ended us or closed the terminal needs no word about it; what was done is saved.
            if not lines.ends_now:
                raise
            let_go(sys.stdout)
        finally:
            services.close(say_last)
    return 0


def _run(
    services: Services, lines: Lines, routine_id: str, overrides: CliOverrides, narrator: Narrator
) -> None:
    if not services.state.safety_read and not _has_understood_safety(lines, services):
        return
    unfinished = _session_to_resume(lines, services)
    if unfinished is not None:
        plan, choices = unfinished.header.plan, unfinished.header.choices
    else:
        routine = services.catalog.routines[routine_id]
        if overrides.gated is None:
            _ask_about_gates(lines, services, routine, overrides)
        if lines.ends_now:
            return
        remembered = choices_for(routine, services.state, services.settings)
        chosen = overrides.over(fitting(routine, services.catalog, remembered))
        plan = compile_plan(routine, services.catalog, chosen)
        if plan.nothing_left:
            raise UsageError(plan.nothing_left)
        choices = loggable(chosen, plan)
        services.remember(lambda state: replace(state, last_routine=routine.id))
    for line in beginning(plan):
        lines.say(line)
    lines.say("Keys: space pause, n skip, p back, m mute, q stop, ? all keys.")

    def interrupt(*_: object) -> None:
        lines.asks_to_stop = True

    with _handling({"SIGINT": interrupt}):
        runner = SessionRunner(services, plan, choices, unfinished)
        try:
            PlainSession(services, runner, narrator, lines).run()
        finally:
            runner.close()


def _has_understood_safety(lines: Lines, services: Services) -> bool:
    lines.say("Before you move")
    for section in safety_sections():
        lines.say(f"{section.title}:")
        for sentence in section.lines:
            lines.say(sentence)
    if lines.ask("Have you read this?", UNDERSTOOD, "q") != "enter":
        return False
    services.remember(lambda state: replace(state, safety_read=True))
    return True


def _session_to_resume(lines: Lines, services: Services) -> Unfinished | None:
    """Ask about every session that was cut off, until one is to be resumed."""
    found = find_cut_off(services.paths)
    for problem in found.problems:
        services.tell(problem)
    while services.problems:
        lines.say(services.problems.pop(0))
    for number, unfinished in enumerate(found.unfinished, 1):
        answer = lines.ask(f"An unfinished session: {how_far(unfinished)}", UNFINISHED, "l")
        if answer == "r":
            for later in found.unfinished[number:]:
                later.close(remove=False)
            return unfinished
        try:
            close_cut_off(services.paths, unfinished, save=answer == "s", discard=answer == "d")
        except StorageError as error:
            lines.say(error.message)
        else:
            lines.say({"s": "Saved.", "d": "Discarded."}.get(answer, "Kept for later."))
    return None


def _ask_about_gates(lines: Lines, services: Services, routine: Routine, overrides: CliOverrides) -> None:
    """Ask, once, whether what an advanced drill builds on is mastered."""
    avoid = services.state.avoid if overrides.avoid is None else overrides.avoid
    adapted = without_loads(routine, services.catalog, avoid).routine
    if not adapted.is_gated or services.state.of(routine.id).mastered is not None:
        return
    for item in adapted.items:
        if item.gate:
            lines.say(f"{services.catalog.exercises[item.exercise].name}: {item.gate}")
    if answer := lines.ask("Are you ready for it?", READY, ""):
        services.remember(lambda state: state.with_routine(routine.id, mastered=answer == "y"))


@contextmanager
def _handling(handlers: Mapping[str, Callable[..., None]]) -> Iterator[None]:
    """Have these signals handled, as far as the system knows them, and then as before."""
    numbers = {getattr(signal, name): each for name, each in handlers.items() if hasattr(signal, name)}
    before = {number: signal.signal(number, each) for number, each in numbers.items()}
    try:
        yield
    finally:
        for number, each in before.items():
            signal.signal(number, each)


def _print(line: str) -> None:
    say(line)
    end_output()


def _bell() -> None:
    print("\a", end="", flush=True)
