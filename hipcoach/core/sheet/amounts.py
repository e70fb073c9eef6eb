"""How much, in the short text form: "12/side", "30s", "8-10 reps each leg", "10/direction (slowly)"."""

from __future__ import annotations

import re
from fractions import Fraction

from msgspec import Struct

from hipcoach.core.exercise import Basis, Dose, Per, Sides
from hipcoach.core.fields import Range
from hipcoach.core.routine import OwnDose
from hipcoach.core.sheet.escapes import escaped, unescaped

MOST = 100_000
"""The largest number a routine file may hold."""
SECONDS_IN = {"s": 1, "m": 60}
SIDE_WORDS = "sides?|legs?|arms?|foot|feet|hips?|knees?|hands?|shoulders?|ankles?|wrists?"
WAY_WORDS = "directions?|ways?"
NUMBER = r"[0-9]{1,6}"
TO = r"\s*(?:-|–|—|to(?![a-z]))\s*"
RANGE = rf"{NUMBER}(?:{TO}{NUMBER})?"
COUNT = rf"{RANGE}(?![0-9])"
SECOND = r"""\s*(?:(?:seconds?|secs?|s)(?![a-z])\.?|["″”“]|''|’’|′′)"""
MINUTE = r"""\s*(?:(?:minutes?|mins?)(?![a-z])\.?|['’′](?!['’′]))"""
TIME = (
    rf"(?:{NUMBER}:[0-5][0-9](?![0-9:])(?:\s*mins?(?![a-z])|\s*minutes?(?![a-z]))?"
    rf"|{NUMBER}(?:{MINUTE}|\s*m)\s*(?:and\s+)?[0-9]{{1,2}}(?:{SECOND})"
    rf"|{NUMBER}['’′][0-5][0-9](?![0-9\w])"
    rf"|{NUMBER}\.[0-9]{MINUTE}"
    rf"|{NUMBER}(?:{SECOND}|{MINUTE})?{TO}{NUMBER}(?:{SECOND}|{MINUTE})"
    rf"|{NUMBER}(?:{SECOND}|{MINUTE}))"
)
"""A pattern for a time as people write it: 30 sec, 30", 1 min, 1', 1:30, 1 min 30 s, 20-30 seconds."""
UNIT = r"\s*(?:seconds?|secs?|s|minutes?|mins?|repetitions?|reps?|times)(?![a-z])"
PER = (
    rf"(?:/\s*|(?:(?:on|for|to)\s+)?(?:per|each|every|either|a|ea\.?)\s+)(?:{SIDE_WORDS}|{WAY_WORDS})(?![a-z])"
    rf"|(?:(?:on|for|to|in)\s+)?both\s+(?:sides|{WAY_WORDS})(?![a-z])"
    r"|(?:l\s*(?:[+/&]|and)\s*r|r\s*(?:[+/&]|and)\s*l|left\s*(?:[+/&]|and)\s*right|right\s*(?:[+/&]|and)\s*left)"
    r"(?![a-z])(?:\s+(?:sides?|legs?)(?![a-z]))?"
    r"|(?:each|ea)(?![a-z])\.?|(?:in\s+)?total(?![a-z])|in\s+all(?![a-z])"
)
NOTE = r"\s*\((?:\\.|[^()\\])*\)"
AMOUNT = rf"(?:[0-9]{{1,2}}\s*(?:[x×]|sets?\s+of)\s*)?{RANGE}(?:{UNIT})?(?:\s*(?:{PER}))?(?:{NOTE})?"
"""A pattern for one amount, without groups, to build others of. Lower and upper case are alike."""
DOSE_WORD = re.compile(
    r"""\d+(?:[/.:]\d+)*|["″”“×]|(?<![\w'’-])(?:x|sets?|reps?|repetitions?|s|secs?|seconds?|mins?|minutes?|rests?|hold(?:s|ing)?|"""
    r"""times?|twice|rounds?|each|per|every|both|daily|days?|weeks?|left|right|l|r|warm-?up)(?![\w-])""",
    re.IGNORECASE,
)
"""What belongs to how much or how often, and not to a name or a remark."""
_PARTS = re.compile(
    rf"(?:(?P<sets>[0-9]{{1,2}})\s*(?:[x×]|sets?\s+of)\s*)?(?P<range>{RANGE})(?P<unit>{UNIT})?"
    rf"(?P<per>\s*(?:{PER}))?(?P<note>{NOTE})?",
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

    def dose(self, per: Per, stage: str) -> OwnDose:
        """The dose it is, once it is known what its number counts, and of which stage."""
        return OwnDose(
            reps=None if self.is_hold else self.range,
            seconds=self.range if self.is_hold else None,
            per=per,
            note=self.note,
            basis=self.basis,
            source=self.source,
            stage=stage,
        )


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
    basis, source, note = read_note((found["note"] or "").strip()[1:-1])
    return Amount(
        range=amount,
        is_hold=is_hold,
        per=read_per(found["per"]) if found["per"] else None,
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
    elif note.startswith((SUGGESTED, PRESCRIBED, MINE)) or note != note.strip() or DOSE_WORD.search(note):
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


def read_per(text: str) -> Per:
    """What a count is of, as `PER` has found it."""
    words = text.strip().lower()
    if re.fullmatch(r"(?:in\s+)?total|in\s+all", words):
        return Per.TOTAL
    return Per.DIRECTION if re.search(rf"(?:{WAY_WORDS})$", words) else Per.SIDE


def read_time(text: str) -> Range:
    """Seconds, as `TIME` has found them.

    Raises:
        ValueError: they are no whole number, or cannot be.
    """
    if clock := re.match(r"([0-9]+):([0-9]{2})", text):
        return read_range(str(int(clock[1]) * 60 + int(clock[2])))
    ends = [
        re.findall(r"([0-9]+(?:\.[0-9])?)\s*([^0-9\s.]*)", each)
        for each in re.split(TO, text, flags=re.IGNORECASE)
    ]
    unit = ends[-1][-1][1]
    seconds = [
        sum(Fraction(number) * _seconds_in(of or (unit if len(ends) > 1 else "s")) for number, of in end)
        for end in ends
    ]
    if any(each.denominator > 1 for each in seconds):
        raise ValueError(f"{text.strip()} is no whole number of seconds")
    return read_range("-".join(str(each) for each in seconds))


def _seconds_in(unit: str) -> int:
    return 60 if unit[:1].lower() == "m" or unit in ("'", "’", "′") else 1


def read_note(note: str) -> tuple[Basis, str | None, str]:
    """Whose number it is, and the note, of what stands in brackets."""
    if found := re.fullmatch(rf"{SUGGESTED}([a-z0-9-]+)(?:: (.*))?", note, re.DOTALL):
        return Basis.SUGGESTED, found[1], unescaped(found[2] or "")
    if found := re.fullmatch(rf"{PRESCRIBED}(?:: (.*))?", note, re.DOTALL):
        return Basis.SOURCE, None, unescaped(found[1] or "")
    return Basis.USER, None, unescaped(note.removeprefix(f"{MINE}: "))
