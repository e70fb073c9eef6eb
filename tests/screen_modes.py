"""Which modes of a terminal a program has switched on and not off again, by what it has sent."""

from __future__ import annotations

import re

MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
KITTY = re.compile(rb"\x1b\[([>=<])([0-9;]*)u")
USUALLY_ON = {b"7", b"25"}
"""Lines wrap and the cursor is shown, before and after."""


def left_on(drawn: bytes) -> list[str]:
    """The private modes that are on at the end, and whether keys are still reported in kitty's way."""
    on = set(USUALLY_ON)
    for match in MODE.finditer(drawn):
        for mode in match[1].split(b";"):
            (on.add if match[2] == b"h" else on.discard)(mode)
    found = [f"mode {mode.decode()}" for mode in sorted(on - USUALLY_ON)]
    found += [f"mode {mode.decode()} off" for mode in sorted(USUALLY_ON - on)]
    pushed = sum({b">": 1, b"<": -1}.get(match[1], 0) for match in KITTY.finditer(drawn))
    return found + (["kitty keys"] if pushed > 0 else [])
