"""What the app and the player process tell each other: one JSON object a line."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from hipcoach.audio.sounds import TimedSound


class Command(Struct, frozen=True):
    """From the app: the generation and gain now in force, the sounds to add, and whether that is all for now.

    Sounds of an older generation than the newest seen are void. `number` is sent back as the answer.
    """

    number: int
    generation: int
    gain: Annotated[float, Meta(ge=0, le=1)]
    sounds: tuple[TimedSound, ...] = ()
    rest: bool = False


class Report(Struct, frozen=True):
    """From the player: an event ("ready", "answer", "note" or "failed"), with a text or the number that is
    answered."""

    event: str
    text: str = ""
    number: int = 0


COMMANDS = msgspec.json.Decoder(Command)
REPORTS = msgspec.json.Decoder(Report)
"""Decode one line; both raise msgspec.MsgspecError for a line that is no such message."""


def encode_line(message: Command | Report) -> bytes:
    """Return a message as one line."""
    return msgspec.json.encode(message) + b"\n"
