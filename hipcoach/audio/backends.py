"""Which ways of making sound are worth trying here, and opening the first of them."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Mapping

from msgspec import Struct, field

from hipcoach.audio.bell_sounds import BellSounds
from hipcoach.audio.outputs.system_output import PROGRAMS
from hipcoach.audio.player_sounds import PlayerSounds, player_command
from hipcoach.audio.sounds import SilentSounds, Sounds, SoundStatus
from hipcoach.errors import UsageError
from hipcoach.paths import bundled

BACKENDS = ("auto", "simpleaudio", "miniaudio", "system", "bell", "silent")
"""The names that a setting may have."""

SOUND_SERVERS = ("PULSE_SERVER", "PIPEWIRE_REMOTE", "JACK_DEFAULT_SERVER")
"""Variables that name a sound server, which then may well be where the user of an SSH session sits."""


def _version_of(distribution: str) -> str | None:
    # Takes longer to load than all the rest, and is only asked where there is simpleaudio.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def _has_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


class Surroundings(Struct, frozen=True):
    """What the choice depends on: the environment, the machine and what is installed."""

    environ: Mapping[str, str]
    platform: str = sys.platform
    python: tuple[int, int] = field(default_factory=lambda: sys.version_info[:2])
    has_module: Callable[[str], bool] = _has_module
    version_of: Callable[[str], str | None] = _version_of
    which: Callable[[str], str | None] = shutil.which


class Choice(Struct, frozen=True):
    """Player backends to try in this order, what is left when all fail ("bell" or "silent"), and the reasons.

    `notes` has one line for each backend, saying why it is or is not considered.
    """

    players: tuple[str, ...]
    last: str
    reason: str
    notes: tuple[str, ...]


def choose(backend: str, around: Surroundings) -> Choice:
    """Decide by the setting `backend` and the surroundings; loads no sound library.

    Raises:
        UsageError: there is no backend of that name.
    """
    if backend not in BACKENDS:
        raise UsageError(f"There is no sound backend {backend!r}. Use one of: {', '.join(BACKENDS)}.")
    problems = {
        "simpleaudio": _simpleaudio_problem(around),
        "miniaudio": _miniaudio_problem(around),
        "system": _system_problem(around),
    }
    notes = tuple(f"{name}: {problem or 'can be tried'}" for name, problem in problems.items())
    usable = tuple(name for name, problem in problems.items() if problem is None)
    if backend == "silent":
        return Choice((), "silent", "Sound is switched off by the setting audio.backend.", notes)
    if backend == "bell":
        return Choice((), "bell", "The setting audio.backend asks for the terminal bell.", notes)
    if backend != "auto":
        problem = problems[backend]
        reason = "" if problem is None else f"The backend {backend} cannot be used: {problem}."
        return Choice((backend,) if problem is None else (), "bell", reason, notes)
    if around.environ.get("SSH_CONNECTION") and not any(around.environ.get(name) for name in SOUND_SERVERS):
        reason = "Over SSH the sound would play on the far machine, so the terminal bell is used."
        return Choice((), "bell", reason, (*notes, "bell: chosen, because this is an SSH session"))
    return Choice(usable, "bell", "" if usable else "Nothing here can play sounds.", notes)


def open_sounds(backend: str, environ: Mapping[str, str], bell: Callable[[], None] | None) -> Sounds:
    """Return sounds for the setting `backend`; call their `open` to begin.

    `bell` rings the terminal's bell; it is called from another thread and should not block. Without it, there
    is silence where the bell would ring.

    Raises:
        UsageError: there is no backend of that name.
        ResourceError: the bundled sounds are missing.
    """
    choice = choose(backend, Surroundings(environ))
    last: Sounds
    if choice.last == "bell" and bell is not None:
        last = BellSounds(bell, choice.reason or "The terminal bell is used instead.")
    else:
        last = SilentSounds(choice.reason or "There is no sound.")
    if not choice.players:
        return last
    directory = bundled("sounds")
    return PlayerSounds(choice.players, lambda name: player_command(name, directory), last)


def considered(backend: str, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return a line for each backend, saying whether it is worth trying here and why not.

    Raises:
        UsageError: there is no backend of that name.
    """
    return choose(backend, Surroundings(environ)).notes


def probe(backend: str, environ: Mapping[str, str], timeout: float = 5.0) -> SoundStatus:
    """Start the real player for the setting `backend`, see how that goes for up to `timeout` seconds, and
    stop it.

    Raises:
        UsageError: there is no backend of that name.
        ResourceError: the bundled sounds are missing.
    """
    sounds = open_sounds(backend, environ, bell=lambda: None)
    sounds.open()
    try:
        if isinstance(sounds, PlayerSounds):
            sounds.wait_settled(timeout)
        return sounds.status
    finally:
        sounds.close()


def _simpleaudio_problem(around: Surroundings) -> str | None:
    if not around.has_module("simpleaudio"):
        return "not installed"
    patched = around.version_of("simpleaudio-patched") is not None
    original = around.version_of("simpleaudio") is not None or not patched
    if original and around.python >= (3, 12):
        return (
            "the installed build crashes Python 3.12 and newer; uninstall simpleaudio and install "
            "simpleaudio-patched (pip install 'hipcoach[simpleaudio]')"
        )
    return None


def _miniaudio_problem(around: Surroundings) -> str | None:
    return None if around.has_module("miniaudio") else "not installed"


def _system_problem(around: Surroundings) -> str | None:
    if around.platform == "win32" or any(around.which(name) for name in PROGRAMS):
        return None
    return f"none of {', '.join(PROGRAMS)} is installed"
