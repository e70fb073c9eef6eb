"""The commented example that `hipcoach new` writes: a routine to change, with everything that most need."""

from __future__ import annotations

EXAMPLE = """\
{schema}# A routine of your own. What is behind a # is a remark; docs/routines.md shows all there is to say.
# 'hipcoach check {file}' names every mistake at once; 'hipcoach exercises' lists what there is.
format = 1

[routine]
id = "{id}"
title = "{title}"
source = "own-sheet"               # where it comes from: a [[source]] below, or one that is there
summary = "What it is for, in a sentence."
when = "In the evening."           # may be left out, as may the next two
cautions = ["Stop where it hurts."]
notes = []

[[source]]
id = "own-sheet"
kind = "ours"
title = "A sheet of your own"
# author = "Your physiotherapist"

# The exercises, in their order. A block is gone through once, or as often as it says.
[[block]]
rest_between_exercises = 10        # seconds; without it none

[[block.item]]
exercise = "fire-hydrant"          # with the dose that it brings along

[[block.item]]
exercise = "supine-figure-four"
[[block.item.dose]]                # or with one of your own
seconds = 45                       # seconds of a hold; or reps = 12; or reps = {{ low = 8, high = 12 }}
per = "side"                       # side, total or direction
basis = "user"                     # your number

# A second block: two rounds. order = "per-leg" would do all of it on one leg, then on the other.
[[block]]
rounds = 2                         # or {{ low = 2, high = 4 }}, which the level chooses from
rest_between_rounds = 30

[[block.item]]
exercise = "{id}-clamshell"  # an exercise of your own, which the next table describes

[[block.item]]
exercise = "overhead-squat"

[[exercise]]
id = "{id}-clamshell"
name = "Clamshell"
family = "clamshell"               # exercises of one family can stand in for each other
source = "own-sheet"
summary = "Lying on one side, the upper knee opens like a shell."
setup = "Lie on your side, hips and knees bent, feet together."
loads = []                         # any of wrists knees deep-hip-flexion balance; leave it out if unsure
position = "side-lying"            # or standing half-kneeling kneeling quadruped plank seated supine prone
sides = "one-at-a-time"            # or both, or alternating
side_means = "the upper leg"       # what the side names; not where sides is both
cues = ["Feet stay together"]

[[exercise.stage]]
id = "open"
title = "Open"
kind = "reps"                      # or hold
dose = {{ reps = 12, per = "side" }}
phases = [{{ name = "open", seconds = 2 }}, {{ name = "close", seconds = 2 }}]
tempo_basis = "user"
"""


def example_text(routine_id: str, title: str, file: str, schema_line: str = "") -> str:
    """The example under this id and title; `file` is its name, for the remarks."""
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    return EXAMPLE.format(id=routine_id, title=quoted, file=file, schema=schema_line)
