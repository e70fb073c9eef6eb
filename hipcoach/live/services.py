"""What every screen may use: the catalogue, settings, state, clocks, sound and the user's files."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial, reduce
from pathlib import Path
from threading import Lock

from msgspec.structs import replace

from hipcoach.audio.backends import open_sounds
from hipcoach.audio.sounds import Sounds
from hipcoach.audio.speech import SpokenTexts, find_synthesizer
from hipcoach.core.catalog import Catalog
from hipcoach.core.history.filter import SessionFilter, SessionSort
from hipcoach.core.history.record import SessionEntry, SessionRecord
from hipcoach.core.history.streaks import Stats, civil_day, stats
from hipcoach.errors import StorageError
from hipcoach.live.choices import Listening
from hipcoach.live.writer import Unsaved, Writer
from hipcoach.paths import AppPaths, bundled, unusable
from hipcoach.storage.app_state import AppState, Change, change_state, load_state
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.catalog import OwnCatalog, load_own
from hipcoach.storage.day_files import load_marked_days
from hipcoach.storage.removed import Removed
from hipcoach.storage.session_index import Report, SessionIndex, SessionList
from hipcoach.storage.session_log import Said, load_record, new_id
from hipcoach.storage.settings import Changes, Settings, SpeechSettings, load_settings, write_settings

INTERRUPTED = 130
"""The exit code of who left with ctrl+c."""
LATEST_EXIT = 3.0
"""Seconds that leaving on a signal may take."""
SOON = 1.0
"""Seconds of waiting for a disk that nobody need be told of."""


def boot_clock() -> Callable[[], float] | None:
    """Seconds of a clock that goes on while the machine sleeps, where one is apart from the monotonic."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return None if clock is None else lambda: time.clock_gettime(clock)


def local_now() -> datetime:
    """The wall clock, with this place's offset from UTC."""
    return datetime.now().astimezone()


STALE_AFTER = 3600.0
"""Seconds after which what was said is no longer about now."""


class Feeling:
    """The last rating of discomfort that no session has taken yet."""

    def __init__(self) -> None:
        self._rating: int | None = None
        self._at = 0.0

    def rate(self, rating: int | None, now: float) -> None:
        """Take a rating, 0 to 10, or take the last one back."""
        self._rating, self._at = rating, now

    def at(self, now: float) -> int | None:
        """Return the rating as it holds at a time of the app's clock; None where there is none or it is too
        old."""
        return self._rating if now - self._at <= STALE_AFTER else None


def keep_screen_awake() -> Callable[[], None]:
    """Keep the screen awake until the returned function is called, or until this process ends.

    Runs in a thread of its own, because asking the desktop can take a while; where no way works, nothing
    happens.
    """
    enough = threading.Event()

    def hold() -> None:
        from wakepy import keep

        with keep.presenting(on_fail="pass"):
            enough.wait()

    threading.Thread(target=hold, name="keep-awake", daemon=True).start()
    return enough.set


@dataclass(slots=True)
class Services:
    """What every screen may use. Clocks are fields, so that a test can turn them."""

    paths: AppPaths
    catalog: Catalog
    settings: Settings
    state: AppState
    sounds: Sounds
    speech: SpokenTexts | None = None
    """What says texts aloud; None where nothing can."""
    clock: Callable[[], float] = time.monotonic
    """Seconds; the one clock sessions and sounds run on."""
    boot: Callable[[], float] | None = field(default_factory=boot_clock)
    now: Callable[[], datetime] = local_now
    own: OwnCatalog | None = None
    """The user's own files, as they were read last; None where nobody has looked."""
    keep_awake: Callable[[], Callable[[], None]] | None = None
    """Keeps the screen awake until the function it returns is called; None where that is not wanted."""
    problems: list[str] = field(default_factory=list)
    """What the user should be told once, such as a setting that is not understood; `tell` adds to it."""
    troubles: Mapping[Path, str] = field(default_factory=dict)
    """The directories that cannot be used, with a sentence for each, which is among the `problems`."""
    unsaved: Unsaved = field(default_factory=Unsaved)
    """Sessions that were done and wait for a disk that takes them."""
    feeling: Feeling = field(default_factory=Feeling)
    """How the user says it feels now, for the session that begins next."""
    deleted: list[Removed] = field(default_factory=list)
    """What was deleted in this run and not brought back, the last at the end."""
    writer: Writer = field(init=False)
    """Writes whatever the user chooses and says."""
    taken_up: bool = field(default=False, init=False)
    """Whether `state` holds what another window chose and no screen shows that yet."""
    _told: set[str] = field(default_factory=set, init=False)
    _changes: list[Change] = field(default_factory=list, init=False)
    """Of what is remembered, not yet in its file."""
    _settings_changed: Changes = field(default_factory=dict, init=False)
    index: SessionIndex = field(init=False)
    """What is known of the session files; read by `load_log`."""
    _remembering: Lock = field(default_factory=Lock, init=False)

    def __post_init__(self) -> None:
        self.index = SessionIndex(self.paths.sessions, self.paths.session_index)
        self.writer = Writer(self.paths.writing)

    @property
    def today(self) -> date:
        """The day it is for the user now."""
        return civil_day(self.now(), self.settings.day.starts_at)

    def close_speech(self) -> None:
        """End what speaks, if anything does."""
        if self.speech is not None:
            self.speech.close()

    def listening_for(self, routine: str) -> Listening:
        """Which sounds are wanted in sessions of a routine, and whether speech is."""
        chosen, state = self.state.of(routine), self.state
        usual = self.settings.speech.on if state.speech is None else state.speech
        wanted = usual if chosen.speech is None else chosen.speech
        profile = chosen.profile or self.settings.audio.profile
        return Listening(profile=profile, speech=wanted and self.speech is not None)

    def new_session_id(self, started: datetime) -> str:
        """A name for a session's files."""
        return new_id(started, os.urandom(3).hex())

    def load_log(self, stop: Callable[[], bool] = lambda: False, report: Report | None = None) -> SessionList:
        """The log in short, without sessions dated further ahead than any clock can explain. Reads files: use
        a thread.

        Args:
            stop: asked between two files; once it is true, what there is by then is all there will be.
            report: is given what there is so far, the newest first to come, while much is to be read.
        """
        self.writer.wait_to_read()
        listed = self.index.read(report, stop, self.now())
        return replace(listed, entries=tuple(self._as_said(listed.entries)))

    def find_sessions(self, wanted: SessionFilter, sort: SessionSort) -> list[SessionEntry]:
        """Return the sessions that are asked for, as the log was when it was last loaded. Use a thread."""
        return self._as_said(self.index.entries(wanted, sort))

    def load_record(self, session: str) -> SessionRecord:
        """A session of the log, whole, with what was said of it last. Reads files: use a thread.

        Raises:
            StorageError: its file is gone or cannot be read.
        """
        self.writer.wait_to_read()
        return replace(load_record(self.paths.sessions, session), **self.unsaved.said(session))

    def edit(self, session: SessionRecord | SessionEntry, said: Said) -> Said:
        """Change note or ratings of a session as it was shown. Returns what it says now: where another window
        has written meanwhile, that is more, and the user is told. What cannot be saved is kept and tried
        again. Writes files: give it to the writer.
        """
        now, sentence = self.unsaved.edit(self.paths.sessions, session, said)
        if sentence:
            self.tell(sentence)
        return now

    def _as_said(self, entries: Iterable[SessionEntry]) -> list[SessionEntry]:
        return [replace(each, **self.unsaved.said(each.id)) for each in entries]

    def stats(self, log: SessionList) -> Stats:
        """What the log adds up to, today, with the days that are marked off. Reads files: use a thread."""
        excused = load_marked_days(self.paths.days).excused
        return stats(log.entries, self.today, self.settings.rules, excused)

    def remember(self, change: Change) -> None:
        """Change what is remembered, now and soon in its file; if that fails it holds for this run only."""
        with self._remembering:
            before, self.state = self.state, change(self.state)
            self._changes += [change] if self.state != before else []
        if self._changes:
            self.catch_up()

    def catch_up(self) -> None:
        """Have what is remembered written where it has changed, and what other windows remember taken up."""
        self.writer.write(self._write_state)

    def _write_state(self) -> None:
        with self._remembering:
            mine, changes = self.state, list(self._changes)
        try:
            written = change_state(self.paths.memory, changes, mine)
        except StorageError as error:
            self.tell(error.message)
            return
        # What this window lists stays its own: a filter must not take away the row under the cursor.
        written = replace(written, standing_only=mine.standing_only)
        with self._remembering:
            del self._changes[: len(changes)]
            before, self.state = self.state, reduce(lambda now, change: change(now), self._changes, written)
        self.taken_up = self.taken_up or self.state != before

    def write_setting(self, table: str, name: str, value: int | str | bool | None) -> Future[str]:
        """Have a setting written into its file soon; None takes it out. The result is a sentence where it
        could not be: then it holds for this run only, or until a later change can be written."""
        with self._remembering:
            self._settings_changed = {**self._settings_changed, (table, name): value}
        return self.writer.write(self._write_settings)

    def _write_settings(self) -> str:
        with self._remembering:
            changes, self._settings_changed = self._settings_changed, {}
        try:
            write_settings(self.paths.settings, changes)
        except StorageError as error:
            with self._remembering:
                self._settings_changed = {**changes, **self._settings_changed}
            self.tell(error.message)
            return error.message
        return ""

    def tell(self, problem: str) -> None:
        """Have the user told of a problem, once; not of each file in a directory that cannot be used."""
        if problem not in self._told and not any(problem.startswith(str(each)) for each in self.troubles):
            self._told.add(problem)
            self.problems.append(problem)

    def finish(self, say: Callable[[str], None]) -> str:
        """Wait until all that was chosen and said is written. Returns what no disk would take, as text for
        its owner. `say` is given a sentence where that takes long.

        Raises:
            KeyboardInterrupt: the user would rather leave than wait.
        """
        words = ""
        if not self.writer.is_idle or self.unsaved:
            last = self.writer.write(partial(self.unsaved.last_words, self.paths.sessions))
            with suppress(KeyboardInterrupt):  # by who has left with ctrl+c and presses it once more
                self.writer.wait(SOON)
            if not last.done():
                say("The disk is slow: saving what you chose and wrote. Press ctrl+c to leave without it.")
                self.writer.wait()
            words = last.result() if last.done() else f"Not saved: {self.paths.state} does not answer.\n"
        problems = "".join(f"{each}\n" for each in self.problems)
        self.problems.clear()
        return problems + words

    def leave_soon(self) -> None:
        """Leave in a few seconds, once all is written, even where the terminal takes nothing more."""

        def leave() -> None:
            self.writer.wait()
            os._exit(0)  # the journal has what was done; the next start offers it

        latest = threading.Timer(LATEST_EXIT, leave)
        latest.daemon = True
        latest.start()

    def close(self, say: Callable[[str], None]) -> None:
        """End what plays and speaks, then wait for what is still to be written; `say` is given what no disk
        would take, for its owner to copy. Ends the process where the disk does not answer."""
        self.sounds.close()
        self.close_speech()
        try:
            say(self.finish(say))
        except KeyboardInterrupt:
            os._exit(INTERRUPTED)  # the thread that waits for the disk would be waited for otherwise
        if not self.writer.is_idle:
            os._exit(1)


def open_speech(settings: SpeechSettings, paths: AppPaths) -> SpokenTexts | None:
    """What says texts aloud; None where nothing can. Nothing is started or written by asking for it."""
    synthesizer = find_synthesizer(settings.voice, settings.rate)
    if synthesizer is None:
        return None
    write = partial(write_atomically, replace=True)
    return SpokenTexts(synthesizer, paths.speech, write, settings.volume / 100)


def make_services(paths: AppPaths, bell: Callable[[], None] | None) -> Services:
    """Read what a session needs to start; nothing is written. `bell` rings the terminal's bell, if
    there is one.

    Raises:
        DataError, ResourceError: the installation is broken.
    """
    troubles = unusable(paths)
    settings, problems = load_settings(paths.settings)
    own = load_own(paths.config)
    state, state_problems = load_state(paths.memory)
    # Said here and not when the first of them is to sound.
    bundled("sounds")
    services = Services(
        paths=paths,
        catalog=own.catalog,
        own=own,
        settings=settings,
        state=state,
        sounds=open_sounds(settings.audio.backend.value, os.environ, bell),
        speech=open_speech(settings.speech, paths),
        keep_awake=keep_screen_awake,
        troubles=troubles,
    )
    services.problems.extend(troubles.values())
    if paths.config not in troubles:
        services.problems.extend(str(problem) for problem in (*problems, *own.problems))
    for problem in state_problems:
        services.tell(problem)
    return services
