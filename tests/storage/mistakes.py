"""A routine file in which everything is right, and the mistakes that can be made in it."""
# ruff: noqa: E501  one mistake a line

from __future__ import annotations

GOOD = """
format = 1

[[source]]
id = "me"
kind = "ours"
author = "Me"

[[exercise]]
id = "clam"
name = "Clam"
family = "clam"
source = "me"
summary = "A knee opens."
setup = "Lie on your side."
position = "side-lying"
sides = "one-at-a-time"
side_means = "the upper knee"

[[exercise.stage]]
id = "open"
kind = "reps"
dose = { reps = { low = 8, high = 10 }, per = "side" }
phases = [{ name = "open", seconds = 2, breath = "in" }, { name = "close", seconds = 2 }]
tempo_basis = "source"
held_after = "open"

[[exercise.stage]]
id = "stay"
kind = "hold"
entry = "direct"
suggested = { seconds = 10, per = "side", source = "me" }

[[exercise]]
id = "bow"
name = "Bow"
family = "bow"
source = "me"
summary = "Bow."
setup = "Stand."
position = "standing"
sides = "both"

[[exercise.stage]]
id = "bow"
kind = "reps"
dose = { reps = 5, per = "total" }
phases = [{ name = "down", seconds = 1.5 }, { name = "up", seconds = 1.5 }]
tempo_basis = "suggested"
tempo_source = "me"

[routine]
id = "mine"
title = "Mine"
source = "me"
summary = "Two exercises."

[routine.warmup]
title = "Walk"
seconds = 60
basis = "source"
source = "me"

[[block]]
rounds = { low = 2, high = 3 }

[[block.item]]
exercise = "clam"

[[block.item]]
exercise = "bow"

[[block.item.dose]]
reps = 3
per = "total"
basis = "suggested"
source = "me"
"""

# fmt: off
MISTAKES = [
    ("format = 1", "", "format: is missing"),
    ("format = 1", "format = 2", "format: is 2; this hipcoach reads format 1"),
    ('kind = "ours"', 'kind = "hearsay"', "source 'me': kind: 'hearsay' is not known here. Allowed: article, ours, reference"),
    ('author = "Me"', "published = 2016", "source 'me': published: must be a date"),
    ('name = "Clam"', "", "exercise 'clam': name: is missing"),
    ('name = "Clam"', "name = 5", "exercise 'clam': name: must be a text in quotes (is 5)"),
    ('setup = "Stand."', 'setpu = "Stand."', "exercise 'bow': setpu: is not a field here: did you mean 'setup'?"),
    ('"side-lying"', '"sidelying"', "exercise 'clam': position: 'sidelying' is not known here: did you mean 'side-lying'?"),
    ('side_means = "the upper knee"', "", "exercise 'clam': side_means: is missing"),
    ("low = 8, high = 10", "low = 10, high = 8", "exercise 'clam', stage 'open', dose: reps: the range is upside down"),
    ("seconds = 2, breath", "seconds = -2, breath", "exercise 'clam', stage 'open', phase 1: seconds: must be from 0.1"),
    ('breath = "in"', 'breath = "hold"', "stage 'open', phase 1: breath: 'hold' is not known here"),
    ('held_after = "open"', 'held_after = "shut"', "stage 'open': held_after: 'shut' is not the name of a phase"),
    ('entry = "direct"', "", "exercise 'clam', stage 'open': held_after: no stage follows"),
    ('id = "open"\n', 'id = "open"\nentry = "direct"\n', "exercise 'clam': stage: the first stage cannot be entered directly"),
    ('id = "stay"', 'id = "open"', "exercise 'clam': stage: two stages have the id 'open'"),
    ('suggested = { seconds = 10, per = "side", source = "me" }', "", "stage 'stay': dose: is missing"),
    ("suggested = { seconds = 10,", "suggested = { seconds = 0,", "stage 'stay', suggested: seconds: must be from 1"),
    ('per = "side", source = "me"', 'per = "direction", source = "me"', "stage 'stay', suggested: per: a hold has no directions"),
    ('10 }, per = "side"', '10 }, per = "direction"', "stage 'open': directions: is missing"),
    ('source = "me" }', 'source = "nobody" }', "stage 'stay', suggested: source: there is no source 'nobody'"),
    ('tempo_source = "me"', "", "stage 'bow': tempo_source: is missing"),
    ('id = "bow"\nname', 'id = "clam"\nname', "exercise 'clam': id: 'clam' is used twice"),
    ('exercise = "bow"', 'exercise = "bowe"', "block 1, item 'bowe': exercise: there is no exercise 'bowe': did you mean 'bow'?"),
    ('source = "me"\nsummary = "Two', 'source = "you"\nsummary = "Two', "routine 'mine': source: there is no source 'you'"),
    ("seconds = 60", "seconds = -60", "routine 'mine', warmup: seconds: must be from 1"),
    ("low = 2, high = 3", "low = 2, high = 300", "block 1: rounds: must be at most 99"),
    ("rounds = {", 'order = "per-leg"\nrounds = {', "block 1: order: a circuit per leg can only hold"),
    ("rounds = {", "rest_between_rounds = -1\nrounds = {", "block 1: rest_between_rounds: must be from 0 to 600"),
    ('reps = 3\nper = "total"', 'reps = 3\nper = "direction"', "item 'bow', dose 1: per: this stage has no directions"),
    ("reps = 3", 'stage = "jump"\nreps = 3', "item 'bow', dose 1: stage: there is no stage 'jump'"),
    ('exercise = "bow"', 'exercise = "clam"', "item 'clam', dose 1: stage: is missing: this exercise has several (open, stay)"),
    ('[routine]\nid = "mine"', "[routine]", "routine: id: is missing"),
    ('[routine]\nid = "mine"', '[routine]\nid = "My own"', "routine 'My own': id: 'My own' is not an id"),
    ("[routine]", "[rutine]", "rutine 'mine': is not a field here: did you mean 'routine'?"),
]
"""(words of the good file, words in their place, a part of the problem that is reported)."""
