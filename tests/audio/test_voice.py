"""What speaks is found, and is given words as nothing but words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hipcoach.audio import voice
from hipcoach.audio.speech import (
    MAC_PREFERRED,
    POWERSHELL_SCRIPT,
    Espeak,
    MacSay,
    Voice,
    WindowsSapi,
    english_first,
    find_synthesizer,
    how_to_get_speech,
    mac_voices,
    sapi_rate,
)
from hipcoach.errors import SpeechError

MAC_LISTING = """\
Albert              en_US    # Hello! My name is Albert.
Bad News            en_US    # Hello! My name is Bad News.
Daniel              en_GB    # Hello! My name is Daniel.
Eddy (German (Germany)) de_DE    # Hallo! Ich heiße Eddy.
Samantha            en_US    # Hello! My name is Samantha.
Majed               ar_001   # مرحبًا! اسمي ماجد.
"""


def which(*there: str) -> voice.Which:
    return lambda name: f"/bin/{name}" if name in there else None


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Stands in for a speech program: writes down its arguments, input and environment."""
    if sys.platform == "win32":
        pytest.skip("the stand-in is a shell script")
    path = tmp_path / "speaks"
    path.write_text(
        "#!/bin/sh\n"
        f'for each; do printf "%s\\n" "$each"; done >{tmp_path}/arguments\n'
        f"cat >{tmp_path}/input\n"
        f'env | grep "^HIPCOACH_" | sort >{tmp_path}/environ\n'
        f"[ ! -e {tmp_path}/fails ] || {{ echo no such voice >&2; exit 1; }}\n"
        f"[ ! -e {tmp_path}/listing ] || cat {tmp_path}/listing\n"
    )
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("platform", "there", "found"),
    [
        ("linux", ("espeak-ng", "espeak"), "espeak-ng"),
        ("linux", ("espeak",), "espeak"),
        ("linux", ("say", "powershell"), None),
        ("darwin", ("say", "espeak-ng"), "say"),
        ("darwin", ("espeak-ng",), "espeak-ng"),
        ("win32", ("powershell", "espeak-ng"), "SAPI"),
        ("win32", ("espeak-ng",), "espeak-ng"),
        ("freebsd14", (), None),
    ],
)
def test_what_the_system_has_is_found(platform: str, there: tuple[str, ...], found: str | None) -> None:
    synthesizer = find_synthesizer(Voice(), platform, which(*there))
    assert (synthesizer.name if synthesizer else None) == found


def test_everything_that_changes_the_sound_is_in_the_identity() -> None:
    voices = [Voice(), Voice("en-gb"), Voice(rate=150)]
    found = [Espeak("/bin/espeak-ng", each).identity for each in voices]
    found += [MacSay("/usr/bin/say", each).identity for each in voices]
    found += [WindowsSapi("powershell.exe", each).identity for each in voices]
    assert len(set(found)) == len(found)


def test_the_text_goes_to_espeak_by_its_input(program: Path, tmp_path: Path) -> None:
    text = "--help; $(rm -rf /) Näxt"
    Espeak(str(program), Voice("en-gb", 160)).write(text, tmp_path / "said.wav")
    arguments = (tmp_path / "arguments").read_text().splitlines()
    assert arguments == ["-v", "en-gb", "-s", "160", "-b", "1", "--stdin", "-w", str(tmp_path / "said.wav")]
    assert (tmp_path / "input").read_text(encoding="utf-8") == text


def test_the_text_goes_to_say_by_its_input(program: Path, tmp_path: Path) -> None:
    (tmp_path / "listing").write_text(MAC_LISTING, encoding="utf-8")
    MacSay(str(program), Voice()).write("-o /etc/passwd", tmp_path / "said.wav")
    arguments = (tmp_path / "arguments").read_text().splitlines()
    assert arguments[:6] == ["-v", "Samantha", "-r", "175", "-f", "-"]
    assert "--data-format=LEI16@22050" in arguments
    assert (tmp_path / "input").read_text() == "-o /etc/passwd"


def test_the_text_goes_to_powershell_by_its_environment(program: Path, tmp_path: Path) -> None:
    text = "'; Remove-Item C:\\ -Recurse #"
    WindowsSapi(str(program), Voice()).write(text, tmp_path / "said.wav")
    arguments = (tmp_path / "arguments").read_text()
    assert arguments == f"-NoProfile\n-NonInteractive\n-Command\n{POWERSHELL_SCRIPT}\n"
    environ = dict(line.split("=", 1) for line in (tmp_path / "environ").read_text().splitlines())
    assert environ["HIPCOACH_SAY"] == text
    assert environ["HIPCOACH_RATE"] == "0"
    assert environ["HIPCOACH_FILE"] == str(tmp_path / "said.wav")


def test_a_program_that_fails_is_one_sentence(program: Path, tmp_path: Path) -> None:
    (tmp_path / "fails").touch()
    with pytest.raises(SpeechError, match=r"^speaks failed \(no such voice\)\.$"):
        Espeak(str(program), Voice()).write("Go", tmp_path / "said.wav")


def test_a_program_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="cannot be started"):
        Espeak(str(tmp_path / "gone"), Voice()).write("Go", tmp_path / "said.wav")


def test_a_program_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice, "TIMEOUT", 0.2)
    with pytest.raises(SpeechError, match="did not finish"):
        voice.run([sys.executable, "-c", "import threading; threading.Event().wait()"])


def test_voices_of_macos_are_read() -> None:
    assert mac_voices(MAC_LISTING) == {
        "Albert": "en-us",
        "Bad News": "en-us",
        "Daniel": "en-gb",
        "Eddy (German (Germany))": "de-de",
        "Samantha": "en-us",
        "Majed": "ar-001",
    }


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [("en", "Samantha"), ("en-gb", "Daniel"), ("Bad News", "Bad News"), ("de", "Eddy (German (Germany))")],
)
def test_a_plain_voice_of_the_language_is_chosen(wanted: str, chosen: str) -> None:
    assert english_first(mac_voices(MAC_LISTING), wanted, MAC_PREFERRED) == chosen


def test_a_voice_that_is_not_there_is_left_to_the_program() -> None:
    assert english_first({}, "xx", MAC_PREFERRED) == "xx"


@pytest.mark.parametrize(("words", "rate"), [(175, 0), (80, -7), (400, 8), (10, -10), (2000, 10)])
def test_words_per_minute_on_the_scale_of_windows(words: int, rate: int) -> None:
    assert sapi_rate(words) == rate


def test_there_is_advice_for_every_system() -> None:
    assert "espeak-ng" in how_to_get_speech("freebsd14")
    assert "macOS" in how_to_get_speech("darwin")
    assert "PowerShell" in how_to_get_speech("win32")
