"""The kinds of settings: what each accepts, how it is read, written, and said on a screen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from hipcoach.errors import SettingsError
from hipcoach.storage.table import Table

LONGEST = 200
"""Characters of a text that a person sets."""


class Number(Struct, frozen=True):
    """A whole number within limits. `form` says it, as in "{} s"."""

    least: int
    most: int
    form: str = "{}"
    pace: int = 1
    """What one press of a key adds or takes."""

    def read(self, table: Table, field: str, usual: int) -> int:
        """The number in a table of the file; the usual one where it is missing or wrong."""
        return table.whole(field, self.least, usual, most=self.most)

    def written(self, value: int) -> int:
        """The value as the file has it."""
        return value

    def shown(self, value: int) -> str:
        """The value as a screen says it."""
        return self.form.format(value)

    def moved(self, value: int, by: int) -> int:
        """Some presses more or less, within the limits, on multiples of a press."""
        pace = self.pace
        next_one = (value // pace + by) * pace if by > 0 or value % pace == 0 else (value // pace) * pace
        return min(self.most, max(self.least, next_one))

    def understood(self, text: str) -> int:
        """The number that was typed.

        Raises:
            SettingsError: it is none, or out of its limits.
        """
        bare = text.strip()
        if not (
            bare.isascii() and bare.isdigit() and len(bare) <= 6 and self.least <= int(bare) <= self.most
        ):
            raise SettingsError(f"{self.allowed.capitalize()}, please.")
        return int(bare)

    @property
    def allowed(self) -> str:
        """What it may be, in words."""
        return f"a whole number from {self.least} to {self.most}"


class Words(Struct, frozen=True):
    """One of a fixed set of words, each with how a screen says it. `numbered`: the value is its place."""

    words: type[StrEnum]
    labels: Mapping[str, str]
    numbered: bool = False

    def read(self, table: Table, field: str, usual: Any) -> Any:
        """The value in a table of the file; the usual one where it is missing or wrong."""
        return self._value(table.word(field, self.words, self._word(usual)))

    def written(self, value: Any) -> str:
        """The word as the file has it."""
        return self._word(value).value

    def shown(self, value: Any) -> str:
        """The value as a screen says it."""
        return self.labels[self._word(value).value]

    def moved(self, value: Any, by: int) -> Any:
        """The next word, or the one before; after the last comes the first."""
        words = list(self.words)
        return self._value(words[(words.index(self._word(value)) + by) % len(words)])

    def understood(self, text: str) -> Any:
        """The value of one of the words.

        Raises:
            SettingsError: it is none of them.
        """
        if text not in [word.value for word in self.words]:
            raise SettingsError(f"One of {', '.join(self.words)}, please.")
        return self._value(self.words(text))

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Every word with how a screen says it."""
        return tuple((word.value, self.labels[word.value]) for word in self.words)

    def _word(self, value: Any) -> StrEnum:
        return list(self.words)[value] if self.numbered else self.words(value)

    def _value(self, word: StrEnum) -> Any:
        return list(self.words).index(word) if self.numbered else word


class Toggle(Struct, frozen=True):
    """On or off."""

    def read(self, table: Table, field: str, usual: bool) -> bool:
        """The flag in a table of the file; the usual one where it is missing or wrong."""
        return table.flag(field, usual)

    def written(self, value: bool) -> bool:
        """The value as the file has it."""
        return value

    def shown(self, value: bool) -> str:
        """The value as a screen says it."""
        return "on" if value else "off"

    def moved(self, value: bool, by: int) -> bool:
        """The other one."""
        return not value


class FreeText(Struct, frozen=True):
    """A short text. `names` says what it names, where only the interface knows which there are."""

    names: str = ""

    def read(self, table: Table, field: str, usual: str) -> str:
        """The text in a table of the file; the usual one where it is missing or wrong."""
        text = table.text(field, usual)
        return text if text.strip() and text.isprintable() and len(text) <= LONGEST else usual

    def written(self, value: str) -> str:
        """The text as the file has it."""
        return value

    def shown(self, value: str) -> str:
        """The text as a screen says it."""
        return value

    def moved(self, value: str, by: int) -> str:
        """A text has no next one."""
        return value

    def understood(self, text: str) -> str:
        """The text that was typed, without white space around it.

        Raises:
            SettingsError: it is empty, too long or cannot be printed.
        """
        bare = text.strip()
        if not bare or not bare.isprintable() or len(bare) > LONGEST:
            raise SettingsError(f"{self.allowed.capitalize()}, please.")
        return bare

    @property
    def allowed(self) -> str:
        """What it may be, in words."""
        return f"a text of up to {LONGEST} characters"


Kind = Number | Words | Toggle | FreeText
