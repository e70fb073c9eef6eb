"""What the system knows of a process, see proc(5)."""

from __future__ import annotations

from pathlib import Path


def _fields(pid: int) -> list[str]:
    """What follows the name; the state is the first."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def is_gone(pid: int) -> bool:
    """Whether a process has ended, reaped or not."""
    try:
        return _fields(pid)[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def processor_time(pid: int) -> float:
    """Seconds of the processor that a process has used, counted in hundredths."""
    return sum(map(int, _fields(pid)[11:13])) / 100


def children(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdecimal() and not is_gone(int(place.name)):
            try:
                parent = int(_fields(int(place.name))[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent == pid:
                found.append(int(place.name))
    return found


def players(pid: int) -> list[int]:
    """The sound players among the processes that a process has started."""
    named = "hipcoach.audio.player"
    return [child for child in children(pid) if named in Path(f"/proc/{child}/cmdline").read_text()]
