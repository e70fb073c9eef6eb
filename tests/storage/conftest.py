"""Watching which files the index of sessions reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.storage import session_index_reading, text_file


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all files that are read."""
    names: list[str] = []
    read_text = text_file.read_text

    def reading(path: Path, largest: int) -> str:
        names.append(path.name)
        return read_text(path, largest)

    monkeypatch.setattr(session_index_reading, "read_text", reading)
    return names
