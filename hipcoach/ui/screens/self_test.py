"""The two self-tests, one side at a time: what to do, what was seen, and what that can't tell."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from msgspec import Struct
from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from hipcoach import __version__
from hipcoach.core.exercise import Side
from hipcoach.core.history.streaks import civil_day
from hipcoach.core.self_test import SIDES, SelfTest, SelfTestRecord, SelfTestResult, SelfTests, result_of
from hipcoach.errors import StorageError
from hipcoach.live.services import Services
from hipcoach.storage.bundled import bundled_self_tests
from hipcoach.storage.day_files import load_self_tests, save_self_test
from hipcoach.ui.figures import showing_of_test
from hipcoach.ui.screens.choice import Answer, ChoiceScreen
from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.self_test_words import intro_words, result_words, trial_words
from hipcoach.ui.widgets.figure_player import FigurePlayer
from hipcoach.ui.widgets.fitting_footer import FittingFooter
from hipcoach.ui.widgets.steady_list import SteadyList

BEGIN = Answer("begin", "b", "Begin")
PASS_OVER = Answer("pass-over", "s", "Leave this one out")
KEEP = Answer("keep", "k", "Keep this")
THROW_AWAY = Answer("throw-away", "d", "Do not keep it")
LEAVE_ANSWERS = (
    Answer("go-on", "g", "Go on"),
    Answer("keep", "k", "Keep what was found so far"),
    Answer("throw-away", "d", "Keep nothing"),
)


class Trial(Struct, frozen=True):
    """One test on one side."""

    test: SelfTest
    side: Side


class SelfTestScreen(Steady, Screen[SelfTestRecord | None]):
    """Leads through the tests. Dismissed with what was saved, or None.

    The figure stands above the words, where there is room for both.
    """

    CSS_PATH = "self_test.tcss"
    AUTO_FOCUS = "SteadyList"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p,left", "back", "Back", id="self-test.back", tooltip="To the side or test before"),
        Binding("escape,q", "leave", "Leave", id="self-test.leave", tooltip="Stop here"),
    ]

    def __init__(self, services: Services, tests: SelfTests | None = None) -> None:
        super().__init__()
        self.services = services
        self.tests = tests or bundled_self_tests()
        self.trials = tuple(Trial(test, side) for test in self.tests.tests for side in SIDES)
        self.place = -1
        """The trial in progress; -1 before the first, `len(trials)` after the last."""
        self.found: dict[int, SelfTestResult] = {}
        self.started = services.now()
        self.record_id = services.new_session_id(self.started)
        self.last: SelfTestRecord | None = None

    @property
    def trial(self) -> Trial | None:
        """The test and side in progress; None on the first page and the last."""
        return self.trials[self.place] if 0 <= self.place < len(self.trials) else None

    @property
    def results(self) -> tuple[SelfTestResult, ...]:
        """What was found so far, in the order of the trials."""
        return tuple(self.found[place] for place in sorted(self.found))

    def compose(self) -> ComposeResult:
        """Heading, room for a figure, the words, and what can be answered."""
        yield Static("", id="heading")
        yield FigurePlayer(self.services.clock, id="figure")
        with VerticalScroll(id="page", can_focus=False):
            yield Static("", id="words")
        yield SteadyList(id="answers")
        yield FittingFooter()

    def on_mount(self) -> None:
        """The first page; what was found the last time is read meanwhile."""
        self._show()
        self._load_last()

    @work(thread=True, group="last")
    def _load_last(self) -> None:
        records = load_self_tests(self.services.paths.self_tests).records
        self.last = records[-1] if records else None

    def answers(self) -> tuple[Answer, ...]:
        """What can be answered on this page."""
        if self.place < 0:
            return (BEGIN,)
        if self.trial is None:
            return (KEEP, THROW_AWAY) if self.found else (THROW_AWAY,)
        test, side = self.trial.test, self.trial.side
        given = (Answer(each.id, each.key, test.said(each.label, side)) for each in test.answers)
        return (*given, PASS_OVER)

    def _show(self) -> None:
        heading, words = self._page()
        self.query_one("#heading", Static).update(Content(heading))
        self.query_one("#words", Static).update(words)
        self.query_one("#page").scroll_home(animate=False)
        trial, player = self.trial, self.query_one(FigurePlayer)
        self.set_class(trial is not None, "-with-figure")
        player.less_motion = self.services.settings.look.less_motion
        player.play(None if trial is None else lambda: showing_of_test(trial.test, trial.side))
        options = self.query_one(SteadyList)
        options.clear_options()
        options.add_options(
            Option(Content(f" {each.key}   {each.label}"), id=each.id) for each in self.answers()
        )
        options.highlighted = 0
        self.refresh_bindings()

    def _page(self) -> tuple[str, Content]:
        tests = self.tests
        if self.trial:
            test, side = self.trial.test, self.trial.side
            number = f"{self.place + 1} of {len(self.trials)}"
            return f"{test.name}: {side.value.upper()}, {test.side_means}   {number}", trial_words(test, side)
        if self.place < 0:
            return "Two self-tests", intro_words(tests, self._source())
        return "What was found", result_words(tests, self.results, self.last, self.services.today)

    def _source(self) -> str:
        source = self.services.catalog.sources.get(self.tests.tests[0].source)
        return ", ".join(filter(None, (source.author, source.title))) if source else "an article"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing before the first page."""
        return action != "back" or self.place >= 0

    def on_key(self, event: events.Key) -> None:
        """Take an answer's own key."""
        for answer in self.answers():
            if event.character == answer.key:
                event.stop()
                self._answer(answer.id)
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the highlighted answer."""
        self._answer(event.option_id or "")

    def _answer(self, answer: str) -> None:
        if self.trial is None and self.place >= 0:
            self._finish(keep=answer == KEEP.id)
            return
        if self.trial is not None:
            self.found.pop(self.place, None)
            test = self.trial.test
            for each in test.answers:
                if each.id == answer:
                    self.found[self.place] = result_of(test, self.trial.side, each)
        self.place += 1
        self._show()

    def action_back(self) -> None:
        """To the page before; what was answered there stays until it is answered anew."""
        if self.place >= 0:
            self.place -= 1
            self._show()

    @work(exclusive=True, group="leave")
    async def action_leave(self) -> None:
        """Leave; where something was found, ask what becomes of it."""
        if not self.found:
            self.dismiss(None)
            return
        answer = await self.app.push_screen_wait(ChoiceScreen("Stop here?", "", LEAVE_ANSWERS))
        if answer != "go-on":
            self._finish(keep=answer == "keep")

    @work(exclusive=True, group="finish")
    async def _finish(self, *, keep: bool) -> None:
        if not keep:
            self.dismiss(None)
            return
        record = self._record()
        try:
            await self.services.writer.done(partial(save_self_test, self.services.paths.self_tests, record))
        except StorageError as error:
            self.notify(error.message, title="The self-test was not saved", severity="error", markup=False)
            return
        self.dismiss(record)

    def keep_unsaved(self) -> None:
        """Save what was found so far."""
        if self.found:
            self.services.writer.write(partial(self._save, self._record()))

    def _save(self, record: SelfTestRecord) -> None:
        try:
            save_self_test(self.services.paths.self_tests, record)
        except StorageError as error:
            self.services.tell(f"The self-test was not saved. {error.message}")

    def _record(self) -> SelfTestRecord:
        return SelfTestRecord(
            id=self.record_id,
            started=self.started,
            day=civil_day(self.started, self.services.settings.day.starts_at),
            results=self.results,
            app_version=__version__,
        )
