"""The running app, with all that a test wants to do to it and see of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from msgspec import Struct
from rich.console import Console
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Resize
from textual.geometry import Size
from textual.notifications import Notification
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList, Static

from hipcoach.core.plan import Step
from hipcoach.live.choices import NO_OVERRIDES, CliOverrides
from hipcoach.live.services import Services
from hipcoach.ui.app import HipcoachApp
from hipcoach.ui.notices import Notice
from hipcoach.ui.screens import session as session_screen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.widgets.coaching import Coaching
from hipcoach.ui.widgets.one_line import OneLine
from hipcoach.ui.widgets.pixel_text import PixelText
from hipcoach.ui.widgets.session_display import SessionDisplay
from tests.logs import Log, load_log
from tests.recording_sounds import RecordingSounds
from tests.support import FakeClock
from tests.ui.sparing import sparing
from tests.ui.surroundings import Awake
from tests.ui.taking_in import PATIENCE, press, settle

NEVER = 1e6
"""Seconds."""
LOOK = 1.0
"""Seconds the clock is turned by between two looks of the session screen."""


class Coach(Struct):
    """A running app with everything around it."""

    app: HipcoachApp
    pilot: Pilot[int]
    services: Services
    clock: FakeClock
    sounds: RecordingSounds
    awake: Awake
    waits_for_disk: bool = True
    """Whether to settle is also to wait until all is written."""
    last_words: str = ""
    """What was handed over as text when the app had been left."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top."""
        return self.app.screen

    @property
    def picker(self) -> PickerScreen:
        """The picker, wherever it is in the stack."""
        return next(each for each in self.app.screen_stack if isinstance(each, PickerScreen))

    @property
    def live(self) -> SessionScreen:
        """The session in progress."""
        session = self.app.running_session
        assert session is not None, f"no session is running; on top is {self.screen}"
        return session

    @property
    def step(self) -> Step:
        """The step in progress."""
        step = self.live.session.step
        assert step is not None
        return step

    @property
    def display(self) -> SessionDisplay:
        """What is drawn of the session."""
        return self.live.query_one(SessionDisplay)

    def shown(self, name: str) -> str:
        """The text of a part of the live display, or of the screen on top where no session is running."""
        owner = self.screen if self.app.running_session is None else self.live
        if name == "left":
            return owner.query_one("#title", OneLine).end
        if name in ("cue-word", "rhythm"):
            said = owner.query_one(Coaching).said
            return said.word if name == "cue-word" else said.rhythm
        widget = owner.query_one(f"#{name}")
        if isinstance(widget, PixelText | OneLine):
            return widget.text
        assert isinstance(widget, Static)
        return str(widget.content)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, and let the app take each in."""
        await press(self.app, *keys)
        await self.settle()

    async def settle(self) -> None:
        """Let the app, its screen and its widgets take in what is waiting for them."""
        await settle(self.app)
        if self.waits_for_disk and not self.services.writer.is_idle:
            # Once this is done, whoever waits for what was asked for before has been told.
            await self.services.writer.done(lambda: None)
            await settle(self.app)

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size. Pilot's own way waits in vain if the screen changes meanwhile."""
        size = Size(width, height)
        driver = self.app._driver
        assert isinstance(driver, HeadlessDriver)
        driver._size = size
        self.app.post_message(Resize(size, size))
        await self.settle()
        # The app tells its screens a moment later, of the newest size only.
        await self.until(lambda: self.app._resize_timer is None, "the screens to be told")
        await self.settle()

    async def pass_time(self, seconds: float) -> None:
        """Let time go by under the eyes of the session screen."""
        await self._session_is_there()
        end = self.clock.now + seconds
        while self.clock.now < end - 1e-9 and self.app.running_session is not None:
            self.clock.now = min(end, self.clock.now + LOOK)
            self.live.tick()
        await self.settle()

    async def _session_is_there(self) -> None:
        """Wait until a session that is being opened is on the screen."""
        session = self.app.running_session
        await self.until(lambda: session is None or session.is_mounted, "the session's screen")

    async def go_to(self, index: int, seconds: float = 0.0) -> None:
        """Let the session run on into the step with this index, and `seconds` of it pass."""
        await self._session_is_there()
        while self.live.session.index < index:
            self.clock.advance(min(LOOK, self.live.session.deadline - self.clock.now))
            self.live.tick()
        await self.pass_time(seconds)

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until something holds; fails after `PATIENCE` seconds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while not condition():
            assert self.app._exception is None, f"the app broke down before {what or condition}"
            if loop.time() > end:
                raise AssertionError(f"waited in vain for {what or condition}; on top is {self.screen}")
            await asyncio.sleep(0.002)

    async def on(self, kind: type[Screen[Any]]) -> None:
        """Wait until a screen of this kind is on top."""
        await self.until(lambda: isinstance(self.screen, kind) and self.screen.is_mounted, kind.__name__)
        await self.settle()

    async def left(self) -> None:
        """Wait until the app is on its way out, and all is written that it had to."""
        await self.until(lambda: self.app._exit, "the app to be left")
        await asyncio.to_thread(self.services.writer.wait)

    def answers(self) -> list[str]:
        """What the question on top can be answered with."""
        return [option.id or "" for option in self.screen.query_one(OptionList).options]

    def log(self) -> Log:
        """What the log on disk holds."""
        return load_log(self.services.paths.sessions)

    def journals(self) -> list[Path]:
        """The journals on disk."""
        return sorted(self.services.paths.journals.glob("*.jsonl"))

    def notices(self) -> list[str]:
        """What the app is notifying of."""
        return [each.said if isinstance(each, Notice) else each.message for each in self.app._notifications]


def printed(content: object) -> str:
    """What a widget holds as it is printed on a wide terminal, its white space made single spaces."""
    console = Console(file=StringIO(), width=200)
    console.print(content)
    assert isinstance(console.file, StringIO)
    return " ".join(console.file.getvalue().split())


@asynccontextmanager
async def coach(
    services: Services,
    start_with: str | None = None,
    size: tuple[int, int] = (120, 40),
    on: type[Screen[Any]] | None = None,
    once: CliOverrides = NO_OVERRIDES,
    *,
    toasts: bool = False,
) -> AsyncIterator[Coach]:
    """The app, running: on the screen `on`, else the picker, or with `start_with` in a session with the
    choices `once`. Messages are only drawn with `toasts`."""
    app = HipcoachApp(services, start_with, once)
    clock, sounds, awake = services.clock, services.sounds, services.keep_awake
    assert isinstance(clock, FakeClock)
    assert isinstance(sounds, RecordingSounds)
    assert isinstance(awake, Awake)
    # The tests look at the clock themselves: a look between a test's turn of it and its key would be chance.
    # Nor does a notice go because a busy machine took long until it was looked for.
    with (
        patch.object(session_screen, "TICK", NEVER),
        patch.object(Notification, "time_left", NEVER),
        sparing(),
    ):
        async with app.run_test(size=size, notifications=toasts) as pilot:
            running = Coach(app, pilot, services, clock, sounds, awake)
            await running.on(on or (PickerScreen if start_with is None else SessionScreen))
            yield running
            # Screens that are only just being put up are not taken down half built.
            await settle(app)
        running.last_words = await asyncio.to_thread(services.finish, print)
