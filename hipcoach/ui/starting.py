"""Starting a session, or taking one up again, and going on to its summary at the end."""

from __future__ import annotations

from dataclasses import replace

from textual.app import App

from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.routine import Routine
from hipcoach.storage.recovery import Unfinished
from hipcoach.ui.choosing import choices_for, loggable
from hipcoach.ui.screens.choice import Answer, ChoiceScreen
from hipcoach.ui.screens.session import SessionEnd, SessionScreen
from hipcoach.ui.screens.summary import SummaryScreen
from hipcoach.ui.services import Services

GATE_ANSWERS = (
    Answer("no", "n", "Not yet: leave it out"),
    Answer("yes", "y", "Yes: include it"),
)


async def start_routine(
    app: App[int], services: Services, routine: Routine, choices: Choices | None = None
) -> None:
    """Start a routine, with what was last chosen for it unless choices are given. Call from a worker."""
    if choices is None:
        if routine.is_gated and routine.id not in services.memory.mastered:
            await ask_gate(app, services, routine)
        choices = choices_for(routine, services.memory, services.settings)
    services.remember(replace(services.memory, last_routine=routine.id))
    plan = compile_plan(routine, services.catalog, choices)
    _run(app, services, SessionScreen(services, plan, loggable(choices)))


def take_up(app: App[int], services: Services, unfinished: Unfinished) -> None:
    """Go on with a session that was cut off."""
    header = unfinished.header
    _run(app, services, SessionScreen(services, header.plan, header.choices, unfinished))


async def ask_gate(app: App[int], services: Services, routine: Routine) -> None:
    """Ask whether what an advanced drill builds on is mastered; remember the answer. Call from a worker."""
    gates = "\n".join(item.gate for item in routine.items if item.gate)
    names = [services.catalog.exercises[item.exercise].name for item in routine.items if item.gate]
    question = f"{', '.join(names)}: are you ready for it?"
    answer = await app.push_screen_wait(ChoiceScreen(question, gates, GATE_ANSWERS))
    services.remember(services.memory.with_mastered(routine.id, answer == "yes"))


def _run(app: App[int], services: Services, session: SessionScreen) -> None:
    def ended(end: SessionEnd | None) -> None:
        if end is not None:
            app.push_screen(SummaryScreen(services, end.record, end.problem))

    app.push_screen(session, ended)
