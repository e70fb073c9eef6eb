"""Which characters a picture in the terminal is made of, and which of them a terminal is likely to have."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

BRAILLE_START = 0x2800
POOR_FONTS = ("linux", "cons25", "vt100", "vt220")
"""TERM of consoles whose fonts hold 256 or 512 characters, none of them braille."""


class Characters(StrEnum):
    """What a picture is made of."""

    BRAILLE = "braille"
    """2 x 4 dots a cell."""
    BLOCKS = "blocks"
    """1 x 2 dots a cell: full and half blocks."""
    ASCII = "ascii"
    """2 x 4 dots a cell, which with their ink choose its character."""


def characters_for(encoding: str, environ: Mapping[str, str], *, on_windows: bool = False) -> Characters:
    """Return the finest characters that a terminal is likely to show.

    Args:
        encoding: of the output, such as "utf-8".
        environ: the environment, for TERM and what newer terminals on Windows set.
        on_windows: the old console there has no font with braille.
    """
    is_old_console = on_windows and not {"WT_SESSION", "TERM_PROGRAM"} & environ.keys()
    has_braille = environ.get("TERM") not in POOR_FONTS and not is_old_console
    if has_braille and _can_encode(chr(BRAILLE_START + 1), encoding):
        return Characters.BRAILLE
    return Characters.BLOCKS if _can_encode("▀▄█", encoding) else Characters.ASCII


def _can_encode(characters: str, encoding: str) -> bool:
    try:
        characters.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
