"""Signs for terminals without UTF-8: each sign that their encoding lacks is drawn as one that is alike."""

from __future__ import annotations

import codecs
import unicodedata

NAME = "hipcoach-look-alikes"
"""The error handler's name for `reconfigure(errors=...)`."""
_ALIKE = {
    "#": "█▓▀▄▌▐■▔▊▋▉▇▆",
    "%": "▒",
    ":": "░",
    "*": "●◐•",
    "o": "○",
    "v": "✓▼↓",
    "^": "▲↑",
    ">": "▶→",
    "<": "◀←",
    "_": "▁▂▃▅",
    "-": "━─═╸╺╶╴╌┄–—−",
    "|": "│┃║▏▎▍▕",
    "+": "┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝†",
    ".": "…·",
    "x": "×",
    "~": "♪",
    '"': "“”„",
    "'": "‘’‚",
}
_SIGNS = {sign: alike for alike, signs in _ALIKE.items() for sign in signs}


def register_look_alikes() -> str:
    """Make the error handler known; returns its name."""
    codecs.register_error(NAME, _stand_in)
    return NAME


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_alike, error.object[error.start : error.end])), error.end


def _alike(sign: str) -> str:
    """As wide as the sign itself, so that columns stay in line."""
    if sign in _SIGNS:
        return _SIGNS[sign]
    if unicodedata.combining(sign):
        return ""
    return "??" if unicodedata.east_asian_width(sign) in "WF" else "?"
