"""The picker: a list of routines, a preview of what will happen, and the choices, all by single keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.plan import Plan, StepSide
from hipcoach.core.routine import Routine
from hipcoach.storage.memory import RememberedChoices
from hipcoach.storage.session_log import Log
from hipcoach.ui.announcer import first_lines
from hipcoach.ui.choosing import (
    choices_for,
    with_next_level,
    with_other_pace,
    with_rounds,
    without_or_with_warmup,
)
from hipcoach.ui.listening import with_or_without_speech, with_other_profile
from hipcoach.ui.plan_preview import preview
from hipcoach.ui.routine_card import card, is_standing, matches
from hipcoach.ui.screens.help import HelpScreen
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.one_size import OneSize
from hipcoach.ui.screens.picker_keys import GIVEN_UP, PICKER_KEYS
from hipcoach.ui.screens.safety import SafetyScreen
from hipcoach.ui.services import Services
from hipcoach.ui.starting import ask_gate, start_routine
from hipcoach.ui.widgets.fitting_footer import FittingFooter
from hipcoach.ui.widgets.routine_list import RoutineList

CHOOSING = ("start", "rounds", "level", "pace", "warmup", "sounds", "speech", "gate")
"""What makes no sense without a routine."""


class PickerScreen(OneSize, Screen[None]):
    """Choose a routine and start it."""

    CSS_PATH = "picker.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide"), (110, "-broad")]
    BINDINGS: ClassVar[list[BindingType]] = PICKER_KEYS

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.last_done: Mapping[str, date] = {}
        self.filter_word = ""

    def compose(self) -> ComposeResult:
        """The list, and beside it the preview."""
        with Horizontal():
            with Vertical(id="left"):
                yield Input(placeholder="filter by a word", id="filter", compact=True)
                yield RoutineList(id="routines")
                yield Static("", id="nothing")
            with VerticalScroll(id="right", can_focus=False):
                yield Static(id="preview")
        yield FittingFooter(*GIVEN_UP)

    def on_mount(self) -> None:
        """Fill the list; the routine done last is highlighted."""
        self.query_one("#filter").display = False
        self._fill(self.services.memory.last_routine)
        self.query_one("#routines").focus()

    def on_screen_resume(self) -> None:
        """Back from a session or the history: the choices, and what was done last, may have changed."""
        routine = self.highlighted
        if routine is not None:
            self._refresh(routine)
        self._load_log()

    @property
    def highlighted(self) -> Routine | None:
        """The routine under the cursor."""
        options = self.query_one("#routines", OptionList)
        if options.highlighted is None:
            return None
        return self.services.catalog.routines[options.get_option_at_index(options.highlighted).id or ""]

    def _shown(self) -> list[Routine]:
        catalog = self.services.catalog
        return [
            routine
            for routine in catalog.routines.values()
            if matches(routine, catalog, self.filter_word)
            and (not self.services.memory.standing_only or is_standing(routine, catalog))
        ]

    def _fill(self, highlight: str | None) -> None:
        options = self.query_one("#routines", OptionList)
        shown = self._shown()
        options.clear_options()
        for routine in shown:
            if options.option_count:
                options.add_option(None)
            options.add_option(Option(self._entry(routine), id=routine.id))
        ids = [routine.id for routine in shown]
        if ids:
            options.highlighted = ids.index(highlight) if highlight in ids else 0
        memory = self.services.memory
        reasons = [f"“{self.filter_word}”"] if self.filter_word else []
        reasons += ["standing only (s)"] if memory.standing_only else []
        text = f"Shown: {', '.join(reasons)}. escape: show all" if reasons else ""
        self.query_one("#nothing", Static).update(Text(text if ids else f"Nothing fits. {text}"))
        if not ids:
            self.query_one("#preview", Static).update("")

    def _entry(self, routine: Routine) -> Text:
        plan = self.plan_for(routine, self.choices_for(routine))
        done = self.last_done.get(routine.id)
        return card(routine, self.services.catalog, plan, done, self.services.today)

    @work(thread=True, exclusive=True, group="log")
    def _load_log(self) -> None:
        saved = self.services.unsaved.retry(self.services.paths.sessions)
        self.app.call_from_thread(self._show_log, self.services.load_log(), saved)

    def _show_log(self, log: Log, saved: list[str]) -> None:
        if saved:
            self.notify(", ".join(saved), title="Saved after all", markup=False)
        self.last_done = {record.routine: record.day for record in log.records if record.work_done > 0}
        options = self.query_one("#routines", OptionList)
        for routine in self._shown():
            options.replace_option_prompt(routine.id, self._entry(routine))

    def choices_for(self, routine: Routine) -> Choices:
        """What was chosen for a routine, with the user's settings."""
        return choices_for(routine, self.services.memory, self.services.settings)

    def plan_for(self, routine: Routine, choices: Choices) -> Plan:
        """The plan these choices make."""
        return compile_plan(routine, self.services.catalog, choices)

    def _choose(self, change: Callable[[RememberedChoices], RememberedChoices]) -> None:
        routine = self.highlighted
        if routine is not None:
            memory = self.services.memory
            changed = change(memory.choices_for(routine.id))
            self.services.remember(memory.with_choices(routine.id, changed))
            self._refresh(routine)

    def _refresh(self, routine: Routine) -> None:
        self.query_one("#routines", OptionList).replace_option_prompt(routine.id, self._entry(routine))
        self._preview(routine)

    def _preview(self, routine: Routine) -> None:
        choices = self.choices_for(routine)
        variables = self.app.theme_variables
        colours = {side: variables.get(f"side-{side}", "") for side in (StepSide.LEFT, StepSide.RIGHT)}
        plan = self.plan_for(routine, choices)
        listening = self.services.listening_for(routine.id)
        if listening.speech and self.services.speech is not None:
            self.services.speech.prepare(lambda lengths: first_lines(plan, lengths))
        text = preview(routine, self.services.catalog, plan, choices, listening, colours)
        self.query_one("#preview", Static).update(text)
        self.query_one("#right").scroll_home(animate=False)
        self.refresh_bindings()

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
        return routine.is_gated if action == "gate" else True

    def on_option_list_option_highlighted(self) -> None:
        """Another routine: show what it holds."""
        routine = self.highlighted
        if routine is not None:
            self._preview(routine)

    def on_option_list_option_selected(self) -> None:
        """Enter, or a click."""
        self.action_start()

    def action_rounds(self, change: int) -> None:
        """One round more or less."""
        routine = self.highlighted
        if routine is not None:
            choices = self.choices_for(routine)
            self._choose(lambda chosen: with_rounds(chosen, routine, choices, change))

    def action_level(self) -> None:
        """The next level."""
        self._choose(with_next_level)

    def action_pace(self) -> None:
        """Paced, or at one's own pace."""
        self._choose(with_other_pace)

    def action_warmup(self) -> None:
        """With or without the warm-up."""
        self._choose(without_or_with_warmup)

    def action_sounds(self) -> None:
        """All sounds, or only what begins and ends work."""
        routine = self.highlighted
        if routine is not None:
            heard = self.services.listening_for(routine.id)
            self._choose(lambda chosen: with_other_profile(chosen, heard))

    def action_speech(self) -> None:
        """With or without speech."""
        routine = self.highlighted
        if routine is not None:
            heard = self.services.listening_for(routine.id)
            self._choose(lambda chosen: with_or_without_speech(chosen, heard))

    def action_scroll(self, pages: int) -> None:
        """Scroll the preview."""
        preview = self.query_one("#right")
        preview.scroll_relative(y=pages * max(1, preview.size.height - 2), animate=False)

    def action_standing(self) -> None:
        """Only what is done standing, or everything."""
        memory = self.services.memory
        self.services.remember(replace(memory, standing_only=not memory.standing_only))
        self._refill()

    def action_filter(self) -> None:
        """Show the filter."""
        box = self.query_one("#filter", Input)
        box.display = True
        box.focus()

    def action_unfilter(self) -> None:
        """Show everything again."""
        self.query_one("#filter", Input).value = ""
        self.query_one("#filter").display = False
        self.filter_word = ""
        self.services.remember(replace(self.services.memory, standing_only=False))
        self._refill()
        self.query_one("#routines").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as one types."""
        self.filter_word = event.value.strip()
        self._refill()

    def on_input_submitted(self) -> None:
        """Back to the list, with what the filter left."""
        self.query_one("#routines").focus()

    def _refill(self) -> None:
        routine = self.highlighted
        self._fill(routine.id if routine else None)
        self.refresh_bindings()

    def action_history(self) -> None:
        """Streaks and past sessions."""
        self.app.push_screen(HistoryScreen(self.services))

    def action_safety(self) -> None:
        """The safety page again."""
        self.app.push_screen(SafetyScreen(first_time=False))

    def action_help(self) -> None:
        """Keys, sounds, words."""
        self.app.push_screen(HelpScreen(self, self.services))

    @work(exclusive=True, group="start")
    async def action_gate(self) -> None:
        """Ask again whether the advanced drill is to be included."""
        routine = self.highlighted
        if routine is not None:
            await ask_gate(self.app, self.services, routine)
            self._refresh(routine)

    @work(exclusive=True, group="start")
    async def action_start(self) -> None:
        """Start the highlighted routine."""
        routine = self.highlighted
        if routine is not None:
            await start_routine(self.app, self.services, routine)
