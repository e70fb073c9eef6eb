"""Gets the sounds that fit the setting and the surroundings, and tries them for `hipcoach doctor`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hipcoach.audio.api import SilentSounds, Sounds, SoundStatus
from hipcoach.audio.bell_sounds import BellSounds
from hipcoach.audio.player_link import player_command
from hipcoach.audio.player_sounds import PlayerSounds
from hipcoach.audio.selection import Choice, Surroundings, choose
from hipcoach.resources import bundled


def open_sounds(backend: str, environ: Mapping[str, str], bell: Callable[[], None] | None) -> Sounds:
    """Return sounds for the setting `backend`; call their `open` to begin.

    `bell` rings the terminal's bell; it is called from another thread and should not block. Without it, there
    is silence where the bell would ring.

    Raises:
        UsageError: there is no backend of that name.
        ResourceError: the bundled sounds are missing.
    """
    return _sounds_for(choose(backend, Surroundings(environ)), bell)


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
    sounds = open_sounds(backend, environ, bell=_ignore)
    sounds.open()
    try:
        if isinstance(sounds, PlayerSounds):
            sounds.wait_settled(timeout)
        return sounds.status
    finally:
        sounds.close()


def _sounds_for(choice: Choice, bell: Callable[[], None] | None) -> Sounds:
    last: Sounds
    if choice.last == "bell" and bell is not None:
        last = BellSounds(bell, choice.reason or "The terminal bell is used instead.")
    else:
        last = SilentSounds(choice.reason or "There is no sound.")
    if not choice.players:
        return last
    directory = bundled("sounds")
    return PlayerSounds(choice.players, lambda name: player_command(name, directory), last)


def _ignore() -> None:
    """Ring no bell."""
