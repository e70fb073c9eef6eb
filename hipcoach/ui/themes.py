"""Two themes that read from two metres and for colour-blind eyes: left is blue, right is orange.

What is counted and what is said stands out from its background by 7:1 or more (WCAG 2, level AAA).
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="hipcoach-dark",
    primary="#8ab0ff",
    secondary="#c4a7fb",
    accent="#e0af68",
    foreground="#e6e9f0",
    background="#11131a",
    surface="#191c26",
    panel="#232735",
    success="#7fd88f",
    warning="#e0af68",
    error="#ff8da1",
    dark=True,
)
LIGHT = Theme(
    name="hipcoach-light",
    primary="#1a3f8f",
    secondary="#5b2a9d",
    accent="#6f3800",
    foreground="#14161d",
    background="#fbfaf6",
    surface="#f3f1ea",
    panel="#e6e3d9",
    success="#125526",
    warning="#6f3800",
    error="#98102c",
    dark=False,
)
THEMES = (DARK, LIGHT)

MEANINGS_ON_DARK = {
    "on-colour": "#11131a",
    "side-left": "#7ab0ff",
    "side-right": "#ff9f1c",
    "side-both": "#7fd88f",
    "lead-in": "#c4a7fb",
    "rest": "#6cc0c0",
}
MEANINGS_ON_LIGHT = {
    "on-colour": "#ffffff",
    "side-left": "#0a469f",
    "side-right": "#7d3a00",
    "side-both": "#125526",
    "lead-in": "#5b2a9d",
    "rest": "#0a5050",
}


def meanings(*, dark: bool) -> dict[str, str]:
    """Colours that mean something; every theme has them, also one of Textual's own."""
    return MEANINGS_ON_DARK if dark else MEANINGS_ON_LIGHT


def for_rich(colour: str) -> str:
    """A colour of a theme as Rich calls it: some of Textual's themes name those of the terminal."""
    return colour.removeprefix("ansi_")
