"""Text from files, made safe to show: it can neither steer the terminal nor break a line of a table."""

from __future__ import annotations


def plain(text: str) -> str:
    """The text in one line: control and direction signs are dropped, white space is made single spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
