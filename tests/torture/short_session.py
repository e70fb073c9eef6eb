"""A session of four seconds, for tests that break it off again and again."""

from __future__ import annotations

from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.plan import Plan
from hipcoach.paths import AppPaths
from hipcoach.storage.app_state import AppState, change_state
from hipcoach.storage.catalog import load_catalog
from hipcoach.storage.settings import load_settings

ROUTINE = "short"
SETTINGS = """\
[session]
lead_in = 1
lead_in_new_position = 1
switch = 0

[audio]
backend = "silent"
"""
EXERCISES = """\
format = 1

[[source]]
id = "test"
kind = "ours"
author = "A test"

[[exercise]]
id = "blink"
name = "Blink"
family = "blink"
source = "test"
summary = "Short sets."
setup = "Stand."
position = "standing"
sides = "one-at-a-time"
side_means = "the eye"
loads = []
cues = ["Quickly"]
cautions = []

[[exercise.stage]]
id = "blink"
title = "Blink"
kind = "reps"
dose = { reps = 2, per = "side" }
phases = [{ name = "go", seconds = 0.25 }]
tempo_basis = "source"

[[exercise]]
id = "still"
name = "Still"
family = "still"
source = "test"
summary = "A short hold."
setup = "Stand."
position = "standing"
sides = "both"
loads = []
cues = ["Quickly"]
cautions = []

[[exercise.stage]]
id = "hold"
title = "Hold"
kind = "hold"
dose = { seconds = 1, per = "total" }
"""
ROUTINE_FILE = """\
format = 1

[routine]
id = "short"
title = "Short"
source = "test"
summary = "Short steps."

[[block]]
[[block.item]]
exercise = "blink"
[[block.item]]
exercise = "still"
"""


def prepare(paths: AppPaths) -> Plan:
    """Put settings, exercises and the routine where the program finds them. Returns the plan they make:

    0 lead-in 1 s, 1 right 2 reps of 0.25 s, 2 left likewise, 3 lead-in 1 s, 4 hold 1 s.
    """
    for path, text in (
        (paths.settings, SETTINGS),
        (paths.config / "exercises" / "short.toml", EXERCISES),
        (paths.config / "routines" / "short.toml", ROUTINE_FILE),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    change_state(paths.memory, [], AppState(safety_read=True))
    settings, problems = load_settings(paths.settings)
    catalog, more = load_catalog(paths.config)
    assert (*problems, *more) == ()
    plan = compile_plan(catalog.routines[ROUTINE], catalog, Choices(timings=settings.timings))
    assert [step.seconds for step in plan.steps] == [1, 0.5, 0.5, 1, 1]
    return plan
