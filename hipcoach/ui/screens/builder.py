"""Build a routine, line by line: what one writes or pastes, and beside it what that was taken for."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from hipcoach.core.plan import StepSide
from hipcoach.core.routine import Routine
from hipcoach.core.sheet.meaning import slug
from hipcoach.core.sheet.printing import own_dose_text
from hipcoach.core.sheet.reading import Sheet, read_sheet
from hipcoach.core.text import plain
from hipcoach.errors import HipcoachError
from hipcoach.live.drafts import KEEP_EVERY, Draft
from hipcoach.live.services import Services
from hipcoach.storage.catalog import write_schema
from hipcoach.storage.removed import Removed
from hipcoach.storage.sheet_file import (
    SCHEMA_LINE,
    ChangedError,
    catalog_without,
    held_in,
    replace_routine_file,
    routine_path,
    sheet_file_text,
)
from hipcoach.ui.numbers import day_text
from hipcoach.ui.screens.choice import Answer, ChoiceScreen
from hipcoach.ui.screens.exercise_finder import ExerciseFinder
from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.sheet_view import Reading, meaning, read, summary
from hipcoach.ui.themes import for_rich
from hipcoach.ui.widgets.fitting_footer import FittingFooter
from hipcoach.ui.widgets.one_line import fitted

PAUSE = 0.15
"""Seconds without a key after which a sheet is read anew."""
LONGEST_TITLE = 30
"""Cells of the title of a draft."""
LEAVE_ANSWERS = (
    Answer("stay", "c", "Continue writing"),
    Answer("save", "s", "Save it"),
    Answer("later", "l", "Keep it for later"),
    Answer("discard", "d", "Discard it"),
)


class Changed(Struct, frozen=True):
    """The routine of the user's own that is changed: it keeps its id and its file."""

    id: str
    path: Path
    content: str | None
    """What the file held when it was opened; None where there is none yet."""


class BuilderScreen(Steady, Screen[str | None]):
    """Dismissed with the id of the routine that was saved, or None."""

    CSS_PATH = "builder.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="builder.save", tooltip="Save the routine", priority=True),
        Binding("f2", "add", "Add exercise", id="builder.add", tooltip="Add an exercise of the catalogue"),
        Binding(
            "alt+up,f3", "move(-1)", "Line up", id="builder.up", tooltip="Move this line up", priority=True
        ),
        Binding(
            "alt+down,f4",
            "move(1)",
            "Line down",
            id="builder.down",
            tooltip="Move the line down",
            priority=True,
        ),
        Binding("f1", "app.help", "Help", id="builder.help", tooltip="Keys, sounds and words"),
        Binding("escape", "leave", "Back", id="builder.leave", tooltip="Leave", priority=True),
    ]

    def __init__(self, services: Services, text: str, draft: Draft, changed: Changed | None = None) -> None:
        """`text`: what there is to begin with, if `draft` holds nothing; the draft keeps what is written.
        `changed`: what is changed, unless it is new."""
        super().__init__()
        self.services = services
        self.draft = draft
        self.is_draft = draft.text is not None
        self.changed = changed
        self.heading = "Your routine"
        if self.is_draft:
            self.heading += f", unsaved since {day_text(draft.day, services.today)}"
        self.text = text = draft.text or text
        self.reading: Reading = read(text, services.catalog, services.settings.timings)
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        """The sheet and its meaning."""
        yield Static(id="head")
        with Horizontal():
            yield TextArea(self.text, id="sheet", soft_wrap=True, tab_behavior="focus")
            with VerticalScroll(id="meant"):
                yield Static(id="meaning")
        yield FittingFooter("move(-1)", "move(1)", "app.help")

    def on_mount(self) -> None:
        """Begin at the end of what is there."""
        sheet = self.sheet
        sheet.focus()
        sheet.move_cursor(sheet.document.end)
        self._show()
        self.set_interval(KEEP_EVERY, self.keep_unsaved)

    @property
    def sheet(self) -> TextArea:
        """Where one writes."""
        return self.query_one("#sheet", TextArea)

    def keep_unsaved(self) -> None:
        """Keep what is written as a draft."""
        self.draft.keep(self.sheet.text if self.is_changed else None)

    @property
    def is_changed(self) -> bool:
        """Whether there is something to lose."""
        return self.is_draft or self.sheet.text != self.text

    def on_text_area_changed(self) -> None:
        """Read it anew as soon as the keys rest."""
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(PAUSE, self.read_now)

    def read_now(self) -> None:
        """Read the sheet as it stands."""
        self.reading = read(self.sheet.text, self.services.catalog, self.services.settings.timings)
        self._show()

    @work(group="builder")
    async def action_add(self) -> None:
        """Put an exercise of the catalogue on a line of its own below the cursor's, with its own dose."""
        chosen = await self.app.push_screen_wait(ExerciseFinder(self.services.catalog))
        if chosen is None:
            return
        exercise = self.services.catalog.exercises[chosen]
        dose = own_dose_text(exercise)
        # With several parts the doses are left to the exercise; they stand there to be seen.
        words = f"{exercise.name} {dose}" if len(exercise.stages) == 1 else f"{exercise.name}  # {dose}"
        row = self.sheet.cursor_location[0]
        line = self.sheet.document.get_line(row)
        if line.strip():
            self.sheet.insert(f"\n{_indent(line)}{words}", (row, len(line)))
            row += 1
        else:
            self.sheet.insert(words, (row, len(line)))
        self.sheet.move_cursor((row, len(self.sheet.document.get_line(row))))

    def action_move(self, by: int) -> None:
        """Swap the cursor's line with the one above or below."""
        sheet = self.sheet
        lines = sheet.text.split("\n")
        row, column = sheet.cursor_location
        other = row + by
        if 0 <= other < len(lines):
            top, bottom = sorted((row, other))
            sheet.replace(f"{lines[bottom]}\n{lines[top]}", (top, 0), (bottom, len(lines[bottom])))
            sheet.move_cursor((other, column))

    @work(exclusive=True, group="leave")
    async def action_leave(self) -> None:
        """Back to the picker; what is not saved is asked about."""
        self.keep_unsaved()
        if not self.is_changed:
            self.dismiss(None)
            return
        answer = await self.app.push_screen_wait(
            ChoiceScreen("Leave the routine?", "It is not saved.", LEAVE_ANSWERS)
        )
        if answer == "save":
            self.action_save()
        elif answer != "stay":
            if answer == "discard":
                self.draft.drop()
            self.dismiss(None)

    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Write the routine into the user's directory; what was not understood is left out, and said."""
        self.read_now()
        sheet = self.reading.sheet
        if sheet.routine is None or self.reading.plan is None:
            words = "There is no exercise in it yet."
            if sheet.is_too_large:
                words = "It is larger than a routine may be."
            self.notify(words, title="Not saved", severity="warning", markup=False)
            return
        if (
            sheet.problems
            and await self.app.push_screen_wait(_problem_question(len(sheet.problems))) != "save"
        ):
            return
        routine, target = self._place(sheet.routine)
        # Another window may write while a question is open; then it is about something else, and asked again.
        while True:
            there = await asyncio.to_thread(held_in, target)
            if self.changed is not None and target == self.changed.path:
                taken = there != self.changed.content and there is not None
            else:
                taken = routine.id in self.services.catalog.routines or there is not None
            if taken and await self.app.push_screen_wait(_taken_question(routine)) != "replace":
                return
            try:
                removed = await self._write(sheet, routine, target, there, taken)
                break
            except ChangedError:
                continue
            except HipcoachError as error:
                self.notify(error.message, title=error.title, severity="error", markup=False)
                return
        aside = f"\nWhat was there before is now {removed.moves[0][0]}" if removed else ""
        self.draft.drop()
        self.dismiss(routine.id)
        # Now: it is for the screen that is there then.
        self.app.notify(f"{target}{aside}", title=f"“{routine.title}” is saved", markup=False)

    async def _write(
        self, sheet: Sheet, routine: Routine, target: Path, there: str | None, taken: bool
    ) -> Removed | None:
        """Write it in the place of what is `there`, which is moved aside where it is `taken`; as for
        `replace_routine_file`."""
        text, catalog = self.sheet.text, self.services.catalog
        if there is not None:
            catalog = await asyncio.to_thread(catalog_without, catalog, target)
            sheet = read_sheet(text, catalog)
        content = SCHEMA_LINE + sheet_file_text(replace(sheet, routine=routine), catalog, text)
        await asyncio.to_thread(write_schema, self.services.paths.config)
        # What is taken may hold what nobody has seen here.
        aside = self.services.paths.removed_routines if taken else None
        return await self.services.writer.done(partial(replace_routine_file, target, content, there, aside))

    def _place(self, routine: Routine) -> tuple[Routine, Path]:
        """The routine under the id, and the file, that it is saved under."""
        changed = self.changed
        if changed is not None and routine.id in (changed.id, slug(routine.title)):
            # Another title makes no other routine of it; another id, written down, does.
            return replace(routine, id=changed.id), changed.path
        own, config = self.services.own, self.services.paths.config
        file = None if own is None else own.files.get(routine.id)
        return routine, config / file if file else routine_path(config, routine.id)

    def _show(self) -> None:
        self._waiting = None
        variables = self.app.theme_variables
        colours = {side: variables.get(f"side-{side}", "") for side in (StepSide.LEFT, StepSide.RIGHT)}
        self.query_one("#head", Static).update(Content(f"{self.heading} · {summary(self.reading)}"))
        words = meaning(self.reading, colours, for_rich(variables.get("error", "red")))
        self.query_one("#meaning", Static).update(words)


def draft_words(draft: Draft, today: date) -> str:
    """What is kept, by the first line of its text: "“My routine”, unsaved since yesterday"."""
    lines = [plain(line).removeprefix("title:").strip() for line in (draft.text or "").splitlines()]
    first = fitted(next(filter(None, lines), "an empty text"), LONGEST_TITLE)
    return f"“{first}”, unsaved since {day_text(draft.day, today)}"


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _taken_question(routine: Routine) -> ChoiceScreen:
    answers = (
        Answer("back", "g", "Go on writing, to give it another title"),
        Answer("replace", "r", "Replace it"),
    )
    text = "There is one already that is not what you opened. It is moved aside."
    return ChoiceScreen(f"Replace “{routine.title}”?", text, answers)


def _problem_question(count: int) -> ChoiceScreen:
    lines = f"{count} line{'s were' if count > 1 else ' was'} not understood"
    answers = (Answer("back", "g", "Go on writing"), Answer("save", "s", "Save it without them"))
    return ChoiceScreen("Save it?", f"{lines} and would be left out.", answers)
