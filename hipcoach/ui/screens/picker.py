"""The picker: a list of routines, a preview of what will happen, and the choices, all by single keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from hipcoach.core.choices import MOST_ROUNDS, Choices, Pace, rounds_of
from hipcoach.core.compile import compile_plan
from hipcoach.core.exercise import Intensity, Position
from hipcoach.core.plan import Plan, StepSide
from hipcoach.core.routine import Routine
from hipcoach.storage.memory import RememberedChoices
from hipcoach.storage.recovery import Unfinished
from hipcoach.storage.session_log import Log
from hipcoach.ui.format import EQUIPMENT_SHORT, POSITION_WORDS, count_text, day_text, minutes_text
from hipcoach.ui.plan_preview import preview
from hipcoach.ui.screens.choice import Answer, ChoiceScreen
from hipcoach.ui.screens.help import HelpScreen
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.safety import SafetyScreen
from hipcoach.ui.screens.session import SessionEnd, SessionScreen
from hipcoach.ui.screens.summary import SummaryScreen
from hipcoach.ui.services import Services
from hipcoach.ui.widgets.fitting_footer import FittingFooter
from hipcoach.ui.widgets.routine_list import RoutineList

GATE_ANSWERS = (
    Answer("no", "n", "Not yet: leave it out"),
    Answer("yes", "y", "Yes: include it"),
)


class PickerScreen(Screen[None]):
    """Choose a routine and start it."""

    CSS_PATH = "picker.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide"), (110, "-broad")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "start", "Start", id="picker.start", tooltip="Start the highlighted routine"),
        Binding("plus,equals_sign", "rounds(1)", "Rounds +", id="picker.more", tooltip="One round more"),
        Binding("minus", "rounds(-1)", "Rounds −", id="picker.less", tooltip="One round less"),
        Binding("l", "level", "Level", id="picker.level", tooltip="Low, middle or high end of every range"),
        Binding("o", "pace", "Own pace", id="picker.pace", tooltip="Paced by the coach, or at your own pace"),
        Binding("w", "warmup", "Warm-up", id="picker.warmup", tooltip="With or without the warm-up"),
        Binding("s", "standing", "Standing only", id="picker.standing", tooltip="Only what is done standing"),
        Binding("slash", "filter", "Filter", id="picker.filter", tooltip="Filter by a word"),
        Binding("g", "gate", "Ready?", id="picker.gate", tooltip="Include the advanced drill, or not"),
        Binding("h", "history", "History", id="picker.history", tooltip="Streaks and past sessions"),
        Binding("i", "safety", "Safety", id="picker.safety", tooltip="Before you move: the safety page"),
        Binding("question_mark", "help", "Help", id="picker.help", tooltip="Keys, sounds and words"),
        Binding("q", "app.quit", "Quit", id="picker.quit", tooltip="Leave hipcoach"),
        Binding(
            "escape", "unfilter", "", id="picker.unfilter", tooltip="Show all routines again", show=False
        ),
    ]

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
        yield FittingFooter("safety", "gate", "rounds(-1)", "rounds(1)", "warmup", "level", "pace", "filter")

    def on_mount(self) -> None:
        """Fill the list; the routine done last is highlighted."""
        self.query_one("#filter").display = False
        self._fill(self.services.memory.last_routine)
        self.query_one("#routines").focus()

    def on_screen_resume(self) -> None:
        """Back from a session or the history: what was done last may have changed."""
        self._load_log()

    # -- what is listed ---------------------------------------------------------------------

    @property
    def highlighted(self) -> Routine | None:
        """The routine under the cursor."""
        options = self.query_one("#routines", OptionList)
        if options.highlighted is None:
            return None
        return self.services.catalog.routines[options.get_option_at_index(options.highlighted).id or ""]

    def _shown(self) -> list[Routine]:
        word = self.filter_word.casefold()
        return [
            routine
            for routine in self.services.catalog.routines.values()
            if word in self._searchable(routine)
            and (not self.services.memory.standing_only or self._is_standing(routine))
        ]

    def _searchable(self, routine: Routine) -> str:
        catalog = self.services.catalog
        exercises = catalog.exercises_of(routine)
        positions = (POSITION_WORDS[each] for each in catalog.positions_of(routine))
        words = (routine.title, routine.summary, *(each.name for each in exercises), *positions)
        return " ".join(words).casefold()

    def _is_standing(self, routine: Routine) -> bool:
        return self.services.catalog.positions_of(routine) == (Position.STANDING,)

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
        catalog = self.services.catalog
        plan = self.plan_for(routine, self.choices_for(routine))
        positions = catalog.positions_of(routine)
        about = "about " if plan.is_estimate else ""
        done = self.last_done.get(routine.id)
        last = f"last done {day_text(done, self.services.today)}" if done else "not done yet"
        things = [EQUIPMENT_SHORT[thing] for thing in catalog.equipment_of(routine)]
        entry = Text(no_wrap=True, overflow="ellipsis")
        entry.append(f"{routine.title}  ", style="bold")
        entry.append(f"{about}{minutes_text(plan.total_seconds)}\n")
        entry.append(f"{count_text(len(catalog.exercises_of(routine)), 'exercise')} · {last}\n")
        entry.append(", ".join([*(POSITION_WORDS[each] for each in positions), *things]), style="dim")
        return entry

    @work(thread=True, exclusive=True, group="log")
    def _load_log(self) -> None:
        self.app.call_from_thread(self._show_log, self.services.load_log())

    def _show_log(self, log: Log) -> None:
        self.last_done = {record.routine: record.day for record in log.records}
        options = self.query_one("#routines", OptionList)
        for routine in self._shown():
            options.replace_option_prompt(routine.id, self._entry(routine))

    # -- choices ----------------------------------------------------------------------------

    def choices_for(self, routine: Routine) -> Choices:
        """What was chosen for a routine, with the user's settings."""
        memory = self.services.memory
        chosen = memory.choices_for(routine.id)
        return Choices(
            rounds=chosen.rounds,
            level=chosen.level,
            pace=chosen.pace,
            warmup=chosen.warmup,
            gated=memory.mastered.get(routine.id, False),
            timings=self.services.settings.timings,
        )

    def plan_for(self, routine: Routine, choices: Choices) -> Plan:
        """The plan these choices make."""
        return compile_plan(routine, self.services.catalog, choices)

    def _choose(self, routine: Routine, chosen: RememberedChoices) -> None:
        self.services.remember(self.services.memory.with_choices(routine.id, chosen))
        self._refresh(routine)

    def _refresh(self, routine: Routine) -> None:
        self.query_one("#routines", OptionList).replace_option_prompt(routine.id, self._entry(routine))
        self._preview(routine)

    def _preview(self, routine: Routine) -> None:
        choices = self.choices_for(routine)
        variables = self.app.theme_variables
        colours = {
            StepSide.LEFT: variables.get("side-left", ""),
            StepSide.RIGHT: variables.get("side-right", ""),
        }
        plan = self.plan_for(routine, choices)
        text = preview(routine, self.services.catalog, plan, choices, colours)
        self.query_one("#preview", Static).update(text)
        self.query_one("#right").scroll_home(animate=False)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys that make no difference to the highlighted routine."""
        routine = self.highlighted if self.is_mounted else None
        if routine is None:
            return action not in ("start", "rounds", "level", "pace", "warmup", "gate")
        if action == "level":
            return self.services.catalog.has_range(routine)
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
        if routine is None:
            return
        rounds, _ = rounds_of(routine, routine.blocks[0], self.choices_for(routine))
        wanted = min(MOST_ROUNDS, max(1, rounds + change))
        self._choose(routine, replace(self._chosen(routine), rounds=wanted))

    def action_level(self) -> None:
        """The next level; it sets the rounds too."""
        routine = self.highlighted
        if routine is not None:
            levels = list(Intensity)
            chosen = self._chosen(routine)
            level = levels[(levels.index(chosen.level) + 1) % len(levels)]
            self._choose(routine, replace(chosen, level=level, rounds=None))

    def action_pace(self) -> None:
        """Paced, or at one's own pace."""
        routine = self.highlighted
        if routine is not None:
            chosen = self._chosen(routine)
            pace = Pace.PACED if chosen.pace is Pace.OWN else Pace.OWN
            self._choose(routine, replace(chosen, pace=pace))

    def action_warmup(self) -> None:
        """With or without the warm-up."""
        routine = self.highlighted
        if routine is not None:
            chosen = self._chosen(routine)
            self._choose(routine, replace(chosen, warmup=not chosen.warmup))

    def _chosen(self, routine: Routine) -> RememberedChoices:
        return self.services.memory.choices_for(routine.id)

    # -- keys -------------------------------------------------------------------------------

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
        self.app.push_screen(HelpScreen(self))

    @work(exclusive=True, group="start")
    async def action_gate(self) -> None:
        """Ask again whether the advanced drill is to be included."""
        routine = self.highlighted
        if routine is not None:
            await self._ask_gate(routine)

    # -- starting ---------------------------------------------------------------------------

    @work(exclusive=True, group="start")
    async def action_start(self) -> None:
        """Start the highlighted routine."""
        if self.highlighted is not None:
            await self.start(self.highlighted.id)

    async def start(self, routine_id: str, choices: Choices | None = None) -> None:
        """Start a routine, with what was last chosen for it unless choices are given. Call from a worker."""
        routine = self.services.catalog.routines[routine_id]
        if choices is None:
            if routine.is_gated and routine.id not in self.services.memory.mastered:
                await self._ask_gate(routine)
            choices = self.choices_for(routine)
        self.services.remember(replace(self.services.memory, last_routine=routine.id))
        self._run(SessionScreen(self.services, self.plan_for(routine, choices), _loggable(choices)))

    def take_up(self, unfinished: Unfinished) -> None:
        """Go on with a session that was cut off."""
        header = unfinished.header
        self._run(SessionScreen(self.services, header.plan, header.choices, unfinished))

    def _run(self, session: SessionScreen) -> None:
        def ended(end: SessionEnd | None) -> None:
            if end is not None:
                self.app.push_screen(SummaryScreen(self.services, end.record, end.problem))

        self.app.push_screen(session, ended)

    async def _ask_gate(self, routine: Routine) -> None:
        gates = "\n".join(item.gate for item in routine.items if item.gate)
        names = [self.services.catalog.exercises[item.exercise].name for item in routine.items if item.gate]
        answer = await self.app.push_screen_wait(
            ChoiceScreen(f"{', '.join(names)}: are you ready for it?", gates, GATE_ANSWERS)
        )
        self.services.remember(self.services.memory.with_mastered(routine.id, answer == "yes"))
        self._refresh(routine)


def _loggable(choices: Choices) -> dict[str, object]:
    """Choices as plain values for the log."""
    values = {key: value for key, value in asdict(choices).items() if value is not None}
    return {**values, "tempo": float(choices.tempo), "timings": asdict(choices.timings)}
