"""The choices about the highlighted routine, each by a single key."""

from __future__ import annotations

from msgspec.structs import replace
from textual import work
from textual.screen import Screen

from hipcoach.core.avoid import without_loads
from hipcoach.core.catalog import MOST_STEPS, Catalog, fitting
from hipcoach.core.choices import MOST_ROUNDS, Choices
from hipcoach.core.compile import as_chosen, compile_plan
from hipcoach.core.plan import Plan
from hipcoach.core.routine import Routine
from hipcoach.live.choices import (
    choices_for,
    next_word,
    rounds_after,
)
from hipcoach.live.services import Services
from hipcoach.storage.removed import Removed

CHOOSING = ("start", "rounds", "level", "pace", "warmup", "sounds", "speech", "gate", "favourite")
"""What makes no sense without a routine."""


class RoutineChoices(Screen[None]):
    """A screen on which a routine is highlighted, chosen about, and started."""

    services: Services
    deleted: Removed | None = None
    """What was deleted last, until it is brought back or a routine is started."""
    any_deleted = False
    """Whether something that was deleted may be brought back, also of an earlier run."""
    _plans: dict[str, tuple[Catalog, Choices, Plan]]

    def __init__(self) -> None:
        super().__init__()
        self._plans = {}

    @property
    def highlighted(self) -> Routine | None:
        """The routine that the choices are about."""
        raise NotImplementedError

    def refresh_routine(self, routine: Routine) -> None:
        """Show a routine as it is chosen now."""
        raise NotImplementedError

    def refill(self, highlight: str | None = None) -> None:
        """Show all routines as they are chosen now."""
        raise NotImplementedError

    async def bring_back(self) -> None:
        """Put the routine back that was deleted last."""
        raise NotImplementedError

    def choices_for(self, routine: Routine) -> Choices:
        """What was chosen for a routine, with the user's settings, and no more rounds than fit in."""
        chosen = choices_for(routine, self.services.state, self.services.settings)
        return fitting(routine, self.services.catalog, chosen)

    def plan_for(self, routine: Routine, choices: Choices) -> Plan:
        """The plan these choices make; the last one of each routine is kept."""
        catalog = self.services.catalog
        known = self._plans.get(routine.id)
        if known is None or known[0] is not catalog or known[1] != choices:
            known = self._plans[routine.id] = catalog, choices, compile_plan(routine, catalog, choices)
        return known[2]

    def adapted(self, routine: Routine) -> Routine:
        """The routine without what is to be avoided."""
        return without_loads(routine, self.services.catalog, self.services.state.avoid).routine

    def chosen(self, routine: Routine) -> Routine:
        """The routine with the exercises that its plan holds."""
        return as_chosen(routine, self.services.catalog, self.choices_for(routine))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys that make no difference to the highlighted routine."""
        routine = self.highlighted if self.is_mounted else None
        if routine is None:
            return action not in CHOOSING
        if action == "level":
            return self.services.catalog.has_range(routine)
        if action == "speech":
            return self.services.speech is not None
        if action == "warmup":
            return routine.warmup is not None
        return self.adapted(routine).is_gated if action == "gate" else True

    def _choose(self, **changes: object) -> None:
        routine = self.highlighted
        if routine is not None:
            self.services.remember(lambda state: state.with_routine(routine.id, **changes))
            self.refresh_routine(routine)

    def action_rounds(self, change: int) -> None:
        """One round more or less."""
        routine = self.highlighted
        if routine is not None:
            choices = self.choices_for(routine)
            self._choose(rounds=rounds_after(routine, choices, change))
            if change > 0 and choices.rounds is not None and self.choices_for(routine) == choices:
                text = f"A session has {MOST_ROUNDS} rounds and {MOST_STEPS:,} steps at most."
                self.notify(text, markup=False)

    def action_level(self) -> None:
        """The next level."""
        routine = self.highlighted
        if routine is not None:
            self._choose(level=next_word(self.choices_for(routine).level))

    def action_pace(self) -> None:
        """Paced, or at one's own pace."""
        routine = self.highlighted
        if routine is not None:
            self._choose(pace=next_word(self.choices_for(routine).pace))

    def action_warmup(self) -> None:
        """With or without the warm-up."""
        routine = self.highlighted
        if routine is not None:
            self._choose(warmup=not self.services.state.of(routine.id).warmup)

    def action_sounds(self) -> None:
        """All sounds, or only what begins and ends work."""
        routine = self.highlighted
        if routine is not None:
            self._choose(profile=next_word(self.services.listening_for(routine.id).profile))

    def action_speech(self) -> None:
        """With or without speech."""
        routine = self.highlighted
        if routine is not None:
            self._choose(speech=not self.services.listening_for(routine.id).speech)

    @work(exclusive=True, group="start")
    async def action_avoid(self) -> None:
        """Choose what no routine is to load."""
        from hipcoach.ui.screens.avoid import AvoidScreen

        chosen = await self.app.push_screen_wait(AvoidScreen(self.services.state.avoid))
        self.services.remember(lambda state: replace(state, avoid=chosen))
        self.refill()

    @work(exclusive=True, group="start")
    async def action_gate(self) -> None:
        """Ask again whether the advanced drill is to be included."""
        from hipcoach.ui.starting import ask_gate

        routine = self.highlighted
        if routine is not None:
            await ask_gate(self.app, self.services, routine)
            self.refresh_routine(routine)

    @work(exclusive=True, group="start")
    async def action_start(self) -> None:
        """Start the highlighted routine."""
        from hipcoach.ui.starting import start_routine

        routine = self.highlighted
        self.deleted = None
        if routine is not None:
            await start_routine(self.app, self.services, routine)
