"""What may come next on a command line, read off the very parser that will understand it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from hipcoach.core.avoid import AVOIDABLE, LOAD_WORDS
from hipcoach.core.catalog import Catalog
from hipcoach.core.cues import Cue

FILES = ":files"
DIRECTORIES = ":directories"
"""Said instead of candidates where the shell knows better what there is."""


class Candidate(Struct, frozen=True):
    """A word that may stand here, and what it means, if there is anything to say."""

    word: str
    meaning: str = ""


class _Place(Struct):
    """Where on the command line one is, after the words before the cursor."""

    parser: argparse.ArgumentParser
    waiting: argparse.Action | None = None
    """The option whose value comes next."""
    positionals: int = 0
    only_positionals: bool = False
    used: frozenset[str] = frozenset()

    def take(self, word: str) -> None:
        """Go past one word."""
        if self.waiting is not None:
            self.waiting = None
        elif word == "--" and not self.only_positionals:
            self.only_positionals = True
        elif word.startswith("-") and not self.only_positionals:
            self._take_option(word)
        else:
            commands = _commands(self.parser)
            if commands is not None:
                self.parser = commands.choices.get(word, self.parser)
                self.used = frozenset()
            else:
                self.positionals += 1

    def _take_option(self, word: str) -> None:
        name, is_whole, _ = word.partition("=")
        action = _option(self.parser, name)
        if action is not None:
            self.used |= frozenset(action.option_strings)
            self.waiting = action if action.nargs != 0 and not is_whole else None


def candidates(
    parser: argparse.ArgumentParser, words: Sequence[str], catalog: Callable[[], Catalog]
) -> list[Candidate]:
    """What the last of the words, which may be empty, can be made of.

    Where bash has parted "--option=value" at its sign, the value alone is completed, as bash wants it.
    """
    joined, parted = _joined(list(words) or [""])
    place = _Place(parser)
    for word in joined[:-1]:
        place.take(word)
    prefix = joined[-1]
    name, is_value, value = prefix.partition("=")
    action = _option(place.parser, name) if is_value and not place.waiting else None
    if action is not None and not place.only_positionals:
        head = "" if parted else f"{name}="
        return [
            each if each.word in (FILES, DIRECTORIES) else Candidate(head + each.word, each.meaning)
            for each in _fitting(_values(action, value, catalog), value)
        ]
    if place.waiting is not None:
        return _fitting(_values(place.waiting, prefix, catalog), prefix)
    found = list(_positionals(place, prefix, catalog))
    if not place.only_positionals and (prefix.startswith("-") or not found):
        found += _options(place)
    return _fitting(found, prefix)


def _joined(words: list[str]) -> tuple[list[str], bool]:
    """The words with options and values put together that were parted, and whether the last one was."""
    joined: list[str] = []
    parted = False
    for word in words:
        if joined and (word == "=" or parted) and joined[-1].startswith("--"):
            joined[-1] += word
            parted = word == "="
        else:
            joined.append(word)
            parted = False
    was_parted = len(words) > 1 and "=" in words[-2:] and joined[-1].startswith("--")
    return joined, was_parted


def _fitting(found: Iterable[Candidate], prefix: str) -> list[Candidate]:
    return [each for each in found if each.word.startswith(prefix) or each.word in (FILES, DIRECTORIES)]


def _commands(parser: argparse.ArgumentParser) -> argparse._SubParsersAction[argparse.ArgumentParser] | None:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return action
    return None


def _option(parser: argparse.ArgumentParser, name: str) -> argparse.Action | None:
    return next((each for each in parser._actions if name in each.option_strings), None)


def _options(place: _Place) -> Iterator[Candidate]:
    for action in place.parser._actions:
        hidden = action.help == argparse.SUPPRESS
        if not hidden and not place.used & frozenset(action.option_strings):
            for name in action.option_strings:
                if name.startswith("--"):
                    yield Candidate(name, _plain(action.help))


def _positionals(place: _Place, prefix: str, catalog: Callable[[], Catalog]) -> Iterator[Candidate]:
    commands = _commands(place.parser)
    if commands is not None:
        for each in commands._choices_actions:
            yield Candidate(each.dest, _plain(each.help))
        return
    left = place.positionals
    for action in place.parser._actions:
        if not action.option_strings:
            if left == 0 or action.nargs in ("*", "+"):
                yield from _values(action, prefix, catalog)
                return
            left -= 1


def _values(action: argparse.Action, prefix: str, catalog: Callable[[], Catalog]) -> Iterator[Candidate]:
    """What an argument may be, by its type or by what it is called."""
    name = action.metavar if isinstance(action.metavar, str) else ""
    words = action.choices or getattr(action.type, "words", ())
    if words:
        yield from (Candidate(str(word)) for word in words)
    elif name == "ROUTINE" or action.dest == "routines":
        yield from (Candidate(each.id, each.title) for each in catalog().routines.values())
    elif name == "EXERCISE":
        yield from (Candidate(each.id, each.name) for each in catalog().exercises.values())
    elif name == "LOADS":
        yield from _loads(prefix)
    elif action.dest == "names":
        yield from (Candidate(cue.value) for cue in Cue)
    elif name.startswith(("FILE", "PATH")):
        yield Candidate(FILES)
    elif name == "DIR":
        yield Candidate(DIRECTORIES)


def _loads(prefix: str) -> Iterator[Candidate]:
    """Loads parted by commas: what is there already stays and is not offered again."""
    before = prefix.rpartition(",")[0]
    there = before.split(",") if before else []
    head = f"{before}," if before else ""
    for load in AVOIDABLE:
        if load.value not in there:
            yield Candidate(f"{head}{load.value}", LOAD_WORDS[load])
    if not there:
        yield Candidate("none", "nothing")


def _plain(help: str | None) -> str:
    return " ".join((help or "").replace("%%", "%").split())
