"""One session in detail, and its note, driven by keys, over real session files."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.core.history.record import Outcome, SessionRecord, SessionStatus
from hipcoach.storage.session_log import save_record
from hipcoach.ui.screens.note_editor import NoteEditor
from hipcoach.ui.screens.session_detail import SessionDetailScreen, fact_lines
from hipcoach.ui.widgets.note_area import NoteArea
from hipcoach.ui.widgets.set_table import SetTable
from tests.logs import load_log
from tests.support import a_record, a_step_record
from tests.ui.history_support import (
    SIZES,
    HistoryApp,
    cells,
    press,
    record_of_day,
    services_over,
    text_of,
    until,
    until_read,
)
from tests.ui.taking_in import settle


async def detail_of(app: HistoryApp, record: SessionRecord) -> SessionDetailScreen:
    screen = SessionDetailScreen(app.history.services, record)
    await app.push_screen(screen)
    return screen


@pytest.mark.parametrize(
    ("done", "status", "words"),
    [
        (5, SessionStatus.COMPLETED, "completed"),
        (5, SessionStatus.STOPPED, "stopped, counts as a day"),
        (4, SessionStatus.COMPLETED, "stopped, does not count as a day"),
        (4, SessionStatus.STOPPED, "stopped, does not count as a day"),
    ],
)
def test_how_it_ended_goes_with_whether_it_counts(
    tmp_path: Path, done: int, status: SessionStatus, words: str
) -> None:
    steps = tuple(a_step_record(Outcome.DONE if each < done else Outcome.SKIPPED) for each in range(10))
    save_record(tmp_path, a_record(status=status, steps=steps))
    (record,) = load_log(tmp_path).records
    assert f" · {words} · " in fact_lines(record)[0]


@pytest.mark.parametrize("size", SIZES)
async def test_the_detail_goes_down_to_each_set(tmp_path: Path, size: tuple[int, int]) -> None:
    record = record_of_day(
        2, source="[b]An author", choices={"rounds": 3}, steps=record_of_day(0).steps * 10, note="Good"
    )
    app = HistoryApp(services_over(tmp_path, [record]))
    async with app.run_test(size=size):
        await until_read(app)
        await detail_of(app, record)
        await settle(app)
        facts = text_of(app, "#facts").splitlines()
        assert facts[0] == "Tuesday 10 March 2026, 12:00 · completed · 10 min · 10 of 20 sets done"
        assert facts[1:] == ["From [b]An author", "Chosen: 3 rounds"]
        table = app.screen.query_one(SetTable)
        assert table.row_count == 20
        assert [str(cell) for cell in table.get_row_at(0)] == [
            "1",
            "Clam",
            "right",
            "4 reps",
            "4 reps",
            "✓ done",
        ]
        assert [str(cell) for cell in table.get_row_at(1)][2:] == [
            "left",
            "4 reps*",
            "–",
            "– skipped: it hurt",
        ]
        assert text_of(app, "#sides").split("   ")[:2] == ["Left nothing", "Right 40 reps"]
        assert text_of(app, "#bases").startswith("* a suggestion")
        assert text_of(app, "#note") == "Note  Good"
        for part in app.screen.query("#title, #facts, #sets, #sides, #bases, #note"):
            assert app.screen.region.contains_region(part.region)
        assert table.size.height >= 7


async def test_a_note_is_written_and_kept(tmp_path: Path) -> None:
    record = record_of_day(0)
    services = services_over(tmp_path, [record])
    app = HistoryApp(services)
    async with app.run_test():
        await until_read(app)
        await press(app, "enter")
        await until(app, lambda: isinstance(app.screen, SessionDetailScreen))
        await press(app, "e")
        await until(app, lambda: isinstance(app.screen, NoteEditor))
        await press(app, *"quite good", "enter")
        await until(app, lambda: isinstance(app.screen, SessionDetailScreen))
        await until(app, lambda: text_of(app, "#note") == "Note  quite good")
        assert load_log(services.paths.sessions).records[0].note == "quite good"
        await press(app, "escape")
        await until(app, lambda: app.screen is app.history and cells(app, 0)[-1] == "quite good")


async def test_a_note_left_alone_is_not_written(tmp_path: Path) -> None:
    record = record_of_day(0, note="as it was")
    services = services_over(tmp_path, [record])
    path = next(services.paths.sessions.iterdir())
    before = path.stat().st_mtime_ns
    app = HistoryApp(services)
    async with app.run_test():
        await until_read(app)
        await detail_of(app, record)
        for key in ("escape", "enter"):
            await press(app, "e")
            await until(app, lambda: isinstance(app.screen, NoteEditor))
            assert app.screen.query_one(NoteArea).text == "as it was"
            await press(app, key)
            await until(app, lambda: isinstance(app.screen, SessionDetailScreen))
        await app.workers.wait_for_complete()
    assert path.stat().st_mtime_ns == before


async def test_a_note_is_gone_on_with_where_it_ends_and_every_key_can_be_undone(tmp_path: Path) -> None:
    record = record_of_day(0, note="as it was")
    services = services_over(tmp_path, [record])
    app = HistoryApp(services)
    async with app.run_test():
        await until_read(app)
        await detail_of(app, record)
        await press(app, "e")
        await until(app, lambda: isinstance(app.screen, NoteEditor))
        area = app.screen.query_one(NoteArea)
        assert area.selection.is_empty
        await press(app, *" x", "ctrl+u")
        assert area.text == ""
        await press(app, "ctrl+z")
        assert area.text == "as it was x"
        await press(app, *"y", "enter")
        await until(app, lambda: text_of(app, "#note") == "Note  as it was xy")
        assert load_log(services.paths.sessions).records[0].note == "as it was xy"


async def test_a_long_note_of_a_file_is_not_cut(tmp_path: Path) -> None:
    record = record_of_day(0, note="long " * 200)
    services = services_over(tmp_path, [record])
    app = HistoryApp(services)
    async with app.run_test():
        await until_read(app)
        await detail_of(app, record)
        await press(app, "e")
        await until(app, lambda: isinstance(app.screen, NoteEditor))
        await press(app, "backspace", "s", "enter")
        await until(app, lambda: not isinstance(app.screen, NoteEditor))
        await app.workers.wait_for_complete()
        assert load_log(services.paths.sessions).records[0].note == "long " * 199 + "lons"


async def test_a_note_that_cannot_be_saved_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    record = record_of_day(0)
    services = services_over(tmp_path, [record])
    app = HistoryApp(services)
    async with app.run_test():
        await until_read(app)
        detail = await detail_of(app, record)
        next(services.paths.sessions.iterdir()).unlink()
        await press(app, "e")
        await until(app, lambda: isinstance(app.screen, NoteEditor))
        await press(app, "x", "enter")
        await until(app, lambda: app.screen is detail and bool(services.problems))
        (said,) = services.problems
        assert said.startswith(f"Not saved: {record.title} of ")
        assert "note “x”. The session is no longer in the history" in said
        assert detail.record.note == "x"
    assert "note “x”" in services.finish(print)
