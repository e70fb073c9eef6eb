"""There is a released file of every format. The files must never be edited."""

from __future__ import annotations

from tests.golden import GOLDEN


def test_there_is_one_of_every_format() -> None:
    kinds = {path.parent.name for path in GOLDEN.rglob("*") if path.suffix in (".toml", ".jsonl")}
    later = {"rated-session", "rated-journal", "self-test", "marked-day", "hasty-session", "skipped-session"}
    assert kinds - later == {"session", "journal", "settings", "memory", "routine", "exercise", "sources"}
