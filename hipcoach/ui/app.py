"""The composition root: puts services and screens together, and sees to it that every way out is safe."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from traceback import extract_tb
from typing import ClassVar

from textual import command
from textual.app import App
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.filter import LineFilter
from textual.worker import WorkerFailed

from hipcoach.audio.opening import open_sounds
from hipcoach.core.choices import Choices
from hipcoach.paths import AppPaths
from hipcoach.storage.memory import load_memory, memory_problems
from hipcoach.storage.settings import load_settings
from hipcoach.storage.user_catalog import load_catalog
from hipcoach.ui.awake import keep_screen_awake
from hipcoach.ui.keymap import keymap_problems
from hipcoach.ui.only_text import OnlyText
from hipcoach.ui.opening import open_with
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.services import Services
from hipcoach.ui.spoken import open_speech
from hipcoach.ui.themes import MEANINGS, THEMES

ONLY_TEXT = OnlyText()
LATEST_EXIT = 3.0
"""Seconds that leaving on a signal may take."""
TERMINAL_WATCH = 1.0
"""Seconds between two looks whether the terminal is still there."""


class HipcoachApp(App[int]):
    """The coach. `start_with` names a routine to begin at once."""

    TITLE = "hipcoach"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", id="app.quit", tooltip="Leave hipcoach", show=False, priority=True),
        Binding(
            "ctrl+c", "quit", "Quit", id="app.break", tooltip="Leave hipcoach", show=False, priority=True
        ),
    ]

    def __init__(
        self, services: Services, start_with: str | None = None, choices: Choices | None = None
    ) -> None:
        super().__init__()
        self.services = services
        self.start_with = start_with
        self.start_choices = choices
        self.failure: Exception | None = None
        self.picker = PickerScreen(services)
        self.last_words = ""
        """Sessions that could not be saved, as text for their owner; known once the app has been left."""
        for theme in THEMES:
            self.register_theme(theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line passes before it is drawn; nothing but text gets through."""
        return [*super().get_line_filters(), ONLY_TEXT]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours that mean something, whatever theme is chosen."""
        return MEANINGS

    async def on_mount(self) -> None:
        """Show the picker, then whatever has to be said or asked first."""
        self.theme = THEMES[0].name
        self._catch_signals()
        if not self.is_headless:
            self.set_interval(TERMINAL_WATCH, self._watch_terminal)
        self.set_keymap(dict(self.services.settings.keys))
        self.services.problems.extend(keymap_problems(self.services.settings.keys))
        await self.push_screen(self.picker)
        self.run_worker(
            open_with(self, self.services, self.start_with, self.start_choices), exit_on_error=True
        )

    def on_unmount(self) -> None:
        """Try a last time to save what could not be saved, and let go of its journals."""
        self.last_words = self.services.unsaved.last_words(self.services.paths.sessions)

    async def action_quit(self) -> None:
        """Every way out: a running session is paused and its owner asked first."""
        session = self.running_session
        if session is None:
            self.exit(0)
        else:
            session.action_stop()

    @property
    def running_session(self) -> SessionScreen | None:
        """The session in progress, if there is one, also under a dialog."""
        return next(
            (each for each in self.screen_stack if isinstance(each, SessionScreen) and not each.has_ended),
            None,
        )

    def stop_now(self) -> None:
        """The terminal is gone or somebody ends the process: save what was done and leave without asking."""
        session = self.running_session
        if session is not None:
            session.save_and_stop()
        if not self.is_headless and not os.isatty(0):
            # Without a terminal there is nothing to give back, and drawing on it would wait for ever.
            self.services.unsaved.last_words(self.services.paths.sessions)
            self.services.sounds.close()
            os._exit(0)
        if not self.is_headless:
            # A terminal that is just going away may keep Textual waiting for ever; all is saved by now.
            latest = threading.Timer(LATEST_EXIT, os._exit, (0,))
            latest.daemon = True
            latest.start()
        self.exit(0)

    def _watch_terminal(self) -> None:
        """Leave when the terminal has gone without a signal, as it does under a parent that outlives it."""
        if not os.isatty(0):
            self.stop_now()

    def _handle_exception(self, error: Exception) -> None:
        """A fault of ours: end tidily, and let `run_app` raise it, so that it goes into the error log.

        Textual would print the whole traceback on the user's terminal. The session's journal is on disk;
        the next start offers it. Once the app is being left, what screens still wanted of each other while
        they are taken down concerns nobody.
        """
        if self._exit or _is_of_closed_palette(error):
            return
        if self.is_headless:
            super()._handle_exception(error)
            return
        self.failure = self.failure or error
        self._return_code = 1
        self._close_messages_no_wait()

    def _catch_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            # Not on Windows, and not where the app runs outside the main thread, as some tests do.
            with suppress(NotImplementedError, RuntimeError, ValueError):
                if number is not None:
                    loop.add_signal_handler(number, self.stop_now)


def _is_of_closed_palette(error: Exception) -> bool:
    """Whether Textual's command palette, closed as soon as it was opened, still looked for its own list.

    That is so up to Textual 8.2.8 at least; it must not take a session down.
    """
    if not isinstance(error, WorkerFailed) or not isinstance(error.error, NoMatches):
        return False
    return any(frame.filename == command.__file__ for frame in extract_tb(error.error.__traceback__))


def make_services(paths: AppPaths, bell: Callable[[], None]) -> Services:
    """Read what the app needs to start; nothing is written. `bell` rings the terminal's bell.

    Raises:
        DataError, ResourceError: the installation is broken.
    """
    settings, problems = load_settings(paths.settings)
    catalog, more_problems = load_catalog(paths.config)
    services = Services(
        paths=paths,
        catalog=catalog,
        settings=settings,
        memory=load_memory(paths.memory),
        sounds=open_sounds(settings.backend.value, os.environ, bell),
        speech=open_speech(settings.speech, paths),
        keep_awake=keep_screen_awake,
    )
    services.problems.extend(str(problem) for problem in (*problems, *more_problems))
    services.problems.extend(memory_problems(paths.memory))
    return services


def run_app(paths: AppPaths, start_with: str | None = None, choices: Choices | None = None) -> int:
    """Run the app until the user leaves it; returns the exit code.

    Raises:
        HipcoachError: the installation is broken.
        Exception: whatever went wrong inside the app, with the terminal as it was before.
    """
    services = make_services(paths, lambda: app.bell())
    app = HipcoachApp(services, start_with, choices)
    try:
        code = app.run()
    finally:
        services.sounds.close()
        if services.speech is not None:
            services.speech.close()
        # The screen is given back by now: what no disk would have is left where its owner can copy it.
        print(app.last_words + services.unsaved.last_words(paths.sessions), end="", flush=True)
    if app.failure is not None:
        raise app.failure
    return code or app.return_code or 0
