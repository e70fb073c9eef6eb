"""What waits for its moment: the queue, the loop that calls back, and the outbox of the app."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock, Thread

import pytest

from hipcoach.audio.api import TimedSound
from hipcoach.audio.due_loop import DueLoop
from hipcoach.audio.due_queue import LATE, DueQueue
from hipcoach.audio.messages import Command
from hipcoach.audio.outbox import LIMIT, Outbox

pytestmark = pytest.mark.timed

Waits = Callable[..., None]


def test_the_queue_gives_what_is_due_in_order_and_drops_what_is_late() -> None:
    queue = DueQueue()
    queue.add([TimedSound("b", 2.0), TimedSound("a", 1.0), TimedSound("c", 3.0), TimedSound("b2", 2.0)])
    assert queue.next_due == 1.0
    assert [sound.name for sound in queue.take(2.5, 2.0 + LATE / 2)] == ["b", "b2"]
    assert queue.next_due == 3.0
    queue.clear()
    assert queue.next_due is None


def test_the_loop_calls_at_the_moment(wait_for: Waits) -> None:
    called: list[tuple[str, float]] = []
    loop = DueLoop(lambda name: called.append((name, time.monotonic())))
    loop.start()
    now = time.monotonic()
    dues = {"a": now + 0.05, "b": now + 0.12, "late": now - 1}
    loop.schedule([TimedSound(name, due) for name, due in dues.items()])
    wait_for(lambda: len(called) == 2, "two calls")
    loop.close()
    assert [name for name, _ in called] == ["a", "b"]
    for name, at in called:
        assert -0.001 < at - dues[name] < 0.3


def test_the_loop_calls_nothing_that_was_cancelled_under_its_guard(wait_for: Waits) -> None:
    called: list[str] = []
    guard = Lock()
    loop = DueLoop(called.append, guard)
    loop.start()
    with guard:
        loop.schedule([TimedSound("old", time.monotonic())])
        # The loop takes the sound from its queue and then stands before the guard.
        wait_for(lambda: loop.waiting == 0, "the loop to take the sound")
        loop.cancel()
    loop.schedule([TimedSound("new", time.monotonic())])
    wait_for(lambda: called, "the new sound")
    loop.close()
    assert called == ["new"]


def _told(outbox: Outbox, reader: int) -> Command:
    command = outbox.take(reader)
    assert command is not None
    return command


def test_a_reader_is_told_each_sound_once_and_a_new_one_all_that_is_to_come() -> None:
    now = [10.0]
    outbox = Outbox(lambda: now[0])
    first = outbox.attach()
    outbox.schedule([TimedSound("a", 11.0), TimedSound("b", 12.0)])
    assert [sound.name for sound in _told(outbox, first).sounds] == ["a", "b"]
    outbox.set_volume(0.5)
    command = _told(outbox, first)
    assert (command.sounds, command.gain) == ((), 0.25)
    now[0] = 11.5
    second = outbox.attach()
    assert outbox.take(first) is None
    assert [sound.name for sound in _told(outbox, second).sounds] == ["b"]


def test_cancelling_raises_the_generation_and_forgets_the_sounds() -> None:
    outbox = Outbox(lambda: 0.0)
    reader = outbox.attach()
    before = _told(outbox, reader).generation
    outbox.schedule([TimedSound("a", 1.0)])
    outbox.cancel()
    outbox.schedule([TimedSound("b", 1.0)])
    command = _told(outbox, reader)
    assert command.generation > before
    assert [sound.name for sound in command.sounds] == ["b"]
    assert [sound.name for sound in outbox.pending()] == ["b"]


def test_a_rest_lasts_until_the_next_sound() -> None:
    outbox = Outbox(lambda: 0.0)
    reader = outbox.attach()
    outbox.schedule([TimedSound("a", 1.0)])
    outbox.rest()
    command = _told(outbox, reader)
    assert (len(command.sounds), command.rest) == (1, True)
    assert Command.decode(command.encode()) == command
    outbox.cancel()
    assert _told(outbox, reader).rest
    outbox.schedule([TimedSound("b", 1.0)])
    assert not _told(outbox, reader).rest


def test_muting_is_a_gain_of_zero_and_the_volume_comes_back() -> None:
    outbox = Outbox(lambda: 0.0)
    reader = outbox.attach()
    outbox.set_muted(True)
    assert _told(outbox, reader).gain == 0.0
    outbox.set_muted(False)
    assert _told(outbox, reader).gain == 1.0


def test_nobody_reading_makes_nothing_grow() -> None:
    outbox = Outbox(lambda: 0.0)
    for _ in range(LIMIT):
        outbox.schedule([TimedSound("a", 1.0)] * 3)
    assert len(outbox.pending()) == LIMIT


def test_a_waiting_reader_ends_when_it_is_detached(wait_for: Waits) -> None:
    outbox = Outbox()
    reader = outbox.attach()
    _told(outbox, reader)
    ended: list[Command | None] = []
    thread = Thread(target=lambda: ended.append(outbox.take(reader)))
    thread.start()
    outbox.detach()
    thread.join(5)
    assert ended == [None]


def test_a_command_survives_its_line() -> None:
    command = Command(3, 2, 0.25, (TimedSound("tick", 12.5),))
    assert Command.decode(command.encode()) == command
