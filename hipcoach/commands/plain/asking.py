"""Questions in plain lines, answered by a key: safety first, a session that was cut off, a gate."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from hipcoach.commands.plain.keys import GONE, Keys, LineKeys
from hipcoach.core.avoid import without_loads
from hipcoach.core.exercise import Load
from hipcoach.core.routine import Routine
from hipcoach.core.safety import SECTIONS
from hipcoach.errors import StorageError
from hipcoach.live.services import Services
from hipcoach.live.session_writer import close_cut_off, find_cut_off
from hipcoach.storage.recovery import Unfinished
from hipcoach.ui.cut_off_words import how_far

Say = Callable[[str], None]
LOOK = 0.1
"""Seconds between two looks whether the wait is over."""
UNFINISHED = {"r": "resume where it stopped", "s": "save what was done", "d": "discard it", "l": "later"}


class Asker:
    """Asks by lines and hears keys. `is_over` says that nobody will answer any more."""

    def __init__(self, say: Say, keys: Keys, is_over: Callable[[], bool]) -> None:
        self.say = say
        self._keys = keys
        self._is_over = is_over

    def ask(self, question: str, answers: Mapping[str, str], otherwise: str) -> str:
        """Ask until one of the answers' keys comes; `otherwise` where nobody can answer, or for escape."""
        self.say(question)
        self.say("; ".join(f"{key}: {words}" for key, words in answers.items()))
        while not self._is_over():
            ended = isinstance(self._keys, LineKeys) and self._keys.has_ended
            key = self._keys.read(LOOK)
            if key is not None and key in answers:
                return key
            if key in (GONE, "escape"):
                return otherwise
            if key is None and ended:
                return otherwise
            if key is not None:
                self.say(f"That is none of {', '.join(answers)}.")
        return otherwise


def understood_safety(asker: Asker, services: Services) -> bool:
    """Whether the safety page has been read, now or before."""
    if services.memory.safety_read:
        return True
    asker.say("Before you move")
    for title, lines in SECTIONS:
        asker.say(f"{title}:")
        for line in lines:
            asker.say(line)
    answers = {"enter": "I have read this and understand", "q": "leave"}
    if asker.ask("Have you read this?", answers, "q") != "enter":
        return False
    services.remember(lambda memory: replace(memory, safety_read=True))
    return True


def session_to_resume(asker: Asker, services: Services) -> Unfinished | None:
    """Ask about every session that was cut off, until one is to be resumed."""
    found = find_cut_off(services.paths)
    for problem in found.problems:
        services.tell(problem)
    for problem in services.problems:
        asker.say(problem)
    services.problems.clear()
    resumed: Unfinished | None = None
    for unfinished in found.unfinished:
        if resumed is not None:
            unfinished.close(remove=False)
            continue
        answer = asker.ask(f"An unfinished session: {how_far(unfinished)}", UNFINISHED, "l")
        if answer == "r":
            resumed = unfinished
            continue
        try:
            close_cut_off(services.paths, unfinished, save=answer == "s", discard=answer == "d")
        except StorageError as error:
            asker.say(error.message)
        else:
            asker.say({"s": "Saved.", "d": "Discarded."}.get(answer, "Kept for later."))
    return resumed


def ask_gate(asker: Asker, services: Services, routine: Routine, avoid: frozenset[Load]) -> None:
    """Ask, once, whether what an advanced drill builds on is mastered."""
    adapted = without_loads(routine, services.catalog, avoid).routine
    if not adapted.is_gated or routine.id in services.memory.mastered:
        return
    for item in adapted.items:
        if item.gate:
            asker.say(f"{services.catalog.exercises[item.exercise].name}: {item.gate}")
    answers = {"n": "not yet, leave it out", "y": "yes, include it"}
    answer = asker.ask("Are you ready for it?", answers, "")
    if answer:
        services.remember(lambda memory: memory.with_mastered(routine.id, answer == "y"))
