"""Records of every kind that there can be, for property tests; also of before there were today's rules."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from hypothesis import strategies as st

from hipcoach.core.exercise import Basis
from hipcoach.core.history.record import Outcome, SessionRecord, SessionStatus, StepRecord
from hipcoach.core.plan import StepKind, StepSide

SECONDS = st.integers(0, 10**7).map(lambda thousandths: thousandths / 1000)
SAID = st.none() | st.text(min_size=1)
PLAIN = st.booleans() | st.integers(-(10**8), 10**8) | st.text() | SECONDS
STEPS = st.builds(
    StepRecord,
    kind=st.sampled_from([StepKind.REPS, StepKind.HOLD, StepKind.WARMUP]),
    exercise=st.text(min_size=1),
    name=st.text(min_size=1),
    stage=st.text(),
    side=st.none() | st.sampled_from(StepSide),
    direction=SAID,
    round=st.none() | st.integers(1, 99),
    reps=st.integers(1, 99),
    seconds=SECONDS,
    dose_basis=st.none() | st.sampled_from(Basis),
    dose_source=SAID,
    tempo_basis=st.none() | st.sampled_from(Basis),
    outcome=st.sampled_from(Outcome),
    done_reps=st.integers(0, 99),
    done_seconds=SECONDS,
    reason=st.text(),
    attempts=st.lists(st.tuples(st.integers(0, 99), SECONDS), max_size=3).map(tuple),
)
CHOICES = st.builds(
    lambda chosen, pace: {**chosen, **pace},
    st.dictionaries(st.text(), PLAIN | st.dictionaries(st.text(), PLAIN, max_size=2), max_size=3),
    st.sampled_from([{}, {"pace": "own"}, {"pace": "paced"}, {"pace": {"own": True}}]),
)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
RECORDS = st.builds(
    SessionRecord,
    id=st.just("20260302T120000Z-aaaaaa"),
    routine=st.text(min_size=1),
    title=st.text(min_size=1),
    started=st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=OFFSETS),  # noqa: DTZ001  Hypothesis wants them so
    day=st.dates(date(1970, 1, 1), date(2200, 1, 1)),
    status=st.sampled_from(SessionStatus),
    active_seconds=SECONDS,
    steps=st.lists(STEPS, max_size=3).map(tuple),
    app_version=st.text(),
    source=st.text(),
    choices=CHOICES,
    note=st.text(),
    discomfort_before=st.none() | st.integers(0, 10),
    discomfort_after=st.none() | st.integers(0, 10),
)
