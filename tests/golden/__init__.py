"""Where the golden files are. They must never be edited: they are what users' disks hold."""

from __future__ import annotations

from pathlib import Path

GOLDEN = Path(__file__).parent
SESSION = GOLDEN / "session" / "20261120T173015Z-1a2b3c.toml"
JOURNAL = GOLDEN / "journal" / "20261120T173015Z-1a2b3c.jsonl"
RATED_SESSION = GOLDEN / "rated-session" / "20261121T061500Z-4d5e6f.toml"
RATED_JOURNAL = GOLDEN / "rated-journal" / "20261121T061500Z-4d5e6f.jsonl"
SKIPPED_SESSION = GOLDEN / "skipped-session" / "20261121T101500Z-7a8b9c.toml"
"""One rep done, all else skipped; to the hipcoach that wrote it that was a completed session."""
HASTY_SESSION = GOLDEN / "hasty-session" / "20261121T111500Z-0d1e2f.toml"
"""At one's own pace, enter pressed again and again; the same."""
SELF_TEST = GOLDEN / "self-test" / "20261121T061500Z-4d5e6f.toml"
MARKED_DAY = GOLDEN / "marked-day" / "2026-11-21.toml"
SETTINGS = GOLDEN / "settings" / "settings.toml"
MEMORY = GOLDEN / "memory" / "memory.toml"
ROUTINE = GOLDEN / "routine" / "two-circles.toml"
EXERCISE = GOLDEN / "exercise" / "knee-circle.toml"
SOURCES = GOLDEN / "sources" / "sources.toml"
