"""Which backend is used: selection by surroundings, and the rule of restarts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from hipcoach.audio.backends import Choice, Surroundings, choose, considered, open_sounds
from hipcoach.audio.bell_sounds import BellSounds
from hipcoach.audio.player_sounds import DEATHS, FIRST_RETRY, MEMORY, PlayerSounds, Restarts
from hipcoach.audio.sounds import SilentSounds
from hipcoach.errors import UsageError


def _around(
    environ: Mapping[str, str] | None = None,
    modules: tuple[str, ...] = ("miniaudio",),
    versions: Mapping[str, str] | None = None,
    programs: tuple[str, ...] = ("aplay",),
    python: tuple[int, int] = (3, 11),
    platform: str = "linux",
) -> Surroundings:
    return Surroundings(
        environ=environ or {},
        platform=platform,
        python=python,
        has_module=modules.__contains__,
        version_of=(versions or {}).get,
        which=lambda name: f"/usr/bin/{name}" if name in programs else None,
    )


def _simpleaudio(python: tuple[int, int], **versions: str) -> Choice:
    named = {name.replace("_", "-"): version for name, version in versions.items()}
    return choose("auto", _around(modules=("simpleaudio", "miniaudio"), versions=named, python=python))


def test_the_order_is_simpleaudio_miniaudio_system_and_then_the_bell() -> None:
    choice = _simpleaudio((3, 11), simpleaudio="1.0.4")
    assert choice.players == ("simpleaudio", "miniaudio", "system")
    assert choice.last == "bell"


def test_the_original_simpleaudio_is_not_used_on_3_12_and_the_way_out_is_told() -> None:
    choice = _simpleaudio((3, 12), simpleaudio="1.0.4")
    assert choice.players == ("miniaudio", "system")
    assert "simpleaudio-patched" in choice.notes[0]
    assert _simpleaudio((3, 13)).players == ("miniaudio", "system")
    assert _simpleaudio((3, 13), simpleaudio_patched="1.0.5").players[0] == "simpleaudio"
    both = _simpleaudio((3, 13), simpleaudio="1.0.4", simpleaudio_patched="1.0.5")
    assert "simpleaudio" not in both.players


def test_what_is_not_there_is_not_tried_and_noted() -> None:
    choice = choose("auto", _around(modules=(), programs=()))
    assert choice.players == ()
    assert choice.reason == "Nothing here can play sounds."
    assert len(choice.notes) == 3
    assert choose("auto", _around(modules=(), programs=(), platform="win32")).players == ("system",)


def test_over_ssh_the_bell_unless_a_sound_server_is_named() -> None:
    assert choose("auto", _around({"SSH_CONNECTION": "a b"})).players == ()
    assert choose("auto", _around({"SSH_CONNECTION": "a b"})).last == "bell"
    with_server = _around({"SSH_CONNECTION": "a b", "PULSE_SERVER": "tcp:laptop"})
    assert choose("auto", with_server).players == ("miniaudio", "system")
    assert choose("miniaudio", _around({"SSH_CONNECTION": "a b"})).players == ("miniaudio",)


def test_a_name_forces_a_backend() -> None:
    assert choose("system", _around()).players == ("system",)
    assert choose("silent", _around()).last == "silent"
    forced = choose("simpleaudio", _around())
    assert forced.players == ()
    assert "not installed" in forced.reason


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"'loud'.*auto, simpleaudio"):
        open_sounds("loud", {}, bell=None)


def test_opening_gives_the_fitting_kind() -> None:
    assert isinstance(open_sounds("silent", {}, bell=None), SilentSounds)
    assert isinstance(open_sounds("bell", {}, bell=lambda: None), BellSounds)
    assert isinstance(open_sounds("bell", {}, bell=None), SilentSounds)
    assert isinstance(open_sounds("miniaudio", {}, bell=None), PlayerSounds)
    assert [line.split(":")[0] for line in considered("auto", {})] == ["simpleaudio", "miniaudio", "system"]


def _next(restarts: Restarts) -> tuple[str | None, float]:
    return restarts.backend, restarts.pause


def test_a_backend_that_refuses_gives_way_to_the_next() -> None:
    restarts = Restarts(("one", "two"))
    assert restarts.backend == "one"
    restarts.refused("One says no.")
    assert _next(restarts) == ("two", 0.0)
    restarts.refused("Two says no.")
    assert _next(restarts) == (None, FIRST_RETRY)
    assert restarts.reasons == ("One says no.", "Two says no.")
    restarts.try_again()
    assert _next(restarts) == ("one", 0.0)
    assert not restarts.reasons


def test_a_player_that_dies_is_started_again_with_growing_pauses_and_then_given_up() -> None:
    restarts = Restarts(("one", "two"))
    pauses = []
    for death in range(DEATHS):
        restarts.worked()
        restarts.died(float(death), "It died.")
        pauses.append(restarts.pause)
    assert pauses[:-1] == [0.1, 0.4, 1.6]
    assert restarts.backend == "two"


def test_deaths_far_apart_are_forgiven() -> None:
    restarts = Restarts(("one",))
    for death in range(20):
        restarts.died(death * MEMORY, "It died.")
        assert (restarts.backend, restarts.pause) == ("one", 0.1)


def test_retries_become_rarer_until_something_works() -> None:
    restarts = Restarts(("one",))
    pauses = []
    for _ in range(5):
        restarts.refused("No.")
        pauses.append(restarts.pause)
        restarts.try_again()
    assert pauses == [15.0, 30.0, 60.0, 120.0, 120.0]
    restarts.worked()
    restarts.refused("No.")
    assert restarts.pause == FIRST_RETRY
