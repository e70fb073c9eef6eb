"""The picker's readings of the log, of which an old one may be ready after a newer one."""

from __future__ import annotations

import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import OptionList

from hipcoach.live.services import Services
from hipcoach.storage.journal import Found
from hipcoach.storage.session_log import save_record
from hipcoach.ui import opening
from hipcoach.ui.offer import SelfTests
from hipcoach.ui.screens.picker import PickerScreen
from tests.support import a_record
from tests.ui.support import Coach, coach
from tests.ui.surroundings import services_below
from tests.ui.test_unfinished import cut_off


def entry(it: Coach) -> str:
    return str(it.picker.query_one("#routines", OptionList).get_option_at_index(0).prompt)


def is_reading(thread: int) -> bool:
    """Whether this thread is still at reading the log and showing what it found."""
    frame = sys._current_frames().get(thread)
    while frame is not None:
        if frame.f_code.co_name == "_load_log":
            return True
        frame = frame.f_back
    return False


async def test_an_old_reading_does_not_take_back_what_a_newer_one_showed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session saved from its journal while the log is first read, as at the start after a full disk."""
    go_on, readers = threading.Event(), list[int]()
    read_self_tests = PickerScreen.read_self_tests

    def slow_at_first(picker: PickerScreen) -> SelfTests:
        readers.append(threading.get_ident())
        if len(readers) == 1:
            assert go_on.wait(30.0)
        return read_self_tests(picker)

    monkeypatch.setattr(PickerScreen, "read_self_tests", slow_at_first)
    services = services_below(tmp_path)
    async with coach(services) as it:
        await it.until(lambda: readers, "the log to be read, still empty")
        save_record(services.paths.sessions, a_record(date(2026, 3, 2), routine=it.picker.shown_ids()[0]))
        it.picker.look_again()
        await it.until(lambda: "last done 2 days ago" in entry(it), "the newer reading")
        go_on.set()
        await it.until(lambda: not is_reading(readers[0]), "the end of the old reading")
        await it.settle()
        assert "last done 2 days ago" in entry(it)


async def test_a_session_saved_from_its_journal_after_the_first_reading_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    find = opening._look

    def slow(services: Services) -> Found:
        assert go_on.wait(30.0)
        return find(services)

    monkeypatch.setattr(opening, "_look", slow)
    services = services_below(tmp_path)
    cut_off(services, "20260304T110000Z-aaaaaa", lambda session: session.advance(1e3), 1e3)
    async with coach(services) as it:
        await it.until(lambda: it.picker.last_done == {}, "the log to be read, still empty")
        go_on.set()
        await it.until(lambda: it.picker.last_done, "the session that had ended")
