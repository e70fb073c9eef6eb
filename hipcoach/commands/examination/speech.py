"""Speech: what here can say a text, and whether it really does."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hipcoach.audio.temporary import SPEECH, temporary_prefix
from hipcoach.audio.voice import Synthesizer, Voice, find_synthesizer, how_to_get_speech
from hipcoach.commands.examination.finding import Finding
from hipcoach.errors import SpeechError
from hipcoach.storage.settings import SpeechSettings

TRIAL = "Ready."


def look_at_speech(settings: SpeechSettings) -> Iterator[Finding]:
    """Have one word said into a file that is thrown away; nothing is heard."""
    synthesizer = find_synthesizer(Voice(settings.voice, settings.rate))
    if synthesizer is None:
        # Speech is by choice, so lacking it is a fault only where it was chosen.
        yield Finding("speech", not settings.on, "nothing here can speak", how_to_get_speech())
        return
    problem = _try(synthesizer)
    if problem:
        to_do = "See 'speech.voice' in the settings, or install the program again."
        yield Finding("speech", False, problem, to_do)
        return
    how = "on" if settings.on else "off; 'v' in a session switches it on"
    yield Finding("speech", True, f"{synthesizer.name}: {how}")


def _try(synthesizer: Synthesizer) -> str:
    """What went wrong with saying a word; empty if nothing did."""
    try:
        with tempfile.TemporaryDirectory(prefix=temporary_prefix(SPEECH, os.getpid())) as place:
            target = Path(place) / "trial.wav"
            synthesizer.write(TRIAL, target)
            return "" if target.is_file() and target.stat().st_size else f"{synthesizer.name} wrote nothing."
    except SpeechError as error:
        return error.message
    except OSError as error:
        return str(error)
