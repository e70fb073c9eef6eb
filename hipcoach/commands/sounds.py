"""`hipcoach sounds`: every sound by name, with what it means, to be heard or only listed."""

from __future__ import annotations

import os
import threading
import time
from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing

from hipcoach.audio.backends import open_sounds
from hipcoach.audio.sound_table import Sound, all_sounds
from hipcoach.audio.sounds import Sounds, TimedSound
from hipcoach.commands.choosing import named
from hipcoach.commands.output import end_output, say, table, warn
from hipcoach.paths import AppPaths
from hipcoach.storage.settings import load_settings

FAILED = 1
APART = 0.7
"""Seconds between the end of a sound and the next."""
PATIENCE = 10.0
"""Seconds for the sound to be ready: a sleeping Bluetooth speaker takes a few."""


def run(options: Namespace, paths: AppPaths) -> int:
    """Play the sounds named, or all. Returns 1 where nothing can be heard.

    Raises:
        UsageError: there is no sound of that name.
    """
    known = {each.name: each for each in all_sounds()}
    chosen = [named("sound", name, known) for name in options.names] or list(known.values())
    if options.list:
        columns = [(each.name, each.meaning, each.pitches, f"{each.length:.2f}") for each in chosen]
        say(table(("sound", "meaning", "pitch (Hz)", "seconds"), columns, right=(3,)))
        return 0
    settings, _ = load_settings(paths.settings)
    with closing(open_sounds(settings.audio.backend.value, os.environ, bell=None)) as sounds:
        sounds.open()
        sounds.set_volume(settings.audio.volume / 100)
        sounds.wait_settled(PATIENCE)
        _play(chosen, sounds)
        status = sounds.status
    if status.working:
        return 0
    warn(f"{status.reason} 'hipcoach sounds --list' describes the sounds, 'hipcoach doctor' says what to do.")
    return FAILED


def _play(chosen: Sequence[Sound], sounds: Sounds) -> None:
    """Play sounds one after the other, as long as they can be heard."""
    pause = threading.Event()
    due = time.monotonic() + sounds.head_start
    for each in chosen:
        if not sounds.status.working:
            return
        sounds.schedule([TimedSound(each.name, due)])
        pause.wait(due - time.monotonic())
        say(f"{each.name:13} {each.meaning} ({each.pitches} Hz, {each.length:.2f} s)")
        end_output()
        due += each.length + APART
    pause.wait(due - time.monotonic())
