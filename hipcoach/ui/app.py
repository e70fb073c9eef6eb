"""The composition root: puts services and screens together, and sees to it that every way out is safe."""

from __future__ import annotations

import asyncio
import os
import select
import signal
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any, ClassVar

from textual import command
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import ThemeProvider
from textual.worker import get_current_worker

from hipcoach.errors import StorageError
from hipcoach.ui.closed_palette import is_of_closed_palette
from hipcoach.ui.leaving import Keeping
from hipcoach.ui.notices import Notices
from hipcoach.ui.readable import Readable
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.steady import has_room
from hipcoach.ui.text_first import TextFirst
from hipcoach.ui.themes import THEMES, meanings

if TYPE_CHECKING:
    from hipcoach.live.choices import CliOverrides
    from hipcoach.live.services import Services
    from hipcoach.ui.screens.session import SessionScreen

OURS = frozenset(theme.name for theme in THEMES)
READABLE, READABLE_ELSEWHERE = Readable(7.0), Readable(4.5)
"""The contrast of WCAG 2's level AAA in our themes, of AA in Textual's, which stay more like themselves."""
TERMINAL_WATCH = 1.0
"""Seconds between two looks whether the terminal is still there."""


LEAVING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""The signals that ask a program to leave."""
SUSPENDING = [getattr(signal, name) for name in ("SIGTSTP", "SIGCONT") if hasattr(signal, name)]
"""The signals that stop a program for a while; a terminal that is closed sends the second, too."""


class HipcoachApp(TextFirst, Notices):
    """The coach. `start_with` names a routine to begin at once, with the choices `once`."""

    TITLE = "hipcoach"
    CSS_PATH = ["app.tcss", "screens/picker.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", id="app.quit", tooltip="Leave hipcoach", show=False, priority=True),
        Binding(
            "ctrl+c", "quit", "Quit", id="app.break", tooltip="Leave hipcoach", show=False, priority=True
        ),
        Binding(
            "ctrl+p",
            "command_palette",
            "Commands",
            id="app.commands",
            tooltip="Everything that can be done here, by name",
            show=False,
            priority=True,
        ),
        Binding("question_mark", "app.help", "Help", id="app.help", tooltip="Keys, sounds and words"),
        # Also where a question mark is something to write, and over a dialog.
        Binding("f1", "app.help", "Help", id="app.f1", tooltip="Keys, sounds and words", priority=True),
    ]

    def __init__(
        self, services: Services, start_with: str | None = None, once: CliOverrides | None = None
    ) -> None:
        super().__init__()
        self.services = services
        """What every screen may use."""
        self.picker = PickerScreen(services)
        """The first screen, below all others."""
        self.start_with = start_with
        self.start_once = once
        self.failure: Exception | None = None
        self._leaving = False
        self._tells_problems = False
        self._interrupt: Callable[[int, FrameType | None], Any] | int | None = None
        for theme in THEMES:
            self.register_theme(theme)
        if services.settings.look.theme in self.available_themes:
            self._begin_with(services.settings.look.theme)

    def get_default_screen(self) -> Screen[Any]:
        """Return the picker."""
        return self.picker

    def _begin_with(self, theme: str) -> None:
        """Have a theme from the first, so that nothing is styled twice."""
        self.set_reactive(HipcoachApp.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        dark = self.current_theme.dark
        self.set_classes(f"-theme-{theme} {'-dark-mode' if dark else '-light-mode'}")

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line passes before it is drawn: nothing but text gets through, in readable ink."""
        readable = READABLE if self.theme in OURS else READABLE_ELSEWHERE
        return [*super().get_line_filters(), readable]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours that mean something, whatever theme is chosen."""
        return meanings(dark=self.current_theme.dark)

    def on_mount(self) -> None:
        """Take up signals and settings."""
        from hipcoach.ui.setting_changes import take_up_settings, theme_was_chosen

        self._catch_signals()
        if not self.is_headless:
            self.set_interval(TERMINAL_WATCH, self._watch_terminal)
        self.services.writer.on_done = self._hear_of_writing
        take_up_settings(self)
        self.watch(self, "theme", partial(theme_was_chosen, self), init=False)

    def on_ready(self) -> None:
        """Say or ask what has to be first, now that the picker is drawn."""
        from hipcoach.ui.opening import open_with

        self.run_worker(open_with(self, self.services, self.start_with, self.start_once), exit_on_error=True)

    def on_unmount(self) -> None:
        """From here on a signal to leave changes nothing: what is still to be written is waited for."""
        self._let_go_of_signals()
        self.services.writer.read_no_more()

    def tell_problems(self) -> None:
        """Tell of what went wrong, now and from now on."""
        self._tells_problems = True
        problems = self.services.problems
        if problems:
            first, *more = problems
            others = f" (and {len(more)} more: see 'hipcoach doctor')" if more else ""
            self.notify(f"{first}{others}", title="Please note", severity="warning", timeout=12, markup=False)
        problems.clear()

    def _hear_of_writing(self, future: Future[Any]) -> None:
        """Something was written, or was not; called from the thread that does it."""
        with suppress(RuntimeError):  # the app has been left meanwhile
            self.call_later(self._was_written, future)

    def _was_written(self, future: Future[Any]) -> None:
        error = future.exception()
        # Who asked for a file of a free name hears that it is taken; no job raises anything else.
        if isinstance(error, Exception) and not isinstance(error, StorageError | FileExistsError):
            self._handle_exception(error)
        if self._tells_problems:
            self.tell_problems()
        if self.services.taken_up and self.picker.is_mounted:
            self.services.taken_up = False
            self.picker.refill()

    async def push_screen_wait(self, screen: Screen[Any] | str, *, mode: str | None = None) -> Any:
        """Push a screen and return its result; a worker whose own screen has been left is cancelled instead.

        Textual's own (8.2.8) first runs the app's pending callbacks inside the worker. One of them may remove
        the worker's screen: that cancels the worker, the removal it waits for, and so the app's message loop.
        """
        worker = get_current_worker()
        owner = next((each for each in worker.node.ancestors_with_self if isinstance(each, Screen)), None)
        if owner is not None and owner not in self.screen_stack:
            worker.cancel()
            await asyncio.sleep(0)
        return await asyncio.shield(self.push_screen(screen, mode=mode, wait_for_dismiss=True))

    async def action_quit(self) -> None:
        """Every way out: a running session is paused and its owner asked first."""
        session = self.running_session
        if session is None:
            self._keep_unsaved()
            self.exit(0)
        else:
            session.action_stop()

    def _keep_unsaved(self) -> None:
        for each in self.screen_stack:
            if isinstance(each, Keeping) and each.is_mounted:
                each.keep_unsaved()

    def action_help(self) -> None:
        """Keys, sounds and words for the screen on top."""
        from hipcoach.ui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
        elif not isinstance(self.screen, command.CommandPalette):
            self.push_screen(
                HelpScreen(self.screen, self.services, in_session=self.running_session is not None)
            )

    def action_settings(self) -> None:
        """Everything that can be set; not during a session, which has begun with what was set."""
        from hipcoach.ui.screens.settings import SettingsScreen

        if self.running_session is None:
            self.push_screen(SettingsScreen(self.services))

    def action_command_palette(self) -> None:
        """Everything that can be done here, by name."""
        from hipcoach.ui.steady_palette import SteadyPalette

        if not isinstance(self.screen, command.CommandPalette) and has_room(self.size):
            self.push_screen(SteadyPalette())

    def search_themes(self) -> None:
        """The themes, by name."""
        from hipcoach.ui.steady_palette import SteadyPalette

        if has_room(self.size):
            self.push_screen(SteadyPalette(providers=[ThemeProvider], placeholder="Search for themes…"))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the command palette offers on a screen."""
        from hipcoach.ui.palette import commands

        return commands(self, screen)

    @property
    def running_session(self) -> SessionScreen | None:
        """The session in progress, if there is one, also under a dialog."""
        from hipcoach.ui.screens.session import SessionScreen

        return next(
            (each for each in self.screen_stack if isinstance(each, SessionScreen) and not each.has_ended),
            None,
        )

    def stop_now(self) -> None:
        """The terminal is gone or somebody ends the process: save what was done and leave without asking."""
        self._keep_unsaved()
        if self._is_cut_off():
            # Without a terminal there is nothing to give back, and drawing on it would wait for ever.
            self.services.sounds.close()
            self.services.finish(lambda _: None)
            os._exit(0)
        if not self.is_headless:
            # A terminal that is just going away may keep Textual waiting for ever.
            self.services.leave_soon()
        self.exit(0)

    def _watch_terminal(self) -> None:
        """Leave when the terminal has gone without a signal, as it does under a parent that outlives it."""
        if self._is_cut_off():
            self.stop_now()

    def _is_cut_off(self) -> bool:
        """Whether nobody is there any more: the terminal has gone, or the server that a browser asks."""
        if self.is_headless:
            return False
        if not self.is_web:
            return not os.isatty(0)
        if not hasattr(select, "poll"):
            return False
        pipe = select.poll()
        pipe.register(0, 0)  # that it was closed is said in any case
        return bool(pipe.poll(0))

    def on_exit_app(self) -> None:
        """The page in the browser was closed: save what was done; from a terminal it is saved by now."""
        if self.is_web:
            self._keep_unsaved()

    async def _shutdown(self) -> None:
        self._leaving = True
        await super()._shutdown()

    def _handle_exception(self, error: Exception) -> None:
        """A fault of ours: end tidily, and let the caller raise it, so that it goes into the error log.

        Textual would print the whole traceback on the user's terminal. The session's journal is on disk;
        the next start offers it. Once the app is being left, what screens still wanted of each other while
        they are taken down concerns nobody.
        """
        if self._exit or self._leaving or is_of_closed_palette(error):
            return
        if self.is_headless:
            super()._handle_exception(error)
            return
        self.failure = self.failure or error
        self._return_code = 1
        self._close_messages_no_wait()

    def _catch_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in LEAVING:
            # Not on Windows, and not where the app runs outside the main thread, as some tests do.
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self.stop_now)
        if not self.is_headless:
            # Not one of the loop's handlers: an editor that has the terminal takes this one over for a while.
            self._interrupt = signal.signal(signal.SIGINT, self._interrupted)

    def _interrupted(self, number: int, frame: FrameType | None) -> None:
        asyncio.get_running_loop().call_soon_threadsafe(self.stop_now)

    def _let_go_of_signals(self) -> None:
        loop = asyncio.get_running_loop()
        if self._interrupt is not None:
            # Whoever left with ctrl+c may press it twice; it is heard again where leaving takes long.
            signal.signal(signal.SIGINT, _pass_over)
        for number in LEAVING:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                if loop.remove_signal_handler(number) and not self.is_headless:
                    signal.signal(number, _pass_over)
        if not self.is_headless:
            for number in SUSPENDING:
                # Textual leaves its own there, which take up a screen that is no more.
                signal.signal(number, signal.SIG_DFL)


def _pass_over(number: int, frame: FrameType | None) -> None:
    """Take no notice of a signal."""
