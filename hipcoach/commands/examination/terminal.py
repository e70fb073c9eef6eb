"""The terminal: its size, colours and characters."""

from __future__ import annotations

import codecs
import shutil
import sys
from collections.abc import Iterator, Mapping

from hipcoach.commands.examination.finding import Finding

SMALLEST = (80, 24)
"""Columns and rows that the screens are made for."""


def look_at_terminal(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Look at the terminal on standard input and output."""
    if not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout)):
        to_do = "Run 'hipcoach doctor' in the terminal in which you want to use it, without a pipe."
        yield Finding("terminal", False, "standard input or output is not a terminal", to_do)
    else:
        columns, rows = shutil.get_terminal_size()
        fits = columns >= SMALLEST[0] and rows >= SMALLEST[1]
        size = f"{columns} columns, {rows} rows"
        to_do = f"Make the window at least {SMALLEST[0]} by {SMALLEST[1]}, or its letters smaller."
        yield Finding("terminal", fits, size, "" if fits else to_do)
    yield _colours(environ)
    yield _characters()


def _colours(environ: Mapping[str, str]) -> Finding:
    term = environ.get("TERM", "")
    if environ.get("NO_COLOR"):
        return Finding("colours", True, "none, because NO_COLOR is set; everything is also said in words")
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return Finding("colours", True, "16 million")
    if "256color" in term:
        return Finding("colours", True, "256")
    if term in ("", "dumb", "unknown"):
        to_do = "Set TERM to what your terminal is, such as xterm-256color."
        return Finding("colours", False, f"unknown: TERM is {term or 'not set'}", to_do)
    return Finding("colours", True, f"16 (TERM is {term})")


def _characters() -> Finding:
    encoding = getattr(sys.stdout, "encoding", None) or "unknown"
    try:
        is_utf8 = codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        is_utf8 = False
    to_do = "Use a UTF-8 locale, such as LANG=C.UTF-8: large digits and figures need it."
    return Finding("characters", is_utf8, encoding, "" if is_utf8 else to_do)


def _is_terminal(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty())
