"""What is heard of a routine: by its own choice, else what was chosen last, else the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.cues import SoundProfile
from hipcoach.storage.memory import Memory, RememberedChoices
from hipcoach.storage.settings import Settings

if TYPE_CHECKING:
    from hipcoach.audio.sounds import SoundStatus

PROFILE_WORDS: Mapping[SoundProfile, str] = {SoundProfile.ALL: "all sounds", SoundProfile.SPARSE: "sparse"}


class Listening(Struct, frozen=True):
    """Which sounds are wanted, and whether speech is."""

    profile: SoundProfile
    speech: bool


def listening_for(routine: str, memory: Memory, settings: Settings) -> Listening:
    """What is wanted in sessions of a routine."""
    chosen = memory.choices_for(routine)
    usual = settings.speech.on if memory.speech is None else memory.speech
    return Listening(
        profile=chosen.profile or settings.profile,
        speech=usual if chosen.speech is None else chosen.speech,
    )


def with_other_profile(chosen: RememberedChoices, heard: Listening) -> RememberedChoices:
    """The next profile, for this routine alone."""
    profiles = list(SoundProfile)
    return replace(chosen, profile=profiles[(profiles.index(heard.profile) + 1) % len(profiles)])


def with_or_without_speech(chosen: RememberedChoices, heard: Listening) -> RememberedChoices:
    """Speech instead of none, or the other way round, for this routine alone."""
    return replace(chosen, speech=not heard.speech)


def with_speech(memory: Memory, routine: str, *, on: bool) -> Memory:
    """Speech as it was switched in a session: for every routine that has no choice of its own."""
    changed = replace(memory, speech=on)
    chosen = memory.choices_for(routine)
    return changed if chosen.speech is None else changed.with_choices(routine, replace(chosen, speech=on))


def sound_mark(status: SoundStatus, *, muted: bool, volume: int, speaking: bool) -> tuple[str, bool]:
    """The small mark that says how sound is doing, and whether cues can be told apart by ear."""
    if muted:
        return "muted", False
    if status.working and status.backend == "bell":
        return "no sound, bell only", False
    heard = status.working or status.starting
    voice = " · voice" if speaking else ""
    return (f"♪ {volume}%{voice}", True) if heard else ("no sound", False)
