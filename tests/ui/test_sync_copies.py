"""What a sync program made of the session folder is told in the history, in a quiet line."""

from __future__ import annotations

from pathlib import Path

from hipcoach.storage.session_log import record_text
from hipcoach.ui.screens.log_problems import LogProblemsScreen
from tests.ui.history_support import HistoryApp, record_of_day, services_over, text_of, until, until_read
from tests.ui.taking_in import press


async def test_copies_are_told_and_counted_once(tmp_path: Path) -> None:
    record = record_of_day(0)
    services = services_over(tmp_path, [record])
    for name in ("sync-conflict-20261120-083000-ABCDEFG", "sync-conflict-20261121-083000-ABCDEFG"):
        copy = services.paths.sessions / f"{record.id}.{name}.toml"
        copy.write_text(record_text(record), encoding="utf-8")
    app = HistoryApp(services)
    async with app.run_test():
        await until_read(app)
        assert text_of(app, "#problems").startswith("2 files are copies that a sync program made")
        await press(app, "!")
        await until(app, lambda: isinstance(app.screen, LogProblemsScreen))
        listed = [str(each.render()) for each in app.screen.query(".problem")]
        assert len(listed) == 2
        assert all("both say the same" in sentence for sentence in listed)
        assert app.history.view is not None
        assert app.history.view.stats is not None
        assert app.history.view.stats.sessions == 1


async def test_a_single_copy_is_told_in_full(tmp_path: Path) -> None:
    record = record_of_day(0)
    services = services_over(tmp_path, [record])
    copy = services.paths.sessions / f"{record.id} (laptop's conflicted copy 2026-11-20).toml"
    copy.write_text(record_text(record), encoding="utf-8")
    app = HistoryApp(services)
    async with app.run_test(size=(160, 40)):
        await until_read(app)
        assert "both say the same" in text_of(app, "#problems")
