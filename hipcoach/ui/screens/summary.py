"""The end of a session: what was done and skipped, left and right, the streak, how it feels, a note."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from rich.console import Group
from rich.text import Text
from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from hipcoach.core.choices import Pace
from hipcoach.core.exercise import Side
from hipcoach.core.history.discomfort import SCALE, advice_after, change_words
from hipcoach.core.history.record import WELL_DONE, Outcome, SessionRecord, StepRecord, ending_of
from hipcoach.core.history.streaks import Stats
from hipcoach.live.drafts import KEEP_EVERY, NOTE, Draft
from hipcoach.live.services import Services
from hipcoach.live.session_runner import SESSION_KEYS, FreshPress
from hipcoach.ui.format import clock_text, count_text
from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.widgets.discomfort_scale import DiscomfortScale, digit_of
from hipcoach.ui.widgets.fitting_footer import FittingFooter
from hipcoach.ui.widgets.note_area import NoteArea
from hipcoach.ui.widgets.pixel_text import PixelText

OUTCOME_SIGNS = {Outcome.DONE: "✓", Outcome.PARTIAL: "◐", Outcome.SKIPPED: "–", Outcome.LEFT: "·"}


class SummaryScreen(Steady, Screen[None]):
    """What a session came to. Enter goes back to the picker, keeping what was said of it.

    Rating and note are separate: the note begins when it is gone to or pasted into, never by what is typed.
    Nothing has the focus at first; a digit rates then, and keys still meant for the session do nothing.
    """

    CSS_PATH = "summary.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the note's own enter, so that the footer names it.
        Binding(
            "enter",
            "enter",
            "Back to the routines",
            id="summary.close",
            tooltip="Keep note and rating, go back",
            priority=True,
        ),
        # Before what is typed after it, so that no letter of the note is lost.
        Binding(
            "tab,down", "write", "Write a note", id="summary.note", tooltip="Write a note", priority=True
        ),
        Binding("up,tab", "rate", "Rate", id="summary.rate", tooltip=f"Rate discomfort, {SCALE}"),
        Binding(
            "escape", "close", "Back", id="summary.back", tooltip="Keep note and rating, go back", show=False
        ),
    ]

    def __init__(self, services: Services, record: SessionRecord, problem: str = "") -> None:
        super().__init__()
        self.services = services
        self.record = record
        self.problem = problem
        # At one's own pace enter has ended the last set too, and may have been pressed once too often.
        own_pace = record.choices.get("pace") == Pace.OWN
        self._enter = FreshPress(services.clock(), held=own_pace)
        self._told_how_to_write = False
        self.draft = Draft(services, NOTE + record.id)

    def compose(self) -> ComposeResult:
        """The summary, then how it feels, then the note."""
        record = self.record
        ending = ending_of(record)
        with VerticalScroll(id="summary", can_focus=False):
            yield PixelText(
                ending.title.upper(), most=1, id="word", classes="" if ending is WELL_DONE else "-part"
            )
            yield Static(headline(record), id="headline")
            yield Static("", id="streak")
            with Center():
                yield Static(done_lines(record), id="done")
        if self.problem:
            text = (
                f"Not saved: {self.problem} It is kept meanwhile and tried again: back at the routines and "
                "when you leave. If all fails, you get it as text."
            )
            yield Static(Text(text), id="problem")
        yield Static("", id="advice")
        with Horizontal(id="feeling"):
            yield Static(Content(self._question()), id="asked")
            yield DiscomfortScale(id="after")
        yield NoteArea(placeholder="tab: write a note, if you like", id="note")
        yield FittingFooter()

    def on_mount(self) -> None:
        """Find out about the streak; keep what is said every now and then."""
        self._load_streak()
        self.set_interval(KEEP_EVERY, self._keep_meanwhile)

    def _question(self) -> str:
        before = self.record.discomfort_before
        said = "optional" if before is None else f"{before} before"
        return f"Discomfort now? 0-9, end: 10 ({said})"

    def on_discomfort_scale_rated(self, event: DiscomfortScale.Rated) -> None:
        """Say what the stop rules say to that, and what became of it."""
        before = self.record.discomfort_before
        advice = advice_after(before, event.rating)
        asked = self._question() if event.rating is None else change_words(before, event.rating)
        self.query_one("#asked", Static).update(Content(asked))
        text = Content.assemble((advice.title, "bold"), f"\n{advice.text}") if advice else Content()
        self.query_one("#advice", Static).update(text)

    def on_key(self, event: events.Key) -> None:
        """Rate by a digit where nobody writes; at a letter, which has no meaning here, say where notes go."""
        if event.character is None or event.key in self._session_keys():
            return
        if (digit := digit_of(event)) is not None:
            self.query_one(DiscomfortScale).rate(digit)
            if self.focused is None:
                self.action_rate()
            event.stop()
        elif event.is_printable:
            # Words were meant, so the digits in them were no ratings.
            self.query_one(DiscomfortScale).rate(self.record.discomfort_after)
            if not self._told_how_to_write:
                self._told_how_to_write = True
                self.notify("Press tab first, then write.", title="A note?")

    def on_paste(self, event: events.Paste) -> None:
        """Take into the note what is pasted, wherever the focus is."""
        self.action_write()
        self.query_one(NoteArea).insert(event.text)
        event.stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave a key to the note, or the scale, once one is there."""
        there = {"write": NoteArea, "rate": DiscomfortScale}.get(action)
        return there is None or not isinstance(self.focused, there)

    def action_write(self) -> None:
        """To the note."""
        self._go_to(NoteArea)

    def action_rate(self) -> None:
        """To the scale."""
        self._go_to(DiscomfortScale)

    def _go_to(self, there: type[Widget]) -> None:
        self.set_focus(self.query_one(there))
        # Who gets there has let go of the enter that ended the session.
        self._enter = FreshPress(self.services.clock(), held=False)

    def _session_keys(self) -> set[str]:
        keys = self.services.settings.keys
        return {key for each in SESSION_KEYS for key in keys.get(f"session.{each.id}", each.keys).split(",")}

    @work(thread=True, group="streak")
    def _load_streak(self) -> None:
        worker = get_current_worker()
        log = self.services.load_log(lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            line = streak_line(self.services.stats(log), self.record)
            self.app.call_from_thread(self._show_streak, line)

    def _show_streak(self, line: Text) -> None:
        # Whoever was quicker than the disk has left the summary by now.
        for streak in self.query("#streak").results(Static):
            streak.update(line)

    def action_enter(self) -> None:
        """Go back, unless that is still the enter that ended the last set."""
        if self._enter.is_fresh(self.services.clock()):
            self.action_close()

    def action_close(self) -> None:
        """Keep note and rating and go back, once what was typed before has been taken in."""
        (self.focused or self).call_later(self._keep_and_close)

    def _keep_and_close(self) -> None:
        if not self.is_current:  # pressed twice
            return
        self.keep_unsaved()
        self.dismiss(None)

    def keep_unsaved(self) -> None:
        """Have what was said written; where that fails the user is told, and it is tried again."""
        self._write(
            note=self.query_one(NoteArea).note, discomfort_after=self.query_one(DiscomfortScale).rating
        )
        self.draft.drop()

    def _keep_meanwhile(self) -> None:
        """Against being killed. The note only as a draft: half of it must not meet another window's note."""
        self._write(discomfort_after=self.query_one(DiscomfortScale).rating)
        self.draft.keep(self.query_one(NoteArea).note or None)

    def _write(self, **said: str | int | None) -> None:
        record = self.record
        said = {name: value for name, value in said.items() if value != getattr(record, name)}
        if said:
            self.record = replace(record, **said)
            self.services.writer.write(partial(self.services.edit, record, said))


def headline(record: SessionRecord) -> Text:
    """Return time and sets in a line, how left and right compare, and whether it counts if in doubt."""
    outcomes = Counter(step.outcome for step in record.steps)
    words = {
        Outcome.DONE: "done",
        Outcome.PARTIAL: "in part",
        Outcome.SKIPPED: "skipped",
        Outcome.LEFT: "not reached",
    }
    parts = [f"{outcomes[outcome]} {word}" for outcome, word in words.items() if outcomes[outcome]]
    reps = sum(step.done_reps for step in record.steps)
    holds = sum(step.done_seconds for step in record.steps if step.reps is None)
    lines = Text(f"{record.title}: {clock_text(round(record.active_seconds))}\n", justify="center")
    lines.append(f"{count_text(len(record.steps), 'set')}: {', '.join(parts)}\n")
    amounts = [count_text(reps, "rep")] if reps else []
    amounts += [f"{round(holds)} s of holds"] if holds else []
    if amounts:
        lines.append(" · ".join(amounts) + "\n")
    sides = record.balance
    shown = [
        f"{side.value} {', '.join(_amounts(sides.reps[side], sides.hold_seconds[side]))}"
        for side in Side
        if sides.reps[side] or sides.hold_seconds[side]
    ]
    lines.append(" · ".join(shown))
    if doubt := ending_of(record).words:
        lines.append(f"\n{doubt}" if shown else doubt)
    return lines


def streak_line(stats: Stats, record: SessionRecord) -> Text:
    """Return where the week stands now. What was reached without a session that does not count says so."""
    line = Text(justify="center")
    week = f"{stats.week_days} of {count_text(stats.week_goal, 'day')} this week"
    if stats.week_days >= stats.week_goal:
        week = f"{count_text(stats.week_days, 'day')} this week: goal reached"
    line.append(week, style="bold")
    if not record.counts:
        line.append(" (without this one)")
    if stats.week_streak:
        line.append(f" · {count_text(stats.week_streak, 'week')} in a row")
    if stats.day_streak > 1:
        line.append(f" · {stats.day_streak} days in a row")
    return line


def done_lines(record: SessionRecord) -> Group:
    """Each exercise in a line: its sets, and what became of them."""
    rows: dict[str, list[StepRecord]] = {}
    for step in record.steps:
        rows.setdefault(step.name, []).append(step)
    width = max((len(name) for name in rows), default=0)
    lines = []
    for name, steps in rows.items():
        line = Text(f"{name:<{width}}  ")
        line.append("".join(OUTCOME_SIGNS[step.outcome] for step in steps))
        hurt = any(step.reason == "hurt" for step in steps)
        line.append("  it hurt" if hurt else "", style="bold")
        lines.append(line)
    lines.append(Text("✓ done  ◐ in part  – skipped  · not reached", style="dim"))
    return Group(*lines)


def _amounts(reps: int, seconds: float) -> list[str]:
    return [*([count_text(reps, "rep")] if reps else []), *([f"{round(seconds)} s"] if seconds else [])]
