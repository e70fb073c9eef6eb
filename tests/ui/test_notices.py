"""Messages cover nothing that is read during a session, and go with the screen that they were for."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets._toast import Toast

from hipcoach.storage.session_log import save_record
from hipcoach.ui.screens.help import HelpScreen
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from tests.support import a_record
from tests.ui.support import Coach, coach
from tests.ui.surroundings import real_catalog, services_below

SIZES = [(60, 20), (80, 24), (120, 40)]
READ = ("name", "side", "mode", "count")
LONG = "The session is not being saved: the disk that holds your state directory is full. Make room on it."


async def toasts(it: Coach, count: int) -> list[Toast]:
    """The messages on the screen, once there are so many."""
    await it.until(lambda: len(it.screen.query(Toast)) == count, f"{count} messages")
    await it.settle()
    return list(it.screen.query(Toast))


def check(it: Coach) -> None:
    """No message covers what is read from afar, or leaves the screen; the footer stays."""
    shown = [each.region for each in it.screen.query(Toast) if each.region.area]
    assert shown
    for name in READ:
        part = it.display.query_one(f"#{name}").region
        assert part.area
        assert not any(region.overlaps(part) for region in shown), name
    assert all(region.bottom <= it.app.size.height - 1 for region in shown)
    assert all(region.right <= it.app.size.width for region in shown)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
async def test_no_message_covers_name_side_or_count(tmp_path: Path, size: tuple[int, int]) -> None:
    services = services_below(tmp_path, catalog=real_catalog())
    async with coach(services, "leg-circuit", size=size, toasts=True) as it:
        await it.go_to(1, 1.0)
        await it.press("h")
        (noted,) = await toasts(it, 1)
        check(it)
        assert noted.region.height == 1
        await it.press("N")
        (dropped,) = await toasts(it, 1)
        assert str(dropped.render()) == "Left out: Lateral leg lift. u: bring it back"
        check(it)
        assert dropped.region.height == 1
        it.live.notify(LONG, title="Not saved", severity="warning", markup=False)
        await it.press("u", "N")
        await toasts(it, 2)
        check(it)
        assert sorted(it.notices()) == ["Left out: Lateral leg lift. u: bring it back", LONG]


async def test_a_message_goes_with_its_screen_and_a_warning_stays(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    save_record(services.paths.sessions, a_record())
    async with coach(services, toasts=True) as it:
        await it.press("h")
        await it.on(HistoryScreen)
        history = it.screen
        assert isinstance(history, HistoryScreen)
        await it.until(lambda: history.chosen is not None, "the session")
        await it.press("d")
        await it.until(it.notices, "that it was deleted")
        assert "brings it back" in it.notices()[0]
        await toasts(it, 1)
        await it.press("escape")
        await it.on(PickerScreen)
        assert it.notices() == []
        assert await toasts(it, 0) == []
        it.picker.notify("The disk is full.", title="Not saved", severity="warning")
        it.picker.notify("Something else.")
        await toasts(it, 2)
        await it.press("question_mark")
        await it.on(HelpScreen)
        assert it.notices() == ["The disk is full."]
        await it.press("escape")
        await it.on(PickerScreen)
        (still,) = await toasts(it, 1)
        assert still.has_class("-warning")


async def test_what_was_said_at_the_last_moment_goes_too(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine", toasts=True) as it:
        await it.go_to(1, 1.0)
        it.live.notify("Only for here.")
        it.app.action_help()
        await it.on(HelpScreen)
        assert it.notices() == []
        await it.press("escape")
        await it.on(SessionScreen)
        it.live.notify("One.")
        it.live.notify("Two.")
        await it.settle()
        assert it.notices() == ["Two."]
