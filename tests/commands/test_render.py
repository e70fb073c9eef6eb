from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path

import pytest

from hipcoach.audio.samples import RATE, read_wav
from hipcoach.commands import render as command
from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.cues import cues_due
from hipcoach.core.fields import Intensity
from hipcoach.core.session import Session
from hipcoach.paths import AppPaths
from hipcoach.storage.catalog import bundled_catalog
from tests.audio.listening import SOUNDS
from tests.commands.running import Run
from tests.speaking import FakeSynthesizer, speaker


@pytest.fixture
def mute_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which nothing can speak."""
    monkeypatch.setenv("PATH", str(tmp_path))


def assert_cues(samples: array[int], choices: Choices | None = None) -> None:
    """Every cue of the desk break has its first samples at its very place."""
    catalog = bundled_catalog()
    plan = compile_plan(catalog.routines["desk-break"], catalog, choices)
    last = -1.0
    for cue in cues_due(Session.begin(plan, 0.0), 0.0, math.inf):
        if cue.due > last:
            start, pcm = round(cue.due * RATE), SOUNDS[cue.cue][:200]
            assert samples[start : start + 200] == pcm, cue
        last = cue.due + len(SOUNDS[cue.cue]) / RATE


def test_a_track_is_a_wav_file_with_every_cue_in_its_place(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "desk break.wav"
    result = run("render", "desk-break", "-o", target)
    assert (result.code, result.err) == (0, "")
    assert result.out == f"{target}: Desk break, 5:06, without speech.\n"
    with wave.open(str(target)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
    assert_cues(read_wav(target))


def test_the_choices_are_those_of_plan(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "track.WAV"
    assert run("render", "desk-break", "--rounds", "2", "--level", "high", "-o", target).code == 0
    assert_cues(read_wav(target), Choices(rounds=2, level=Intensity.HIGH))
    plan = run("plan", "desk-break", "--rounds", "2", "--level", "high", "--json").json
    assert len(read_wav(target)) / RATE == pytest.approx(plan["total_seconds"], abs=3)


def test_a_track_waits_for_nobody(run: Run, tmp_path: Path) -> None:
    assert "--own-pace" in run("render", "desk-break", "--own-pace", "-o", tmp_path / "track.wav").sentence
    assert "--own-pace" not in run("render", "--help").out


def test_a_sparse_profile(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "track.wav"
    run("render", "desk-break", "--profile", "sparse", "-o", target, "--force")
    samples = read_wav(target)
    # The lead-in is heard, the 3-2-1 at its end is not, and the start is.
    assert samples[:200] == SOUNDS["lead-in"][:200]
    assert not any(samples[RATE : 8 * RATE])
    assert samples[8 * RATE : 8 * RATE + 200] == SOUNDS["start"][:200]


def test_speech_by_the_settings_and_by_the_command_line(
    run: Run, tmp_path: Path, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeSynthesizer()
    monkeypatch.setattr(command, "open_speech", lambda settings, paths: speaker(paths.speech, fake))
    target = tmp_path / "track.wav"
    assert "without speech" in run("render", "desk-break", "-o", target).out
    assert not fake.given
    assert "with speech" in run("render", "desk-break", "--speech", "-o", target, "--force").out
    assert "Straight-leg swing, right side, 10 reps." in fake.given
    paths.config.mkdir(parents=True)
    paths.settings.write_text("[speech]\non = true\n")
    assert "with speech" in run("render", "desk-break", "-o", target, "--force").out
    assert "without speech" in run("render", "desk-break", "--no-speech", "-o", target, "--force").out
    fake.broken = True
    paths.settings.write_text("[speech]\non = true\n")
    for path in paths.speech.iterdir():
        path.unlink()
    result = run("render", "desk-break", "-o", target, "--force")
    assert result.code == 0
    assert "fake is broken" in result.err
    assert_cues(read_wav(target))


@pytest.mark.usefixtures("mute_machine")
def test_a_machine_that_cannot_speak(run: Run, tmp_path: Path, paths: AppPaths) -> None:
    target = tmp_path / "track.wav"
    assert "Nothing here can speak." in run("render", "desk-break", "--speech", "-o", target).sentence
    assert not target.exists()
    paths.config.mkdir(parents=True)
    paths.settings.write_text("[speech]\non = true\n")
    result = run("render", "desk-break", "-o", target)
    assert (result.code, len(result.err.splitlines())) == (0, 1)
    assert "without speech" in result.out
    assert_cues(read_wav(target))
    assert "Nothing here can speak" in run("doctor").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["desk-break"], "-o"),
        (["desk-break", "-o", "track.mp3"], "Only WAV files are written"),
        (["desk-break", "-o", "missing/track.wav"], "cannot be written: No such file"),
        (["desk-break", "-o", ""], "Only WAV files are written"),
        (["desk-break", "-o", "x.wav", "--profile", "some"], "--profile: invalid choice: 'some'"),
        (["leg-circuit", "-o", "x.wav", "--rounds", "99", "--tempo", "4"], "WAV file holds 12 hours"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    run: Run, arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert words in run("render", *arguments).sentence
    assert sorted(tmp_path.iterdir()) == before


def test_a_disk_that_is_full_leaves_nothing_behind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    target = tmp_path / "track.wav"
    target.write_text("mine")
    assert "No space left" in run("render", "desk-break", "-o", target, "--force").sentence
    assert target.read_text() == "mine"
    assert [path.name for path in tmp_path.glob("*.part")] + [p.name for p in tmp_path.glob(".*")] == []


def test_an_interrupted_track_leaves_nothing_behind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("wave.Wave_write.writeframesraw", interrupt)
    assert run("render", "desk-break", "-o", tmp_path / "track.wav").code == 130
    assert list(tmp_path.glob("*.wav")) + list(tmp_path.glob(".*")) == []
