"""What the system knows of a process, see proc(5)."""

from __future__ import annotations

from pathlib import Path


def _of(pid: int, name: str) -> str:
    """What the system says of a process; empty where it is gone."""
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _fields(pid: int) -> list[str]:
    """What follows the name; the state is the first."""
    return _of(pid, "stat").rpartition(")")[2].split()


def is_gone(pid: int) -> bool:
    """Whether a process has ended, reaped or not."""
    return _fields(pid)[:1] in ([], ["Z"])


def processor_time(pid: int) -> float:
    """Seconds of the processor that a process has used, counted in hundredths."""
    return sum(map(int, _fields(pid)[11:13])) / 100


def children(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    others = [int(place.name) for place in Path("/proc").iterdir() if place.name.isdecimal()]
    return [each for each in others if not is_gone(each) and _fields(each)[1:2] == [str(pid)]]


def players(pid: int) -> list[int]:
    """The sound players among the processes that a process has started."""
    return [child for child in children(pid) if "hipcoach.audio.player" in _of(child, "cmdline")]
