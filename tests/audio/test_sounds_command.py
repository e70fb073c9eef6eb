"""`hipcoach sounds` through a real player."""

from __future__ import annotations

from typing import Protocol

import pytest

from hipcoach.cli import main
from hipcoach.paths import user_paths

pytestmark = pytest.mark.timed


class Program(Protocol):
    played: list[str]


def test_the_sounds_named_are_heard(
    program: Program, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hipcoach.commands.sounds.APART", 0.1)
    settings = user_paths().settings
    settings.parent.mkdir(parents=True)
    settings.write_text('[audio]\nbackend = "system"\n')
    assert main(["sounds", "tick", "switch"]) == 0
    assert program.played == ["tick", "switch"]
    out, err = capfd.readouterr()
    assert "change sides" in out
    assert err == ""
