"""Which ways of making sound are worth trying here, and opening the first of them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec

from hipcoach.audio.outputs import PROGRAMS
from hipcoach.audio.player_sounds import PlayerSounds, player_command
from hipcoach.audio.sounds import BellSounds, Sounds, SoundStatus
from hipcoach.paths import bundled

SOUND_SERVERS = ("PULSE_SERVER", "PIPEWIRE_REMOTE", "JACK_DEFAULT_SERVER")
"""Variables that name a sound server, which then may well be where the user of an SSH session sits."""
PYTHON = sys.version_info[:2]
USABLE = "can be tried"


def considered(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the backends that play sounds, in order, and for each whether it "can be tried" or why not."""
    system = sys.platform == "win32" or any(map(shutil.which, PROGRAMS))
    notes = {
        "simpleaudio": _simpleaudio(),
        "miniaudio": USABLE if find_spec("miniaudio") else "not installed",
        "system": USABLE if system else f"none of {', '.join(PROGRAMS)} is installed",
    }
    if _is_far_away(environ):
        notes["bell"] = "chosen, because this is an SSH session"
    return notes


def open_sounds(backend: str, environ: Mapping[str, str], bell: Callable[[], None] | None) -> Sounds:
    """Return sounds for the setting `backend`; call their `open` to begin.

    `bell` rings the terminal's bell; it is called from another thread and should not block. Without it, there
    is silence where the bell would ring.

    Raises:
        ResourceError: the bundled sounds are missing.
    """
    if backend == "silent":
        return Sounds("Sound is switched off by the setting audio.backend.")
    notes = considered(environ)
    players = [name for name, note in notes.items() if note == USABLE and backend in ("auto", name)]
    reason = ""
    if backend == "bell":
        reason = "The setting audio.backend asks for the terminal bell."
    elif backend == "auto" and _is_far_away(environ):
        reason = "Over SSH the sound would play on the far machine, so the terminal bell is used."
    elif not players:
        problem = f"The backend {backend} cannot be used: {notes.get(backend)}."
        reason = "Nothing here can play sounds." if backend == "auto" else problem
    last = Sounds(reason or "There is no sound.")
    if bell is not None:
        last = BellSounds(bell, reason or "The terminal bell is used instead.")
    if reason:
        return last
    directory = bundled("sounds")
    return PlayerSounds(players, lambda name: player_command(name, directory), last)


def probe(backend: str, environ: Mapping[str, str], timeout: float = 5.0) -> SoundStatus:
    """Start the real player for the setting `backend`, see how that goes for up to `timeout` seconds, and
    stop it.

    Raises:
        ResourceError: the bundled sounds are missing.
    """
    sounds = open_sounds(backend, environ, bell=lambda: None)
    sounds.open()
    try:
        sounds.wait_settled(timeout)
        return sounds.status
    finally:
        sounds.close()


def _is_far_away(environ: Mapping[str, str]) -> bool:
    """Whether the user sits at another machine than the one that would sound."""
    return bool(environ.get("SSH_CONNECTION")) and not any(environ.get(name) for name in SOUND_SERVERS)


def _simpleaudio() -> str:
    if not find_spec("simpleaudio"):
        return "not installed"
    # Takes longer to load than all the rest.
    from importlib.metadata import distributions

    builds = [name for name in ("simpleaudio", "simpleaudio-patched") if any(distributions(name=name))]
    if PYTHON >= (3, 12) and builds != ["simpleaudio-patched"]:
        return (
            "the installed build crashes Python 3.12 and newer; uninstall simpleaudio and install "
            "simpleaudio-patched (pip install 'hipcoach[simpleaudio]')"
        )
    return USABLE
