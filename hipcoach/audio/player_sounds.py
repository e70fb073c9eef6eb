"""Sounds played by a process of its own, which is watched, restarted, and in the end replaced."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
import time
from asyncio import AbstractEventLoop, StreamWriter, TimerHandle
from asyncio.subprocess import Process
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import msgspec
from msgspec import MsgspecError

from hipcoach.audio.outputs import TEMPORARY
from hipcoach.audio.player import Command, Report, encode_line
from hipcoach.audio.samples import gain_of
from hipcoach.audio.sounds import LATE, Sounds, SoundStatus, TimedSound

START_TIMEOUT = 10.0
"""Seconds a player may take to report that it is ready: a sleeping Bluetooth speaker takes a few."""
ANSWER_TIMEOUT = 5.0
"""Seconds without an answer after which the player is replaced."""
HEAD_START = 1.5
"""Seconds from opening until a first sound is safe: a player takes 0.3 to start, and a device that has just
been opened asks for its samples unevenly for up to one."""
CALM = 60.0
"""Seconds within which a second player that ends rules its backend out; the first one is only restarted."""
RETRY = 30.0
"""Seconds after which everything is tried again when nothing works, and as soon as a sound is wanted then."""
LINGER = 3.0
"""Seconds from when the last sound was due, or from when no more were wanted, to the end of the player, which
holds the device: the longest sounds take half of that, and a speaker may be a second behind."""
CLOSING = 0.25
"""Seconds a player has to end by itself once its input ends, before it is killed."""

STARTING = SoundStatus(working=False, backend="", reason="The sound player is starting.", starting=True)


def player_command(backend: str, sounds: Path) -> list[str]:
    """Return the command line of a player for one backend. `-P` keeps modules of the current directory
    out."""
    return [sys.executable, "-P", "-m", "hipcoach.audio.player", backend, str(sounds)]


class PlayerSounds(Sounds):
    """Keeps a player running and passes the schedule to it.

    `players` are the backends to try in order; `command_of` returns the command line for one; `fallback`
    is open while none of them works. All is done in the event loop of a thread of its own, which uses no
    processor time while nothing happens. What the player should know is kept, so that a new one is told all
    that still matters.
    """

    def __init__(
        self, players: Sequence[str], command_of: Callable[[str], Sequence[str]], fallback: Sounds
    ) -> None:
        super().__init__()
        self.status = STARTING
        self.head_start = HEAD_START
        self._players = players
        self._command_of = command_of
        self._fallback = fallback
        self._loop: AbstractEventLoop | None = None
        self._thread: Thread | None = None
        self._settled = Event()
        self._player: StreamWriter | None = None
        """Where commands for a player that is ready go."""
        self._leaving: TimerHandle | None = None
        self._pending: tuple[TimedSound, ...] = ()

    def wait_settled(self, timeout: float) -> None:
        """Wait up to `timeout` seconds until it is known whether sound works."""
        self._settled.wait(timeout)

    def open(self) -> None:
        """Start the first player in the background."""
        if self._thread is None:
            self.status = STARTING
            self._settled.clear()
            self._wanted = asyncio.Event()
            runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
            self._loop = runner.get_loop()
            self._thread = Thread(target=self._run, args=(runner,), name="sounds", daemon=True)
            self._thread.start()
        self._do(self._wanted.set)

    def close(self) -> None:
        """Stop the player; nothing is left running."""
        if self._thread is not None:
            self._do(_cancel_tasks)
            self._thread.join(1.0)
            self._thread = None
        self._fallback.close()

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Pass sounds on."""
        if sounds:
            self._send(tuple(sounds))

    def cancel(self) -> None:
        """Take everything back."""
        self._send(cancel=True)

    def rest(self) -> None:
        """Let the player end once what is scheduled has been played."""
        self._do(self._rest)

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0 to 1."""
        super().set_volume(volume)
        self._fallback.set_volume(volume)
        self._send()

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute."""
        super().set_muted(muted)
        self._fallback.set_muted(muted)
        self._send()

    def _command(self, sounds: tuple[TimedSound, ...] = (), cancel: bool = False) -> Command:
        return Command(gain_of(self._volume, self._muted), sounds, cancel)

    def _send(self, sounds: tuple[TimedSound, ...] = (), cancel: bool = False) -> None:
        self._do(self._pass_on, self._command(sounds, cancel))

    def _do(self, action: Callable[..., None], *arguments: object) -> None:
        with suppress(RuntimeError):  # the event loop has ended
            if self._loop is not None:
                self._loop.call_soon_threadsafe(action, *arguments)

    def _pass_on(self, command: Command) -> None:
        still = () if command.cancel else self._still_to_come()
        self._pending = (*still, *command.sounds)
        self._tell(command)
        if command.cancel:
            self._fallback.cancel()
        if command.sounds:
            self._wanted.set()
            self._fallback.schedule(command.sounds)

    def _tell(self, command: Command) -> None:
        if self._player is not None and not self._player.is_closing():
            self._player.write(encode_line(command))
            self._expect_answer()

    def _expect_answer(self) -> None:
        if self._patience.when() is None:
            self._patience.reschedule(asyncio.get_running_loop().time() + ANSWER_TIMEOUT)

    def _rest(self) -> None:
        self._wanted.clear()
        last = max((sound.due for sound in self._pending), default=time.monotonic())
        if self._leaving is not None:
            self._leaving.cancel()
        self._leaving = asyncio.get_running_loop().call_at(last + LINGER, self._let_go)

    def _let_go(self) -> None:
        if self._player is not None and not self._wanted.is_set():
            self._player.close()
            self._player = None
            self._expect_answer()

    def _still_to_come(self) -> tuple[TimedSound, ...]:
        oldest = time.monotonic() - LATE
        return tuple(sound for sound in self._pending if sound.due >= oldest)

    def _run(self, runner: asyncio.Runner) -> None:
        with runner, suppress(asyncio.CancelledError):
            runner.run(self._keep_playing())

    async def _keep_playing(self) -> None:
        while True:
            reasons = dict.fromkeys([await self._use(backend) for backend in self._players])
            self._fallback.open()
            self._fallback.schedule(self._still_to_come())
            status = self._fallback.status
            self._settle(
                status._replace(reason=" ".join((*reasons, status.reason))), self._fallback.head_start
            )
            await asyncio.sleep(RETRY)
            self._wanted.clear()
            await self._wanted.wait()

    async def _use(self, backend: str) -> str:
        """Have players of one backend play until that works no more; return why not."""
        ended = -CALM
        while True:
            await self._wanted.wait()
            is_refused, reason = await self._follow(backend)
            if not reason:
                continue
            if is_refused or time.monotonic() - ended < CALM:
                return reason
            if self.status.backend == backend:
                self.status = SoundStatus(working=False, backend=backend, reason=reason)
            ended = time.monotonic()

    async def _follow(self, backend: str) -> tuple[bool, str]:
        """Start a player and stay with it until it ends; return whether it refused to play, and why it ended,
        which is empty where it was let go of.

        It has a session of its own, so that no key at the terminal reaches it, and a pipe for all that it
        prints, so that none of that reaches the screen.
        """
        was_ready, last_words = False, "no reason given"
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command_of(backend),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            return True, f"The sound player cannot be started ({error})."
        assert process.stdin and process.stdout  # noqa: S101 - asked for above
        try:
            async with asyncio.timeout(START_TIMEOUT) as self._patience:
                async for line in process.stdout:
                    try:
                        report = msgspec.json.decode(line, type=Report)
                    except MsgspecError:
                        last_words = line.decode(errors="replace").strip() or last_words
                        continue
                    self._patience.reschedule(None)
                    if report.event == "failed":
                        return not was_ready, report.text
                    if report.event == "ready":
                        was_ready = True
                        self._become_ready(process.stdin, backend, report.text)
                if was_ready and self._player is None:
                    return False, ""
        except TimeoutError:
            return not was_ready, f"The sound player did not {'answer' if was_ready else 'start'}."
        finally:
            self._player = None
            await _stop(process)
        return False, f"The sound player ended ({last_words})."

    def _become_ready(self, player: StreamWriter, backend: str, detail: str) -> None:
        self._player = player
        self._tell(self._command(self._still_to_come()))
        self._fallback.close()
        through = backend if detail == backend else f"{backend} ({detail})"
        reason = f"Sounds are played through {through}."
        self._settle(SoundStatus(working=True, backend=backend, reason=reason), HEAD_START)

    def _settle(self, status: SoundStatus, head_start: float) -> None:
        self.status = status
        self.head_start = head_start
        self._settled.set()


async def _stop(process: Process) -> None:
    """Let a player end by itself, which stops all sound, or else kill it; nothing is left behind."""
    assert process.stdin  # noqa: S101 - it has a pipe
    process.stdin.close()
    try:
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), CLOSING)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
    await process.wait()
    for left in Path(tempfile.gettempdir()).glob(f"{TEMPORARY.format(process.pid)}*"):
        shutil.rmtree(left, ignore_errors=True)


def _cancel_tasks() -> None:
    for task in asyncio.all_tasks():
        task.cancel()
