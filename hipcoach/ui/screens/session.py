"""The live session: shows what the runner says and hands it what the keys ask for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from hipcoach.core.history.record import SessionRecord
from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.errors import IllegalCommandError
from hipcoach.live.services import Services
from hipcoach.live.session_runner import SESSION_KEYS, Command, SessionRunner
from hipcoach.storage.journal import Unfinished
from hipcoach.ui.figures import Figures
from hipcoach.ui.key_words import key_for
from hipcoach.ui.screens.choice import Answer, ChoiceScreen
from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.session_view import sound_mark, view_of
from hipcoach.ui.terminal_title import set_terminal_title
from hipcoach.ui.widgets.fitting_footer import FittingFooter
from hipcoach.ui.widgets.kept_lines import Backdrop
from hipcoach.ui.widgets.session_display import SessionDisplay

TICK = 0.1
"""Seconds between two looks at the clock."""
ACTIONS = {"drop": "drop", "speech": "speech", "stop": "stop", "help": "app.help"}
"""Those that ask or show something; all others are the runner's."""
NOTHING_ASKED = "Nothing was done in this session."
NOTHING_ANSWERS = (
    Answer("discard", "d", "Discard it"),
    Answer("keep", "k", "Keep it in the history"),
)
STOP_ANSWERS = (
    Answer("go-on", "g", "Go on with the session"),
    Answer("save", "s", "Save what is done and stop"),
    Answer("discard", "d", "Discard this session"),
)
LAST_ASKED = "Leave it out?"
LAST_TEXT = "It is the last exercise: without it the session is over."
LAST_ANSWERS = (
    Answer("stay", "g", "Go on with it"),
    Answer("drop", "l", "Leave it out and finish"),
)


def action_of(key: str) -> str:
    """Return the action of a session's key as Textual names it."""
    return ACTIONS.get(key, f"do('{key}')")


class SessionEnd:
    """What a session came to: its record, and a sentence if it could not be saved."""

    def __init__(self, record: SessionRecord, problem: str) -> None:
        self.record = record
        self.problem = problem


class SessionScreen(Steady, Screen[SessionEnd | None], Backdrop):
    """One session, from its first lead-in to its end; dismissed with None if it was discarded."""

    CSS_PATH = "session.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [
        (0, "-flat"),
        (12, "-tiny"),
        (16, "-low"),
        (22, "-short"),
        (34, "-tall"),
        (50, "-huge"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            each.keys,
            action_of(each.id),
            each.label,
            id=f"session.{each.id}",
            tooltip=each.help,
            show=each.id not in ("quieter", "louder"),
        )
        for each in SESSION_KEYS
    ]

    def __init__(
        self,
        services: Services,
        plan: Plan,
        choices: Mapping[str, object],
        unfinished: Unfinished | None = None,
    ) -> None:
        super().__init__()
        self.services = services
        self.runner = SessionRunner(services, plan, choices, unfinished)
        self.has_ended = False
        self._display = SessionDisplay()
        self._figures = Figures()
        self._told_problem = ""
        self._told_title = ""
        self._told_speech = False
        self._told_index = -1

    @property
    def session(self) -> Session:
        """The session's present state."""
        return self.runner.session

    def compose(self) -> ComposeResult:
        """The display and the keys."""
        yield self._display
        give_up = ("drop", "restart", "speech", "shorter", "longer", "mute", "back", "hurts")
        yield FittingFooter(*map(action_of, give_up))

    def on_mount(self) -> None:
        """Start looking at the clock."""
        self.set_interval(TICK, self.tick)
        self._read_figures()
        self.tick()

    def on_screen_suspend(self) -> None:
        """Something covers the session, such as the command palette; it waits meanwhile."""
        self._hold_still()

    def on_unmount(self) -> None:
        """Let go of the screen saver, the sound device and the title, whatever way the session was left."""
        self.runner.close()
        set_terminal_title(self.app, "hipcoach")

    def tick(self) -> None:
        """Look at the clock and show what is."""
        if self.has_ended:
            return
        if self.runner.tick():
            self.notify("Nobody was counting for a moment. Press space to go on.", title="Paused")
        self._show()

    def apply(self, command: Command) -> None:
        """Give the session a command now."""
        self._perform(lambda: self.runner.apply(command))

    def _perform(self, action: Callable[[], str | None]) -> str:
        """Have the runner do something and show what came of it. Returns what there is to say about it."""
        said = None
        if not self.has_ended:
            try:
                said = action()
            except IllegalCommandError as error:
                self.notify(error.message, title=error.title, timeout=2)
            else:
                self._display.forget_cue()
            self._show_words()
            # To draw the figure takes as long as all the words: these are what a key's effect is seen by.
            self.call_after_refresh(self._show_figure)
        return said or ""

    def keep_unsaved(self) -> None:
        """Stop at once and save what was done, without asking: nobody may be there to answer."""
        if not self.has_ended:
            self.has_ended = True
            self.services.sounds.cancel()
            self.runner.finish_now()
            self.runner.save(self.runner.record())

    def _show(self) -> None:
        self._show_words()
        self._show_figure()

    def _show_figure(self) -> None:
        session, now = self.session, self.services.clock()
        less_motion = self.services.settings.look.less_motion
        self._display.show_figure(self._figures.at(session, now, less_motion=less_motion))

    def _show_words(self) -> None:
        now = self.services.clock()
        session = self.session
        view = view_of(session, now)
        sound, heard = sound_mark(
            self.services.sounds.status,
            muted=self.runner.muted,
            volume=self.runner.volume,
            speaking=self.runner.is_speaking,
        )
        display = self._display
        for cue in self.runner.cues_shown():
            display.cue(cue, now)
        display.show(view, now, sound=sound, flashing=not heard)
        if session.index != self._told_index:
            self._told_index = session.index
            self.refresh_bindings()
        title = f"{view.total_left} · {view.name}"
        if title != self._told_title:
            self._told_title = title
            set_terminal_title(self.app, title)
        problem = self.runner.problem
        if problem and problem != self._told_problem:
            self.notify(problem, title="Not saved", severity="warning", timeout=10, markup=False)
        self._told_problem = problem
        speech = self.services.speech
        if speech is not None and speech.problem and self.runner.is_speaking and not self._told_speech:
            self._told_speech = True
            self.notify(speech.problem, title="Not everything is said", timeout=6, markup=False)
        if session.is_over and not self.has_ended:
            self.has_ended = True
            self._end()

    @work(thread=True, exit_on_error=True, group="figures")
    def _read_figures(self) -> None:
        """Read the figures of this plan, off the screen's thread; they are shown from the next look on."""
        self._figures.prepare(
            dict.fromkeys(step.exercise for step in self.session.plan.steps if step.exercise)
        )

    @work(exit_on_error=True, group="end")
    async def _end(self) -> None:
        """Save off the screen's thread, then show what came of it.

        A session in which nothing was done is kept only if its owner says so.
        """
        record = self.runner.record()
        is_wanted = False
        if record.is_empty:
            try:
                question = ChoiceScreen(NOTHING_ASKED, "", NOTHING_ANSWERS)
                is_wanted = await self.app.push_screen_wait(question) == "keep"
            finally:
                # Also where the app is left over the question.
                if not is_wanted:
                    self.runner.discard()
            if not is_wanted:
                self._leave(None)
                return
        record, problem = await asyncio.to_thread(self.runner.save, record, anyway=is_wanted)
        self._leave(SessionEnd(record, problem))

    def _leave(self, end: SessionEnd | None) -> None:
        """Go, together with whatever lies over this screen, such as the help."""
        while self.app.screen is not self:
            self.app.screen.dismiss()
        self.dismiss(end)

    def action_do(self, name: str) -> None:
        """Do what a key stands for; say what the screen does not show."""
        said = self._perform(lambda: self.runner.do(name))
        if name in ("hurts", "bring-back") and said:
            self.notify(said, timeout=4, markup=False)

    def action_drop(self) -> None:
        """Leave the exercise out, and name it with the key that brings it back; ask where that is the end."""
        if self.session.drop_ends(self.services.clock()):
            self._ask_to_drop()
        elif said := self._perform(lambda: self.runner.do("drop")):
            key = key_for(self, action_of("bring-back"))
            self.notify(f"{said} {key}: bring it back", timeout=10, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer "reps done" only in a set to be ended by hand, "bring back" where something is left out."""
        if parameters == ("complete",) and self.is_mounted:
            step = self.session.step
            return step is not None and step.is_open
        if parameters == ("bring-back",):
            return bool(self.session.left_out)
        return True

    def action_speech(self) -> None:
        """Speech on or off."""
        said = self._perform(lambda: self.runner.do("speech"))
        if self.services.speech is None:
            self.notify(said, title="No speech", timeout=6, markup=False)
        elif self.runner.muted or not self.services.sounds.status.working:
            # The mark beside the sound does not tell then.
            on = self.runner.is_speaking
            text = "It is heard once there is sound." if on else "It stays silent, also once there is sound."
            self.notify(text, title=said, timeout=2, markup=False)
        self.tick()

    # Not exclusive: asked for once more, it must not take the place of the one that awaits the answer.
    @work(group="stop")
    async def action_stop(self) -> None:
        """Pause, then ask: go on, save and stop, discard."""
        if self.has_ended or any(isinstance(each, ChoiceScreen) for each in self.app.screen_stack):
            return
        was_running = self._hold_still()
        answer = await self.app.push_screen_wait(
            ChoiceScreen("Stop here?", "The session is paused meanwhile.", STOP_ANSWERS)
        )
        if answer == "save":
            self.apply(Session.finish)
        elif answer == "discard":
            self.has_ended = True
            self.services.sounds.cancel()
            self.services.writer.write(self.runner.discard)
            self._leave(None)
        elif was_running:
            self.apply(Session.resume)

    @work(group="stop")
    async def _ask_to_drop(self) -> None:
        """Pause, then ask whether the session is to end without its last exercise."""
        if self.has_ended or any(isinstance(each, ChoiceScreen) for each in self.app.screen_stack):
            return
        was_running = self._hold_still()
        if await self.app.push_screen_wait(ChoiceScreen(LAST_ASKED, LAST_TEXT, LAST_ANSWERS)) == "drop":
            self.apply(Session.drop)
        elif was_running:
            self.apply(Session.resume)

    def _hold_still(self) -> bool:
        """Pause, if that is not so already. Returns whether the session was running."""
        if self.session.is_paused or self.has_ended:
            return False
        self.apply(Session.pause)
        return True
