"""Sounds that wait for their moment: the queue, and the loop that calls back."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

import pytest

from hipcoach.audio.due import LATE, DueLoop, DueQueue
from hipcoach.audio.sounds import TimedSound

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
    with guard:
        loop.schedule([TimedSound("old", time.monotonic())])
        # The loop takes the sound from its queue and then stands before the guard.
        wait_for(lambda: loop.waiting == 0, "the loop to take the sound")
        loop.cancel()
    loop.schedule([TimedSound("new", time.monotonic())])
    wait_for(lambda: called, "the new sound")
    loop.close()
    assert called == ["new"]
