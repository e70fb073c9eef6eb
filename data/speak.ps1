# Says a text into a WAV file with a voice of Windows. What varies comes from the environment.
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
