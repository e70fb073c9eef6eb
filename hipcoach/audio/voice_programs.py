"""What has to be known of the speech programs of macOS and Windows: their voices and scales."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

MAC_PREFERRED = ("Samantha", "Alex", "Daniel", "Karen", "Moira")
"""Plain voices: the first English one in the list of macOS, by the alphabet, is a joke."""
MAC_LINE = re.compile(r"^(?P<name>\S.*?)\s+(?P<locale>[a-z]{2,3}[_-]\w+)\s+#")
SAPI_USUAL = 175
"""Words per minute that SAPI speaks at its rate 0, or thereabouts."""

POWERSHELL_SCRIPT = """
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Speech
$wanted = $env:HIPCOACH_VOICE
$speaker = New-Object System.Speech.Synthesis.SpeechSynthesizer
$fitting = @($speaker.GetInstalledVoices() | Where-Object {
    $_.Enabled -and ($_.VoiceInfo.Name -eq $wanted -or
        $_.VoiceInfo.Culture.Name -eq $wanted -or $_.VoiceInfo.Culture.TwoLetterISOLanguageName -eq $wanted)
})
if ($fitting.Count -eq 0) { throw 'no such voice is installed' }
$speaker.SelectVoice($fitting[0].VoiceInfo.Name)
$speaker.Rate = [int]$env:HIPCOACH_RATE
$format = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(
    22050, [System.Speech.AudioFormat.AudioBitsPerSample]::Sixteen,
    [System.Speech.AudioFormat.AudioChannel]::Mono)
$speaker.SetOutputToWaveFile($env:HIPCOACH_FILE, $format)
$speaker.Speak($env:HIPCOACH_SAY)
$speaker.Dispose()
"""


def mac_voices(listing: str) -> dict[str, str]:
    """Voices and their locale, from what `say -v ?` prints."""
    found = (MAC_LINE.match(line) for line in listing.splitlines())
    return {match["name"]: match["locale"].replace("_", "-").lower() for match in found if match}


def english_first(voices: Mapping[str, str], wanted: str, preferred: Sequence[str]) -> str:
    """The voice called `wanted`, or one that speaks the language `wanted`, a preferred one if there is any.

    Where none does, `wanted` itself, so that the program says what is wrong.
    """
    if wanted in voices:
        return wanted
    language = wanted.lower()
    speaking = [
        name for name, locale in voices.items() if locale == language or locale.startswith(f"{language}-")
    ]
    return next((name for name in (*preferred, *speaking) if name in speaking), wanted)


def sapi_rate(words_per_minute: int) -> int:
    """SAPI's rate from -10 to 10, of which ten are a factor of three."""
    return max(-10, min(10, round(10 * math.log(words_per_minute / SAPI_USUAL, 3))))
