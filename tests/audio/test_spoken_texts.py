from __future__ import annotations

import os
import stat
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.audio.samples import RATE, read_wav
from hipcoach.audio.speech import GIVE_UP_AFTER, LONGEST_TEXT, MARGIN, PEAK, Lengths, levelled, trimmed
from hipcoach.errors import StorageError
from tests.core.test_wording import is_clean
from tests.speaking import FakeSynthesizer, speaker, spoken_seconds

TEXTS = ["Clam, right side.", "Halfway.", "Done."]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "speech"


def asking(*texts: str) -> Callable[[Lengths], Iterable[object]]:
    """A job that gets these ready."""

    def job(lengths: Lengths) -> Iterator[float | None]:
        yield from map(lengths, texts)

    return job


def test_a_text_is_said_once_without_the_silence_around_it(tmp_path: Path) -> None:
    fake = FakeSynthesizer()
    speech = speaker(tmp_path / "speech", fake)
    assert speech.seconds("Halfway.") is None
    assert speech.sound("Halfway.") is None
    assert not speech.is_settled("Halfway.")
    length = speech.say("Halfway.")
    assert length == pytest.approx(spoken_seconds("Halfway.") + 2 * MARGIN / RATE, abs=2 / RATE)
    assert speech.say("Halfway.") == speech.seconds("Halfway.") == length
    assert fake.given == ["Halfway."]
    path = speech.sound("Halfway.")
    assert path is not None
    assert Path(path).is_absolute()
    assert len(read_wav(Path(path))) / RATE == length


def test_it_is_kept_for_the_next_session_by_its_voice(directory: Path) -> None:
    speaker(directory).say("Halfway.")
    again, other = FakeSynthesizer(), FakeSynthesizer("slower")
    speaker(directory, again).say("Halfway.")
    speaker(directory, other).say("Halfway.")
    speaker(directory, again, volume=0.5).say("Halfway.")
    assert (len(again.given), len(other.given)) == (1, 1)
    assert len(list(directory.iterdir())) == 3


@pytest.mark.parametrize("broken", [b"", b"RIFF", b"x" * 4000])
def test_a_kept_file_that_is_broken_is_made_again(directory: Path, broken: bytes) -> None:
    first = speaker(directory)
    length = first.say("Halfway.")
    (path,) = directory.iterdir()
    path.write_bytes(broken or path.read_bytes()[:200])
    fake = FakeSynthesizer()
    assert speaker(directory, fake).say("Halfway.") == length
    assert fake.given == ["Halfway."]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_files_are_for_the_user_alone_and_nothing_else_is_left(tmp_path: Path) -> None:
    directory = tmp_path / "cache" / "speech"
    speaker(directory).say("Halfway.")
    (path,) = directory.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700


def test_the_files_used_longest_ago_make_room_but_none_of_this_session(directory: Path) -> None:
    before = speaker(directory)
    for age, text in enumerate(TEXTS):
        before.say(text)
        os.utime(before.sound(text) or "", (1_000_000 - age, 1_000_000 - age))
    size = sum(path.stat().st_size for path in directory.iterdir())
    now = speaker(directory, most=size)
    # Used today, so it stays although it is the oldest.
    now.say("Done.")
    now.say("Go.")
    left = {path.name for path in directory.iterdir()}
    kept = {Path(before.sound(text) or "").name for text in ("Done.", "Clam, right side.")}
    assert kept <= left
    assert Path(before.sound("Halfway.") or "").name not in left
    small = speaker(directory, most=1)
    assert small.say("Done.") and small.say("Switch.")
    assert {path.name for path in directory.iterdir()} == {
        Path(small.sound(text) or "").name for text in ("Done.", "Switch.")
    }


def test_texts_are_got_ready_in_the_background_in_their_order(tmp_path: Path) -> None:
    fake = FakeSynthesizer()
    fake.free.clear()
    speech = speaker(tmp_path, fake)
    speech.prepare(asking(*TEXTS))
    assert [speech.seconds(text) for text in TEXTS] == [None] * 3
    fake.free.set()
    assert speech.wait(20)
    assert fake.given == TEXTS
    assert all(speech.seconds(text) for text in TEXTS)


def test_another_job_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    fake = FakeSynthesizer()
    fake.free.clear()
    speech = speaker(tmp_path, fake)
    speech.prepare(asking(*(f"Old {number}." for number in range(50))))
    speech.prepare(asking("New."))
    fake.free.set()
    assert speech.wait(20)
    assert len(fake.given) <= 3
    assert fake.given[-1] == "New."
    speech.prepare(asking("Newer."))
    assert speech.wait(20)
    assert speech.seconds("Newer.")


def test_closing_ends_what_is_going_on(tmp_path: Path) -> None:
    fake = FakeSynthesizer()
    fake.free.clear()
    speech = speaker(tmp_path, fake)
    speech.prepare(asking(*(f"Text {number}." for number in range(50))))
    fake.free.set()
    speech.close()
    assert speech.wait(20)
    assert len(fake.given) < 50
    speech.prepare(asking("New."))
    assert speech.wait(20)
    assert speech.seconds("New.") is None


def test_what_cannot_be_said_is_known_and_after_some_failures_nothing_is_tried(tmp_path: Path) -> None:
    fake = FakeSynthesizer()
    fake.broken = True
    speech = speaker(tmp_path, fake)
    assert speech.say("Halfway.") is None
    assert speech.is_settled("Halfway.")
    assert speech.problem == "fake is broken."
    for number in range(10):
        assert speech.say(f"Text {number}.") is None
    assert len(fake.given) == GIVE_UP_AFTER


def test_a_program_that_writes_silence_is_a_problem(directory: Path) -> None:
    fake = FakeSynthesizer()
    fake.silent = True
    speech = speaker(directory, fake)
    assert speech.say("Halfway.") is None
    assert "silence" in speech.problem
    assert not directory.exists()


def test_a_directory_that_cannot_be_written_is_a_problem_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    speech = speaker(tmp_path / "file" / "speech")
    assert speech.say("Halfway.") is None
    assert "file" in speech.problem
    assert issubclass(StorageError, Exception)


@pytest.mark.parametrize("text", ["", "  ", "***", "\x1b", "word " * LONGEST_TEXT])
def test_what_is_no_text_never_reaches_the_program(tmp_path: Path, text: str) -> None:
    fake = FakeSynthesizer()
    speech = speaker(tmp_path, fake)
    assert speech.say(text) is None
    assert speech.is_settled(text)
    assert (fake.given, speech.problem) == ([], "")


@given(st.text(max_size=60))
def test_only_words_reach_the_program(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    fake = FakeSynthesizer()
    fake.broken = True
    speaker(tmp_path_factory.mktemp("speech"), fake).say(text)
    assert all(is_clean(given) and given.strip() for given in fake.given)


@given(st.lists(st.integers(-32_768, 32_767), max_size=200), st.floats(0.0, 1.0))
def test_samples_stay_within_their_level(values: list[int], gain: float) -> None:
    samples = levelled(array("h", values), gain)
    assert max(map(abs, samples), default=0) <= round(PEAK * gain) + 1


def test_silence_is_cut_off_at_both_ends() -> None:
    silence, loud = array("h", [0] * 10_000), array("h", [5_000] * 100)
    found = trimmed(silence + loud + silence)
    assert len(found) == pytest.approx(100 + 2 * MARGIN, abs=2)
    assert trimmed(loud) == loud
    assert len(trimmed(silence)) == 0
