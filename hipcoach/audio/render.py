"""A whole session as one audio track: through the mixing code of a live one, without a device or a clock."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from heapq import merge
from operator import attrgetter

from hipcoach.audio.samples import RATE, Library, Mixer
from hipcoach.audio.sounds import TimedSound
from hipcoach.audio.speech import SpokenTexts
from hipcoach.core.cues import SoundProfile, cues_due, is_heard
from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.core.speech import speech_due

PIECE = RATE
"""Samples rendered at a time."""
TAIL = RATE // 2
"""Samples of silence after the last sound."""


def sounds_of(plan: Plan, profile: SoundProfile, speech: SpokenTexts | None) -> Iterator[TimedSound]:
    """Return everything heard of an undisturbed session that begins at 0 s, in order.

    What is spoken is said into files as it is asked for, so that nothing is left out.
    """
    begin = Session.begin(plan, 0.0)
    cues = (each for each in cues_due(begin, 0.0, math.inf) if is_heard(each.cue, profile))
    sounds = (TimedSound(each.cue.value, each.due) for each in cues)
    if speech is None:
        return sounds
    spoken = ((speech.sound(said.text), said.due) for said in speech_due(begin, 0.0, math.inf, speech.say))
    return merge(sounds, (TimedSound(path, due) for path, due in spoken if path), key=attrgetter("due"))


def render(sounds: Iterable[TimedSound], library: Library) -> Iterator[bytes]:
    """Yield the samples of a track, piece by piece; memory does not grow with its length.

    The first sample of each sound is sample round(due * 44100) of the track. `library` gives the samples of a
    sound by its name: at full gain the mixer only copies, so these are to be scaled and not the whole track.
    """
    mixer = Mixer()
    position = end = 0
    for sound in sounds:
        start, samples = round(sound.due * RATE), library(sound.name)
        while position + PIECE <= start:
            yield mixer.render(position, PIECE)
            position += PIECE
        mixer.add(start, samples)
        end = max(end, start + len(samples))
    while position < end + TAIL:
        length = min(PIECE, end + TAIL - position)
        yield mixer.render(position, length)
        position += length
