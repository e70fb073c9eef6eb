"""Sound: which way of making it works here, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hipcoach.audio.backends import considered, probe
from hipcoach.commands.examination.finding import Finding
from hipcoach.errors import HipcoachError

TO_DO = (
    "The coach works without sound, with flashes instead. For sound, check that the machine has a sound "
    "device that other programs can play on, and see 'audio.backend' in the settings."
)


def look_at_audio(backend: str, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Try to open the sound device with the setting `backend`; plays nothing, takes up to five seconds."""
    try:
        status = probe(backend, environ)
        notes = considered(backend, environ)
    except (HipcoachError, OSError) as error:
        yield Finding("sound", False, str(error), TO_DO)
        return
    # The terminal bell works, but tells no cue from another: that is well only where it was asked for.
    is_well = backend == status.backend or (status.working and status.backend not in ("bell", "silent"))
    how = f"{status.backend}: {status.reason}" if status.reason else status.backend
    yield Finding("sound", is_well, how, "" if is_well else TO_DO)
    for note in notes:
        name, _, reason = note.partition(": ")
        yield Finding(f"  {name}", True, reason)
