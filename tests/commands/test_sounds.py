from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from hipcoach.audio.sounds import Sounds
from hipcoach.commands import sounds as command
from tests.commands.running import Run
from tests.recording_sounds import RecordingSounds

Opening = Callable[[Sounds], None]


@pytest.fixture
def opening(monkeypatch: pytest.MonkeyPatch) -> Opening:
    """Have the command open these sounds."""

    def use(sounds: Sounds) -> None:
        def open_sounds(backend: str, environ: Mapping[str, str], bell: Callable[[], None] | None) -> Sounds:
            return sounds

        monkeypatch.setattr(command, "open_sounds", open_sounds)

    monkeypatch.setattr(command, "APART", 0.0)
    return use


def test_the_list_says_what_each_means_its_pitch_and_its_length(run: Run) -> None:
    result = run("sounds", "--list")
    assert (result.code, result.err) == (0, "")
    header, *rows = result.out.splitlines()
    assert header.split() == ["sound", "meaning", "pitch", "(Hz)", "seconds"]
    assert len(rows) == 15
    assert ["switch", "change", "sides", *["440", "880"] * 2, "0.78"] in [row.split() for row in rows]
    assert len(run("sounds", "--list", "tick", "rest").out.splitlines()) == 3


def test_those_named_are_played_in_order(run: Run, opening: Opening) -> None:
    recording = RecordingSounds()
    opening(recording)
    result = run("sounds", "count", "tick")
    assert (result.code, result.err) == (0, "")
    assert [line.split()[0] for line in result.out.splitlines()] == ["count", "tick"]
    first, second = recording.heard()
    assert (first.name, second.name) == ("count", "tick")
    assert second.due - first.due == pytest.approx(0.14)
    assert not recording.opened
    assert recording.volume == 0.8


def test_without_sound_a_sentence_says_so(run: Run, opening: Opening) -> None:
    opening(Sounds("Nothing here can play sounds."))
    result = run("sounds")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("hipcoach: Nothing here can play sounds. 'hipcoach sounds --list'")


def test_an_unknown_name_gets_a_sentence(run: Run) -> None:
    assert run("sounds", "swich").sentence == "There is no sound 'swich'; did you mean 'switch'?"
