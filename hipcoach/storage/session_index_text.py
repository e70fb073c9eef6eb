"""A session file's line in the index, without parsing again what the files before it said too.

Our own writer puts one key on a line and one step after the other, and steps repeat: in ten thousand sessions
there are some hundred that differ. So a text is taken apart at its steps, and each different piece is parsed,
by the TOML parser and the same functions as ever, once. Whatever is not laid out like that, or not valid, is
left to the full reading: here it is None. What is given is what the full reading gives; a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from hipcoach.core.history.record import (
    SessionEntry,
    Share,
    StepRecord,
    entry_from,
    is_own_pace,
    judged_step,
    share_of,
)
from hipcoach.storage.session_log import FORMAT, record_from_toml, step_from_toml
from hipcoach.storage.text_file import NotTomlError, parse_toml
from hipcoach.storage.values import a_length

MOST_PIECES = 4000
"""Different pieces that are kept; about 2 MB."""
_STEP = "\n[[step]]\n"
_CHOICES = "\n[choices"
_MULTILINE = ('"""', "'''")
_SECONDS = re.compile(r"^done_seconds = ((?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,9})?)$", re.MULTILINE)
_TEXT = re.compile(r"""([a-z_]+) = "([^"\\\x00-\x1f\x7f]*)\"""")
_DECIMAL = re.compile(r"([a-z_]+) = ((?:0|[1-9][0-9]{0,8})\.[0-9]{1,9})")
_START = re.compile(r"started = ([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\+00:00)")
"""Values that differ in every session, in the one form in which there is nothing about them to parse."""
_UNFIT = (NotTomlError, ValueError, KeyError, TypeError, RecursionError, OverflowError)


class EntryReader:
    """Makes entries of texts, one after the other. Not for several threads at once."""

    def __init__(self) -> None:
        self._lines: dict[str, tuple[str, object] | None] = {}
        self._choices: dict[str, Mapping[str, Any]] = {}
        self._steps: dict[tuple[str, bool], StepRecord] = {}
        self._shares: dict[tuple[str, bool], Share] = {}
        """By their text, and whether they were done at one's own pace."""

    def entry(self, text: str, name: str) -> SessionEntry | None:
        """The line in the index of the session `name`; None where the text wants the full reading."""
        if any(sign in text for sign in _MULTILINE):
            return None
        head, *steps = text.split(_STEP)
        try:
            values = self._head(head)
            if values is None or values.get("format") != FORMAT:
                return None
            record = record_from_toml(values, name)
            own_pace = is_own_pace(record.choices)
            return entry_from(record, [self._share(step, own_pace) for step in steps])
        except _UNFIT:
            return None

    def _head(self, text: str) -> dict[str, Any] | None:
        """What stands before the first step; None where that cannot be told by its lines."""
        text, table, choices = text.partition(_CHOICES)
        values: dict[str, Any] = {}
        for line in text.split("\n"):
            pair = self._lines[line] if line in self._lines else self._line(line)
            if pair is None:
                continue
            key, value = pair
            if key in values:
                return None
            values[key] = value
        if "step" in values or (table and "choices" in values):
            return None
        if table:
            values["choices"] = self._chosen(choices)
        return values

    def _line(self, line: str) -> tuple[str, object] | None:
        """The key and value of a line that stands for itself; None for a line without any.

        Raises:
            NotTomlError, ValueError: it does not.
        """
        if found := _TEXT.fullmatch(line):
            return found[1], found[2]
        if found := _DECIMAL.fullmatch(line):
            return found[1], float(found[2])
        if found := _START.fullmatch(line):
            return "started", datetime.fromisoformat(found[1])
        values = parse_toml(line)
        if len(values) > 1 or any(isinstance(value, (dict, list)) for value in values.values()):
            raise ValueError("more than a key and a plain value")
        pair = next(iter(values.items()), None)
        if len(self._lines) < MOST_PIECES:
            self._lines[line] = pair
        return pair

    def _chosen(self, text: str) -> Mapping[str, Any]:
        found = self._choices.get(text)
        if found is None:
            values = parse_toml(_CHOICES + text)
            if set(values) != {"choices"}:
                raise ValueError("another table")
            found = values["choices"]
            if len(self._choices) < MOST_PIECES:
                self._choices[text] = found
        return found

    def _share(self, text: str, own_pace: bool) -> Share:
        found = self._shares.get((text, own_pace))
        if found is None:
            found = share_of(self._step(text, own_pace))
            if len(self._shares) < MOST_PIECES:
                self._shares[text, own_pace] = found
        return found

    def _step(self, text: str, own_pace: bool) -> StepRecord:
        """A step. The seconds it took are what makes most steps differ, so they are read apart."""
        found = _SECONDS.search(text)
        # Within an array the line would be a fault that must not be cut out of the text.
        if found is None or not set("[{").isdisjoint(text[: found.start()]):
            return self._plain_step(text, own_pace)
        rest = text[: found.start()] + text[found.end() :]
        if _SECONDS.search(rest):
            return self._plain_step(text, own_pace)
        seconds = found[1]
        step = self._plain_step(rest, own_pace)
        done_seconds = a_length(float(seconds) if "." in seconds else int(seconds))
        step = replace(step, done_seconds=done_seconds)
        return judged_step(step) if own_pace else step

    def _plain_step(self, text: str, own_pace: bool) -> StepRecord:
        found = self._steps.get((text, own_pace))
        if found is None:
            values = parse_toml(text)
            if any(map(_has_table, values.values())):
                raise ValueError("another table")
            found = step_from_toml(values, own_pace)
            if len(self._steps) < MOST_PIECES:
                self._steps[text, own_pace] = found
        return found


def _has_table(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(map(_has_table, value)))
