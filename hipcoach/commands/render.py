"""`hipcoach render ROUTINE -o FILE.wav`: a whole session as an audio track, to be played anywhere."""

from __future__ import annotations

import wave
from argparse import Namespace
from pathlib import Path

from hipcoach.audio.render import render, sounds_of
from hipcoach.audio.samples import RATE, sound_library
from hipcoach.audio.speech import NO_SPEECH, SpokenTexts
from hipcoach.commands.choosing import catalog_of, choices_from, doable, named, settings_of
from hipcoach.commands.output import new_file, say, warn
from hipcoach.core.compile import compile_plan
from hipcoach.core.cues import SoundProfile
from hipcoach.errors import UsageError
from hipcoach.live.services import open_speech
from hipcoach.paths import AppPaths, bundled
from hipcoach.storage.settings import SpeechSettings
from hipcoach.ui.format import clock_text

LONGEST = 4_000_000_000 // (2 * RATE)
"""Seconds; a WAV file ends at 4 GB."""


def run(options: Namespace, paths: AppPaths) -> int:
    """Write the track.

    Raises:
        UsageError: there is no such routine, a choice is out of its limits, or the file cannot be written.
        ResourceError: the bundled sounds are missing.
    """
    target: Path = options.output
    if target.suffix.lower() != ".wav":
        raise UsageError(f"Only WAV files are written, so '{target.name}' should end in .wav.")
    settings = settings_of(paths)
    catalog = catalog_of(paths)
    choices = choices_from(options, settings.timings)
    plan = doable(compile_plan(named("routine", options.routine, catalog.routines), catalog, choices))
    if plan.total_seconds > LONGEST:
        raise UsageError(f"A WAV file holds {LONGEST // 3600} hours; this session takes longer.")
    speech = _speech(options.speech, settings.speech, paths)
    sounds = sounds_of(plan, SoundProfile(options.profile or settings.audio.profile), speech)
    library = sound_library(bundled("sounds"), 1.0)
    with new_file(target, overwrite=options.force) as file, wave.open(file, "wb") as track:
        track.setnchannels(1)
        track.setsampwidth(2)
        track.setframerate(RATE)
        for piece in render(sounds, library):
            track.writeframesraw(piece)
        seconds = track.tell() / RATE
    if speech is not None and speech.problem:
        warn(f"Some of what should be spoken is left out: {speech.problem}")
    voice = "with speech" if speech is not None else "without speech"
    say(f"{target}: {plan.title}, {clock_text(seconds)}, {voice}.")
    return 0


def _speech(wanted: bool | None, settings: SpeechSettings, paths: AppPaths) -> SpokenTexts | None:
    """What speaks in the track. What the settings ask for may be missing; what was typed may not."""
    if not (settings.on if wanted is None else wanted):
        return None
    speech = open_speech(settings, paths)
    if speech is None:
        if wanted:
            raise UsageError(NO_SPEECH)
        warn(NO_SPEECH)
    return speech
