"""Reading a TOML table field by field, collecting every problem with its file, table and field.

A field that is missing or wrong adds a problem and yields a harmless stand-in, so that one reading
finds all problems at once; whoever reads looks at the list of problems before using the values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from hipcoach.core.fields import Range
from hipcoach.core.text import nearest
from hipcoach.storage.typed import Problem

if TYPE_CHECKING:
    from fractions import Fraction

ID_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_TEXT = 2000
MOST = 100_000
"""The largest number a file may hold: a day and more in seconds, and far more reps than anybody does."""

HUGE = 10**18

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class Table:
    """One TOML table and what has been found wrong in it. `problems` is shared by a whole reading."""

    def __init__(
        self,
        values: Mapping[str, Any],
        file: str,
        place: str,
        problems: list[Problem],
    ) -> None:
        self.values = values
        self.file = file
        self.place = place
        self.problems = problems
        self.read: set[str] = set()

    def problem(self, field: str, message: str) -> None:
        """Note something wrong with a field, or with the whole table where `field` is empty."""
        place = ": ".join(part for part in (self.place, field) if part)
        self.problems.append(Problem(self.file, place, message))

    def has(self, field: str) -> bool:
        """Whether the field is there."""
        return field in self.values

    def text(self, field: str, default: str | None = None) -> str:
        """A text; required where there is no default. It must not be empty or hold control characters."""
        value = self._value(field, default)
        if not isinstance(value, str):
            return self._wrong(field, value, "a text in quotes", default or "")
        if len(value) > LONGEST_TEXT:
            self.problem(field, f"is longer than {LONGEST_TEXT} characters")
        elif (not value.isprintable() and not value.replace("\n", "").isprintable()) or (
            not value.strip() and self.has(field)
        ):
            self.problem(field, "must be a text that can be printed, and not empty")
        return value

    def maybe_text(self, field: str) -> str | None:
        """A text, or None where it is not there."""
        return self.text(field) if self.has(field) else None

    def id(self, field: str = "id") -> str:
        """A required id: small letters, digits and single hyphens."""
        value = self.text(field)
        if value and not ID_PATTERN.fullmatch(value):
            self.problem(
                field, f"{value!r} is not an id: use small letters, digits and hyphens, as in 'leg-swing'"
            )
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts; empty where it is not there."""
        value = self._value(field, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            return self._wrong(field, value, 'a list of texts, such as ["one", "two"]', ())
        if not all(each.isprintable() and len(each) <= LONGEST_TEXT for each in value):
            self.problem(field, "every text must be one that can be printed")
        return tuple(value)

    def word(self, field: str, words: type[E], default: E | None = None) -> E:
        """One of a fixed set of words."""
        value = self._value(field, default)
        if isinstance(value, words):
            return value
        first = next(iter(words))
        return first if value is None else self._word(field, value, words) or default or first

    def words(self, field: str, words: type[E]) -> tuple[E, ...]:
        """A list of words out of a fixed set."""
        found = (self._word(field, text, words) for text in self.texts(field))
        return tuple(word for word in found if word is not None)

    def range(self, field: str, least: int = 1, default: Range | None = None) -> Range:
        """A whole number, or a range { low = 3, high = 5 }."""
        value = self._value(field, default)
        if isinstance(value, Range):
            return value
        if isinstance(value, dict):
            place = f"{self.place}: {field}" if self.place else field
            table = Table(value, self.file, place, self.problems)
            found = Range(table.whole("low", least), table.whole("high", least))
            table.finish()
            if found.low > found.high and table.has("low") and table.has("high"):
                self.problem(field, f"the range is upside down: low is {found.low}, high is {found.high}")
            return found
        number = self._whole(field, value, least, MOST, None)
        return Range(number, number)

    def whole(self, field: str, least: int = 0, default: int | None = None, most: int = MOST) -> int:
        """A whole number within limits; a wrong one is stood in for by the default, if there is one."""
        value = self._value(field, default)
        return self._whole(field, value, least, most, default)

    def seconds(self, field: str) -> Fraction:
        """A positive number of seconds; decimals are taken as they are written."""
        from fractions import Fraction

        value = self._value(field, None)
        return self._number(field, value, Fraction(1, 10), whole=False)

    def flag(self, field: str, default: bool) -> bool:
        """True or false."""
        value = self._value(field, default)
        return value if isinstance(value, bool) else self._wrong(field, value, "true or false", default)

    def table(self, field: str) -> Table | None:
        """A table inside this one, or None where it is not there."""
        value = self._value(field, {})
        if not isinstance(value, dict):
            return self._wrong(field, value, "a table", None)
        return self._inner(value, field) if self.has(field) else None

    def tables(self, field: str, noun: str, *, required: bool = True) -> list[Table]:
        """A list of tables, each placed as "<noun> 'id'" or "<noun> 1"."""
        value = self._value(field, None if required else [])
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            return self._wrong(field, value, "a list of tables", [])
        if required and not value:
            self.problem(field, "must not be empty")
        return [self._inner(each, _named(noun, each, number)) for number, each in enumerate(value, 1)]

    def finish(self) -> None:
        """Report every key that nothing has asked for."""
        for key in self.values:
            if key not in self.read:
                near = nearest(key, self.read)
                known = ", ".join(sorted(self.read))
                self.problem(
                    key,
                    "is not a field here" + (f": did you mean {near!r}?" if near else f" (known: {known})"),
                )

    def _inner(self, values: Mapping[str, Any], place: str) -> Table:
        joined = f"{self.place}, {place}" if self.place else place
        return Table(values, self.file, joined, self.problems)

    def _value(self, field: str, default: Any) -> Any:
        self.read.add(field)
        if field not in self.values and default is None:
            self.problem(field, "is missing")
        return self.values.get(field, default)

    def _wrong(self, field: str, value: object, wanted: str, stand_in: T) -> T:
        if value is not None:
            self.problem(field, f"must be {wanted} (is {_shown(value)})")
        return stand_in

    def _word(self, field: str, value: object, words: type[E]) -> E | None:
        if isinstance(value, str):
            with suppress(ValueError):
                return words(value)
        allowed = [word.value for word in words]
        near = nearest(value, allowed) if isinstance(value, str) else None
        hint = f"did you mean {near!r}? Allowed" if near else "allowed"
        self.problem(field, f"{_shown(value)} is not known here: {hint}: {', '.join(allowed)}")
        return None

    def _whole(self, field: str, value: object, least: int, most: int, stand_in: int | None) -> int:
        if type(value) is int and least <= value <= most:
            return value
        return int(self._number(field, value, least, whole=True, most=most, stand_in=stand_in))

    def _number(
        self,
        field: str,
        value: object,
        least: int | Fraction,
        *,
        whole: bool,
        most: int = MOST,
        stand_in: int | None = None,
    ) -> Fraction:
        from fractions import Fraction

        usual = least if stand_in is None else stand_in
        kinds = (int,) if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            wanted = "a whole number" if whole else "a number"
            return Fraction(self._wrong(field, value, wanted, usual))
        if not least <= value <= most:
            self.problem(field, f"must be from {float(least):g} to {most} (is {_shown(value)})")
            return Fraction(usual)
        # Of a decimal, what is written counts and not the nearest binary fraction.
        return Fraction(value if isinstance(value, int) else str(value))


def _named(noun: str, values: Mapping[str, Any], number: int) -> str:
    for key in ("id", "exercise"):
        if isinstance(values.get(key), str):
            return f"{noun} '{values[key]}'"
    return f"{noun} {number}"


def _shown(value: object) -> str:
    # Not every value can be written out: tables nest deeper than Python recurses, and numbers in base 16
    # have more digits than it prints.
    if isinstance(value, (dict, list)):
        return "a table" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and abs(value) > HUGE:
        return "a huge number"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
