"""What the picker offers beside the routines: to say how it feels, another level, the self-tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.widgets import Static

from hipcoach.ui.offer import SelfTests, offer_lines
from hipcoach.ui.screens.routine_choices import RoutineChoices

if TYPE_CHECKING:
    from hipcoach.core.history.progression import Offer
    from hipcoach.core.history.record import SessionEntry

SELF_TESTS_UNKNOWN = SelfTests(last=None, has_practised=False)


class PickerOffers(RoutineChoices):
    """A picker with a Static `#offers`, told of the sessions by `know`, of changes by `show_offers`."""

    self_tests: SelfTests = SELF_TESTS_UNKNOWN
    offer: Offer | None = None
    """The other level that is offered for the highlighted routine."""
    _sessions: Mapping[str, Sequence[SessionEntry]] = {}

    def read_self_tests(self) -> SelfTests:
        """When the self-tests were last done. Reads files: use a thread."""
        from hipcoach.storage.day_files import load_self_tests

        records = load_self_tests(self.services.paths.self_tests).records
        return SelfTests(max((each.day for each in records), default=None), has_practised=False)

    def know(self, sessions: Iterable[SessionEntry], self_tests: SelfTests) -> None:
        """Take over what has been read."""
        by_routine: dict[str, list[SessionEntry]] = {}
        for each in sessions:
            by_routine.setdefault(each.routine, []).append(each)
        self._sessions = by_routine
        self.self_tests = SelfTests(self_tests.last, has_practised=bool(by_routine))
        self.show_offers()
        self.refresh_bindings()

    def show_offers(self) -> None:
        """Show what is offered now."""
        routine = self.highlighted
        done = self._sessions.get(routine.id, ()) if routine is not None else ()
        self.offer = None
        if routine is not None and done:
            from hipcoach.core.history.progression import offer_for

            catalog = self.services.catalog
            self.offer = offer_for(self.adapted(routine), catalog, self.choices_for(routine), done)
        rating = self.services.feeling.at(self.services.clock())
        lines = offer_lines(rating, self.offer, self.self_tests, self.services.today, self.deleted)
        self.query_one("#offers", Static).update(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the key of an offer that there is not."""
        if action == "offer":
            return self.offer is not None or self.any_deleted
        return super().check_action(action, parameters)

    @work(exclusive=True, group="start")
    async def action_offer(self) -> None:
        """Take the offered level, or bring back what was deleted."""
        offer = self.offer
        if offer is None or self.deleted is not None:
            await self.bring_back()
        else:
            self._choose(level=offer.level, rounds=None)

    @work(exclusive=True, group="start")
    async def action_feel(self) -> None:
        """Say how it feels now; the next session begins with it."""
        from hipcoach.ui.screens.discomfort import DiscomfortScreen

        feeling, clock = self.services.feeling, self.services.clock
        answer = await self.app.push_screen_wait(DiscomfortScreen(rating=feeling.at(clock())))
        if answer is not None:
            feeling.rate(answer.value, clock())
            self.show_offers()

    def action_self_tests(self) -> None:
        """Do the self-tests."""
        from hipcoach.ui.screens.self_test import SelfTestScreen

        self.app.push_screen(SelfTestScreen(self.services))
