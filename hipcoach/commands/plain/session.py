"""One session in plain lines: looks at the clock, prints what is due, and does what keys say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hipcoach.audio.speech import how_to_get_speech
from hipcoach.commands.plain.asking import Asker, Say
from hipcoach.commands.plain.keys import GONE, Keys
from hipcoach.commands.plain.narration import Narrator, ending, where
from hipcoach.core.history.record import SessionRecord
from hipcoach.core.session import ADJUSTMENT, Session
from hipcoach.errors import IllegalCommandError
from hipcoach.live.announcer import LAST_WORDS
from hipcoach.live.choices import with_speech
from hipcoach.live.services import AwakeWhile, Services
from hipcoach.live.session_runner import Command, FreshPress, SessionRunner

TICK = 0.1
"""Seconds between two looks at the clock, unless a key comes sooner."""
VOLUME_STEP = 10
LAST_SOUND = 2.0
"""Seconds that the sound of a session's end may take."""
KEYS = {
    "space": "pause, or go on",
    "enter": "at your own pace: the reps are done",
    "n or right": "skip to the next lead-in, or start now",
    "p or left": "back to the set before",
    "r": "restart this step",
    "N": "leave this exercise out",
    "u": "bring back what was left out last",
    "+ and -": "5 seconds or one rep more or less",
    "h": "it hurts: skip, and note it",
    "w": "where am I",
    "m": "sound off or on, for this session",
    "v": "voice on or off",
    "[ and ]": "quieter, louder",
    "q": "stop",
}
NOTHING = {"enter": "discard it", "k": "keep it in the history"}
STOP = {"g": "go on", "s": "save what is done and stop", "d": "discard this session"}
LAST = {"g": "go on with it", "l": "leave it out and finish"}
COMMANDS: Mapping[str, Command] = {
    "space": lambda session, at: session.resume(at) if session.is_paused else session.pause(at),
    "n": Session.skip,
    "p": Session.back,
    "r": Session.restart,
    "N": Session.drop,
    "u": Session.bring_back,
    "h": Session.hurts,
    "+": lambda session, at: session.add(at, ADJUSTMENT),
    "=": lambda session, at: session.add(at, ADJUSTMENT),
    "-": lambda session, at: session.add(at, -ADJUSTMENT),
}


class PlainSession:
    """Runs a session that its runner has begun. Nothing is lost, however `say` or the keys end."""

    def __init__(
        self, services: Services, runner: SessionRunner, narrator: Narrator, say: Say, keys: Keys
    ) -> None:
        self._services = services
        self._runner = runner
        self._narrator = narrator
        self._say = say
        self._keys = keys
        self._awake = AwakeWhile(services.keep_awake)
        self._volume = services.settings.volume
        self._muted = False
        first = runner.session.step
        self._enter = FreshPress(services.clock(), held=first is not None and first.is_open)
        self._told_problem = ""
        self._stopping = False
        self._discarded = False
        self._wanted = False
        """Whether it is to be kept although nothing was done in it."""
        self.ends_now = False
        """Set from a signal: save and leave without asking."""
        self.asks_to_stop = False
        """Set from a signal: as if somebody had pressed q."""

    def run(self) -> SessionRecord | None:
        """Run to the end, or until it is stopped; None if it was discarded.

        Raises:
            BrokenPipeError, OutputError: nothing more can be printed; what was done is saved.
        """
        sounds = self._services.sounds
        sounds.open()
        sounds.set_volume(self._volume / 100)
        sounds.set_muted(self._muted)
        try:
            while not (self.ends_now or self._discarded or self._runner.session.is_over):
                self._look()
            self._ask_about_nothing()
        finally:
            self._awake.release()
            if not self._runner.session.is_over:
                sounds.cancel()
                self._runner.finish_now()
            record = self._close()
        if record is not None:
            for line in ending(record):
                self._say(line)
            self._sound_out()
        return record

    def _sound_out(self) -> None:
        """Let the last sound and the last word be heard, unless a key is pressed."""
        sounds = self._services.sounds
        wait = LAST_WORDS if self._runner.is_speaking else LAST_SOUND
        end = self._services.clock() + wait
        while self._runner.session.reached_end and sounds.status.working and not self._muted:
            self._runner.tick()
            key = self._keys.read(TICK)
            if key is not None or self.ends_now or self.asks_to_stop or self._services.clock() > end:
                break
        sounds.rest()

    def _close(self) -> SessionRecord | None:
        session_writer = self._runner.session_writer
        record = self._record()
        if self._discarded or (record.is_empty and not self._wanted):
            session_writer.discard()
            return None
        session_writer.save(record, anyway=self._wanted)
        return record

    def _record(self) -> SessionRecord:
        return self._runner.session_writer.record(self._runner.session, self._services.clock())

    def _ask_about_nothing(self) -> None:
        """Ask whether a session in which nothing was done is to be kept."""
        if self._discarded or self.ends_now or not self._record().is_empty:
            return
        asker = Asker(self._say, self._keys, lambda: self.ends_now or self.asks_to_stop)
        self._wanted = asker.ask("Nothing was done in this session.", NOTHING, "enter") == "k"
        if not self._wanted:
            self._say("Discarded.")

    def _look(self) -> None:
        """One look at the clock and at the keys."""
        if self._runner.tick():
            self._say("Nobody was counting for a moment, so the session is paused. Space goes on.")
        self._tell()
        session = self._runner.session
        since = session.paused_at
        self._awake.update(paused_for=0.0 if since is None else self._services.clock() - since)
        if session.is_over:
            return
        key = self._keys.read(TICK)
        if self.asks_to_stop:
            self.asks_to_stop = False
            key = "q"
        if key is not None:
            self._press(key)

    def _tell(self) -> None:
        now = self._services.clock()
        for cue in self._runner.cues_shown():
            for line in self._narrator.lines(self._runner.session, now, cue):
                self._say(line)
        problem = self._runner.session_writer.problem
        if problem and problem != self._told_problem:
            self._say(f"Not saved: {problem}")
        self._told_problem = problem
        while self._services.problems:
            self._say(self._services.problems.pop(0))

    def _press(self, key: str) -> None:
        others: Mapping[str, Callable[[], None]] = {
            GONE: self._leave_at_once,
            "enter": self._complete,
            "m": self._mute,
            "v": self._switch_speech,
            "[": lambda: self._change_volume(-VOLUME_STEP),
            "]": lambda: self._change_volume(VOLUME_STEP),
            "w": lambda: self._say(where(self._runner.session, self._services.clock())),
            "?": self._help,
            "q": self._ask_to_stop,
            "escape": self._ask_to_stop,
        }
        if key == "N" and self._runner.session.drop_ends(self._services.clock()):
            self._ask_to_drop()
        elif key in COMMANDS:
            left_out = len(self._runner.session.left_out)
            self._apply(COMMANDS[key])
            session = self._runner.session
            if len(session.left_out) > left_out and not session.is_over:
                self._say(f"Left out: {session.plan.steps[session.left_out[-1]].name}. u brings it back.")
            elif key in "+=-":
                self._say(self._amount())
            elif key == "h":
                self._say("Noted: it hurt. N leaves the exercise out altogether.")
        elif key in others:
            others[key]()
        else:
            self._say("That key does nothing here. ? names those that do.")

    def _apply(self, command: Command) -> None:
        try:
            self._runner.apply(command)
        except IllegalCommandError as error:
            self._say(error.message)

    def _amount(self) -> str:
        session = self._runner.session
        step = session.step
        if step is None:
            return "At the end."
        return f"Now {session.reps} reps." if step.reps is not None else f"Now {session.length:g} s."

    def _leave_at_once(self) -> None:
        self.ends_now = True

    def _complete(self) -> None:
        step = self._runner.session.step
        if self._enter.is_fresh(self._services.clock()) and step is not None and step.is_open:
            self._apply(Session.complete)

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
        routine = self._runner.session.plan.routine
        self._services.remember(lambda memory: with_speech(memory, routine, on=on))
        self._say("Voice on." if on else "Voice off.")

    def _change_volume(self, change: int) -> None:
        self._volume = min(100, max(0, self._volume + change))
        self._services.sounds.set_volume(self._volume / 100)
        self._say(f"Volume {self._volume} percent.")

    def _help(self) -> None:
        self._hold_still()
        for key, words in KEYS.items():
            self._say(f"{key}: {words}")

    def _hold_still(self) -> bool:
        """Pause, if that is not so already. Returns whether the session was running."""
        session = self._runner.session
        if session.is_paused or session.is_over:
            return False
        self._apply(Session.pause)
        self._tell()
        return self._runner.session.is_paused

    def _ask_to_drop(self) -> None:
        was_running = self._hold_still()
        asker = Asker(self._say, self._keys, lambda: self.ends_now or self.asks_to_stop)
        answer = asker.ask(
            "Leave it out? It is the last exercise: without it the session is over.", LAST, "g"
        )
        if answer == "l":
            self._apply(Session.drop)
        elif was_running and not (self.ends_now or self.asks_to_stop):
            self._apply(Session.resume)

    def _ask_to_stop(self) -> None:
        was_running = self._hold_still()
        if self._runner.session.is_over:
            return
        # Asked for once more while the answer is awaited: whoever does that wants to leave.
        asker = Asker(self._say, self._keys, lambda: self.ends_now or self.asks_to_stop)
        answer = asker.ask("Stop here?", STOP, "g")
        if answer == "d":
            self._discarded = True
        elif answer == "s" or self.asks_to_stop or self.ends_now:
            self._apply(Session.finish)
        elif was_running:
            self._apply(Session.resume)
