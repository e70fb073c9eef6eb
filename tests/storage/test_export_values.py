from __future__ import annotations

import json
from datetime import UTC, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.storage.session_export import from_json, to_json

ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=5, minutes=30))])
# TOML says nothing of the second time that an hour is passed.
TIMES = st.times().map(lambda each: each.replace(fold=0))
INSTANTS = st.datetimes(timezones=ZONES).map(lambda each: each.replace(fold=0))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NAMES = TEXTS | st.sampled_from(["$date", "$table", "$datetime"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS | INSTANTS | st.dates() | TIMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
)


@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_every_value_reads_back_through_json(values: dict[str, Any]) -> None:
    text = json.dumps(to_json(values), allow_nan=False)
    through = from_json(json.loads(text))
    assert through == values
    assert repr(through) == repr(values)


@pytest.mark.parametrize("value", [None, [None], {"$date": 1}, {"$date": "soon"}, {"$table": 1}, {"a": None}])
def test_what_toml_lacks_is_refused(value: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        from_json(value)
