from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.commands.plain.keys import GONE
from hipcoach.core.choices import Pace
from hipcoach.core.exercise import Position, Side
from hipcoach.core.history.record import Outcome, SessionStatus
from hipcoach.core.plan import StepKind, StepSide
from hipcoach.live.services import Services
from hipcoach.storage.app_state import load_state
from tests.commands.plain.surroundings import run_plain
from tests.logs import load_log
from tests.slow_disk import SlowDisk
from tests.speaking import FakeSynthesizer, speaker
from tests.support import a_plan, a_set, a_step
from tests.ui.surroundings import services_below


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return services_below(tmp_path)


LEAD_IN = a_step(
    StepKind.PREPARE,
    8,
    name="Clam",
    note="Knees open.\nLie down.",
    cues=("Slowly",),
    position=Position.SIDE_LYING,
)
SET = a_set(12, name="Clam", side_means="the upper leg", position=Position.SIDE_LYING)


def test_every_event_is_one_line_at_its_time(services: Services) -> None:
    told = run_plain(
        services,
        a_plan(
            LEAD_IN,
            SET,
            a_step(StepKind.SWITCH, 5, name="Clam", side=StepSide.LEFT),
            a_set(2, name="Clam", side=StepSide.LEFT),
            a_step(StepKind.REST, 10, name="Rest"),
            a_step(StepKind.PREPARE, 8, name="Still", exercise="still", side=StepSide.BOTH),
            a_step(seconds=20, name="Still", exercise="still", side=StepSide.BOTH),
        ),
    )
    assert told.lines == [
        (0, "Get ready, 8 s: Clam, right side (the upper leg), 12 reps. On your side."),
        (0, "Knees open."),
        (0, "Lie down."),
        (0, "Think of: Slowly."),
        (8, "Go: 12 reps, right side (the upper leg)."),
        (18, "5 of 12."),
        (28, "10 of 12."),
        (32, "Switch sides, 5 s: left side."),
        (37, "Go: 2 reps, left side."),
        (41, "Rest, 10 s. Next: Still, 20 s."),
        (51, "Get ready, 8 s: Still, 20 s."),
        (59, "Hold: 20 s."),
        (69, "Halfway, 0:10 left."),
        (79, "Well done: 3 of 3 sets done, in 1:19."),
    ]


def test_every_rep_is_counted_or_none_and_an_exercise_explained_once(services: Services) -> None:
    def told(every: int) -> list[str]:
        return run_plain(services, a_plan(LEAD_IN, SET, LEAD_IN, a_set(2)), every=every).text

    assert [sum(" of 12." in line for line in told(each)) for each in (0, 1, 5)] == [0, 11, 2]
    assert told(5).count("Lie down.") == 1


def test_what_happened_is_in_the_log(services: Services) -> None:
    told = run_plain(services, a_plan(LEAD_IN, SET, a_step(seconds=20)), (10.0, "n"))
    (record,) = load_log(services.paths.sessions).records
    assert [step.outcome for step in record.steps] == [Outcome.PARTIAL, Outcome.DONE]
    assert record.status is SessionStatus.COMPLETED
    assert told.record is not None
    assert told.record.id == record.id
    assert services.state.of("routine").began_with is Side.RIGHT
    assert not list(services.paths.journals.glob("*.jsonl"))


def test_a_pause_stops_the_clock_and_going_on_is_counted_in(services: Services) -> None:
    told = run_plain(services, a_plan(a_step(seconds=10)), (4.0, "space"), (100.0, "space"))
    assert told.lines[1:3] == [(4, "Paused. Space goes on."), (100, "Going on in 3 seconds.")]
    assert told.record is not None
    assert told.record.steps[0].outcome is Outcome.DONE


def test_a_set_at_ones_own_pace_waits_for_a_fresh_enter(services: Services) -> None:
    own = a_set(4, pace=Pace.OWN)
    told = run_plain(services, a_plan(LEAD_IN, own, own), (9.0, "enter"), (9.3, "enter"), (11.0, "enter"))
    assert "at your own pace: 4 reps, right side. Enter when they are done." in told.text[4]
    assert [line for line in told.lines if "own pace" in line[1]][1][0] == 9
    assert told.lines[-1][0] == 11


def test_keys_say_what_they_do(services: Services) -> None:
    told = run_plain(
        services,
        a_plan(LEAD_IN, SET, a_step(seconds=30)),
        *((9.0, key) for key in ("+", "m", "m", "[", "]", "]", "v", "x", "w", "h")),
        (20.0, "-"),
        (21.0, "?"),
        (22.0, "q"),
        (23.0, "k"),
        (24.0, "g"),
        (25.0, "q"),
        (26.0, "s"),
    )
    said = told.text
    for line in ("Now 13 reps.", "Sound off.", "Sound on.", "Volume 70 percent.", "Volume 90 percent."):
        assert line in said
    assert any(line.startswith("Nothing here can speak.") for line in said)
    assert "That key does nothing here. ? names those that do." in said
    assert "Clam, right side (the upper leg), 12 reps; 0 done. Set 1 of 2, 0:55 left in all." in said
    assert "Noted: it hurt. N leaves the exercise out altogether." in said
    assert "Now 25 s." in said
    assert "q or escape: Pause, then choose how to end" in said
    assert "That is none of g, s, d." in said
    assert said[-2].startswith("Partly done: 0 of 2 sets done, 1 in part")
    assert said[-1].startswith("Less than half of the plan was done, so it does not count as a day.")


def test_what_is_left_out_is_named_and_comes_back(services: Services) -> None:
    told = run_plain(
        services,
        a_plan(LEAD_IN, SET, a_step(StepKind.PREPARE, 8, item=1), a_step(seconds=30, item=1)),
        (9.0, "u"),
        (10.0, "N"),
        (12.0, "u"),
        (13.0, "?"),
        (14.0, "q"),
        (15.0, "s"),
    )
    said = told.text
    assert said.index("Nothing has been left out.") < said.index(f"Left out: {SET.name}. u brings it back.")
    assert [line.startswith("Get ready, 8 s: Clam") for line in said].count(True) == 2
    assert "u: Do what was left out last after all" in said


def test_what_would_end_it_asks_and_space_and_arrows_are_no_answer(
    services: Services,
) -> None:
    told = run_plain(services, a_plan(SET), (5.0, "q"), (6.0, "space"), (7.0, "g"))
    assert "That is none of g, s, d." in told.text
    assert told.text[-1].startswith("Well done: 1 of 1 set done")
    told = run_plain(services, a_plan(SET), (5.0, "N"), (6.0, "left"), (7.0, "g"))
    assert "That is none of g, l." in told.text
    assert not [line for line in told.text if line.startswith("Left out")]
    assert told.text[-1].startswith("Well done: 1 of 1 set done")


def test_a_discarded_session_leaves_nothing(services: Services) -> None:
    told = run_plain(services, a_plan(SET), (5.0, "q"), (6.0, "d"))
    assert told.record is None
    assert load_log(services.paths.sessions).records == ()
    assert not list(services.paths.journals.glob("*.jsonl"))


def test_a_terminal_that_goes_saves_and_stops(services: Services) -> None:
    for keys in ([(5.0, GONE)], [(5.0, "q"), (6.0, GONE), (6.0, GONE)]):
        told = run_plain(services, a_plan(SET), *keys)
        assert told.record is not None
        assert told.record.steps[0].done_reps == 2


def test_what_cannot_be_printed_any_more_loses_nothing(services: Services) -> None:
    lines = iter(range(3))

    def say(_line: str) -> None:
        if next(lines, None) is None:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        run_plain(services, a_plan(SET, LEAD_IN, SET), say=say)
    (record,) = load_log(services.paths.sessions).records
    assert record.steps[0].outcome is Outcome.DONE


def test_a_slow_disk_pauses_no_session_and_gets_what_was_chosen(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.speech = speaker(services.paths.speech, FakeSynthesizer())
    disk = SlowDisk(services.clock, monkeypatch)
    told = run_plain(services, a_plan(SET), (5.0, "v"), (9.0, "v"), (10.0, "v"))
    disk.let_through()
    assert "Voice on." in told.text
    assert not any("suspended" in line for line in told.text)
    assert services.finish(print) == ""
    assert load_state(services.paths.memory)[0].speech is True


NOTHING = "Nothing was done in this session."


@pytest.mark.parametrize("answer", ["enter", GONE, "k"])
def test_a_session_of_nothing_is_asked_about_and_kept_only_if_its_owner_says_so(
    services: Services, answer: str
) -> None:
    told = run_plain(services, a_plan(LEAD_IN, SET), (1.0, "q"), (2.0, "s"), (3.0, "n"), (4.0, answer))
    end = told.text[told.text.index(NOTHING) + 1 :]
    assert end[:2] == ["enter: discard it; k: keep it in the history", "That is none of enter, k."]
    if answer == "k":
        assert end[2:] == [
            "Nothing done: 0 of 1 set done, in 0:01.",
            "No set was done, so it does not count as a day.",
        ]
    else:
        assert (end[2:], told.record) == (["Discarded."], None)
    assert len(load_log(services.paths.sessions).records) == (answer == "k")
    assert not list(services.paths.journals.glob("*.jsonl"))


def test_half_of_it_done_counts_and_more_is_well_done(services: Services) -> None:
    hold = a_step(seconds=10)
    told = run_plain(services, a_plan(hold, hold, hold), (21.0, "q"), (22.0, "s"))
    assert told.text[-2:] == [
        "Stopped early: 2 of 3 sets done, 1 in part, in 0:21.",
        "At least half of the plan was done, so it counts as a day.",
    ]
    told = run_plain(services, a_plan(hold, hold), (10.5, "n"))
    assert told.text[-1] == "Well done: 1 of 2 sets done, in 0:11."
    told = run_plain(services, a_plan(hold, hold, hold), (10.2, "n"), (10.4, "n"))
    assert told.text[-2].startswith("Partly done: 1 of 3 sets done")
