"""Speech as the settings want it, where something here can speak."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hipcoach.audio.voice import Voice, find_synthesizer
from hipcoach.paths import AppPaths
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.settings import SpeechSettings

if TYPE_CHECKING:
    from hipcoach.audio.spoken_texts import SpokenTexts


def open_speech(settings: SpeechSettings, paths: AppPaths) -> SpokenTexts | None:
    """What says texts aloud; None where nothing can. Nothing is started or written by asking for it."""
    synthesizer = find_synthesizer(Voice(settings.voice, settings.rate))
    if synthesizer is None:
        return None
    from hipcoach.audio.spoken_texts import SpokenTexts

    write = partial(write_atomically, replace=True)
    return SpokenTexts(synthesizer, paths.speech, write, settings.volume / 100)
