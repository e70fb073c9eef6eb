"""Which keys are tried at random on which screen, weighted so that much happens."""

from __future__ import annotations

from tests.ui.support import Coach

ANYWHERE = [
    "escape",
    "enter",
    "tab",
    "shift+tab",
    "up",
    "down",
    "home",
    "end",
    "pageup",
    "pagedown",
    "question_mark",
]
BY_SCREEN = {
    "PickerScreen": ["enter"] * 6
    + [*"+-lowavsgi/kxefbtd", *"hhhh", "slash", "plus", "minus", "exclamation_mark", "comma"]
    + ["shift+up", "shift+down", "ctrl+p"],
    "SessionScreen": [
        *["space"] * 4,
        "enter",
        "enter",
        "n",
        "n",
        "n",
        "right",
        "p",
        "left",
        "r",
        "N",
        "u",
        "h",
        "m",
        "v",
        "plus",
        "equals_sign",
        "minus",
        "minus",
        "left_square_bracket",
        "right_square_bracket",
        "q",
        "ctrl+p",
    ],
    "AvoidScreen": [*"kwdbkwdb", "space", "enter", "escape", "down"],
    "ChoiceScreen": [*"gcrsdlny1", "enter", "escape"],
    "HelpScreen": ["escape", "q", "s", "enter", "down"],
    "SafetyScreen": [*["enter"] * 4, "escape", "down", "pagedown", "end", "q", "space"],
    "DiscomfortScreen": [*"0147", "enter", "enter", "left", "right", "backspace", "escape"],
    "HistoryScreen": [*"eq12345crdumts", "enter", "exclamation_mark", "escape", "down", "up", "ctrl+p"],
    "SessionDetailScreen": ["e", "escape", "q", "down", "end", "r", "a", "d", "ctrl+p"],
    "NoteEditor": ["a", "[", "]", "enter", "enter", "escape", "x", "space"],
    "SummaryScreen": ["enter", "enter", "a", "escape", "[", "y", "tab", "e", "7", "x", "up", "end"],
    "SelfTestScreen": [*"yyynnnbapkd", "enter", "enter", "down", "left", "escape"],
    "SettingsScreen": [*["down"] * 6, *["enter"] * 5, "right", "right", "left", "end", "backspace", "escape"],
    "ValueEditor": [*"175:.", "backspace", "backspace", *["enter"] * 3, "escape"],
    "KeysScreen": [*["down"] * 3, *["enter"] * 3, "pagedown", "up", "backspace", "plus", "escape"],
    "KeyCapture": [*"zjYn", "f9", "ctrl+t", "enter", "space", "escape"],
    "BuilderScreen": ["f2", "f2", *"3x 5s,", "enter", "backspace", "f3", "f4", "ctrl+s", "escape", "escape"],
    "ExerciseFinder": [*"clm", "backspace", *["down"] * 2, *["enter"] * 3, "escape"],
    "LogProblemsScreen": ["down", "end", "escape", "q"],
    "SteadyPalette": [*"ase", *["down"] * 3, *["enter"] * 3, "up", "pagedown", "pageup", "end", "escape"],
}
"""Weighted by hand; all other keys of any screen come from its bindings."""
WRITTEN = [*"7 3x:.", "backspace"]
USUAL, BOUND, ELSEWHERE = 14, 3, 2
"""Of twenty keys, how many come from the screen's own list, its bindings, and `ANYWHERE`; one is written."""
KINDS = 20


def key_here(it: Coach, kind: int, which: int) -> str:
    """A key that does something on the screen on top, mostly.

    Args:
        it: the running app.
        kind: below `KINDS`, from which list; 0 for the likeliest.
        which: any number; counts round and round in that list.
    """
    name = type(it.screen).__name__
    keys: list[str]
    if kind < USUAL and name in BY_SCREEN:
        keys = BY_SCREEN[name]
    elif kind < USUAL + BOUND:
        keys = sorted(it.screen.active_bindings)
    elif kind < USUAL + BOUND + ELSEWHERE:
        keys = ANYWHERE
    else:
        keys = WRITTEN
    return keys[which % len(keys)]
