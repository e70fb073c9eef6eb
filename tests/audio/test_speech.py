"""What speaks is found and given words as nothing but words; each text is said once, and kept."""

from __future__ import annotations

import os
import stat
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from hipcoach.audio import speech
from hipcoach.audio.samples import RATE, read_wav
from hipcoach.audio.speech import (
    GIVE_UP_AFTER,
    LONGEST_TEXT,
    MARGIN,
    Synthesizer,
    find_synthesizer,
    mac_voice,
    trimmed,
)
from hipcoach.core.speech import Lengths
from hipcoach.errors import SpeechError
from tests.speaking import FakeSynthesizer, speaker, spoken_seconds

MAC_LISTING = """\
Albert              en_US    # Hello! My name is Albert.
Bad News            en_US    # Hello! My name is Bad News.
Daniel              en_GB    # Hello! My name is Daniel.
Eddy (German (Germany)) de_DE    # Hallo! Ich heiße Eddy.
Samantha            en_US    # Hello! My name is Samantha.
Majed               ar_001   # مرحبًا! اسمي ماجد.
"""
TEXTS = ["Clam, right side.", "Halfway.", "Done."]


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], str]:
    """Makes a stand-in for a speech program: it writes down its arguments, input and environment."""
    if sys.platform == "win32":
        pytest.skip("the stand-in is a shell script")

    def make(name: str) -> str:
        path = tmp_path / name
        path.write_text(
            "#!/bin/sh\n"
            f'for each; do printf "%s\\n" "$each"; done >{tmp_path}/arguments\n'
            f"cat >{tmp_path}/input\n"
            f'env | grep "^HIPCOACH_" | sort >{tmp_path}/environ\n'
            f"[ ! -e {tmp_path}/fails ] || {{ echo no such voice >&2; exit 1; }}\n"
            f"[ ! -e {tmp_path}/listing ] || cat {tmp_path}/listing\n"
        )
        path.chmod(0o755)
        return str(path)

    return make


@pytest.mark.parametrize(
    ("platform", "there", "found"),
    [
        ("linux", ("espeak-ng", "espeak"), "espeak-ng"),
        ("linux", ("espeak",), "espeak"),
        ("linux", ("say", "powershell"), None),
        ("darwin", ("say", "espeak-ng"), "say"),
        ("darwin", ("espeak-ng",), "espeak-ng"),
        ("win32", ("powershell", "espeak-ng"), "SAPI"),
        ("freebsd14", (), None),
    ],
)
def test_what_the_system_has_is_found(
    platform: str, there: tuple[str, ...], found: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in there:
        (tmp_path / name).touch(mode=0o755)
    synthesizer = find_synthesizer("en", 175, platform)
    assert (synthesizer.name if synthesizer else None) == found


def test_the_text_goes_to_espeak_by_its_input(program: Callable[[str], str], tmp_path: Path) -> None:
    text = "--help; $(rm -rf /) Näxt"
    Synthesizer(program("espeak-ng"), "en-gb", 160).write(text, tmp_path / "said.wav")
    arguments = (tmp_path / "arguments").read_text().splitlines()
    assert arguments == ["-v", "en-gb", "-s", "160", "-b", "1", "--stdin", "-w", str(tmp_path / "said.wav")]
    assert (tmp_path / "input").read_text(encoding="utf-8") == text


def test_the_text_goes_to_say_by_its_input(program: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "listing").write_text(MAC_LISTING, encoding="utf-8")
    Synthesizer(program("say")).write("-o /etc/passwd", tmp_path / "said.wav")
    arguments = (tmp_path / "arguments").read_text().splitlines()
    assert arguments[:6] == ["-v", "Samantha", "-r", "175", "-f", "-"]
    assert "--data-format=LEI16@22050" in arguments
    assert (tmp_path / "input").read_text() == "-o /etc/passwd"


def test_the_text_goes_to_powershell_by_its_environment(
    program: Callable[[str], str], tmp_path: Path
) -> None:
    text = "'; Remove-Item C:\\ -Recurse #"
    Synthesizer(program("powershell"), rate=400).write(text, tmp_path / "said.wav")
    *options, script = (tmp_path / "arguments").read_text().split("\n", 3)
    assert options == ["-NoProfile", "-NonInteractive", "-Command"]
    assert "$speaker.Speak($env:HIPCOACH_SAY)" in script
    assert text not in script
    environ = dict(line.split("=", 1) for line in (tmp_path / "environ").read_text().splitlines())
    assert environ["HIPCOACH_SAY"] == text
    assert environ["HIPCOACH_RATE"] == "8"
    assert environ["HIPCOACH_FILE"] == str(tmp_path / "said.wav")


def test_a_program_that_fails_is_gone_or_hangs_is_one_sentence(
    program: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fails").touch()
    with pytest.raises(SpeechError, match=r"^espeak failed \(no such voice\)\.$"):
        Synthesizer(program("espeak")).write("Go", tmp_path / "said.wav")
    with pytest.raises(SpeechError, match="cannot be started"):
        Synthesizer(str(tmp_path / "gone")).write("Go", tmp_path / "said.wav")
    monkeypatch.setattr(speech, "TIMEOUT", 0.2)
    with pytest.raises(SpeechError, match="did not finish"):
        Synthesizer(sys.executable).run("-c", "import threading; threading.Event().wait()")


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        ("en", "Samantha"),
        ("en-gb", "Daniel"),
        ("Bad News", "Bad News"),
        ("de", "Eddy (German (Germany))"),
        ("ar", "Majed"),
        ("xx", "xx"),
    ],
)
def test_a_plain_voice_of_the_language_is_chosen_on_macos(wanted: str, chosen: str) -> None:
    assert mac_voice(MAC_LISTING, wanted) == chosen


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "speech"


def asking(*texts: str) -> Callable[[Lengths], Iterable[object]]:
    """A job that gets these ready."""

    def job(lengths: Lengths) -> Iterator[float | None]:
        yield from map(lengths, texts)

    return job


def test_a_text_is_said_once_without_the_silence_around_it(directory: Path) -> None:
    fake = FakeSynthesizer()
    texts = speaker(directory, fake)
    assert texts.seconds("Halfway.") is None
    assert texts.sound("Halfway.") is None
    assert not texts.is_settled("Halfway.")
    length = texts.say("Halfway.")
    assert length == pytest.approx(spoken_seconds("Halfway.") + 2 * MARGIN / RATE, abs=2 / RATE)
    assert texts.say("Halfway.") == texts.seconds("Halfway.") == length
    assert fake.given == ["Halfway."]
    path = texts.sound("Halfway.")
    assert path is not None
    assert Path(path).is_absolute()
    assert len(read_wav(Path(path))) / RATE == length


def test_it_is_kept_for_the_next_session_by_its_voice_and_volume(directory: Path) -> None:
    speaker(directory).say("Halfway.")
    again, other = FakeSynthesizer(), FakeSynthesizer("slower")
    speaker(directory, again).say("Halfway.")
    speaker(directory, other).say("Halfway.")
    speaker(directory, again, volume=0.5).say("Halfway.")
    assert (len(again.given), len(other.given)) == (1, 1)
    assert len(list(directory.iterdir())) == 3


@pytest.mark.parametrize("broken", [b"", b"RIFF", b"x" * 4000])
def test_a_kept_file_that_is_broken_is_made_again(directory: Path, broken: bytes) -> None:
    length = speaker(directory).say("Halfway.")
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


def test_the_files_used_longest_ago_make_room(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = speaker(directory)
    for age, text in enumerate(TEXTS):
        before.say(text)
        os.utime(before.sound(text) or "", (1_000_000 - age, 1_000_000 - age))
    monkeypatch.setattr(speech, "MOST_FILES", 3)
    now = speaker(directory)
    # Used today, so it stays although it is the oldest.
    now.say("Done.")
    now.say("Go.")
    kept = {before.sound("Done."), before.sound("Clam, right side."), now.sound("Go.")}
    assert {str(path) for path in directory.iterdir()} == kept


def test_texts_are_got_ready_in_the_background_until_another_job_or_the_end(directory: Path) -> None:
    fake = FakeSynthesizer()
    texts = speaker(directory, fake)
    texts.prepare(asking(*TEXTS))
    assert texts.wait(20)
    assert fake.given == TEXTS
    assert all(texts.seconds(text) for text in TEXTS)
    fake.free.clear()
    texts.prepare(asking(*(f"Old {number}." for number in range(50))))
    texts.prepare(asking("New.", *(f"Newer {number}." for number in range(50))))
    assert texts.seconds("New.") is None
    fake.free.set()
    texts.close()
    assert texts.wait(20)
    assert len(fake.given) < 50
    texts.prepare(asking("Late."))
    assert texts.wait(20)
    assert texts.seconds("Late.") is None


@pytest.mark.parametrize("text", ["", "  ", "***", "\x1b", "word " * LONGEST_TEXT])
def test_what_is_no_text_never_reaches_the_program(directory: Path, text: str) -> None:
    fake = FakeSynthesizer()
    texts = speaker(directory, fake)
    assert texts.say(text) is None
    assert texts.is_settled(text)
    assert (fake.given, texts.problem) == ([], "")


def test_silence_is_cut_off_at_both_ends() -> None:
    silence, loud = array("h", [0] * 10_000), array("h", [5_000] * 100)
    found = trimmed(silence + loud + silence)
    assert len(found) == pytest.approx(100 + 2 * MARGIN, abs=2)
    assert trimmed(loud) == loud
    assert len(trimmed(silence)) == 0


def test_what_cannot_be_said_is_a_problem_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    texts = speaker(tmp_path / "file" / "speech")
    assert texts.say("Halfway.") is None
    assert "file" in texts.problem
    silent = FakeSynthesizer()
    silent.silent = True
    texts = speaker(tmp_path / "speech", silent)
    assert texts.say("Halfway.") is None
    assert "silence" in texts.problem
    assert not (tmp_path / "speech").exists()
    broken = FakeSynthesizer()
    broken.broken = True
    texts = speaker(tmp_path / "speech", broken)
    for number in range(10):
        assert texts.say(f"Text {number}.") is None
        assert texts.is_settled(f"Text {number}.")
    assert texts.problem == "fake is broken."
    assert len(broken.given) == GIVE_UP_AFTER
