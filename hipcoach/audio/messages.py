"""What the app and the player process say to each other: one JSON object a line."""

from __future__ import annotations

import json
from typing import NamedTuple

from hipcoach.audio.api import TimedSound


class Command(NamedTuple):
    """From the app: the generation and gain now in force, the sounds to add, and whether that is all for now.

    Sounds of an older generation than the newest seen are void. `number` is sent back as the answer.
    """

    number: int
    generation: int
    gain: float
    sounds: tuple[TimedSound, ...]
    rest: bool = False

    def encode(self) -> bytes:
        """Return it as one line."""
        sounds = [(sound.name, sound.due) for sound in self.sounds]
        return _line(
            {
                "number": self.number,
                "generation": self.generation,
                "gain": self.gain,
                "sounds": sounds,
                "rest": self.rest,
            }
        )

    @classmethod
    def decode(cls, line: bytes) -> Command:
        """Read one line.

        Raises:
            ValueError: it is not such a line.
        """
        try:
            table = json.loads(line)
            sounds = tuple(TimedSound(str(name), float(due)) for name, due in table["sounds"])
            return cls(
                int(table["number"]),
                int(table["generation"]),
                float(table["gain"]),
                sounds,
                bool(table["rest"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a command: {error}") from error


class Report(NamedTuple):
    """From the player: an event ("ready", "answer", "note" or "failed"), with a text or the number that is
    answered."""

    event: str
    text: str = ""
    number: int = 0

    def encode(self) -> bytes:
        """Return it as one line."""
        return _line({"event": self.event, "text": self.text, "number": self.number})

    @classmethod
    def decode(cls, line: bytes) -> Report:
        """Read one line.

        Raises:
            ValueError: it is not such a line.
        """
        try:
            table = json.loads(line)
            return cls(str(table["event"]), str(table["text"]), int(table["number"]))
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a report: {error}") from error


def _line(table: dict[str, object]) -> bytes:
    return json.dumps(table, separators=(",", ":")).encode() + b"\n"
