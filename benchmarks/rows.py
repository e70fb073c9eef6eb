"""What is measured: each row with what was found, its floor in the same run, its goal, and why it matters."""

from __future__ import annotations

import random
import sys
import time
import wave
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from statistics import median

from msgspec import Struct

from benchmarks.bare import READY
from benchmarks.make_logs import begins, make_logs
from benchmarks.terminal import BARE, HIPCOACH, Screen, User, processor_shares

LIST = ("Leg circuit", "Desk break", "Nine drills", "Six drills", "Hips and upper back", "Four movements")
"""The list is there when all of these are."""
COMMANDS = ("routines", "plan leg-circuit", "stats")
GAP = (0.02, 0.12)
"""Seconds between a change and the next key, at random, so that the keys fall anywhere between two ticks."""
SETTLED = 2.0
"""Seconds until what is done once at the start is done."""
PREVIEW = 25.0
"""Seconds in which the list's figure has done its reps and rests."""
LOGS = 10_000
"""Sessions: 27 years of one a day."""


class Row(Struct, frozen=True):
    """One line of the table. `floor` is what the least program that does the same needs, if there is one."""

    what: str
    found: float
    unit: str
    goal: float
    """The most it may be; the least, where `more_is_better`."""
    why: str
    floor: float | None = None
    more_is_better: bool = False

    def is_missed(self, room: float) -> bool:
        """Whether it is more than `room` times its goal, or less than that part of it."""
        if self.more_is_better:
            return self.found * room < self.goal
        return self.found > self.goal * room


class Effort(Struct, frozen=True):
    """How much is measured, of which the median is taken."""

    runs: int
    presses: int
    seconds: float


def start(user: User, effort: Effort) -> Iterator[Row]:
    """The coach to its list, as on any day but the first, and commands to their end."""
    with Screen(HIPCOACH, user) as screen:
        screen.see(*LIST)
        screen.press("q")
        screen.drain(SETTLED)
    bare: list[float] = []
    lists: list[float] = []
    nothing: list[float] = []
    commands: dict[str, list[float]] = {command: [] for command in COMMANDS}
    for _ in range(effort.runs):
        for program, words, found in ((bare_app(), (READY,), bare), (HIPCOACH, LIST, lists)):
            with Screen(program, user) as screen:
                found.append(1000 * (screen.see(*words) - screen.begun))
        nothing.append(1000 * user.seconds(sys.executable, "-c", "pass"))
        for command, times in commands.items():
            times.append(1000 * user.seconds(*HIPCOACH, *command.split()))
    floor = median(bare)
    yield Row("launch to the list", median(lists), "ms", 1.5 * floor, "one waits for it", floor)
    for command, times in commands.items():
        why = "prompts and status bars call it"
        yield Row(f"hipcoach {command}", median(times), "ms", 120, why, median(nothing))


def keys(user: User, effort: Effort) -> Iterator[Row]:
    """From a key to the word that it brings, in a set and in the bare app."""
    with Screen(bare_app(), user) as screen:
        screen.see(READY)
        bare = delays(screen, ((" ", "PAUSED"), (" ", "GOING")), effort.presses)
    with user.session("leg-circuit") as screen:
        screen.drain(SETTLED)
        pause = delays(screen, ((" ", "PAUSED"), (" ", "until you go on")), effort.presses)
        skip = delays(screen, (("p", "GET READY"), ("n", "reps")), effort.presses)
    for name, found in (("pause", pause), ("skip", skip)):
        yield Row(f"{name}, median", median(found), "ms", 20, "it should feel immediate", median(bare))
        yield Row(f"{name}, worst", max(found), "ms", 60, "a stutter is seen from here on", max(bare))


def delays(screen: Screen, words: Sequence[tuple[str, str]], presses: int) -> list[float]:
    """Return milliseconds from each key to its word; the keys are pressed in turn."""
    chance = random.Random(8)  # noqa: S311  nothing secret
    found = []
    for number in range(presses):
        key, word = words[number % len(words)]
        screen.drain(chance.uniform(*GAP))
        pressed = screen.press(key)
        found.append(1000 * (screen.see(word) - pressed))
    return found


def processor(user: User, effort: Effort) -> Iterator[Row]:
    """Sessions without and with a figure, and digits that change ten times a second, at the same time."""
    without = user.add_routine("Measured alone", "Measured swing 40/side")
    with_figure = user.add_routine("Measured with figure", "Straight-leg swing 40/side")
    with ExitStack() as stack:
        bare = stack.enter_context(Screen(bare_app(rate=10), user))
        bare.see(READY)
        screens = [bare, *(stack.enter_context(user.session(each)) for each in (without, with_figure))]
        processor_shares(screens, SETTLED)
        floor, *found = processor_shares(screens, effort.seconds)
    why = "batteries and fans, for twenty minutes"
    yield Row("session, no figure: processor", found[0], "%", 1.5 * floor, why, floor)
    yield Row("session, figure: processor", found[1], "%", 3 * floor, why, floor)


def resting(user: User, effort: Effort) -> Iterator[Row]:
    """The list at rest, its figure too, and the memory of the list and of a session."""
    with Screen(bare_app(), user) as bare, Screen(HIPCOACH, user) as coach:
        bare.see(READY)
        coach.see(*LIST)
        processor_shares([bare, coach], PREVIEW)
        floor, found = processor_shares([bare, coach], effort.seconds)
        memory, of_list = bare.megabytes, coach.megabytes
    with user.session("leg-circuit") as screen:
        screen.drain(SETTLED)
        of_session = screen.megabytes
    yield Row("list at rest: processor", found, "%", 0.5, "it stays open beside one's work", floor)
    for what, found in (("list", of_list), ("session", of_session)):
        yield Row(f"{what}: memory", found, "MB", 1.5 * memory + 20, "small machines", memory)


def history(user: User, effort: Effort) -> Iterator[Row]:
    """A log of many years: its index made, its history opened, `stats`; beside no log at all."""
    stats = (*HIPCOACH, "stats")
    user.seconds(*stats)
    floor = median(user.seconds(*stats) for _ in range(effort.runs))
    make_logs(user.paths.sessions, LOGS)
    newest, _ = next(begins(1))
    with Screen(HIPCOACH, user) as screen:
        screen.see(*LIST)
        pressed = screen.press("h")
        rows = screen.see(f"{newest:%H:%M}") - pressed
    # Files that were just written are read once more, since they may still change.
    time.sleep(3)
    index = user.seconds(*stats)
    again = median(user.seconds(*stats) for _ in range(effort.runs))
    logs = f"{LOGS:,} logs"
    yield Row(f"history of {logs}: first rows, no index", rows, "s", 0.5, "one waits for it")
    yield Row(f"index of {logs} made", index, "s", 20, "totals wait for it, once")
    yield Row(f"stats of {logs}", again, "s", floor + 0.5, "years of use slow nothing down", floor)


def render(user: User, effort: Effort) -> Iterator[Row]:
    """Seconds of sound for each second of the whole command."""
    target = user.home / "session.wav"
    command = (*HIPCOACH, "render", "leg-circuit", "--output", str(target), "--force")
    took = median(user.seconds(*command) for _ in range(effort.runs))
    with wave.open(str(target)) as track:
        times = track.getnframes() / track.getframerate() / took
    yield Row("render to WAV, times real time", times, "x", 50, "one waits for it", more_is_better=True)


def bare_app(rate: int = 0) -> tuple[str, ...]:
    """Return the command of the bare app."""
    return (*BARE, str(rate))


PARTS: Mapping[str, Callable[[User, Effort], Iterator[Row]]] = {
    "start": start,
    "keys": keys,
    "processor": processor,
    "render": render,
    "resting": resting,
    "history": history,
}
"""Every part, the quick ones first."""
SHORT = ("start", "keys", "processor", "render")
