from __future__ import annotations

from datetime import date

import pytest

from hipcoach.core.history.filter import read_days

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-02-01", date(2026, 2, 1), date(2026, 2, 1)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
        ("today", TODAY, TODAY),
        (" Yesterday ", date(2026, 3, 3), date(2026, 3, 3)),
        ("30d", date(2026, 2, 2), date(2026, 2, 2)),
        ("2W", date(2026, 2, 18), date(2026, 2, 18)),
        ("0d", TODAY, TODAY),
        ("9999w", date(1834, 7, 16), date(1834, 7, 16)),
    ],
)
def test_days_as_people_type_them(text: str, first: date, last: date) -> None:
    assert read_days(text, TODAY) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "-3d",
        "3",
        "3m",
        "2026-3-1",
        "2026-13",
        "2026-02-30",
        "0000",
        "2026-03-04T07:00",
        "٣d",
        "10000d",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        read_days(text, TODAY)
