"""What a live session and the resting picker use of the processor, and what the app takes of memory."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from benchmarks.bare import READY
from benchmarks.process import children, megabytes, processor_seconds
from benchmarks.screen import BARE, HIPCOACH, Screen, drain_all
from benchmarks.starting import LIST
from benchmarks.table import Figure
from benchmarks.user import REPS, WITH_FIGURE, WITHOUT_FIGURE, User

RATE = "10"
"""Changes of the screen a second."""
SETTLED = 2.0
"""Seconds until what is done once at the start is done."""
PREVIEW = 25.0
"""Seconds in which the picker's figure has done its reps and rests."""
EXTRA_MEGABYTES = 20.0


def in_a_set(stack: ExitStack, user: User, routine: str) -> Screen:
    """A session in its first set."""
    user.forget_sessions()
    screen = stack.enter_context(Screen((*HIPCOACH, "start", routine), user))
    screen.see("READY")
    screen.press("n")
    screen.see(f"of {REPS} reps")
    return screen


def shares(screens: list[Screen], pids: list[int], seconds: float, windows: int) -> list[float]:
    """The share of a core, in percent, of each process: the median of windows that all have in common."""
    found: list[list[float]] = [[] for _ in pids]
    for _ in range(windows):
        before = [processor_seconds(pid) for pid in pids]
        begun = time.perf_counter()
        drain_all(screens, seconds)
        passed = time.perf_counter() - begun
        for each, pid, earlier in zip(found, pids, before, strict=True):
            each.append(100 * (processor_seconds(pid) - earlier) / passed)
    return [median(each) for each in found]


def processor_figures(user: User, home: Path, seconds: float, windows: int) -> Iterator[Figure]:
    """Processor use of sessions without and with figure beside that of bare digits, all at the same time."""
    with ExitStack() as stack:
        bare = stack.enter_context(Screen((*BARE, "digits", RATE), user))
        bare.see(READY)
        other = User.settle(home / "other")
        screens = [bare, in_a_set(stack, other, WITHOUT_FIGURE), in_a_set(stack, user, WITH_FIGURE)]
        drain_all(screens, SETTLED)
        floor, without, with_figure = shares(screens, [each.pid for each in screens], seconds, windows)
    yield Figure("session without figure: processor", without, "%", 1.5 * floor, floor)
    yield Figure("session with figure: processor", with_figure, "%", 3 * floor, floor)


def idle_figures(user: User, seconds: float, windows: int) -> Iterator[Figure]:
    """The picker at rest, its figure too, beside a bare app at rest."""
    with ExitStack() as stack:
        bare = stack.enter_context(Screen(BARE, user))
        bare.see(READY)
        picker = stack.enter_context(Screen(HIPCOACH, user))
        picker.see(*LIST)
        screens = [bare, picker]
        drain_all(screens, PREVIEW)
        floor, found = shares(screens, [each.pid for each in screens], seconds, windows)
    yield Figure("idle picker: processor", found, "%", 0.5, floor)


def memory_figures(user: User, runs: int) -> Iterator[Figure]:
    """Proportional set sizes: the picker, then a session in its first set; one process at a time."""
    found: dict[str, list[float]] = {"bare": [], "picker": [], "session": []}
    for _ in range(runs):
        with Screen(BARE, user) as screen:
            screen.see(READY)
            screen.drain(SETTLED)
            found["bare"].append(megabytes(screen.pid))
        with Screen(HIPCOACH, user) as screen:
            screen.see(*LIST)
            screen.drain(SETTLED)
            found["picker"].append(megabytes(screen.pid))
        with ExitStack() as stack:
            screen = in_a_set(stack, user, WITH_FIGURE)
            screen.drain(SETTLED)
            found["session"].append(megabytes(screen.pid))
    floor = median(found["bare"])
    goal = 1.5 * floor + EXTRA_MEGABYTES
    yield Figure("memory: picker", median(found["picker"]), "MB", goal, floor)
    yield Figure("memory: session, no sound", median(found["session"]), "MB", goal, floor)


def player_figures(user: User, bare: float, seconds: float, windows: int) -> Iterator[Figure]:
    """A session that sounds, through a sound server of its own; nothing where there is none to be had."""
    if sys.platform != "linux" or not all(map(shutil.which, ("pulseaudio", "parec", "pactl"))):
        return
    from tests.audio.sound_server import SoundServer

    with tempfile.TemporaryDirectory(prefix="hipcoach-sound-") as directory, ExitStack() as stack:
        server = SoundServer(Path(directory) / "server")
        stack.callback(server.stop)
        listener = User.settle(user.home / "listener", server.own)
        screen = in_a_set(stack, listener, WITH_FIGURE)
        screen.drain(SETTLED)
        players = [each for each in children(screen.pid) if "hipcoach.audio.player" in _command_of(each)]
        if not players:
            return
        (share,) = shares([screen], players[:1], seconds, windows)
        together = megabytes(screen.pid) + megabytes(players[0])
    yield Figure("player process: processor", share, "%", 1.0)
    yield Figure("memory: session and player", together, "MB", 1.5 * bare + EXTRA_MEGABYTES, bare)


def _command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
