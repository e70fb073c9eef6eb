"""Where the golden files are. They must never be edited: they are what users' disks hold."""

from __future__ import annotations

from pathlib import Path

GOLDEN = Path(__file__).parent
SESSION = GOLDEN / "session" / "20261120T173015Z-1a2b3c.toml"
JOURNAL = GOLDEN / "journal" / "20261120T173015Z-1a2b3c.jsonl"
SETTINGS = GOLDEN / "settings" / "settings.toml"
MEMORY = GOLDEN / "memory" / "memory.toml"
ROUTINE = GOLDEN / "routine" / "two-circles.toml"
EXERCISE = GOLDEN / "exercise" / "knee-circle.toml"
SOURCES = GOLDEN / "sources" / "sources.toml"
