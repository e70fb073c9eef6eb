"""The keys of the picker: what they are called, and what they do in a few words."""

from __future__ import annotations

from textual.binding import Binding, BindingType

PICKER_KEYS: list[BindingType] = [
    Binding("enter", "start", "Start", id="picker.start", tooltip="Start the highlighted routine"),
    Binding("plus,equals_sign", "rounds(1)", "Rounds +", id="picker.more", tooltip="One round more"),
    Binding("minus", "rounds(-1)", "Rounds −", id="picker.less", tooltip="One round less"),
    Binding("l", "level", "Level", id="picker.level", tooltip="Low, middle or high end of every range"),
    Binding("o", "pace", "Own pace", id="picker.pace", tooltip="Paced by the coach, or at your own pace"),
    Binding("w", "warmup", "Warm-up", id="picker.warmup", tooltip="With or without the warm-up"),
    Binding("a", "sounds", "Sounds", id="picker.sounds", tooltip="All sounds, or sparse: begin and end"),
    Binding("v", "speech", "Voice", id="picker.speech", tooltip="This routine with or without speech"),
    Binding("s", "standing", "Standing only", id="picker.standing", tooltip="Only what is done standing"),
    Binding("slash", "filter", "Filter", id="picker.filter", tooltip="Filter by a word"),
    Binding("g", "gate", "Ready?", id="picker.gate", tooltip="Include the advanced drill, or not"),
    Binding("h", "history", "History", id="picker.history", tooltip="Streaks and past sessions"),
    Binding("i", "safety", "Safety", id="picker.safety", tooltip="Before you move: the safety page"),
    Binding("question_mark", "help", "Help", id="picker.help", tooltip="Keys, sounds and words"),
    Binding("q", "app.quit", "Quit", id="picker.quit", tooltip="Leave hipcoach"),
    Binding(
        "pagedown,ctrl+d", "scroll(1)", "", id="picker.down", tooltip="Scroll the preview down", show=False
    ),
    Binding("pageup,ctrl+u", "scroll(-1)", "", id="picker.up", tooltip="Scroll the preview up", show=False),
    Binding("escape", "unfilter", "", id="picker.unfilter", tooltip="Show all routines again", show=False),
]
GIVEN_UP = (
    "safety",
    "gate",
    "speech",
    "sounds",
    "rounds(-1)",
    "rounds(1)",
    "warmup",
    "level",
    "pace",
    "filter",
)
"""The actions that a narrow footer leaves out, the least needed first."""
