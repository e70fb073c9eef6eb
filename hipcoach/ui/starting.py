"""Starting a session, or taking one up again, and going on to its summary at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.app import App

from hipcoach.core.avoid import without_loads
from hipcoach.core.catalog import fitting
from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.routine import Routine
from hipcoach.errors import UsageError
from hipcoach.live.choices import (
    NO_OVERRIDES,
    CliOverrides,
    choices_for,
    gentle,
    loggable,
)
from hipcoach.live.services import Services
from hipcoach.ui.asking import Start, how_to_start
from hipcoach.ui.screens.choice import Answer, ChoiceScreen

if TYPE_CHECKING:
    from hipcoach.storage.journal import Unfinished
    from hipcoach.ui.screens.session import SessionEnd, SessionScreen

GATE_ANSWERS = (
    Answer("no", "n", "Not yet: leave it out"),
    Answer("yes", "y", "Yes: include it"),
)


async def start_routine(
    app: App[int],
    services: Services,
    routine: Routine,
    once: CliOverrides = NO_OVERRIDES,
    chosen: Choices | None = None,
) -> None:
    """Start a routine, with what was last chosen for it; `once` and `chosen` hold this once instead of
    what is remembered. The user may still say no, where it hurts too much; nor is a second session started
    beside one that was begun meanwhile, or any once the app is being left. Call from a worker."""
    how = await how_to_start(app, services)
    if how is Start.NOT_TODAY:
        return
    wanted = services.state.avoid if once.avoid is None else once.avoid
    adapted = without_loads(routine, services.catalog, wanted).routine
    if adapted.is_gated and once.gated is None and services.state.of(routine.id).mastered is None:
        await ask_gate(app, services, routine)
    remembered = choices_for(routine, services.state, services.settings)
    choices = chosen or fitting(routine, services.catalog, remembered)
    if chosen and adapted.is_gated:
        choices = replace(choices, gated=chosen.gated and services.state.of(routine.id).mastered is True)
    choices = once.over(replace(choices, avoid=wanted))
    if how is Start.GENTLY:
        choices = gentle(choices, routine)
    try:
        plan = compile_plan(routine, services.catalog, choices)
    except UsageError as error:
        app.notify(error.message, title="Not started", severity="warning", timeout=10, markup=False)
        return
    if plan.nothing_left:
        app.notify(plan.nothing_left, title="Nothing left to do", timeout=10, markup=False)
        return
    from hipcoach.ui.screens.session import SessionScreen

    # An app on its way out has nothing attached: nobody would see this session begin, or end it.
    if not app.screen.is_attached or any(isinstance(each, SessionScreen) for each in app.screen_stack):
        return
    services.remember(lambda state: replace(state, last_routine=routine.id))
    _run(app, services, SessionScreen(services, plan, loggable(choices, plan)))


def take_up(app: App[int], services: Services, unfinished: Unfinished) -> None:
    """Go on with a session that was cut off."""
    from hipcoach.ui.screens.session import SessionScreen

    header = unfinished.header
    _run(app, services, SessionScreen(services, header.plan, header.choices, unfinished))


async def ask_gate(app: App[int], services: Services, routine: Routine) -> None:
    """Ask whether what an advanced drill builds on is mastered; remember the answer. Call from a worker."""
    gates = "\n".join(item.gate for item in routine.items if item.gate)
    names = [services.catalog.exercises[item.exercise].name for item in routine.items if item.gate]
    question = f"{', '.join(names)}: are you ready for it?"
    answer = await app.push_screen_wait(ChoiceScreen(question, gates, GATE_ANSWERS))
    services.remember(lambda state: state.with_routine(routine.id, mastered=answer == "yes"))


def _run(app: App[int], services: Services, session: SessionScreen) -> None:
    def ended(end: SessionEnd | None) -> None:
        if end is not None:
            from hipcoach.ui.screens.summary import SummaryScreen

            app.push_screen(SummaryScreen(services, end.record, end.problem))

    app.push_screen(session, ended)
