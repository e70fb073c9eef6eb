"""A stream of cues on a simulated device: exact places, lateness, taking back."""

from __future__ import annotations

from array import array

from hipcoach.audio.sounds import TimedSound
from hipcoach.audio.stream import CueStream

RATE = 44_100
BLOCK = 882
MARK = array("h", [1_000, 2_000, 3_000])
LONG = array("h", [5_000] * RATE)


class Device:
    """Asks for blocks as a card would whose clock is off by `off`; notes when each onset is heard."""

    def __init__(self, stream: CueStream, off: float = 0.0, start: float = 50.0) -> None:
        self.stream = stream
        self.rate = RATE * (1 + off)
        self.start = start
        self.asked = 0
        self.onsets: list[float] = []

    @property
    def now(self) -> float:
        return self.start + self.asked / self.rate

    def run(self, until: float) -> array[int]:
        heard = array("h")
        while self.now < until:
            block = array("h", self.stream.render(self.now, BLOCK))
            if 1_000 in block:
                self.onsets.append(self.start + (self.asked + block.index(1_000)) / self.rate)
            heard.extend(block)
            self.asked += BLOCK
        return heard


def test_a_device_200_ppm_off_shows_no_drift_over_two_minutes() -> None:
    stream = CueStream({"mark": MARK, "long": LONG}.__getitem__)
    device = Device(stream, off=200e-6)
    dues = [52.0 + 1.7 * index for index in range(70)]
    for due in dues:
        device.run(due - 1.0)
        stream.schedule(TimedSound("mark", due))
    device.run(dues[-1] + 1)
    assert len(device.onsets) == len(dues)
    errors = [heard - due for heard, due in zip(device.onsets, dues, strict=True)]
    assert max(map(abs, errors)) < 0.001


def test_a_cue_a_little_late_comes_whole_and_one_too_late_not_at_all() -> None:
    stream = CueStream({"mark": MARK, "long": LONG}.__getitem__)
    device = Device(stream)
    device.run(60.0)
    late = device.now
    stream.schedule(TimedSound("mark", late - 0.05))
    stream.schedule(TimedSound("mark", late - 0.07))
    heard = device.run(late + 0.1)
    assert list(heard[:3]) == list(MARK)
    assert heard.count(1_000) == 1


def test_cancelling_takes_back_what_waits_and_ends_what_sounds() -> None:
    stream = CueStream({"mark": MARK, "long": LONG}.__getitem__)
    device = Device(stream)
    device.run(51.0)
    stream.schedule(TimedSound("long", 51.2))
    stream.schedule(TimedSound("mark", 51.8))
    assert any(device.run(51.5))
    stream.cancel()
    heard = device.run(53.0)
    assert not any(heard[RATE // 100 :])


def test_muting_silences_at_once_and_the_schedule_runs_on() -> None:
    stream = CueStream({"mark": MARK, "long": LONG}.__getitem__)
    device = Device(stream)
    device.run(51.0)
    stream.schedule(TimedSound("long", 51.2))
    stream.schedule(TimedSound("mark", 53.0))
    device.run(51.5)
    stream.set_gain(0.0)
    device.run(51.55)
    assert not any(device.run(52.5))
    stream.set_gain(1.0)
    assert list(MARK) == [value for value in device.run(53.5) if value]
