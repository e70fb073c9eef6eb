"""Watching which files the index of sessions reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hipcoach.storage import session_index, session_log


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all files that are read."""
    names: list[str] = []

    def reading(path: Path, id: str) -> Any:
        names.append(path.name)
        return session_log.read_session(path, id)

    monkeypatch.setattr(session_index, "read_session", reading)
    return names
