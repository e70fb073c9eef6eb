"""Sounds made by a player process that is watched, started again, and replaced when it cannot be helped."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread

from hipcoach.audio.api import Sounds, SoundStatus, TimedSound
from hipcoach.audio.messages import Report
from hipcoach.audio.outbox import Outbox
from hipcoach.audio.player_link import PlayerLink
from hipcoach.audio.restarts import Restarts

START_PATIENCE = 10.0
"""Seconds a player may take to report that it is ready: a sleeping Bluetooth speaker takes a few."""

ANSWER_PATIENCE = 2.0
"""Seconds without an answer after which the user is told that there is no sound."""

HEAD_START = 1.5
"""Seconds from opening until a first sound is safe: a player takes 0.3 to start, and a device that has just
been opened asks for its samples unevenly for up to one."""

HANG_PATIENCE = 10.0
"""Seconds without an answer after which the player is replaced."""

_STARTING = SoundStatus(working=False, backend="", reason="The sound player is starting.", starting=True)


class PlayerSounds:
    """Keeps a player going and passes the schedule to it.

    `players` are the backends to try in order; `command_of` gives the command line for one; `fallback` sounds
    while none of them works. All waiting is done by one thread of its own, which uses no processor time while
    nothing happens.
    """

    def __init__(
        self,
        players: Sequence[str],
        command_of: Callable[[str], Sequence[str]],
        fallback: Sounds,
    ) -> None:
        self._command_of = command_of
        self._fallback = fallback
        self._fallback_on = False
        self._outbox = Outbox()
        self._restarts = Restarts(tuple(players))
        self._events: SimpleQueue[tuple[PlayerLink | None, Report | None]] = SimpleQueue()
        self._used = Event()
        self._closing = Event()
        self._opening = Lock()
        self._link: PlayerLink | None = None
        self._thread: Thread | None = None
        self._status = _STARTING
        self._ready_at = 0.0
        self._settled = Event()

    @property
    def status(self) -> SoundStatus:
        """How it is going; a player that owes an answer for too long does not count as working."""
        status, owed_since = self._status, self._owed_since(self._link)
        if status.working and owed_since is not None and time.monotonic() - owed_since > ANSWER_PATIENCE:
            return SoundStatus(
                working=False, backend=status.backend, reason="The sound player does not answer."
            )
        return status

    @property
    def head_start(self) -> float:
        """What a device needs; nothing where there is none and the fallback sounds."""
        return self._fallback.head_start if self._fallback_on else HEAD_START

    def wait_settled(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds until it is known whether sound works; return whether it is."""
        return self._settled.wait(timeout)

    @property
    def player_pid(self) -> int | None:
        """The process id of the running player; None when there is none."""
        link = self._link
        return None if link is None else link.pid

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
        self._outbox.schedule(sounds)
        if self._fallback_on:
            self._fallback.schedule(sounds)
        # Lets the watching thread look at how long the player has owed an answer.
        self._events.put((None, None))

    def cancel(self) -> None:
        """Take everything back."""
        self._outbox.cancel()
        self._fallback.cancel()

    def rest(self) -> None:
        """Let the player let go of the device."""
        self._outbox.rest()

    def play(self, name: str) -> None:
        """Sound this now."""
        self.schedule([TimedSound(name, time.monotonic())])

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0 to 1."""
        self._outbox.set_volume(volume)
        self._fallback.set_volume(volume)

    def set_muted(self, muted: bool) -> None:
        """Mute or not."""
        self._outbox.set_muted(muted)
        self._fallback.set_muted(muted)

    def _run(self) -> None:
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
        """Start a player and stay with it until it has ended or is to be replaced; tell `restarts` how it
        went."""
        started, ready = time.monotonic(), False
        try:
            link = PlayerLink(self._command_of(backend), self._outbox, self._receive)
        except OSError as error:
            self._restarts.refused(f"The sound player cannot be started ({error}).")
            return
        self._link = link
        reason = ""
        while not self._closing.is_set():
            now = time.monotonic()
            deadline: float | None = started + START_PATIENCE
            if ready:
                owed_since = self._owed_since(link)
                deadline = None if owed_since is None else owed_since + HANG_PATIENCE
            if deadline is not None and now >= deadline:
                reason = (
                    "The sound player did not start." if not ready else "The sound player did not answer."
                )
                break
            try:
                source, report = self._events.get(timeout=None if deadline is None else deadline - now)
            except Empty:
                continue
            if source is not link:
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
        self._link = None
        link.stop()
        if self._closing.is_set():
            return
        if reason and not ready:
            self._restarts.refused(reason)
        else:
            reason = reason or f"The sound player ended ({link.last_words or 'no reason given'})."
            self._restarts.died(time.monotonic(), reason)
        if not self._fallback_on and not self._status.starting:
            self._status = SoundStatus(working=False, backend=backend, reason=reason)

    def _owed_since(self, link: PlayerLink | None) -> float | None:
        """Since when a player owes an answer; what was asked while it was starting counts from then on."""
        asked = None if link is None else link.asked_at
        return None if asked is None else max(asked, self._ready_at)

    def _receive(self, link: PlayerLink, report: Report | None) -> None:
        self._events.put((link, report))

    def _become_ready(self, backend: str, detail: str) -> None:
        self._ready_at = time.monotonic()
        self._fallback_on = False
        self._fallback.cancel()
        self._restarts.worked()
        told = backend if detail == backend else f"{backend} ({detail})"
        self._settle(SoundStatus(working=True, backend=backend, reason=f"Sounds are played through {told}."))

    def _fall_back(self) -> None:
        if not self._fallback_on:
            self._fallback.open()
            self._fallback_on = True
            self._fallback.schedule(self._outbox.pending())
        status = self._fallback.status
        told = " ".join(self._restarts.reasons)
        self._settle(SoundStatus(status.working, status.backend, f"{told} {status.reason}".strip()))

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
