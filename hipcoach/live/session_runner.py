"""Where session, clock, sound, speech, log and keys meet: `tick` looks at the clock, `apply` commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from hipcoach import __version__
from hipcoach.audio.sounds import TimedSound
from hipcoach.audio.speech import NO_SPEECH, SpokenTexts
from hipcoach.core.cues import Cue, TimedCue, cues_due, is_heard
from hipcoach.core.history.record import SessionRecord, record_of
from hipcoach.core.history.streaks import civil_day
from hipcoach.core.plan import Plan
from hipcoach.core.session import ADJUSTMENT, Session
from hipcoach.core.speech import Lengths, Utterance, said_after, speech_ahead, speech_due
from hipcoach.errors import StorageError
from hipcoach.live.choices import with_its_beginning, with_speech
from hipcoach.live.services import Services
from hipcoach.storage.journal import Journal, JournalHeader, Unfinished
from hipcoach.storage.session_log import save_record

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

    def __init__(self, voice: SpokenTexts | None, *, on: bool) -> None:
        self._voice = voice
        self._handed: dict[float, float] = {}
        """When what was handed out ends, by when the sound it belongs to is due."""
        self.switch(on=on)

    @property
    def on(self) -> bool:
        """Whether it speaks."""
        return self._speech is not None

    def switch(self, *, on: bool) -> None:
        """Speak from now on, or do not; what was handed out is for the caller to take back."""
        self._speech = self._voice if on else None
        self._prepared_at: int | None = None

    def taken_back(self) -> None:
        """Whatever was handed out is not said, and the session may have changed."""
        self._handed.clear()
        self._prepared_at = None

    def is_heard(self, now: float) -> bool:
        """Return whether something handed out is being said, or will be."""
        return any(end > now for end in self._handed.values())

    def due(self, session: Session, now: float, until: float) -> list[TimedSound]:
        """Return what is to be said before `until` and has not been handed out; `session` is the state at
        `now`. What comes after that is got ready in the background."""
        speech, lacking = self._speech, False
        if speech is None:
            return []
        if session.index != self._prepared_at and not session.is_over:
            self._prepared_at = session.index
            speech.prepare(lambda lengths: islice(speech_ahead(session, lengths), AHEAD))
        self._handed = {sound: end for sound, end in self._handed.items() if end > now}

        def seconds(text: str) -> float | None:
            nonlocal lacking
            lacking |= not speech.is_settled(text)
            return speech.seconds(text)

        found = []
        for said in speech_due(session, now, now + LAST_WORDS if session.is_over else until, seconds):
            sound = speech.sound(said.text)
            waits = lacking and said.due - now > PATIENCE
            if sound is not None and said.sound not in self._handed and not waits:
                self._handed[said.sound] = said.due + (speech.seconds(said.text) or 0.0)
                found.append(TimedSound(sound, said.due))
            lacking = False
        return found


LOOK_AHEAD = 2.0
"""Seconds that cues are handed to the player before they are due."""
CLEAR = 0.05
"""Seconds before a sound in which it is no more taken back and handed over again."""
BEAT = 5.0
"""Seconds between two notes in the journal of how far the step in progress has come."""
LONG_PAUSE = 300.0
"""Seconds; a session paused longer than this no longer keeps the screen awake."""
LONGEST_GAP = 2.0
"""Seconds without a look at the clock; a longer gap is a stall or a sleep, and the session pauses."""
VOLUME_STEP = 10

Command = Callable[[Session, float], Session]


class SessionRunner:
    """Runs one session. Knows nothing of screens: they show what it says and hand it what keys ask for.

    Nothing raises for a disk that does not take the session; `problem` tells of it.
    """

    def __init__(
        self,
        services: Services,
        plan: Plan,
        choices: Mapping[str, object],
        unfinished: Unfinished | None = None,
    ) -> None:
        self._services = services
        if unfinished is None:
            started = services.now()
            self.header = JournalHeader(
                id=services.new_session_id(started),
                started=started,
                day=civil_day(started, services.settings.day.starts_at),
                app_version=__version__,
                choices=choices,
                plan=plan,
                discomfort_before=services.feeling.at(services.clock()),
            )
            services.feeling.rate(None, 0.0)  # the next session is not begun with it
            self._journal = Journal.begin(services.paths.journals, self.header)
        else:
            self.header = unfinished.header
            self._journal = Journal.go_on(unfinished.path, unfinished.lock, unfinished.content)
        self._next_beat = 0.0
        # After the disk was asked, which may take its time.
        now = services.clock()
        # The first sound must not come before the device is ready for it.
        start = now + services.sounds.head_start
        self.session = Session.begin(plan, start) if unfinished is None else unfinished.session(start)
        self._note(None, self.session, now)
        self._scheduled_to = now
        self._pending: list[TimedCue] = []
        heard = services.listening_for(plan.routine)
        self._profile = heard.profile
        self._announcer = Announcer(services.speech, on=heard.speech)
        self._handed: list[TimedCue] = []
        """The cues handed out that sound now or will."""
        self._hushing = False
        self._last_seen = now
        self._asleep = 0.0
        self._lost_time(now)
        self._awake: Callable[[], None] | None = None
        first = self.session.step
        # Where no lead-in comes first, the enter that started the session may still be held down.
        self._enter = FreshPress(now, held=first is not None and first.is_open)
        self.volume = services.settings.audio.volume
        self.muted = False
        """For this session only: who mutes one must not miss the cues of the next."""
        services.sounds.open()
        services.sounds.set_volume(self.volume / 100)
        services.sounds.set_muted(False)

    def close(self) -> None:
        """Let the screen sleep, and let go of the sound device once what is scheduled has been played."""
        self._let_sleep()
        self._services.sounds.rest()

    def tick(self) -> bool:
        """Let the session advance to now and hand out the cues ahead.

        Returns whether time was lost unseen, so that the session has been paused at the last moment seen.
        """
        now = self._services.clock()
        lost = self._lost_time(now) and not self.session.is_paused and not self.session.is_over
        if lost:
            self._change(self.session.pause(self._last_seen), self._last_seen)
            # What would have sounded at that moment is long past.
            self._scheduled_to = now
        self._last_seen = now
        self._advance(now)
        return lost

    def apply(self, command: Command) -> None:
        """Give the session a command now; what was scheduled is taken back and scheduled again.

        Raises:
            IllegalCommandError: the session's state does not allow it; nothing has changed.
        """
        if self.tick():
            return
        now = self._last_seen
        self._change(command(self.session, now), now)
        self._advance(now)

    def finish_now(self) -> None:
        """Stop whatever is going on; a session that is over stays as it is."""
        self.tick()
        if not self.session.is_over:
            self._change(self.session.finish(self._last_seen), self._last_seen)

    def do(self, action: str) -> str:
        """Do what a key of `SESSION_KEYS` stands for, but for what has to be asked or shown first. Returns
        what has come of it, in a sentence; empty where the session itself shows that.

        Raises:
            IllegalCommandError: the session's state does not allow it; nothing has changed.
        """
        match action:
            case "mute":
                self.muted = not self.muted
                self._services.sounds.set_muted(self.muted)
                return "Sound off." if self.muted else "Sound on."
            case "quieter" | "louder":
                change = VOLUME_STEP if action == "louder" else -VOLUME_STEP
                self.volume = min(100, max(0, self.volume + change))
                self._services.sounds.set_volume(self.volume / 100)
                return f"Volume {self.volume} percent."
            case "speech":
                return self._switch_speech()
            case "complete":
                # A key held down must not end the next set too.
                is_fresh, step = self._enter.is_fresh(self._services.clock()), self.session.step
                if is_fresh and step is not None and step.is_open:
                    self.apply(Session.complete)
                return ""
        before, command = self.session, COMMANDS[action]
        if command is not None:
            self.apply(command)
        return _what_came_of(action, before, self.session)

    @property
    def is_speaking(self) -> bool:
        """Whether the session is also told in words."""
        return self._announcer.on

    def _switch_speech(self) -> str:
        """Tell the session in words from the next tick on, or do not. The sounds go on either way."""
        if self._services.speech is None:
            return NO_SPEECH
        on = not self._announcer.on
        self._announcer.switch(on=on)
        self._hushing = not on and self._announcer.is_heard(self._services.clock())
        routine = self.session.plan.routine
        self._services.remember(lambda state: with_speech(state, routine, on=on))
        return "Voice on." if on else "Voice off."

    @property
    def problem(self) -> str:
        """One sentence if the session is not being saved; empty while all is well."""
        return self._journal.problem

    def record(self) -> SessionRecord:
        """Return what the log will hold of the session, once it is over."""
        return record_of(self.session, now=self._services.clock(), **self.header.about)

    def save(self, record: SessionRecord, *, anyway: bool = False) -> tuple[SessionRecord, str]:
        """Write the log file and let go of the journal. Returns the record as it is saved, and a sentence if
        it could not be; then journal and record are kept, to be tried again.

        Where nothing was done nothing is written, unless its owner says to keep it `anyway`.
        """
        if record.is_empty:
            if not anyway:
                self.discard()
                return record, ""
            self._journal.keep()
        self._services.remember(lambda state: with_its_beginning(state, record))
        try:
            path = save_record(self._services.paths.sessions, record)
        except StorageError as error:
            self._services.unsaved.keep(record, self._journal, error.message)
            return record, error.message
        self.discard()
        return replace(record, id=path.stem), ""

    def discard(self) -> None:
        """Let go of the session and its journal: it is saved, or its owner does not want it."""
        # What cannot be removed is known by its log file at the next start, or is offered once more.
        with suppress(StorageError):
            self._journal.close(remove=True)

    def cues_shown(self) -> list[Cue]:
        """The cues that have fallen due since this was last asked."""
        now = self._services.clock()
        shown = [each.cue for each in self._pending if each.due <= now]
        self._pending = [each for each in self._pending if each.due > now]
        return shown

    def _lost_time(self, now: float) -> bool:
        """Return whether more than two seconds went by unseen, on this clock or the one that never stands."""
        boot = self._services.boot
        # How far the boot-time clock is ahead grows only while the machine sleeps.
        ahead = 0.0 if boot is None else boot() - now
        slept, self._asleep = ahead - self._asleep, ahead
        return max(now - self._last_seen, slept) > LONGEST_GAP

    def _change(self, changed: Session, at: float) -> None:
        self._note(self.session, changed, at)
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
        self._note(self.session, advanced, now)
        spoken = self._announcer.due(advanced, now, until)
        if spoken:
            self._services.sounds.schedule(spoken)
        if self._hushing:
            self._hush(now)
        paused_at = advanced.paused_at
        if paused_at is not None and now - paused_at > LONG_PAUSE:
            self._let_sleep()
        elif self._awake is None and self._services.keep_awake is not None:
            self._awake = self._services.keep_awake()

    def _let_sleep(self) -> None:
        if self._awake is not None:
            self._awake()
            self._awake = None

    def _note(self, old: Session | None, new: Session, now: float) -> None:
        """Have the session become `new`, and write down what changed."""
        self.session = new
        if old is not new:
            self._journal.note_changes(old, new, now)
        if now >= self._next_beat and not new.is_over and not new.is_paused:
            self._next_beat = now + BEAT
            self._journal.beat(new, now)

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


def pause_or_resume(session: Session, at: float) -> Session:
    """Pause, or go on."""
    return session.resume(at) if session.is_paused else session.pause(at)


def longer(session: Session, at: float) -> Session:
    """Make the step longer by 5 s or one rep."""
    return session.add(at, ADJUSTMENT)


def shorter(session: Session, at: float) -> Session:
    """Make the step shorter by 5 s or one rep."""
    return session.add(at, -ADJUSTMENT)


def _what_came_of(action: str, before: Session, after: Session) -> str:
    """Return what a command has done, where the session itself does not show it."""
    steps, step = after.plan.steps, after.step
    match action:
        case "hurts":
            return "Noted: it hurt. N leaves the exercise out altogether."
        case "longer" | "shorter" if step is not None:
            return f"Now {after.reps} reps." if step.reps is not None else f"Now {after.length:g} s."
        case "drop" if len(after.left_out) > len(before.left_out) and not after.is_over:
            return f"Left out: {steps[after.left_out[-1]].name}."
        case "bring-back" if len(after.left_out) < len(before.left_out):
            return f"{steps[before.left_out[-1]].name} is back."
    return ""


class SessionKey(Struct, frozen=True):
    """One action: its keys as Textual names them, what it is called, and what it does in a few words."""

    id: str
    keys: str
    label: str
    help: str
    command: Command | None = None
    """What it asks of the session, where that is all it does."""


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
COMMANDS = {key.id: key.command for key in SESSION_KEYS}
