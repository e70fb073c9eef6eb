"""Which sessions a line of words asks for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hipcoach.core.history.filter import SessionFilter, filtered, read_filter
from hipcoach.core.history.record import SessionEntry, SessionStatus, entry_of
from tests.support import a_record, a_step_record

TODAY = date(2026, 3, 12)


def entry(ago: int, **rest: object) -> SessionEntry:
    day = TODAY - timedelta(days=ago)
    return entry_of(a_record(day, **({"id": f"{ago}"} | rest)))


ENTRIES = (
    entry(0, routine="leg-circuit", title="Leg circuit", note="Left KNEE clicked"),
    entry(1, routine="desk", title="Desk break", status=SessionStatus.STOPPED, note="after work"),
    entry(20, routine="leg-circuit", title="Leg circuit", status=SessionStatus.STOPPED),
    entry(400, routine="nine", title="Nine drills", steps=(a_step_record(exercise="surfer", name="Surf"),)),
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", "0 1 20 400"),
        ("   ", "0 1 20 400"),
        ("knee", "0"),
        ("Leg", "0 20"),
        ("knee left", "0"),
        ("knee work", ""),
        ("routine:leg", "0 20"),
        ("ROUTINE:LEG", "0 20"),
        ('routine:"leg circuit" status:stopped', "20"),
        ('routine:"leg cir', "0 20"),
        ("routine:leg routine:desk", "0 1 20"),
        ("status:stop", "1 20"),
        ("status:completed status:stopped", "0 1 20 400"),
        ("month:2026-03", "0 1"),
        ("month:2026-02", "20"),
        ("day:2026-03-11", "1"),
        ("day:yesterday", "1"),
        ("since:2w", "0 1"),
        ("until:2026-02", "20 400"),
        ("since:2026-02 until:2026-03-11", "1 20"),
        ("since:2026-03 until:2026-02", ""),
        ("month:2025", "400"),
        ("exercise:surf", "400"),
        ("exercise:clam leg", "0 20"),
        # What is kept beside the names: numbers of sets, reps and seconds.
        ("exercise:1", ""),
        ("exercise:10", ""),
        ("exercise:0.0", ""),
        ('exercise:"surf surf"', ""),
        ('exercise:"surfer surf"', ""),
        ('routine:"drills nine"', ""),
        ('"break desk"', ""),
        ("http://knee", ""),
    ],
)
def test_a_line_of_words_asks_for_sessions(text: str, ids: str) -> None:
    wanted = read_filter(text, TODAY)
    assert wanted.problems == ()
    assert " ".join(each.id for each in filtered(ENTRIES, wanted)) == ids


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("month:2026-13", "month:2026-13 is no such thing: a date such as"),
        ("day:soon", "day:soon is no such thing"),
        ("month:", "month: what? a date such as"),
        ("status:great", "status:great is none: completed or stopped."),
        ("routine:", "routine: what? a part of its name."),
        ("since:0000", "since:0000 is no such thing"),
        ("exercise:,", "exercise:, is none: a part of its name."),
        ("exercise:[", "exercise:[ is none: a part of its name."),
        ("routine:-", "routine:- is none: a part of its name."),
        ("status:,", "status:, is none: completed or stopped."),
        ("day:,", "day:, is no such thing"),
        ('exercise:" "', "exercise: what? a part of its name."),
    ],
)
def test_what_is_not_understood_is_said_and_asks_for_nothing(text: str, problem: str) -> None:
    wanted = read_filter(f"{text} leg", TODAY)
    assert wanted.problems[0].startswith(problem)
    assert [each.id for each in filtered(ENTRIES, wanted)] == ["0", "20"]
    assert read_filter(text, TODAY).is_empty


def test_it_says_what_it_asks_for() -> None:
    text = "routine:leg status:stopped month:2026-11 exercise:clam Knee"
    said = "routine leg · with clam · stopped · 2026-11-01 to 2026-11-30 · “knee”"
    assert read_filter(text, TODAY).said() == said
    assert read_filter("day:today", TODAY).said() == "2026-03-12"
    assert read_filter("since:today", TODAY).said() == "since 2026-03-12"
    assert read_filter("until:today", TODAY).said() == "until 2026-03-12"
    assert SessionFilter().said() == ""
