"""What keys do in a running session, the same on the screen and in plain lines."""

from __future__ import annotations

from msgspec import Struct

from hipcoach.core.session import ADJUSTMENT, Session
from hipcoach.live.session_runner import Command


class SessionKey(Struct, frozen=True):
    """One action: its keys as Textual names them, what it is called, and what it does in a few words."""

    id: str
    keys: str
    label: str
    help: str
    command: Command | None = None
    """What it asks of the session, where that is all it does."""


def pause_or_resume(session: Session, at: float) -> Session:
    """Pause, or go on."""
    return session.resume(at) if session.is_paused else session.pause(at)


def longer(session: Session, at: float) -> Session:
    """Make the step longer by 5 s or one rep."""
    return session.add(at, ADJUSTMENT)


def shorter(session: Session, at: float) -> Session:
    """Make the step shorter by 5 s or one rep."""
    return session.add(at, -ADJUSTMENT)


SESSION_KEYS = (
    SessionKey("pause", "space", "Pause", "Pause; go on through 3-2-1", pause_or_resume),
    SessionKey("complete", "enter", "Reps done", "Own pace: the set is done"),
    SessionKey("skip", "n,right", "Skip", "On to the next lead-in, or start now", Session.skip),
    SessionKey("back", "p,left", "Back", "To the lead-in of the set before", Session.back),
    SessionKey("restart", "r", "Restart", "This step from its beginning", Session.restart),
    SessionKey("drop", "N", "Drop", "Leave this exercise out altogether", Session.drop),
    SessionKey("bring-back", "u", "Bring back", "Do what was left out last after all", Session.bring_back),
    SessionKey("longer", "plus,equals_sign", "More", "5 s or one rep more", longer),
    SessionKey("shorter", "minus", "Less", "5 s or one rep less", shorter),
    SessionKey("hurts", "h", "It hurts", "Skip, and note that it hurt", Session.hurts),
    SessionKey("mute", "m", "Mute", "Sound off or on in this session"),
    SessionKey("speech", "v", "Voice", "Toggle the voice"),
    SessionKey("quieter", "left_square_bracket", "Quieter", "Volume down"),
    SessionKey("louder", "right_square_bracket", "Louder", "Volume up"),
    SessionKey("help", "question_mark", "Help", "Show the keys; pauses"),
    SessionKey("stop", "q,escape", "Stop", "Pause, then choose how to end"),
)
