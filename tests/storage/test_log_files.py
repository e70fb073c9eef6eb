"""One reader for when something was done, in the files of sessions and of self-tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from hipcoach.storage.session_log import when_from_toml, when_to_toml

EVENING = datetime(2026, 3, 4, 23, 30, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))
DAY = date(2026, 3, 4)
WRITTEN = {"started": EVENING, "utc_offset_minutes": -210, "day": DAY}


def test_what_is_written_is_read_again() -> None:
    written = when_to_toml(EVENING, DAY)
    assert list(written) == ["started", "utc_offset_minutes", "day"]
    assert written["started"].tzinfo is UTC
    started, day = when_from_toml(written)
    assert (started, started.utcoffset(), day) == (EVENING, EVENING.utcoffset(), DAY)


def test_without_an_offset_it_was_in_utc() -> None:
    started, _ = when_from_toml({"started": EVENING, "day": DAY})
    assert (started, started.utcoffset()) == (EVENING, timedelta())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"started": "2026-03-04"}, "Expected `datetime`, got `str`"),
        ({"started": datetime(2026, 3, 4)}, "its start is not a time with an offset"),  # noqa: DTZ001
        ({"day": EVENING}, "Expected `date`, got `datetime`"),
        ({"day": date(9000, 1, 1)}, "its date cannot be"),
        ({"utc_offset_minutes": True}, "Expected `float`, got `bool`"),
        ({"utc_offset_minutes": 1440}, "strictly between"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises((ValueError, TypeError), match=said):
        when_from_toml(WRITTEN | change)


@pytest.mark.parametrize("missing", ["started", "day"])
def test_what_is_missing_is_named(missing: str) -> None:
    with pytest.raises(ValueError, match=missing):
        when_from_toml({key: value for key, value in WRITTEN.items() if key != missing})
