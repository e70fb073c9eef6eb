"""What is said of a running session: hands each utterance out once, as soon as it is ready and fits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice

from hipcoach.audio.sounds import TimedSound
from hipcoach.audio.speech import SpokenTexts, find_synthesizer
from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.core.speech import Lengths, Utterance, speech_ahead, speech_due
from hipcoach.paths import AppPaths
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.settings import SpeechSettings

AHEAD = 20
"""Utterances that are got ready ahead: a minute or more, whatever the routine."""
FIRST_LINES = 3
"""Utterances that are got ready while a routine is only looked at."""
PATIENCE = 0.4
"""Seconds before an utterance is due until which the whole sentence is waited for, if only a shorter one is
ready."""
LAST_WORDS = 4.0
"""Seconds after the end of a session in which something is still said."""


def first_lines(plan: Plan, lengths: Lengths) -> Iterator[Utterance]:
    """What a session of a plan says first."""
    return islice(speech_ahead(Session.begin(plan, 0.0), lengths), FIRST_LINES)


class Announcer:
    """Speaks in one session, while it is on. Without anything that can speak it is never on.

    Times are seconds of the clock the session runs on.
    """

    def __init__(self, speech: SpokenTexts | None, *, on: bool) -> None:
        self._speech = speech
        self._on = on and speech is not None
        self._handed: dict[float, float] = {}
        """When what was handed out ends, by when the sound it belongs to is due."""
        self._prepared_at: int | None = None
        self._lacking = False

    @property
    def on(self) -> bool:
        """Whether it speaks."""
        return self._on

    def switch(self, on: bool) -> None:
        """Speak from now on, or do not; what was handed out is for the caller to take back."""
        self._on = on and self._speech is not None
        self._prepared_at = None

    def prepare(self, session: Session) -> None:
        """Get ready what is said next, in the background."""
        if self._on and self._speech is not None and not session.is_over:
            self._prepared_at = session.index
            self._speech.prepare(lambda lengths: islice(speech_ahead(session, lengths), AHEAD))

    def due(self, session: Session, now: float, until: float) -> list[TimedSound]:
        """What is to be said before `until` and has not been handed out; `session` is the state at `now`."""
        if not self._on or self._speech is None:
            return []
        if session.index != self._prepared_at:
            self.prepare(session)
        self._handed = {sound: end for sound, end in self._handed.items() if end > now}
        return list(self._hand_out(session, now, now + LAST_WORDS if session.is_over else until))

    def taken_back(self) -> None:
        """Whatever was handed out is not said, and the session may have changed."""
        self._handed.clear()
        self._prepared_at = None

    def is_heard(self, now: float) -> bool:
        """Whether something handed out is being said, or will be."""
        return any(end > now for end in self._handed.values())

    def _hand_out(self, session: Session, now: float, until: float) -> Iterator[TimedSound]:
        self._lacking = False
        for said in speech_due(session, now, until, self._seconds):
            path, seconds = self._ready(said)
            early = said.due - now > PATIENCE
            if path is not None and said.sound not in self._handed and not (self._lacking and early):
                self._handed[said.sound] = said.due + seconds
                yield TimedSound(path, said.due)
            self._lacking = False

    def _seconds(self, text: str) -> float | None:
        if self._speech is None:
            return None
        self._lacking |= not self._speech.is_settled(text)
        return self._speech.seconds(text)

    def _ready(self, said: Utterance) -> tuple[str | None, float]:
        if self._speech is None:
            return None, 0.0
        return self._speech.sound(said.text), self._speech.seconds(said.text) or 0.0


def open_speech(settings: SpeechSettings, paths: AppPaths) -> SpokenTexts | None:
    """What says texts aloud; None where nothing can. Nothing is started or written by asking for it."""
    synthesizer = find_synthesizer(settings.voice, settings.rate)
    if synthesizer is None:
        return None
    write = partial(write_atomically, replace=True)
    return SpokenTexts(synthesizer, paths.speech, write, settings.volume / 100)
