"""Each kind of file, damaged in each way, through its real loader."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("pipes, loops of links and permissions are POSIX's", allow_module_level=True)

from hipcoach.errors import StorageError
from hipcoach.paths import AppPaths
from hipcoach.storage.app_state import AppState, change_state, load_state
from hipcoach.storage.catalog import bundled_catalog, load_catalog
from hipcoach.storage.settings import load_settings
from tests.damage import DAMAGES, KINDS, UNHURT, as_ordinary_user, named, place, put_sound_file, state, within
from tests.golden import SESSION
from tests.logs import load_log
from tests.ui.surroundings import paths_below


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    """With a sound file of every kind, and a second session and journal beside the ones to be damaged."""
    paths = paths_below(tmp_path)
    for kind in KINDS:
        put_sound_file(kind, paths)
    shutil.copy(SESSION, paths.sessions / "20261119T000000Z-beside.toml")
    return paths


def test_sound_files_have_no_problems(paths: AppPaths) -> None:
    assert {kind: named(kind, paths) for kind in KINDS} == {kind: [] for kind in KINDS}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_named_and_left_and_everything_else_works(
    paths: AppPaths, kind: str, damage: str
) -> None:
    path = place(kind, paths)
    DAMAGES[damage](path, kind)
    before = state(path)
    with within(10):
        sentences = named(kind, paths)
        others = [named(other, paths) for other in KINDS if place(other, paths).parent != path.parent]
    assert bool(sentences) is ((kind, damage) not in UNHURT)
    assert all(path.name in sentence and "\n" not in sentence for sentence in sentences), sentences
    # A journal without a byte in it holds nothing to be kept.
    assert (kind, damage) == ("journal", "empty") or state(path) == before
    # Own exercises and routines are read together.
    assert not any(others) or kind in ("routine", "exercise")
    assert "20261119T000000Z-beside" in [record.id for record in load_log(paths.sessions).records]
    assert set(load_catalog(paths.config)[0].routines) >= set(bundled_catalog().routines)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_its_owner_may_not_read(tmp_path: Path, kind: str) -> None:
    # As root the whole directory is closed to the ordinary user that the loaders then run as.
    paths = paths_below(tmp_path / "closed")
    path = put_sound_file(kind, paths)
    path.chmod(0)
    if os.geteuid() == 0:
        for each in (tmp_path, *tmp_path.parents):
            if each == Path("/tmp"):
                break
            each.chmod(stat.S_IMODE(each.stat().st_mode) | 0o055)
    with as_ordinary_user():
        sentences = named(kind, paths)
    assert len(sentences) == 1
    assert "Permission denied" in sentences[0]
    assert any(each.name in sentences[0] for each in (path, path.parent))


@pytest.mark.parametrize("kind", ["session", "memory"])
def test_a_newer_file_is_read_as_far_as_it_is_understood(paths: AppPaths, kind: str) -> None:
    DAMAGES["newer format"](place(kind, paths), kind)
    (sentence,) = named(kind, paths)
    assert "as far as it is understood" in sentence
    if kind == "session":
        assert len(load_log(paths.sessions).records) == 2
    else:
        assert load_state(paths.memory)[0].last_routine == "leg-circuit"


def test_newer_settings_are_used_as_far_as_they_are_understood(paths: AppPaths) -> None:
    DAMAGES["newer format"](paths.settings, "settings")
    settings, (problem,) = load_settings(paths.settings)
    assert settings.rules.week_goal == 4
    assert "newer than this hipcoach" in str(problem)


def test_a_newer_memory_keeps_what_is_not_understood(paths: AppPaths) -> None:
    text = paths.memory.read_text(encoding="utf-8").replace("format = 1", 'format = 2\nmood = "good"')
    paths.memory.write_text(text + 'weather = "fair"\n[routines.other]\ncolour = "red"\n', encoding="utf-8")
    before, _ = load_state(paths.memory)
    change_state(paths.memory, [lambda state: state.with_routine("leg-circuit", mastered=False)], before)
    written = paths.memory.read_text(encoding="utf-8")
    assert "format = 2" in written
    for kept in ('mood = "good"', 'weather = "fair"', 'colour = "red"'):
        assert kept in written
    assert load_state(paths.memory)[0].of("leg-circuit").mastered is False


@pytest.mark.parametrize("damage", ["binary", "truncated", "huge", "directory", "symlink loop", "FIFO"])
def test_a_memory_that_cannot_be_read_is_never_written_over(paths: AppPaths, damage: str) -> None:
    DAMAGES[damage](paths.memory, "memory")
    before = state(paths.memory)
    with within(10), pytest.raises(StorageError, match="for this run only"):
        change_state(paths.memory, [], AppState(safety_read=True))
    assert state(paths.memory) == before


@pytest.mark.parametrize("kind", ["session", "journal", "routine", "exercise"])
@pytest.mark.parametrize("damage", ["file", "symlink loop"])
def test_something_in_place_of_a_whole_directory(paths: AppPaths, kind: str, damage: str) -> None:
    directory = place(kind, paths).parent
    shutil.rmtree(directory)
    if damage == "file":
        directory.write_text("in the way")
    else:
        directory.symlink_to(directory.name)
    sentences = named(kind, paths)
    assert len(sentences) == 1
    assert directory.name in sentences[0]
