"""One session in plain lines: looks at the clock, prints what is due, and does what keys ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hipcoach.audio.speech import how_to_get_speech
from hipcoach.commands.plain.keys import GONE, Keys
from hipcoach.commands.plain.narration import Narrator, ending, where
from hipcoach.core.history.record import SessionRecord
from hipcoach.core.session import Session
from hipcoach.errors import IllegalCommandError
from hipcoach.live.choices import with_its_beginning, with_speech
from hipcoach.live.services import AwakeWhile, Services
from hipcoach.live.session_runner import (
    LAST_WORDS,
    SESSION_KEYS,
    Command,
    FreshPress,
    SessionKey,
    SessionRunner,
)

TICK = 0.1
"""Seconds between two looks at the clock, unless a key comes sooner."""
VOLUME_STEP = 10
LAST_SOUND = 2.0
"""Seconds that the sound of a session's end may take."""
CHARACTERS = {
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
}
ALL_KEYS = (*SESSION_KEYS, SessionKey("where", "w", "Where", "Say where in the session you are"))
WORDS = {"resume": "pause", "done": "complete", "undo": "bring-back", "voice": "speech", "quit": "stop"}
"""Words that may be typed in a line, beside the actions' ids."""
NOTHING_DONE = {"enter": "discard it", "k": "keep it in the history"}
STOP = {"g": "go on", "s": "save what is done and stop", "d": "discard this session"}
DROP_LAST = {"g": "go on with it", "l": "leave it out and finish"}


def _characters(key: SessionKey) -> list[str]:
    return [CHARACTERS.get(each, each) for each in key.keys.split(",")]


BY_KEY = {character: key for key in ALL_KEYS for character in _characters(key)}
BY_WORD = {key.id: key for key in ALL_KEYS}


def meant(typed: str) -> SessionKey | None:
    """Return what a key stands for, or a word in a line, or else its first letter."""
    word = typed.lower()
    return BY_KEY.get(typed) or BY_WORD.get(WORDS.get(word, word)) or BY_KEY.get(typed[:1])


class Lines:
    """What is printed and typed, and whether somebody wants to leave."""

    def __init__(self, say: Callable[[str], None], keys: Keys) -> None:
        self.say = say
        self.keys = keys
        self.in_session = False
        """Whether ctrl+c asks to stop instead of ending it all."""
        self.asks_to_stop = False
        """Set by ctrl+c: as if somebody had pressed q."""
        self.ends_now = False
        """Set where the process is ended or the terminal has gone: save and leave without asking."""

    def key(self, seconds: float) -> str | None:
        """Return the next key or line, if one comes in time."""
        key = self.keys.read(seconds)
        if key == GONE:
            self.ends_now = True
            return None
        return key

    def ask(self, question: str, answers: Mapping[str, str], otherwise: str) -> str:
        """Ask until one of the answers' keys comes; `otherwise` where nobody can answer, or for escape."""
        self.say(question)
        self.say("; ".join(f"{key}: {words}" for key, words in answers.items()))
        while not (self.ends_now or self.asks_to_stop):
            nobody_answers = self.keys.has_ended
            typed = self.key(TICK)
            if typed is None and not nobody_answers:
                continue
            if typed is None or typed == "escape":
                return otherwise
            # A line may be a word; "space" is what a key is called, and no answer by its first letter.
            key = typed if typed in answers or typed in BY_KEY else typed[:1]
            if key in answers:
                return key
            self.say(f"That is none of {', '.join(answers)}.")
        return otherwise


class PlainSession:
    """Runs a session that its runner has begun. Nothing is lost, however the lines end."""

    def __init__(self, services: Services, runner: SessionRunner, narrator: Narrator, lines: Lines) -> None:
        self._services = services
        self._runner = runner
        self._narrator = narrator
        self._lines = lines
        self._say = lines.say
        self._awake = AwakeWhile(services.keep_awake)
        self._volume = services.settings.audio.volume
        self._muted = False
        first = runner.session.step
        self._enter = FreshPress(services.clock(), held=first is not None and first.is_open)
        self._discarded = False
        self._wanted = False
        """Whether it is to be kept although nothing was done in it."""

    @property
    def _session(self) -> Session:
        return self._runner.session

    def run(self) -> SessionRecord | None:
        """Run to the end, or until it is stopped; None if it was discarded.

        Raises:
            BrokenPipeError, OutputError: nothing more can be printed; what was done is saved.
        """
        sounds = self._services.sounds
        sounds.open()
        sounds.set_volume(self._volume / 100)
        sounds.set_muted(False)
        try:
            while not (self._lines.ends_now or self._discarded or self._session.is_over):
                self._look()
            self._ask_about_nothing()
        finally:
            self._awake.release()
            if not self._session.is_over:
                sounds.cancel()
                self._runner.finish_now()
            record = self._close()
        if record is not None:
            for line in ending(record):
                self._say(line)
            self._sound_out()
        return record

    def _look(self) -> None:
        """Look at the clock and at the keys."""
        if self._runner.tick():
            self._say("Paused: hipcoach was suspended. Space goes on.")
        self._tell()
        since = self._session.paused_at
        self._awake.update(paused_for=0.0 if since is None else self._services.clock() - since)
        if self._session.is_over:
            return
        typed = self._lines.key(TICK)
        if self._lines.asks_to_stop:
            self._lines.asks_to_stop = False
            typed = "q"
        if typed is not None:
            self._press(typed)

    def _tell(self) -> None:
        now = self._services.clock()
        for cue in self._runner.cues_shown():
            for line in self._narrator.lines(self._session, now, cue):
                self._say(line)
        if problem := self._runner.session_writer.problem:
            self._services.tell(f"Not saved: {problem}")
        while self._services.problems:
            self._say(self._services.problems.pop(0))

    def _press(self, typed: str) -> None:
        key = meant(typed)
        match key.id if key is not None else "":
            case "":
                self._say("That key does nothing here. ? names those that do.")
            case "complete":
                self._complete()
            case "drop":
                self._drop()
            case "mute":
                self._mute()
            case "speech":
                self._switch_speech()
            case "quieter":
                self._change_volume(-VOLUME_STEP)
            case "louder":
                self._change_volume(VOLUME_STEP)
            case "where":
                self._say(where(self._session, self._services.clock()))
            case "help":
                self._help()
            case "stop":
                self._ask_to_stop()
            case name:
                if key is not None and key.command is not None and self._apply(key.command):
                    self._say_done(name)

    def _apply(self, command: Command) -> bool:
        """Give the session a command. Returns whether it was allowed; if not, the reason is printed."""
        try:
            self._runner.apply(command)
        except IllegalCommandError as error:
            self._say(error.message)
            return False
        return True

    def _say_done(self, name: str) -> None:
        session, step = self._session, self._session.step
        if name == "hurts":
            self._say("Noted: it hurt. N leaves the exercise out altogether.")
        elif name in ("longer", "shorter") and step is not None:
            by_reps = step.reps is not None
            self._say(f"Now {session.reps} reps." if by_reps else f"Now {session.length:g} s.")

    def _complete(self) -> None:
        step = self._session.step
        if self._enter.is_fresh(self._services.clock()) and step is not None and step.is_open:
            self._apply(Session.complete)

    def _drop(self) -> None:
        if self._session.drop_ends(self._services.clock()):
            was_running = self._hold_still()
            question = "Leave it out? It is the last exercise: without it the session is over."
            if self._lines.ask(question, DROP_LAST, "g") == "l":
                self._apply(Session.drop)
            elif was_running and not (self._lines.ends_now or self._lines.asks_to_stop):
                self._apply(Session.resume)
            return
        left_out = self._session.left_out
        self._apply(Session.drop)
        session = self._session
        if len(session.left_out) > len(left_out) and not session.is_over:
            self._say(f"Left out: {session.plan.steps[session.left_out[-1]].name}. u brings it back.")

    def _mute(self) -> None:
        self._muted = not self._muted
        self._services.sounds.set_muted(self._muted)
        self._say("Sound off." if self._muted else "Sound on.")

    def _switch_speech(self) -> None:
        if self._services.speech is None:
            self._say(f"Nothing here can speak. {how_to_get_speech()}")
            return
        on = not self._runner.is_speaking
        self._runner.speak(on)
        routine = self._session.plan.routine
        self._services.remember(lambda state: with_speech(state, routine, on=on))
        self._say("Voice on." if on else "Voice off.")

    def _change_volume(self, change: int) -> None:
        self._volume = min(100, max(0, self._volume + change))
        self._services.sounds.set_volume(self._volume / 100)
        self._say(f"Volume {self._volume} percent.")

    def _help(self) -> None:
        self._hold_still()
        for key in ALL_KEYS:
            self._say(f"{' or '.join(_characters(key))}: {key.help}")

    def _hold_still(self) -> bool:
        """Pause, if that is not so already. Returns whether the session was running."""
        if self._session.is_paused or self._session.is_over:
            return False
        self._apply(Session.pause)
        self._tell()
        return self._session.is_paused

    def _ask_to_stop(self) -> None:
        was_running = self._hold_still()
        if self._session.is_over:
            return
        answer = self._lines.ask("Stop here?", STOP, "g")
        if answer == "d":
            self._discarded = True
        elif answer == "s" or self._lines.asks_to_stop or self._lines.ends_now:
            # Asked for once more while the answer is awaited: whoever does that wants to leave.
            self._apply(Session.finish)
        elif was_running:
            self._apply(Session.resume)

    def _ask_about_nothing(self) -> None:
        """Ask whether a session in which nothing was done is to be kept."""
        if self._discarded or self._lines.ends_now or not self._record().is_empty:
            return
        question = "Nothing was done in this session."
        self._wanted = self._lines.ask(question, NOTHING_DONE, "enter") == "k"
        if not self._wanted:
            self._say("Discarded.")

    def _record(self) -> SessionRecord:
        return self._runner.session_writer.record(self._session, self._services.clock())

    def _close(self) -> SessionRecord | None:
        record = self._record()
        if self._discarded or (record.is_empty and not self._wanted):
            self._runner.session_writer.discard()
            return None
        self._runner.session_writer.save(record, anyway=self._wanted)
        self._services.remember(lambda state: with_its_beginning(state, record))
        return record

    def _sound_out(self) -> None:
        """Let the last sound and the last word be heard, unless a key is pressed."""
        sounds, lines = self._services.sounds, self._lines
        end = self._services.clock() + (LAST_WORDS if self._runner.is_speaking else LAST_SOUND)
        while self._session.reached_end and sounds.status.working and not self._muted:
            self._runner.tick()
            key = lines.key(TICK)
            if key or lines.ends_now or lines.asks_to_stop or self._services.clock() > end:
                break
        sounds.rest()
