"""What every screen may use: the catalogue, settings, memory, clocks, sound and the user's files."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from hipcoach.audio.api import Sounds
from hipcoach.audio.spoken_texts import SpokenTexts
from hipcoach.core.catalog import Catalog
from hipcoach.core.days import civil_day
from hipcoach.core.stats import Stats, stats, without_future
from hipcoach.errors import StorageError
from hipcoach.paths import AppPaths
from hipcoach.storage.memory import Memory, save_memory
from hipcoach.storage.session_log import Log, load_log, new_id
from hipcoach.storage.settings import Settings
from hipcoach.ui.listening import Listening, listening_for
from hipcoach.ui.unsaved import Unsaved


def boot_clock() -> Callable[[], float] | None:
    """A clock that goes on while the machine sleeps, where the system has one apart from the monotonic."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return None if clock is None else lambda: time.clock_gettime(clock)


def local_now() -> datetime:
    """The wall clock, with this place's offset from UTC."""
    return datetime.now().astimezone()


@dataclass(slots=True)
class Services:
    """What every screen may use. Clocks are fields, so that a test can turn them."""

    paths: AppPaths
    catalog: Catalog
    settings: Settings
    memory: Memory
    sounds: Sounds
    speech: SpokenTexts | None = None
    """What says texts aloud; None where nothing can."""
    clock: Callable[[], float] = time.monotonic
    """Seconds; the one clock sessions and sounds run on."""
    boot: Callable[[], float] | None = field(default_factory=boot_clock)
    now: Callable[[], datetime] = local_now
    keep_awake: Callable[[], Callable[[], None]] | None = None
    """Keeps the screen awake until the function it returns is called; None where that is not wanted."""
    problems: list[str] = field(default_factory=list)
    """What the user should be told once, such as a setting that is not understood."""
    unsaved: Unsaved = field(default_factory=Unsaved)
    """Sessions that were done and wait for a disk that takes them."""

    @property
    def today(self) -> date:
        """The day it is for the user now."""
        return civil_day(self.now(), self.settings.day_start)

    def listening_for(self, routine: str) -> Listening:
        """Which sounds are wanted in sessions of a routine, and whether speech is."""
        wanted = listening_for(routine, self.memory, self.settings)
        return wanted if self.speech is not None else replace(wanted, speech=False)

    def new_session_id(self, started: datetime) -> str:
        """A name for a session's files."""
        return new_id(started, secrets.token_hex(3))

    def load_log(self) -> Log:
        """Read the log, without records dated further ahead than any clock can explain. Reads files: use a
        thread."""
        log = load_log(self.paths.sessions)
        good, future = without_future(log.records, self.now())
        warnings = tuple(
            f"{record.id} is dated in the future ({record.day}); it is left out." for record in future
        )
        return Log(tuple(good), log.problems + warnings, log.copies)

    def stats(self, log: Log) -> Stats:
        """What the log adds up to, today."""
        return stats(log.records, self.today, self.settings.rules)

    def remember(self, memory: Memory) -> None:
        """Take over what is to be remembered and write it; if that fails it holds for this run only."""
        if memory == self.memory:
            return
        self.memory = memory
        try:
            save_memory(self.paths.memory, memory)
        except StorageError as error:
            if error.message not in self.problems:
                self.problems.append(error.message)
