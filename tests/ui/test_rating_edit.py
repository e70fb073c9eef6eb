"""The ratings of a session of the history: shown, changed, taken out."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from hipcoach.storage.session_log import save_record
from hipcoach.ui.screens.discomfort import DiscomfortScreen
from hipcoach.ui.screens.session_detail import SessionDetailScreen
from tests.logs import load_log
from tests.support import a_record
from tests.ui.support import Coach, coach
from tests.ui.surroundings import services_below


def is_left(it: Coach, screen: object) -> bool:
    return it.screen is not screen


async def rate(it: Coach, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Answer both questions."""
    await it.press("r")
    for keys in (before, after):
        await it.on(DiscomfortScreen)
        asked = it.screen
        await it.press(*keys)
        await it.until(partial(is_left, it, asked))
    await it.on(SessionDetailScreen)


async def test_ratings_are_shown_and_can_be_changed(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    record = a_record(discomfort_before=5, discomfort_after=5, note="stays")
    save_record(services.paths.sessions, record)
    async with coach(services) as it:
        it.app.push_screen(SessionDetailScreen(services, record))
        await it.on(SessionDetailScreen)
        assert "Discomfort: 5 before, 5 after: the same" in it.shown("facts")
        await rate(it, ("enter",), ("2", "enter"))
        await it.until(lambda: "5 before, 2 after: less than before" in it.shown("facts"))
        (logged,) = load_log(services.paths.sessions).records
        assert (logged.discomfort_before, logged.discomfort_after, logged.note) == (5, 2, "stays")
        await rate(it, ("backspace", "enter"), ("backspace", "enter"))
        await it.until(lambda: "Discomfort" not in it.shown("facts"))
        assert load_log(services.paths.sessions).records[0].discomfort_before is None


@pytest.mark.parametrize("keys", [("escape",), ("3", "escape")])
async def test_escape_leaves_both_as_they_were(tmp_path: Path, keys: tuple[str, ...]) -> None:
    services = services_below(tmp_path)
    path = save_record(services.paths.sessions, a_record(discomfort_before=5))
    before = path.read_bytes()
    async with coach(services) as it:
        it.app.push_screen(SessionDetailScreen(services, a_record(discomfort_before=5)))
        await it.on(SessionDetailScreen)
        await it.press("r")
        await it.on(DiscomfortScreen)
        await it.press(*keys)
        await it.on(SessionDetailScreen)
    assert path.read_bytes() == before


async def test_what_cannot_be_saved_is_said(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    path = save_record(services.paths.sessions, a_record())
    async with coach(services) as it:
        it.app.push_screen(SessionDetailScreen(services, a_record()))
        await it.on(SessionDetailScreen)
        path.unlink()
        await rate(it, ("3", "enter"), ("3", "enter"))
        await it.until(lambda: it.notices())
        (said,) = it.notices()
        assert "discomfort before 3, discomfort after 3. The session is no longer in the history" in said
        assert "Discomfort" in it.shown("facts"), "what was said holds for this run"
