"""How much, in the short text form: "12/side", "30s", "8-10 reps each leg", "10/direction (slowly)"."""

from __future__ import annotations

import re

from msgspec import Struct

from hipcoach.core.exercise import Basis, Dose, Per, Range, Sides
from hipcoach.core.sheet.escapes import escaped, unescaped

MOST = 100_000
"""The largest number a routine file may hold."""
SECONDS_IN = {"s": 1, "m": 60}
SIDE_WORDS = "side|sides|leg|legs|arm|arms|foot|feet|hip|hips|knee|knees"
WAY_WORDS = "direction|directions|way|ways"
RANGE = r"[0-9]{1,6}(?:\s*(?:-|–|to)\s*[0-9]{1,6})?"
UNIT = r"\s*(?:seconds?|secs?|s|minutes?|mins?|repetitions?|reps?|times)(?![a-z])"
PER = (
    rf"\s*(?:/\s*|\s(?:(?:on|for)\s+)?(?:per|each|a)\s+)(?:{SIDE_WORDS}|{WAY_WORDS})(?![a-z])"
    r"|\s+(?:each|ea|total|in all)(?![a-z])"
)
NOTE = r"\s*\((?:\\.|[^()\\])*\)"
AMOUNT = rf"(?:[0-9]{{1,2}}\s*(?:[x×]|sets?\s+of)\s*)?{RANGE}(?:{UNIT})?(?:{PER})?(?:{NOTE})?"
"""A pattern for one amount, without groups, to build others of. Lower and upper case are alike."""
_PARTS = re.compile(
    rf"(?:(?P<sets>[0-9]{{1,2}})\s*(?:[x×]|sets?\s+of)\s*)?(?P<range>{RANGE})(?P<unit>{UNIT})?(?P<per>{PER})?(?P<note>{NOTE})?",
    re.IGNORECASE,
)
SUGGESTED = "suggested by "
PRESCRIBED = "as prescribed"
MINE = "mine"
PER_TEXTS = {Per.SIDE: "/side", Per.DIRECTION: "/direction", Per.TOTAL: " total"}


class Amount(Struct, frozen=True):
    """How much a line says. What it leaves open is None."""

    range: Range
    """Repetitions, or seconds."""
    is_hold: bool
    per: Per | None
    sets: int | None = None
    basis: Basis = Basis.USER
    source: str | None = None
    note: str = ""

    def dose(self, per: Per) -> Dose:
        """The dose it is, once it is known what its number counts."""
        return Dose(self.range, per, self.basis, self.source, self.note)


def read_amount(text: str) -> Amount:
    """Understand an amount.

    Raises:
        ValueError: it is none, or it cannot be.
    """
    found = _PARTS.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"'{text.strip()}' is no amount such as 12/side or 30s")
    unit = (found["unit"] or "").strip().lower()
    is_hold = unit[:1] in SECONDS_IN
    amount = read_range(found["range"], SECONDS_IN.get(unit[:1], 1))
    per = (found["per"] or "").strip().lower()
    basis, source, note = _said((found["note"] or "").strip()[1:-1])
    return Amount(
        range=amount,
        is_hold=is_hold,
        per=_per(per),
        sets=int(found["sets"]) if found["sets"] else None,
        basis=basis,
        source=source,
        note=note,
    )


def amount_text(dose: Dose, *, is_hold: bool, sides: Sides) -> str:
    """A dose as `read_amount` understands it, for an exercise done with these sides."""
    unit = "s" if is_hold else ""
    per = "" if dose.per is Per.TOTAL and sides is Sides.BOTH else PER_TEXTS[dose.per]
    note = escaped(dose.note, "()")
    if dose.basis is Basis.SUGGESTED and dose.source:
        note = f"{SUGGESTED}{dose.source}{f': {note}' if note else ''}"
    elif dose.basis is Basis.SOURCE:
        note = f"{PRESCRIBED}{f': {note}' if note else ''}"
    elif note.startswith((SUGGESTED, PRESCRIBED, MINE)) or note != note.strip():
        note = f"{MINE}: {note}"
    return f"{range_text(dose.amount)}{unit}{per}{f' ({note})' if note else ''}"


def read_range(text: str, factor: int = 1) -> Range:
    """A number, or two with a dash between.

    Raises:
        ValueError: it is upside down, nothing, or too large.
    """
    numbers = [int(each) * factor for each in re.findall("[0-9]+", text)]
    found = Range(numbers[0], numbers[-1])
    if found.low > found.high:
        raise ValueError(f"the range {text} is upside down")
    if not 1 <= found.low <= found.high <= MOST:
        raise ValueError(f"{text} is not from 1 to {MOST}")
    return found


def range_text(amount: Range) -> str:
    """A range as `read_range` understands it."""
    return f"{amount.low}-{amount.high}" if amount.is_range else str(amount.low)


def _per(text: str) -> Per | None:
    if not text:
        return None
    if text in ("total", "in all"):
        return Per.TOTAL
    return Per.DIRECTION if re.search(rf"(?:{WAY_WORDS})$", text) else Per.SIDE


def _said(note: str) -> tuple[Basis, str | None, str]:
    """Whose number it is, and the note, of what stands in brackets."""
    if found := re.fullmatch(rf"{SUGGESTED}([a-z0-9-]+)(?:: (.*))?", note, re.DOTALL):
        return Basis.SUGGESTED, found[1], unescaped(found[2] or "")
    if found := re.fullmatch(rf"{PRESCRIBED}(?:: (.*))?", note, re.DOTALL):
        return Basis.SOURCE, None, unescaped(found[1] or "")
    return Basis.USER, None, unescaped(note.removeprefix(f"{MINE}: "))
