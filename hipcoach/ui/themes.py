"""Colours that read from two metres and for colour-blind eyes: left is blue, right is orange."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="hipcoach-dark",
    primary="#7aa2f7",
    secondary="#bb9af7",
    accent="#e0af68",
    foreground="#e6e9f0",
    background="#11131a",
    surface="#191c26",
    panel="#232735",
    success="#7fd88f",
    warning="#e0af68",
    error="#f7768e",
    dark=True,
)
THEMES = (DARK,)

MEANINGS = {
    "on-colour": "#11131a",
    "side-left": "#3d8bfd",
    "side-right": "#ff9f1c",
    "side-both": "#7fd88f",
    "lead-in": "#bb9af7",
    "rest": "#5fb3b3",
}
"""Colours that mean something; every theme has them, also one of Textual's own."""
