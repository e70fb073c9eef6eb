"""A whole session as one audio track: through the mixing code of a live one, without a device or a clock."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from heapq import merge
from pathlib import Path

from hipcoach.audio.mixer import Mixer
from hipcoach.audio.pcm import RATE, read_wav, scaled
from hipcoach.audio.sounds import TimedSound
from hipcoach.audio.spoken_texts import SpokenTexts
from hipcoach.core.cues import SoundProfile, cues_due, is_heard
from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.core.speech import speech_due

PIECE = RATE
"""Samples rendered at a time."""
TAIL = RATE // 2
"""Samples of silence after the last sound."""
FILES_AT_HAND = 32
"""Utterances that are kept in memory; a circuit says the same ones every round."""

FOREVER = float("inf")


def sounds_of(plan: Plan, profile: SoundProfile, speech: SpokenTexts | None) -> Iterator[TimedSound]:
    """Everything heard of an undisturbed session that begins at 0 s, in order.

    What is spoken is said into files as it is asked for, so that nothing is left out.
    """
    begin = Session.begin(plan, 0.0)
    cues = (
        TimedSound(cue.cue.value, cue.due)
        for cue in cues_due(begin, 0.0, FOREVER)
        if is_heard(cue.cue, profile)
    )
    if speech is None:
        return cues
    return merge(cues, _spoken(begin, speech), key=lambda sound: sound.due)


def render(
    sounds: Iterable[TimedSound], bundled: Mapping[str, array[int]], gain: float = 1.0
) -> Iterator[bytes]:
    """The samples of a track, piece by piece, in machine byte order; memory does not grow with its length.

    The first sample of each sound is sample round(due * 44100) of the track.

    Raises:
        ResourceError: the file of a sound cannot be read.
    """
    # At full gain the mixer only copies, so the few different sounds are scaled instead of the whole track.
    pcm_of = _library({name: scaled(pcm, gain) for name, pcm in bundled.items()}, gain)
    mixer = Mixer()
    position = end = 0
    for sound in sounds:
        start, pcm = round(sound.due * RATE), pcm_of(sound.name)
        while position + PIECE <= start:
            yield mixer.render(position, PIECE)
            position += PIECE
        mixer.add(start, pcm)
        end = max(end, start + len(pcm))
    while position < end + TAIL:
        length = min(PIECE, end + TAIL - position)
        yield mixer.render(position, length)
        position += length


def _spoken(begin: Session, speech: SpokenTexts) -> Iterator[TimedSound]:
    for said in speech_due(begin, 0.0, FOREVER, speech.say):
        path = speech.sound(said.text)
        if path is not None:
            yield TimedSound(path, said.due)


def _library(bundled: Mapping[str, array[int]], gain: float) -> Callable[[str], array[int]]:
    @lru_cache(FILES_AT_HAND)
    def read(path: str) -> array[int]:
        return scaled(read_wav(Path(path)), gain)

    return lambda name: bundled[name] if name in bundled else read(name)
