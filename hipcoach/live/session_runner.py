"""Where session, clock, sound, speech, log and keys meet: `tick` looks at the clock, `apply` commands."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from msgspec import Struct

from hipcoach.audio.sounds import TimedSound
from hipcoach.audio.speech import SpokenTexts
from hipcoach.core.cues import Cue, TimedCue, cues_due, is_heard
from hipcoach.core.plan import Plan
from hipcoach.core.session import ADJUSTMENT, Session
from hipcoach.core.speech import Lengths, Utterance, said_after, speech_ahead, speech_due
from hipcoach.errors import IllegalCommandError
from hipcoach.live.services import Services
from hipcoach.live.session_writer import SessionWriter
from hipcoach.storage.journal import Unfinished

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


LOOK_AHEAD = 2.0
"""Seconds that cues are handed to the player before they are due."""

CLEAR = 0.05
"""Seconds before a sound in which it is no more taken back and handed over anew."""

Command = Callable[[Session, float], Session]


class SessionRunner:
    """Runs one session. Knows nothing of widgets; the session screen shows what it says."""

    def __init__(
        self,
        services: Services,
        plan: Plan,
        choices: Mapping[str, object],
        unfinished: Unfinished | None = None,
    ) -> None:
        self._services = services
        if unfinished is None:
            self.session_writer = SessionWriter.begin(services, plan, choices)
        else:
            self.session_writer = SessionWriter.go_on(services, unfinished)
        # After the disk was asked, which may take its time.
        now = services.clock()
        # The first sound must not come before the device is ready for it.
        start = now + services.sounds.head_start
        self.session = Session.begin(plan, start) if unfinished is None else unfinished.session(start)
        self.session_writer.note(None, self.session, now)
        self._scheduled_to = now
        self._pending: deque[TimedCue] = deque()
        heard = services.listening_for(plan.routine)
        self._profile = heard.profile
        self._announcer = Announcer(services.speech, on=heard.speech)
        self._handed: list[TimedCue] = []
        """The cues handed out that sound now or will."""
        self._hushing = False
        self._stall = StallWatch(now, services.boot)

    def tick(self) -> bool:
        """Let the session advance to now and hand out the cues ahead.

        Returns whether time was lost unseen, so that the session has been paused at the last moment seen.
        """
        now = self._services.clock()
        lost = self._stall.lost_time(now) and not self.session.is_paused and not self.session.is_over
        if lost:
            self._change(self.session.pause(self._stall.last_seen), self._stall.last_seen)
            # What would have sounded at that moment is long past.
            self._scheduled_to = now
        self._stall.looked(now)
        self._advance(now)
        return lost

    def apply(self, command: Command) -> None:
        """Give the session a command now; what was scheduled is taken back and scheduled anew.

        Raises:
            IllegalCommandError: the session's state does not allow it; nothing has changed.
        """
        if self.tick():
            return
        now = self._stall.last_seen
        self._change(command(self.session, now), now)
        self._advance(now)

    def finish_now(self) -> None:
        """Stop whatever is going on; a session that is over stays as it is."""
        if not self.session.is_over:
            now = self._services.clock()
            at = self._stall.last_seen if self._stall.lost_time(now) else now
            try:
                self._change(self.session.finish(at), at)
            except IllegalCommandError:
                # It reached its end at this very moment.
                self.session = self.session.advance(at)

    @property
    def is_speaking(self) -> bool:
        """Whether the session is also told in words."""
        return self._announcer.on

    def speak(self, on: bool) -> None:
        """Tell the session in words from the next tick on, or do not. The sounds go on either way."""
        self._announcer.switch(on)
        self._hushing = not on and self._announcer.is_heard(self._services.clock())

    def cues_shown(self) -> list[Cue]:
        """The cues that have fallen due since this was last asked."""
        now = self._services.clock()
        shown = []
        while self._pending and self._pending[0].due <= now:
            shown.append(self._pending.popleft().cue)
        return shown

    def _change(self, changed: Session, at: float) -> None:
        self.session_writer.note(self.session, changed, at)
        self.session = changed
        self._take_back()
        self._pending.clear()
        self._scheduled_to = at

    def _advance(self, now: float) -> None:
        until = now + LOOK_AHEAD
        cues = list(cues_due(self.session, self._scheduled_to, until))
        self._scheduled_to = until
        self._pending.extend(cues)
        self._handed = [cue for cue in self._handed if cue.due + said_after(cue.cue)[0] > now]
        self._hand_out([cue for cue in cues if is_heard(cue.cue, self._profile)])
        advanced = self.session.advance(now)
        self.session_writer.note(self.session, advanced, now)
        self.session = advanced
        spoken = self._announcer.due(advanced, now, until)
        if spoken:
            self._services.sounds.schedule(spoken)
        if self._hushing:
            self._hush(now)

    def _hand_out(self, cues: list[TimedCue]) -> None:
        self._handed += cues
        if cues:
            self._services.sounds.schedule([TimedSound(cue.cue.value, cue.due) for cue in cues])

    def _take_back(self) -> None:
        self._services.sounds.cancel()
        self._announcer.taken_back()
        self._handed.clear()
        self._hushing = False

    def _hush(self, now: float) -> None:
        """Take back what is spoken as soon as no sound is heard, so that none is cut short by it."""
        if all(cue.due > now + CLEAR for cue in self._handed):
            cues = list(self._handed)
            self._take_back()
            self._hand_out(cues)


LONGEST_GAP = 2.0
"""Seconds without a look; a longer gap is a stall or a sleep, and the session pauses."""


class StallWatch:
    """Told the time (seconds) at every look; says whether the time since the last look was lost."""

    def __init__(self, now: float, boot: Callable[[], float] | None) -> None:
        self._boot = boot
        self.last_seen = now
        self._asleep = self._ahead(now)

    def lost_time(self, now: float) -> bool:
        """Whether more than two seconds went by unseen, on this clock or the one that never stands."""
        ahead = self._ahead(now)
        slept = ahead - self._asleep
        gap = now - self.last_seen
        self._asleep = ahead
        return gap > LONGEST_GAP or slept > LONGEST_GAP

    def looked(self, now: float) -> None:
        """Note that the session has been seen to up to `now`."""
        self.last_seen = now

    def _ahead(self, now: float) -> float:
        """How far the boot-time clock is ahead: it grows only while the machine sleeps."""
        return 0.0 if self._boot is None else self._boot() - now


ENTER_REPEAT = 0.6
"""Seconds; enter pressed again sooner is the keyboard repeating itself."""


class FreshPress:
    """Tells a press from a repetition. `held` says that the key may be down from the beginning.

    Times are seconds of any clock that only goes forward.
    """

    def __init__(self, now: float, *, held: bool) -> None:
        self._last = now if held else float("-inf")

    def is_fresh(self, now: float) -> bool:
        """Whether a press at `now` is one of its own."""
        fresh = now - self._last > ENTER_REPEAT
        self._last = now
        return fresh


class SessionKey(Struct, frozen=True):
    """One action: its keys as Textual names them, what it is called, and what it does in a few words."""

    id: str
    keys: str
    label: str
    help: str
    command: Command | None = None
    """What it asks of the session, where that is all it does."""


def pause_or_resume(session: Session, at: float) -> Session:
    """Pause, or go on."""
    return session.resume(at) if session.is_paused else session.pause(at)


def longer(session: Session, at: float) -> Session:
    """Make the step longer by 5 s or one rep."""
    return session.add(at, ADJUSTMENT)


def shorter(session: Session, at: float) -> Session:
    """Make the step shorter by 5 s or one rep."""
    return session.add(at, -ADJUSTMENT)


SESSION_KEYS = (
    SessionKey("pause", "space", "Pause", "Pause; go on through 3-2-1", pause_or_resume),
    SessionKey("complete", "enter", "Reps done", "Own pace: the set is done"),
    SessionKey("skip", "n,right", "Skip", "On to the next lead-in, or start now", Session.skip),
    SessionKey("back", "p,left", "Back", "To the lead-in of the set before", Session.back),
    SessionKey("restart", "r", "Restart", "This step from its beginning", Session.restart),
    SessionKey("drop", "N", "Drop", "Leave this exercise out altogether", Session.drop),
    SessionKey("bring-back", "u", "Bring back", "Do what was left out last after all", Session.bring_back),
    SessionKey("longer", "plus,equals_sign", "More", "5 s or one rep more", longer),
    SessionKey("shorter", "minus", "Less", "5 s or one rep less", shorter),
    SessionKey("hurts", "h", "It hurts", "Skip, and note that it hurt", Session.hurts),
    SessionKey("mute", "m", "Mute", "Sound off or on in this session"),
    SessionKey("speech", "v", "Voice", "Toggle the voice"),
    SessionKey("quieter", "left_square_bracket", "Quieter", "Volume down"),
    SessionKey("louder", "right_square_bracket", "Louder", "Volume up"),
    SessionKey("help", "question_mark", "Help", "Show the keys; pauses"),
    SessionKey("stop", "q,escape", "Stop", "Pause, then choose how to end"),
)
