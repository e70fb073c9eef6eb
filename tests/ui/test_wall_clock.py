"""The clock on the wall jumps while a session runs: its timing goes by another clock, its date stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from hipcoach.core.history.record import SessionStatus
from hipcoach.storage.settings import DaySettings
from hipcoach.ui.screens.summary import SummaryScreen
from tests.ui.support import coach
from tests.ui.surroundings import services_below

BERLIN = ZoneInfo("Europe/Berlin")
BEGUN = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("begun", "then"),
    [
        pytest.param(BEGUN, BEGUN - timedelta(days=400), id="set back"),
        pytest.param(BEGUN, BEGUN + timedelta(days=400), id="set forward"),
        pytest.param(
            datetime(2026, 3, 29, 1, 59, 50, tzinfo=BERLIN),
            datetime(2026, 3, 29, 3, 0, 10, tzinfo=BERLIN),
            id="daylight saving begins",
        ),
        pytest.param(
            datetime(2026, 10, 25, 2, 59, 50, tzinfo=BERLIN),
            datetime(2026, 10, 25, 2, 0, 10, tzinfo=BERLIN, fold=1),
            id="daylight saving ends",
        ),
        pytest.param(
            BEGUN, BEGUN.astimezone(timezone(timedelta(hours=-10))), id="another time zone, the day before"
        ),
    ],
)
async def test_a_session_runs_on_as_planned_and_keeps_its_start(
    tmp_path: Path, begun: datetime, then: datetime
) -> None:
    services = services_below(tmp_path)
    services.now = lambda: begun
    async with coach(services, "short") as it:
        await it.go_to(1, 3.0)
        services.now = lambda: then
        assert it.live.session.elapsed(it.clock.now) == 3.0
        await it.pass_time(200)
        await it.on(SummaryScreen)
        assert it.notices() == []
        (record,) = it.log().records
        assert record.status is SessionStatus.COMPLETED
        assert (record.started.astimezone(UTC), record.day) == (begun.astimezone(UTC), begun.date())
        assert record.started.utcoffset() == begun.utcoffset()
        assert record.active_seconds == 29.0


async def test_the_day_is_that_of_the_beginning_by_the_day_start_then_in_force(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.settings = replace(services.settings, day=DaySettings(starts_at=4))
    services.now = lambda: datetime(2026, 3, 5, 3, 59, tzinfo=UTC)
    async with coach(services, "short") as it:
        services.now = lambda: datetime(2026, 3, 5, 4, 1, tzinfo=UTC)
        await it.pass_time(200)
        await it.on(SummaryScreen)
        (record,) = it.log().records
        assert record.day == date(2026, 3, 4)
    # Another day start later on changes nothing that is written.
    services.settings = replace(services.settings, day=DaySettings(starts_at=0))
    assert services.load_log().entries[0].day == date(2026, 3, 4)
