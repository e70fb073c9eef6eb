"""What is said of files of the log that cannot be used, and of copies, in one line. No widgets."""

from __future__ import annotations

from pathlib import Path

from hipcoach.core.text import plain
from hipcoach.ui.format import count_text


def problem_line(
    problems: tuple[str, ...], copies: tuple[str, ...], directory: Path, others: tuple[str, ...] = ()
) -> str:
    """How many files are to be looked at, how many are copies, and the first reason, in one line."""
    if problems or others:
        both = problems + others
        first = plain(both[0].removeprefix(f"{directory}/"))
        return f"{count_text(len(both), 'file' if others else 'session file')} to look at: {first}"
    if len(copies) == 1:
        return plain(copies[0])
    return (
        f"{len(copies)} files are copies that a sync program made; no session counts twice." if copies else ""
    )
