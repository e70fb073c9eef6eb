"""Signs that would end a text, or its line, with a backslash in front."""

from __future__ import annotations

import re


def escaped(text: str, signs: str = "") -> str:
    """A text in one line, in which none of these signs stands alone."""
    for sign in "\\" + signs:
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def unescaped(text: str) -> str:
    """The text that `escaped` was given."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)
