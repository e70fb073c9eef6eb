"""The picker: a list of routines, a preview of what will happen, and the choices, all by single keys."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from hipcoach.core.plan import Plan, StepSide
from hipcoach.core.routine import Routine
from hipcoach.errors import StorageError
from hipcoach.live.services import Services
from hipcoach.ui.file_problems import MARK, problem_entry, problem_preview
from hipcoach.ui.offer import SelfTests
from hipcoach.ui.plan_preview import preview
from hipcoach.ui.routine_card import Marks, card, is_standing, last_words, matches
from hipcoach.ui.routine_order import in_order
from hipcoach.ui.screens.own_routines import OwnRoutines
from hipcoach.ui.screens.picker_figures import PickerFigures
from hipcoach.ui.screens.picker_keys import GIVEN_UP, PICKER_KEYS
from hipcoach.ui.screens.picker_offers import PickerOffers
from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.widgets.fitting_footer import FittingFooter
from hipcoach.ui.widgets.routine_list import RoutineList

if TYPE_CHECKING:
    from hipcoach.storage.session_index import SessionList


class PickerScreen(Steady, OwnRoutines, PickerFigures, PickerOffers):
    """Choose a routine and start it."""

    CSS_PATH = "picker.tcss"
    DEFAULT_CLASSES = "picker"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide"), (110, "-broad")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high")]
    AUTO_FOCUS = "#routines"
    BINDINGS: ClassVar[list[BindingType]] = PICKER_KEYS

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.last_done: Mapping[str, date] | None = None
        """When each routine was last done, by id; None until the log has been read."""
        self.filter_word = ""
        self._saved_after_all: list[str] = []

    def compose(self) -> ComposeResult:
        """The list, and beside it the preview."""
        with Vertical(id="left"):
            yield RoutineList(id="routines")
            yield Static("", id="nothing")
            yield Static("", id="offers")
        with VerticalScroll(id="right", can_focus=False):
            yield Static(id="preview")
        yield FittingFooter(*GIVEN_UP)

    def on_mount(self) -> None:
        """Fill the list; the routine done last is highlighted."""
        self._fill(self.services.state.last_routine)
        self.call_after_refresh(self.watch_files)

    @on(events.ScreenResume)
    def pass_over_styles(self, event: events.ScreenResume) -> None:
        """Not style anything twice: the app comes with the picker's styles, and it has just been mounted."""
        event.refresh_styles = self.stack_updates > 0

    def on_screen_resume(self) -> None:
        """First the list is drawn, then all that goes with it. Back from a session or the history, the
        choices, and what was done last, may have changed."""
        self.call_after_refresh(self._look_if_seen)

    def _look_if_seen(self) -> None:
        # Between a session and its summary the list is on top for a moment; it looks when it comes back.
        if self.app.screen is self:
            self.look_again()

    def look_again(self) -> None:
        """Show the highlighted routine as it is chosen now, and what was done last."""
        routine = self.highlighted
        if routine is not None:
            self.refresh_routine(routine)
        else:
            self._show_highlighted()
        if self.movement is not None and self.is_active:
            self.movement.player.wake()
        self._load_log()

    def on_screen_suspend(self) -> None:
        """Nobody looks at the figure meanwhile."""
        if self.movement is not None:
            self.movement.player.rest()

    @property
    def highlighted(self) -> Routine | None:
        """The routine under the cursor."""
        return self.services.catalog.routines.get(self._highlighted_id or "")

    @property
    def highlighted_file(self) -> str | None:
        """The file with a problem that is under the cursor, if it is one."""
        entry = self._highlighted_id or ""
        return entry.removeprefix(MARK) if entry.startswith(MARK) else None

    @property
    def _highlighted_id(self) -> str | None:
        options = self.query_one("#routines", OptionList)
        return None if options.highlighted is None else options.get_option_at_index(options.highlighted).id

    def shown_ids(self) -> list[str]:
        """The routines listed now, from top to bottom."""
        return [routine.id for routine in self._shown()]

    def _shown(self) -> list[Routine]:
        catalog = self.services.catalog
        return [
            routine
            for routine in in_order(catalog, self.services.state)
            if matches(routine, catalog, self.filter_word)
            and (not self.services.state.standing_only or is_standing(self.chosen(routine), catalog))
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
        if not self.filter_word:
            for name, problems in self.problems.items():
                if options.option_count:
                    options.add_option(None)
                options.add_option(Option(problem_entry(name, problems), id=f"{MARK}{name}"))
                ids.append(f"{MARK}{name}")
        if ids:
            with options.prevent(OptionList.OptionHighlighted):
                options.highlighted = ids.index(highlight) if highlight in ids else 0
        state = self.services.state
        reasons = [f"“{self.filter_word}”"] if self.filter_word else []
        reasons += ["standing only (s)"] if state.standing_only else []
        text = f"Shown: {', '.join(reasons)}. escape: show all" if reasons else ""
        self.query_one("#nothing", Static).update(Content(text if ids else f"Nothing fits. {text}"))

    def _entry(self, routine: Routine) -> Content:
        if self.last_done is None:
            return self._card(routine, "")
        return self._card(routine, last_words(self.last_done.get(routine.id), self.services.today))

    def _card(self, routine: Routine, last: str) -> Content:
        plan = self.plan_for(routine, self.choices_for(routine))
        own = self.services.own is not None and routine.id in self.services.own.files
        marks = Marks(favourite=routine.id in self.services.state.favourites, own=own)
        return card(self.chosen(routine), self.services.catalog, plan, last, marks)

    @work(thread=True, exclusive=True, group="log")
    def _load_log(self) -> None:
        if self.services.unsaved:
            retry = partial(self.services.unsaved.retry, self.services.paths.sessions)
            self._saved_after_all += self.services.writer.write(retry).result()
        worker = get_current_worker()
        log = self.services.load_log(lambda: worker.is_cancelled)
        self_tests = self.read_self_tests()
        any_deleted = False
        with suppress(StorageError):
            any_deleted = self.last_deleted() is not None

        def show() -> None:
            # Asked here, where no newer reading can begin in between: that may have been shown already.
            if not worker.is_cancelled:
                self.any_deleted = any_deleted
                self._show_log(log, self_tests)

        if not worker.is_cancelled:
            self.app.call_from_thread(show)

    def _show_log(self, log: SessionList, self_tests: SelfTests) -> None:
        if not self.is_running:  # whoever was quicker than the disk has left by now
            return
        if self._saved_after_all:
            self.notify(", ".join(self._saved_after_all), title="Saved after all", markup=False)
            self._saved_after_all = []
        self.last_done = {each.routine: each.day for each in log.entries if each.counts}
        options = self.query_one("#routines", OptionList)
        for routine in self._shown():
            options.replace_option_prompt(routine.id, self._entry(routine))
        self.know(log.entries, self_tests)

    def refresh_routine(self, routine: Routine) -> None:
        """Show a routine as it is chosen now, in the list and beside it."""
        self.query_one("#routines", OptionList).replace_option_prompt(routine.id, self._entry(routine))
        self._preview(routine)

    def _preview(self, routine: Routine) -> None:
        choices = self.choices_for(routine)
        variables = self.app.theme_variables
        colours = {side: variables.get(f"side-{side}", "") for side in (StepSide.LEFT, StepSide.RIGHT)}
        plan = self.plan_for(routine, choices)
        listening = self.services.listening_for(routine.id)
        if listening.speech and self.services.speech is not None:
            from hipcoach.live.session_runner import first_lines

            self.services.speech.prepare(lambda lengths: first_lines(plan, lengths))
        text = preview(routine, self.services.catalog, plan, choices, listening, colours)
        self._show_beside(text, plan)

    def _show_beside(self, preview: VisualType, plan: Plan | None) -> None:
        self.query_one("#preview", Static).update(preview)
        self.query_one("#right").scroll_home(animate=False)
        self.show_movements(plan)
        self.show_offers()
        self.refresh_bindings()

    def _show_highlighted(self) -> None:
        routine, file = self.highlighted, self.highlighted_file
        if routine is not None:
            self._preview(routine)
        elif file is not None:
            path = self.services.paths.config / file
            self._show_beside(problem_preview(path, self.problems.get(file, [])), None)
        else:
            self._show_beside("", None)

    def on_option_list_option_highlighted(self) -> None:
        """Another routine: show what it holds."""
        self._show_highlighted()

    def on_option_list_option_selected(self) -> None:
        """Enter, or a click."""
        self.action_start()

    def action_scroll(self, pages: int) -> None:
        """Scroll the preview."""
        preview = self.query_one("#right")
        preview.scroll_relative(y=pages * max(1, preview.size.height - 2), animate=False)

    def action_standing(self) -> None:
        """Only what is done standing, or everything."""
        wanted = not self.services.state.standing_only
        self.services.remember(lambda state: replace(state, standing_only=wanted))
        self.refill()

    def action_filter(self) -> None:
        """Show the filter."""
        box = next(iter(self.query(Input)), None)
        if box is None:
            box = Input(placeholder="filter by a word", id="filter", compact=True)
            self.query_one("#left").mount(box, before=0)
        box.focus()

    def action_unfilter(self) -> None:
        """Show everything again."""
        self.query(Input).remove()
        self.remove_class("-movement")
        self.filter_word = ""
        self.services.remember(lambda state: replace(state, standing_only=False))
        self.refill()
        self.query_one("#routines").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as one types."""
        self.filter_word = event.value.strip()
        self.refill()

    def on_input_submitted(self) -> None:
        """Back to the list, with what the filter left."""
        self.query_one("#routines").focus()

    def refill(self, highlight: str | None = None) -> None:
        """Show everything anew, with this or the same routine highlighted."""
        self._fill(highlight or self._highlighted_id)
        self._show_highlighted()

    def action_history(self) -> None:
        """Streaks and past sessions."""
        from hipcoach.ui.screens.history import HistoryScreen

        self.app.push_screen(HistoryScreen(self.services))

    def action_safety(self) -> None:
        """The safety page again."""
        from hipcoach.ui.screens.safety import SafetyScreen

        self.app.push_screen(SafetyScreen(first_time=False))
