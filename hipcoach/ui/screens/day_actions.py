"""What can be done with a day of the history: mark it as a day off, or take the mark away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from textual import work
from textual.screen import Screen

from hipcoach.errors import StorageError
from hipcoach.live.services import Services
from hipcoach.storage.day_files import DayKind, mark_day, unmark_day
from hipcoach.ui.day_text import KIND_WORDS, full_day
from hipcoach.ui.screens.choice import Answer, ChoiceScreen

LEAVE = Answer("leave", "l", "Leave it as it is")
UNMARK = Answer("unmark", "n", "No day off after all")
KINDS = {
    DayKind.REST: Answer("rest", "r", "Rest"),
    DayKind.SICK: Answer("sick", "s", "Sick"),
    DayKind.TRAVEL: Answer("travel", "t", "Travel"),
}
ABOUT = "A day off breaks no streak and adds to none. A week with four or more of them is passed over."


class DayActions(Screen[None]):
    """A screen with a day that can be marked."""

    services: Services

    @property
    def chosen_day(self) -> date | None:
        """The day that marking is about; None while nothing is known."""
        raise NotImplementedError

    @property
    def marked_days(self) -> Mapping[date, DayKind]:
        """The days that are marked."""
        raise NotImplementedError

    def read_again(self, then_on: str | None = None) -> None:
        """Read the log again, since it has changed."""
        raise NotImplementedError

    @work(exclusive=True, group="change")
    async def action_mark_day(self) -> None:
        """Ask what kind of day off it is, and write that down."""
        day = self.chosen_day
        if day is None:
            return
        before = self.marked_days.get(day)
        answers = [KINDS[kind] for kind in DayKind if kind is not before]
        now = f" It is marked as a {KIND_WORDS[before]}." if before else ""
        question = f"{full_day(day, self.services.today)}: a day off?"
        others = (UNMARK, LEAVE) if before else (LEAVE,)
        answer: str = await self.app.push_screen_wait(
            ChoiceScreen(question, ABOUT + now, (*answers, *others), harmless=LEAVE.id)
        )
        directory, write = self.services.paths.days, self.services.writer.done
        try:
            if answer == UNMARK.id:
                await write(partial(unmark_day, directory, day))
            elif answer != LEAVE.id:
                await write(partial(mark_day, directory, day, DayKind(answer)))
        except StorageError as error:
            self.notify(error.message, title="The day was not marked", severity="error", markup=False)
            return
        if answer != LEAVE.id:
            self.read_again()
