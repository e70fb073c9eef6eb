"""Something that speaks as a test wants it: a tone for every text, as long as the text is."""

from __future__ import annotations

from array import array
from functools import partial
from pathlib import Path
from threading import Event

from hipcoach.audio.samples import RATE, wav_bytes
from hipcoach.audio.speech import SpokenTexts, Synthesizer
from hipcoach.errors import SpeechError
from hipcoach.storage.atomic import write_atomically

SECONDS_A_CHARACTER = 0.06


def spoken_seconds(text: str) -> float:
    """How long the fake takes to say a text, but for the silence around it."""
    return round(len(text) * SECONDS_A_CHARACTER * RATE) / RATE


class FakeSynthesizer(Synthesizer):
    """Says texts as a square wave between two tenths of a second of silence; notes what it was given."""

    def __init__(self, identity: str = "fake") -> None:
        super().__init__("fake", identity)
        self.given: list[str] = []
        self.broken = False
        self.silent = False
        self.free = Event()
        """Cleared, it does not answer until it is set again."""
        self.free.set()

    def write(self, text: str, target: Path) -> None:
        self.free.wait(20)
        self.given.append(text)
        if self.broken:
            raise SpeechError("fake is broken.")
        half = 40 + len(self.given) % 40
        count = round(spoken_seconds(text) * RATE)
        loud = 0 if self.silent else 9_000
        tone = array("h", [loud if place // half % 2 else -loud for place in range(count)])
        pause = array("h", bytes(2 * RATE // 10))
        target.write_bytes(wav_bytes(pause + tone + pause))


def speaker(directory: Path, synthesizer: FakeSynthesizer | None = None, volume: float = 1.0) -> SpokenTexts:
    """Texts said by a fake into a directory."""
    write = partial(write_atomically, replace=True)
    return SpokenTexts(synthesizer or FakeSynthesizer(), directory, write, volume)
