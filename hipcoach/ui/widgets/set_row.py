"""One set of a session in words: planned against done. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from hipcoach.core.exercise import Basis, Side
from hipcoach.core.history.record import Balance, Outcome, StepRecord
from hipcoach.core.text import plain
from hipcoach.ui.format import SIDE_WORDS, count_text

OUTCOME_SIGNS = {Outcome.DONE: "✓", Outcome.PARTIAL: "◐", Outcome.SKIPPED: "–", Outcome.LEFT: "·"}
OUTCOME_WORDS = {
    Outcome.DONE: "done",
    Outcome.PARTIAL: "partial",
    Outcome.SKIPPED: "skipped",
    Outcome.LEFT: "not reached",
}
SIDE_NAMES = {side: word.lower() for side, word in SIDE_WORDS.items()}
BASIS_MARKS = {Basis.SUGGESTED: "*", Basis.USER: "†"}


class SetRow(Struct, frozen=True):
    """The cells of one set."""

    name: str
    side: str
    round: str
    planned: str
    """With a mark where the dose is not the source's own."""
    done: str
    outcome: str
    """Sign, word, and what there is to say about it."""


def set_row(step: StepRecord) -> SetRow:
    """Put one set in words."""
    stage = f": {plain(step.stage)}" if step.stage else ""
    direction = f", {plain(step.direction)}" if step.direction else ""
    remarks = [plain(step.reason)] if step.reason else []
    if step.attempts:
        remarks.append(f"best of {len(step.attempts)} goes")
    said = f": {', '.join(remarks)}" if remarks else ""
    mark = BASIS_MARKS.get(step.dose_basis, "") if step.dose_basis else ""
    return SetRow(
        name=f"{plain(step.name)}{stage}{direction}",
        side=SIDE_NAMES[step.side] if step.side else "",
        round=str(step.round) if step.round is not None else "",
        planned=(f"{step.seconds:g} s" if step.reps is None else count_text(step.reps, "rep")) + mark,
        done=_done(step),
        outcome=f"{OUTCOME_SIGNS[step.outcome]} {OUTCOME_WORDS[step.outcome]}{said}",
    )


def basis_lines(steps: Iterable[StepRecord]) -> list[str]:
    """What the marks beside the doses mean, for those that occur."""
    steps = list(steps)
    lines = []
    suggested = [step for step in steps if step.dose_basis is Basis.SUGGESTED]
    if suggested:
        sources = list(dict.fromkeys(plain(step.dose_source) for step in suggested if step.dose_source))
        named = f" ({'; '.join(sources)})" if sources else ""
        lines.append(f"{BASIS_MARKS[Basis.SUGGESTED]} a suggestion: the source gives no dose{named}")
    if any(step.dose_basis is Basis.USER for step in steps):
        lines.append(f"{BASIS_MARKS[Basis.USER]} your own number, of rounds or of reps and seconds")
    return lines


def side_text(balance: Balance, side: Side) -> str:
    """What one side did: "60 reps, 45 s held"; empty where it did nothing."""
    parts = []
    if balance.reps[side]:
        parts.append(count_text(balance.reps[side], "rep"))
    if balance.hold_seconds[side] >= 1:
        parts.append(f"{balance.hold_seconds[side]:.0f} s held")
    return ", ".join(parts)


def choice_words(choices: Mapping[str, object]) -> list[str]:
    """The choices a session was made with, each in a word or two; whatever a file says of them.

    What goes without saying is left out.
    """
    return [words for key, value in choices.items() if (words := _choice(plain(key), value))]


def _choice(key: str, value: object) -> str:
    match key, value:
        case "rounds", int(rounds):
            return count_text(rounds, "round")
        case "level", str(level):
            return f"{plain(level)} level"
        case "pace", "paced" | "own":
            return "paced" if value == "paced" else "own pace"
        case "first_side", str(side):
            return f"{plain(side)} first"
        case "tempo", int(tempo) | float(tempo):
            return "" if tempo == 1 else f"rep time × {tempo:g}"
        case "warmup", bool(kept):
            return "" if kept else "no warm-up"
        case "gated", bool(kept):
            return "" if kept else "no advanced drills"
        case "avoid", str(loads):
            return f"avoiding {plain(loads)}"
        case "avoided", str(sentences):
            return plain(sentences)
        case _, bool(chosen):
            return f"{'' if chosen else 'no '}{key.replace('_', ' ')}"
        case _, str() | int() | float():
            return f"{key.replace('_', ' ')} {plain(str(value))}"
    return ""


def _done(step: StepRecord) -> str:
    if step.reps is not None and (step.done_reps or step.outcome is not Outcome.PARTIAL):
        return count_text(step.done_reps, "rep") if step.done_reps else "–"
    # A hold cut short at 29.9 s is 29 s and not all of 30; a finished one may miss it by a rounding error.
    whole = int(step.done_seconds + 1e-3)
    if step.outcome is Outcome.DONE and whole == int(step.seconds):
        return f"{step.seconds:g} s"
    return f"{whole} s" if whole else "–"
