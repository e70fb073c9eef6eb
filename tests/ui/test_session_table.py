"""The table of sessions: as quick with many rows as with few, and in its place whatever is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from hipcoach.core.history.record import SessionEntry, entry_of
from hipcoach.ui.themes import THEMES
from hipcoach.ui.widgets.session_table import SessionTable
from tests.ui.history_support import TODAY, record_of_day

HEIGHT = 20
"""Lines of the terminal, one of them the table's heading."""


class TableApp(App[None]):
    """Shows the table alone."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield SessionTable()

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.table.focus()

    @property
    def table(self) -> SessionTable:
        return self.query_one(SessionTable)

    def on_session_table_selected(self, message: SessionTable.Selected) -> None:
        self.chosen.append(message.entry.id)

    def lines(self) -> list[str]:
        return ["".join(part.text for part in self.table.render_line(y)) for y in range(HEIGHT)]


def entries(number: int) -> list[SessionEntry]:
    return [entry_of(record_of_day(ago)) for ago in range(number)]


def row_of(ago: int) -> str:
    return f"{(TODAY - timedelta(days=ago)):%Y%m%d}T120000Z-aaaaaa"


async def shown(pilot: Pilot[None], app: TableApp, number: int) -> list[SessionEntry]:
    some = entries(number)
    app.table.show(some, TODAY)
    await pilot.pause()
    return some


async def test_nothing_is_shown_and_no_key_does_harm() -> None:
    app = TableApp()
    async with app.run_test(size=(100, HEIGHT)) as pilot:
        await pilot.press("up", "down", "pageup", "pagedown", "home", "end")
        await pilot.click(SessionTable, offset=(3, 3))
        assert app.table.cursor is None
        assert app.table.row_count == 0
        await shown(pilot, app, 3)
        assert app.table.cursor is not None
        app.table.show([], TODAY)
        await pilot.press("down", "end", "up")
        assert app.table.cursor is None
        assert app.chosen == []


async def test_only_what_is_in_sight_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    draw = SessionTable._draw

    def counting(table: SessionTable, row: int, width: int) -> object:
        drawn.append(row)
        return draw(table, row, width)

    monkeypatch.setattr(SessionTable, "_draw", counting)
    app = TableApp()
    async with app.run_test(size=(100, HEIGHT)) as pilot:
        await shown(pilot, app, 3000)
        await pilot.press("end")
        await pilot.pause()
        assert set(drawn) <= {*range(HEIGHT), *range(3000 - HEIGHT, 3000)}
        assert app.table.cursor_row == 2999


async def test_keys_move_the_cursor_and_it_stays_in_sight() -> None:
    app = TableApp()
    async with app.run_test(size=(100, HEIGHT)) as pilot:
        some = await shown(pilot, app, 100)
        page = HEIGHT - 1
        row = 0
        keys = {"down": 1, "up": -1, "pagedown": page, "pageup": -page, "end": 100, "home": -100}
        for key in ("down", "pagedown", "pagedown", "up", "end", "down", "pageup", "home", "up", "end"):
            await pilot.press(key)
            await pilot.pause()
            row = max(0, min(99, row + keys[key]))
            assert app.table.cursor is some[row]
            top = app.table.scroll_offset.y
            assert top <= row < top + page, key
            assert app.table.cells_at(row)[0] in app.lines()[1 + row - top]
            assert app.lines()[0].split()[0] == "Day"


async def test_a_click_moves_the_cursor_and_another_chooses() -> None:
    app = TableApp()
    async with app.run_test(size=(100, HEIGHT)) as pilot:
        await shown(pilot, app, 100)
        await pilot.click(SessionTable, offset=(5, 0))
        assert (app.table.cursor_row, app.chosen) == (0, [])
        await pilot.click(SessionTable, offset=(5, 4))
        assert (app.table.cursor_row, app.chosen) == (3, [])
        await pilot.click(SessionTable, offset=(5, 4))
        assert app.chosen == [row_of(3)]


async def test_the_mouse_wheel_scrolls() -> None:
    app = TableApp()
    async with app.run_test(size=(100, HEIGHT)) as pilot:
        await shown(pilot, app, 100)
        app.table.scroll_to(y=30, animate=False)
        await pilot.pause()
        assert app.table.cells_at(30)[0] in app.lines()[1]
        assert app.table.cursor_row == 0


async def test_the_cursor_stays_on_its_session() -> None:
    app = TableApp()
    async with app.run_test(size=(100, HEIGHT)) as pilot:
        some = await shown(pilot, app, 50)
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        here, place = app.table.cursor, app.table.cursor_row - app.table.scroll_offset.y
        newer = [entry_of(record_of_day(0, id=f"20260312T15000{each}Z-bbbbbb")) for each in range(5)]
        app.table.show([*newer, *some], TODAY)
        await pilot.pause()
        assert app.table.cursor is here
        assert app.table.cursor_row - app.table.scroll_offset.y == place
        app.table.show([each for each in some if each is not here], TODAY)
        await pilot.pause()
        assert app.table.cursor is not None
        assert app.table.cursor is not here


async def test_it_follows_the_room_there_is() -> None:
    app = TableApp()
    async with app.run_test(size=(120, HEIGHT)) as pilot:
        await shown(pilot, app, 50)
        wide = app.lines()[0]
        assert "Note" in wide
        await pilot.resize_terminal(60, 12)
        await pilot.pause()
        assert "Note" not in app.lines()[0]
        assert all(len(line) <= 60 for line in app.lines())
        await pilot.press("end")
        await pilot.pause()
        assert app.table.scroll_offset.y + 11 >= 50


async def test_texts_are_cut_to_their_columns() -> None:
    app = TableApp()
    async with app.run_test(size=(100, HEIGHT)) as pilot:
        record = record_of_day(0, title="髋" * 5000, note="[red]much\x1b[2J " * 500)
        app.table.show([entry_of(record)], TODAY)
        await pilot.pause()
        strip = app.table.render_line(1)
        assert strip.cell_length == app.table.size.width
        assert "…" in strip.text
        assert "\x1b" not in strip.text
