"""What is set and remembered about what is heard."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.core.cues import SoundProfile
from hipcoach.storage.app_state import AppState, RoutineState, change_state, load_state
from hipcoach.storage.settings import Settings, SpeechSettings, load_settings

FLAGS = st.none() | st.booleans()
CHOICES = st.builds(RoutineState, profile=st.none() | st.sampled_from(SoundProfile), speech=FLAGS)


def settings_of(tmp_path: Path, text: str) -> tuple[Settings, list[str]]:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    settings, problems = load_settings(path)
    return settings, [str(problem) for problem in problems]


def test_everything_about_speech_can_be_set(tmp_path: Path) -> None:
    settings, problems = settings_of(
        tmp_path,
        '[audio]\nprofile = "sparse"\n[speech]\non = true\nvoice = "en-gb"\nrate = 150\nvolume = 60\n',
    )
    assert problems == []
    assert settings.audio.profile is SoundProfile.SPARSE
    assert settings.speech == SpeechSettings(on=True, voice="en-gb", rate=150, volume=60)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[audio]\nprofile = "spare"', "did you mean 'sparse'"),
        ("[speech]\non = 1", "speech: on"),
        ("[speech]\nrate = 79", "speech: rate"),
        ("[speech]\nrate = 401", "speech: rate"),
        ("[speech]\nvolume = 101", "speech: volume"),
        ("[speech]\nvoice = ''", "speech: voice"),
        ("[speech]\nvoice = 5", "speech: voice"),
        ("[speech]\nspeed = 5", "speech: speed"),
    ],
)
def test_what_is_wrong_is_named_and_its_default_is_kept(tmp_path: Path, text: str, named: str) -> None:
    settings, problems = settings_of(tmp_path, text)
    assert settings == Settings()
    (problem,) = problems
    assert named in problem


@given(choices=st.dictionaries(st.sampled_from(["clam", "bridge"]), CHOICES), speech=FLAGS)
def test_what_is_chosen_is_remembered(
    choices: dict[str, RoutineState], speech: bool | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("memory") / "memory.toml"
    state = AppState(routines=choices, speech=speech)
    change_state(path, AppState(), state)
    assert load_state(path)[0] == state


@pytest.mark.parametrize(
    "garbage", ['speech = "yes"', "[routines.clam]\nprofile = 5\nspeech = 1", "[routines.clam]\nprofile = []"]
)
def test_garbage_is_forgotten(tmp_path: Path, garbage: str) -> None:
    path = tmp_path / "memory.toml"
    path.write_text(garbage)
    state = load_state(path)[0]
    assert state.speech is None
    assert state.of("clam") == RoutineState()
