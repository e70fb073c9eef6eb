"""Sounds played by a process of its own, which is watched, restarted, and in the end replaced."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread

from msgspec import MsgspecError

from hipcoach.audio.due import LATE
from hipcoach.audio.messages import REPORTS, Command, Report, encode_line
from hipcoach.audio.pcm import gain_of
from hipcoach.audio.sounds import Sounds, SoundStatus, TimedSound
from hipcoach.audio.temporary import PLAYER, remove_directories_of, remove_left_directories

START_TIMEOUT = 10.0
"""Seconds a player may take to report that it is ready: a sleeping Bluetooth speaker takes a few."""

ANSWER_TIMEOUT = 2.0
"""Seconds without an answer after which the user is told that there is no sound."""

HANG_TIMEOUT = 10.0
"""Seconds without an answer after which the player is replaced."""

HEAD_START = 1.5
"""Seconds from opening until a first sound is safe: a player takes 0.3 to start, and a device that has just
been opened asks for its samples unevenly for up to one."""

FIRST_PAUSE = 0.1
"""Seconds before the first restart of a player that died; each further one within `MEMORY` waits four times
as long."""

MEMORY = 60.0
"""Seconds for which a death counts."""

DEATHS = 4
"""How many deaths within `MEMORY` rule a backend out."""

FIRST_RETRY = 15.0
"""Seconds after which everything is tried again when nothing works; doubled each time, up to `LAST_RETRY`."""

LAST_RETRY = 120.0

LIMIT = 1_000
"""How many sounds are kept waiting; more than any app schedules 2 s ahead, and a bound if one goes wrong."""

_GRACE = 0.25
"""Seconds a player has to end by itself once its input ends, before it is killed."""

_STARTING = SoundStatus(working=False, backend="", reason="The sound player is starting.", starting=True)


def player_command(backend: str, sounds: Path) -> list[str]:
    """Return the command line of a player for one backend. `-P` keeps modules of the current directory
    out."""
    return [sys.executable, "-P", "-m", "hipcoach.audio.player", backend, str(sounds)]


class Restarts:
    """Decides which backend to start next and after which pause; knows no processes and no clock."""

    def __init__(self, players: tuple[str, ...]) -> None:
        self._players = players
        self._index = 0
        self._deaths: list[float] = []
        self._retry = FIRST_RETRY
        self._reasons: dict[str, str] = {}
        self.pause = 0.0
        """Seconds to wait before the next start."""

    @property
    def backend(self) -> str | None:
        """The backend to start next; None: all are ruled out, wait `pause` and `try_again`."""
        return self._players[self._index] if self._index < len(self._players) else None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why each backend that was ruled out was, in order and without repetition."""
        return tuple(dict.fromkeys(self._reasons.values()))

    def worked(self) -> None:
        """Note that the present backend is ready."""
        self._reasons.pop(self._players[self._index], None)
        self._retry = FIRST_RETRY

    def refused(self, reason: str) -> None:
        """Rule out the present backend, which did not become ready: the next one is due."""
        self._reasons[self._players[self._index]] = reason
        self._index += 1
        self._deaths = []
        self.pause = 0.0 if self._index < len(self._players) else self._retry

    def died(self, now: float, reason: str) -> None:
        """Give a player that was ready and ended at `now` (seconds) another chance, but not for ever."""
        self._deaths = [death for death in self._deaths if now - death < MEMORY] + [now]
        if len(self._deaths) >= DEATHS:
            self.refused(reason)
        else:
            self.pause = FIRST_PAUSE * 4 ** (len(self._deaths) - 1)

    def try_again(self) -> None:
        """Start over with the first backend."""
        self._index = 0
        self._deaths = []
        self._reasons = {}
        self.pause = 0.0
        self._retry = min(LAST_RETRY, self._retry * 2)


class _Player:
    """One running player process, and the threads that talk with it.

    Calls `receive` with each report, and with None when it has ended. The process has a session of its own,
    so that no key at the terminal reaches it, and its standard error is a pipe, so that nothing it prints
    reaches the screen.

    Raises:
        OSError: the process cannot be started.
    """

    def __init__(self, command: Sequence[str], receive: Callable[[_Player, Report | None], None]) -> None:
        self._receive = receive
        self._commands: SimpleQueue[Command | None] = SimpleQueue()
        self._asked: deque[tuple[int, float]] = deque()
        self._errors: deque[str] = deque(maxlen=20)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.pid = self._process.pid
        self._threads = [
            Thread(target=work, name="sound player", daemon=True)
            for work in (self._write, self._read, self._read_errors)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def asked_at(self) -> float | None:
        """Since when (monotonic seconds) it owes an answer; None when it owes none."""
        with suppress(IndexError):
            return self._asked[0][1]
        return None

    @property
    def last_error(self) -> str:
        """The last line it printed to its standard error; empty when there is none."""
        return next((line for line in reversed(self._errors) if line), "")

    def tell(self, command: Command) -> None:
        """Pass a command on; returns at once, even if the process does not read."""
        self._asked.append((command.number, time.monotonic()))
        self._commands.put(command)

    def stop(self) -> None:
        """Let it end by itself, which stops all sound, or else kill it; takes less than half a second."""
        self._commands.put(None)
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_GRACE / 2)
        # What it printed last is read by then.
        for thread in self._threads:
            thread.join(_GRACE / 5)
        self._remove_files()

    def _remove_files(self) -> None:
        """Remove what the process has left where it was killed; else there is nothing."""
        remove_directories_of(PLAYER, self.pid)

    def _write(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101 - asked for above
        with suppress(OSError), pipe:
            while (command := self._commands.get()) is not None:
                rest = memoryview(encode_line(command))
                while rest:
                    rest = rest[pipe.write(rest) :]

    def _read(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None  # noqa: S101 - asked for above
        with suppress(OSError), pipe:
            for line in pipe:
                with suppress(MsgspecError):
                    report = REPORTS.decode(line)
                    while self._asked and self._asked[0][0] <= report.number:
                        self._asked.popleft()
                    self._receive(self, report)
        self._process.wait()
        self._remove_files()
        self._receive(self, None)

    def _read_errors(self) -> None:
        pipe = self._process.stderr
        assert pipe is not None  # noqa: S101 - asked for above
        with suppress(OSError), pipe:
            while line := pipe.readline(300):
                self._errors.append(line.decode(errors="replace").strip())


class PlayerSounds(Sounds):
    """Keeps a player running and passes the schedule to it.

    `players` are the backends to try in order; `command_of` returns the command line for one; `fallback`
    plays while none of them works. All waiting is done by one thread of its own, which uses no processor time
    while nothing happens.

    What the player should know is kept here, so that a new one is told all that still matters.
    """

    def __init__(
        self,
        players: Sequence[str],
        command_of: Callable[[str], Sequence[str]],
        fallback: Sounds,
    ) -> None:
        super().__init__()
        self._command_of = command_of
        self._fallback = fallback
        self._fallback_on = False
        self._restarts = Restarts(tuple(players))
        self._events: SimpleQueue[tuple[_Player | None, Report | None]] = SimpleQueue()
        self._used = Event()
        self._closing = Event()
        self._opening = Lock()
        self._thread: Thread | None = None
        self._status = _STARTING
        self._ready_at = 0.0
        self._settled = Event()
        self._telling = Lock()
        self._player: _Player | None = None
        self._number = 0
        self._generation = 1
        self._volume = 1.0
        self._muted = False
        self._rest = True
        self._pending: list[TimedSound] = []

    @property
    def status(self) -> SoundStatus:
        """How it is going; a player that owes an answer for too long does not count as working."""
        status, owed_since = self._status, self._owed_since(self._player)
        if status.working and owed_since is not None and time.monotonic() - owed_since > ANSWER_TIMEOUT:
            return SoundStatus(
                working=False, backend=status.backend, reason="The sound player does not answer."
            )
        return status

    @property
    def head_start(self) -> float:
        """What a device needs; nothing where there is none and the fallback plays."""
        return self._fallback.head_start if self._fallback_on else HEAD_START

    @property
    def player_pid(self) -> int | None:
        """The process id of the running player; None when there is none."""
        player = self._player
        return None if player is None else player.pid

    def wait_settled(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds until it is known whether sound works; return whether it is."""
        return self._settled.wait(timeout)

    def open(self) -> None:
        """Start the first player in the background."""
        with self._opening:
            if self._thread is None:
                self._closing.clear()
                self._settled.clear()
                self._status = _STARTING
                self._thread = Thread(target=self._run, name="sounds", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Stop the player; nothing is left running."""
        with self._opening:
            thread, self._thread = self._thread, None
            if thread is not None:
                self._closing.set()
                self._used.set()
                self._events.put((None, None))
                thread.join(1.0)
        self._fallback.close()

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Pass sounds on."""
        if not sounds:
            return
        self._used.set()
        with self._telling:
            self._rest = False
            self._drop_past()
            added = tuple(sounds[: LIMIT - len(self._pending)])
            self._pending.extend(added)
            self._tell(added)
            if self._fallback_on:
                self._fallback.schedule(sounds)
        # Lets the watching thread check how long the player has owed an answer.
        self._events.put((None, None))

    def cancel(self) -> None:
        """Take everything back."""
        with self._telling:
            self._generation += 1
            self._pending.clear()
            self._tell()
        self._fallback.cancel()

    def rest(self) -> None:
        """Let the player let go of the device."""
        with self._telling:
            self._rest = True
            self._tell()

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0 to 1."""
        with self._telling:
            self._volume = volume
            self._tell()
        self._fallback.set_volume(volume)

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute."""
        with self._telling:
            self._muted = muted
            self._tell()
        self._fallback.set_muted(muted)

    def _tell(self, sounds: tuple[TimedSound, ...] = ()) -> None:
        if self._player is not None:
            self._number += 1
            gain = gain_of(self._volume, self._muted)
            self._player.tell(Command(self._number, self._generation, gain, sounds, self._rest))

    def _drop_past(self) -> None:
        oldest = time.monotonic() - LATE
        self._pending = [sound for sound in self._pending if sound.due >= oldest]

    def _still_to_come(self) -> tuple[TimedSound, ...]:
        self._drop_past()
        return tuple(self._pending)

    def _run(self) -> None:
        remove_left_directories()
        while not self._closing.is_set():
            backend = self._restarts.backend
            if backend is None:
                self._fall_back()
                self._wait_before_retry()
                continue
            self._follow(backend)
            if self._restarts.backend is not None:
                self._closing.wait(self._restarts.pause)

    def _follow(self, backend: str) -> None:
        """Start a player and stay with it until it has ended or has to be replaced."""
        started = time.monotonic()
        try:
            player = _Player(self._command_of(backend), self._receive)
        except OSError as error:
            self._restarts.refused(f"The sound player cannot be started ({error}).")
            return
        with self._telling:
            self._player = player
            self._tell(self._still_to_come())
        ready, reason = self._watch(player, backend, started)
        with self._telling:
            self._player = None
        player.stop()
        if self._closing.is_set():
            return
        if reason and not ready:
            self._restarts.refused(reason)
        else:
            reason = reason or f"The sound player ended ({player.last_error or 'no reason given'})."
            self._restarts.died(time.monotonic(), reason)
        if not self._fallback_on and not self._status.starting:
            self._status = SoundStatus(working=False, backend=backend, reason=reason)

    def _watch(self, player: _Player, backend: str, started: float) -> tuple[bool, str]:
        """Return, once a player has ended, hangs or the sounds are closed, whether it was ready before, and
        the reason as far as it is known."""
        ready, reason = False, ""
        while not self._closing.is_set():
            now = time.monotonic()
            deadline: float | None = started + START_TIMEOUT
            if ready:
                owed_since = self._owed_since(player)
                deadline = None if owed_since is None else owed_since + HANG_TIMEOUT
            if deadline is not None and now >= deadline:
                return (
                    ready,
                    "The sound player did not answer." if ready else "The sound player did not start.",
                )
            try:
                source, report = self._events.get(timeout=None if deadline is None else deadline - now)
            except Empty:
                continue
            if source is not player:
                continue
            if report is None:
                break
            if report.event == "ready":
                ready = True
                self._become_ready(backend, report.text)
            elif report.event == "note":
                self._status = self._status._replace(note=report.text)
            elif report.event == "failed":
                reason = report.text
        return ready, reason

    def _owed_since(self, player: _Player | None) -> float | None:
        """Since when a player owes an answer; what was asked while it was starting counts from then on."""
        asked = None if player is None else player.asked_at
        return None if asked is None else max(asked, self._ready_at)

    def _receive(self, player: _Player, report: Report | None) -> None:
        self._events.put((player, report))

    def _become_ready(self, backend: str, detail: str) -> None:
        self._ready_at = time.monotonic()
        self._fallback_on = False
        self._fallback.cancel()
        self._restarts.worked()
        through = backend if detail == backend else f"{backend} ({detail})"
        self._settle(
            SoundStatus(working=True, backend=backend, reason=f"Sounds are played through {through}.")
        )

    def _fall_back(self) -> None:
        if not self._fallback_on:
            self._fallback.open()
            with self._telling:
                self._fallback_on = True
                self._fallback.schedule(self._still_to_come())
        status = self._fallback.status
        reasons = " ".join(self._restarts.reasons)
        self._settle(SoundStatus(status.working, status.backend, f"{reasons} {status.reason}".strip()))

    def _settle(self, status: SoundStatus) -> None:
        self._status = status
        self._settled.set()

    def _wait_before_retry(self) -> None:
        """Wait a while, and then until sounds are wanted at all."""
        self._closing.wait(self._restarts.pause)
        while not self._events.empty():
            self._events.get()
        self._used.clear()
        if self._closing.is_set():
            return
        self._used.wait()
        self._restarts.try_again()
