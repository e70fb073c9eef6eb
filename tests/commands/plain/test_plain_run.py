"""`hipcoach start --plain` with lines from a pipe: what is asked first, what is kept, what is remembered."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.paths import AppPaths
from hipcoach.storage.app_state import load_state
from hipcoach.storage.journal import Journal, JournalHeader
from tests.commands.plain.surroundings import piped
from tests.commands.running import Result, Run
from tests.logs import load_log
from tests.torture.short_session import ROUTINE, prepare
from tests.ui.surroundings import NOON


@pytest.fixture
def plan(paths: AppPaths) -> Plan:
    return prepare(paths)


@pytest.fixture
def start(run: Run, monkeypatch: pytest.MonkeyPatch, plan: Plan) -> Callable[..., Result]:
    def start(typed: str, *arguments: str) -> Result:
        with piped(typed) as stream:
            monkeypatch.setattr(sys, "stdin", stream)
            return run("start", *arguments, "--plain")

    return start


def kept(paths: AppPaths) -> list[str]:
    """The routines of the log; no journal is left beside it."""
    assert not list(paths.journals.glob("*.jsonl"))
    return [record.routine for record in load_log(paths.sessions).records]


@pytest.mark.parametrize(("answer", "saved"), [("k\n", ["desk-break"]), ("", [])])
def test_words_and_letters_are_keys_and_what_nobody_keeps_is_not_kept(
    start: Callable[..., Result], paths: AppPaths, answer: str, saved: list[str]
) -> None:
    done = start(f"skip\nquit\nsave\n{answer}", "desk-break")
    assert done.code == 0
    assert "Go: 10 reps" in done.out
    assert done.out.endswith("Discarded.\n") is not bool(saved)
    assert kept(paths) == saved


def test_choices_hold_for_this_session_alone(start: Callable[..., Result], paths: AppPaths) -> None:
    before = load_state(paths.memory)[0]
    done = start("q\ns\nk\n", "six-drills", "--no-gated", "--rounds", "2", "--level", "high")
    assert "Are you ready for it?" not in done.out
    assert "Spiderman is left out" in done.out
    (record,) = load_log(paths.sessions).records
    assert [record.choices[name] for name in ("rounds", "level", "gated")] == [2, "high", False]
    after = load_state(paths.memory)[0]
    assert (after.last_routine, after.routines) == ("six-drills", before.routines)


def test_safety_and_a_gate_are_asked_about_once(start: Callable[..., Result], paths: AppPaths) -> None:
    paths.memory.unlink()
    assert "I have read this and understand" in start("q\n", "six-drills").out
    assert not load_state(paths.memory)[0].safety_read
    done = start("\nn\nq\nd\n", "six-drills")
    assert "Spiderman is left out" in done.out
    state = load_state(paths.memory)[0]
    assert (state.safety_read, state.of("six-drills").mastered) == (True, False)
    done = start("q\nd\n", "six-drills")
    assert "I have read this" not in done.out
    assert "Are you ready for it?" not in done.out


@pytest.mark.parametrize(
    ("typed", "said", "saved"),
    [
        ("save\nq\nd\n", "Saved.", [ROUTINE]),
        ("d\nq\nd\n", "Discarded.", []),
        ("resume\nq\ns\n", "Stopped early: 2 of 3 sets done", [ROUTINE]),
    ],
)
def test_a_session_that_was_cut_off_is_asked_about(
    start: Callable[..., Result], paths: AppPaths, plan: Plan, typed: str, said: str, saved: list[str]
) -> None:
    header = JournalHeader("20260304T110000Z-aaaaaa", NOON, NOON.date(), "0.1.0", {}, plan)
    journal = Journal.begin(paths.journals, header)
    begun = Session.begin(plan, 0.0)
    cut_off = begun
    while cut_off.index < 3:
        cut_off = cut_off.advance(cut_off.deadline)
    journal.note_changes(None, begun, 0.0)
    journal.note_changes(begun, cut_off, 2.0)
    journal.close(remove=False)
    done = start(typed, ROUTINE)
    assert "An unfinished session: Short, begun Wednesday" in done.out
    assert said in done.out
    assert kept(paths) == saved


def test_without_any_input_a_session_runs_through(start: Callable[..., Result], paths: AppPaths) -> None:
    (file,) = (paths.config / "exercises").iterdir()
    file.write_text(file.read_text().replace("loads = []\n", "", 1))
    done = start("", ROUTINE, "--avoid", "knees")
    assert "Not known whether Blink loads the knees: check for yourself.\n" in done.out
    assert "whether Still" not in done.out
    assert "Well done: 3 of 3 sets" in done.out
    assert kept(paths) == [ROUTINE]


def test_nothing_left_is_one_sentence(start: Callable[..., Result]) -> None:
    done = start("", "hips-and-upper-back", "--avoid", "knees")
    assert (done.code, done.out) == (2, "")
    assert "hipcoach: What you avoid (knees) is in everything" in done.err
