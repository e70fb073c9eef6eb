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
    Binding("x", "avoid", "Avoid", id="picker.avoid", tooltip="Leave out what loads knees, wrists and so on"),
    Binding("s", "standing", "Standing only", id="picker.standing", tooltip="Only what is done standing"),
    Binding("slash", "filter", "Filter", id="picker.filter", tooltip="Filter by a word"),
    Binding("g", "gate", "Ready?", id="picker.gate", tooltip="Include the advanced drill, or not"),
    Binding("d", "feel", "How it feels", id="picker.feel", tooltip="Rate discomfort now, 0 none to 10 worst"),
    Binding(
        "u",
        "offer",
        "Take the offer",
        id="picker.offer",
        tooltip="The level that is offered, or the routine that was deleted",
    ),
    Binding(
        "t", "self_tests", "Self-tests", id="picker.self-tests", tooltip="Two tests of your hips, 3 minutes"
    ),
    Binding("asterisk,f", "favourite", "Favourite", id="picker.favourite", tooltip="Favourites come first"),
    Binding(
        "b", "build", "Build", id="picker.build", tooltip="Write a routine, or change a copy of this one"
    ),
    Binding("e", "edit", "Edit", id="picker.edit", tooltip="Change the routine, a bundled one as a copy"),
    Binding(
        "E", "edit_file", "Edit file", id="picker.edit-file", tooltip="Open the routine's file in your editor"
    ),
    Binding(
        "delete",
        "delete",
        "Delete",
        id="picker.delete",
        tooltip="Delete a routine of yours; u brings it back",
    ),
    Binding("shift+up", "move(-1)", "", id="picker.move-up", tooltip="Move it up the list", show=False),
    Binding("shift+down", "move(1)", "", id="picker.move-down", tooltip="Move it down the list", show=False),
    Binding(
        "n", "movement(1)", "Movement", id="picker.next-movement", tooltip="Show the next exercise's figure"
    ),
    Binding(
        "p", "movement(-1)", "", id="picker.last-movement", tooltip="Show the figure before it", show=False
    ),
    Binding("h", "history", "History", id="picker.history", tooltip="Streaks and past sessions"),
    Binding("comma", "app.settings", "Settings", id="picker.settings", tooltip="Everything that can be set"),
    Binding("i", "safety", "Safety", id="picker.safety", tooltip="Before you move: the safety page"),
    Binding("question_mark", "app.help", "Help", id="picker.help", tooltip="Keys, sounds and words"),
    Binding("q", "app.quit", "Quit", id="picker.quit", tooltip="Leave hipcoach"),
    Binding(
        "pagedown,ctrl+d", "scroll(1)", "", id="picker.down", tooltip="Scroll the preview down", show=False
    ),
    Binding("pageup,ctrl+u", "scroll(-1)", "", id="picker.up", tooltip="Scroll the preview up", show=False),
    Binding("escape", "unfilter", "", id="picker.unfilter", tooltip="Show all routines again", show=False),
]
GIVEN_UP = (
    "edit_file",
    "delete",
    "favourite",
    "movement(1)",
    "edit",
    "build",
    "offer",
    "self_tests",
    "feel",
    "safety",
    "gate",
    "speech",
    "sounds",
    "rounds(-1)",
    "rounds(1)",
    "warmup",
    "level",
    "pace",
    "avoid",
    "app.settings",
    "filter",
)
"""The actions that a narrow footer leaves out, the least needed first."""
