"""One session in plain lines: looks at the clock, prints what is due, and does what keys ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hipcoach.commands.plain.keys import GONE, Keys
from hipcoach.commands.plain.narration import Narrator, ending, where
from hipcoach.core.history.record import SessionRecord
from hipcoach.core.session import Session
from hipcoach.errors import IllegalCommandError
from hipcoach.live.services import Services
from hipcoach.live.session_runner import LAST_WORDS, SESSION_KEYS, SessionKey, SessionRunner

TICK = 0.1
"""Seconds between two looks at the clock, unless a key comes sooner."""
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
ALL_KEYS = {
    tuple(CHARACTERS.get(each, each) for each in key.keys.split(",")): key
    for key in (*SESSION_KEYS, SessionKey("where", "w", "Where", "Say where in the session you are"))
}
BY_KEY = {character: key.id for characters, key in ALL_KEYS.items() for character in characters}
BY_WORD = {key.id: key.id for key in ALL_KEYS.values()} | {
    "resume": "pause",
    "done": "complete",
    "undo": "bring-back",
    "voice": "speech",
    "quit": "stop",
}
"""Words that may be typed in a line."""
NOTHING_DONE = {"enter": "discard it", "k": "keep it in the history"}
STOP = {"g": "go on", "s": "save what is done and stop", "d": "discard this session"}
DROP_LAST = {"g": "go on with it", "l": "leave it out and finish"}


def meant(typed: str) -> str | None:
    """Return the action that a key stands for, or a word in a line, or else its first letter."""
    return BY_KEY.get(typed) or BY_WORD.get(typed.lower()) or BY_KEY.get(typed[:1])


class Lines:
    """What is printed and typed, and whether somebody wants to leave."""

    def __init__(self, say: Callable[[str], None], keys: Keys) -> None:
        self.say = say
        self.keys = keys
        self.asks_to_stop = False
        """Set by ctrl+c: as if somebody had pressed q."""
        self.ends_now = False
        """Set where the process is ended or the terminal has gone: save and leave without asking."""

    @property
    def is_left(self) -> bool:
        """Whether somebody wants to leave."""
        return self.ends_now or self.asks_to_stop

    def key(self) -> str | None:
        """Return the next key or line, if one comes soon."""
        key = self.keys.read(TICK)
        self.ends_now = self.ends_now or key == GONE
        return None if key == GONE else key

    def ask(self, question: str, answers: Mapping[str, str], otherwise: str) -> str:
        """Ask until one of the answers' keys comes; `otherwise` where nobody can answer, or for escape."""
        self.say(question)
        self.say("; ".join(f"{key}: {words}" for key, words in answers.items()))
        while not self.is_left:
            nobody_answers = self.keys.has_ended
            typed = self.key()
            if typed == "escape" or (typed is None and nobody_answers):
                break
            if typed is None:
                continue
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
        self._discarded = False

    @property
    def _session(self) -> Session:
        return self._runner.session

    def run(self) -> SessionRecord | None:
        """Run to the end, or until it is stopped; None if it was discarded.

        Raises:
            BrokenPipeError, OutputError: nothing more can be printed; what was done is saved.
        """
        wanted = False
        try:
            while not (self._lines.ends_now or self._discarded or self._session.is_over):
                self._look()
            wanted = self._is_wanted()
        finally:
            self._runner.finish_now()
            record = self._runner.record()
            if self._discarded:
                self._runner.discard()
            else:
                self._runner.save(record, anyway=wanted)
        if self._discarded or (record.is_empty and not wanted):
            return None
        for line in ending(record):
            self._say(line)
        self._sound_out()
        return record

    def _look(self) -> None:
        """Look at the clock and at the keys."""
        if self._runner.tick():
            self._say("Paused: hipcoach was suspended. Space goes on.")
        self._tell()
        if self._session.is_over:
            return
        typed = self._lines.key()
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
        if problem := self._runner.problem:
            self._services.tell(f"Not saved: {problem}")
        while self._services.problems:
            self._say(self._services.problems.pop(0))

    def _press(self, typed: str) -> None:
        match meant(typed):
            case None:
                self._say("That key does nothing here. ? names those that do.")
            case "drop" if self._session.drop_ends(self._services.clock()):
                question = "Leave it out? It is the last exercise: without it the session is over."
                if self._ask(question, DROP_LAST) == "l":
                    self._do("drop")
            case "where":
                self._say(where(self._session, self._services.clock()))
            case "help":
                self._hold_still()
                for characters, key in ALL_KEYS.items():
                    self._say(f"{' or '.join(characters)}: {key.help}")
            case "stop":
                answer = self._ask("Stop here?", STOP)
                self._discarded = answer == "d"
                # Asked for once more while the answer is awaited: whoever does that wants to leave.
                if answer == "s" or self._lines.is_left:
                    self._runner.finish_now()
            case action:
                self._do(action)

    def _do(self, action: str) -> None:
        """Do it and print what came of it, or why it is not possible now."""
        try:
            said = self._runner.do(action)
        except IllegalCommandError as error:
            self._say(error.message)
        else:
            if said:
                self._say(f"{said} u brings it back." if action == "drop" else said)

    def _hold_still(self) -> bool:
        """Pause, if that is not so already. Returns whether the session was running."""
        if self._session.is_paused or self._session.is_over:
            return False
        self._do("pause")
        self._tell()
        return self._session.is_paused

    def _ask(self, question: str, answers: Mapping[str, str]) -> str:
        """Ask while the session is paused, and go on with it for the answer g."""
        was_running = self._hold_still()
        if self._session.is_over:
            return "g"
        answer = self._lines.ask(question, answers, "g")
        if answer == "g" and was_running and not self._lines.is_left:
            self._do("pause")
        return answer

    def _is_wanted(self) -> bool:
        """Ask whether a session in which nothing was done is to be kept."""
        if self._discarded or self._lines.ends_now or not self._runner.record().is_empty:
            return False
        if self._lines.ask("Nothing was done in this session.", NOTHING_DONE, "enter") == "k":
            return True
        self._say("Discarded.")
        return False

    def _sound_out(self) -> None:
        """Let the last sound and the last word be heard, unless a key is pressed."""
        if not self._session.reached_end or self._runner.muted:
            return
        end = self._services.clock() + (LAST_WORDS if self._runner.is_speaking else LAST_SOUND)
        while self._services.sounds.status.working and self._services.clock() <= end:
            self._runner.tick()
            if self._lines.key() or self._lines.is_left:
                return
