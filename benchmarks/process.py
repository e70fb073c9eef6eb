"""What a process has used: processor time and memory, as Linux tells it."""

from __future__ import annotations

from pathlib import Path

PROC = Path("/proc")
NANOSECOND = 1e-9
KILOBYTE = 1e-3
"""In megabytes, by which the kernel's kB of 1,024 bytes are counted as the table of the goals does."""


def processor_seconds(pid: int) -> float:
    """Seconds that all threads of a process have run so far.

    From `schedstat`, which is exact to the nanosecond; `stat` counts hundredths of a second. A thread that
    has ended meanwhile is missing.
    """
    total = 0
    for task in (PROC / str(pid) / "task").iterdir():
        total += int((task / "schedstat").read_text(encoding="ascii").split()[0])
    return total * NANOSECOND


def megabytes(pid: int) -> float:
    """The proportional set size: what is shared counts in parts."""
    lines = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * KILOBYTE for line in lines if line.startswith("Pss:"))


def children(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    found = []
    for task in (PROC / str(pid) / "task").iterdir():
        found += [int(each) for each in (task / "children").read_text(encoding="ascii").split()]
    return found
