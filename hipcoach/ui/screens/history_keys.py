"""The keys of the history: what they are called, and what they do in a few words."""

from __future__ import annotations

from textual.binding import Binding, BindingType

VIEWS = {
    "overview": "Overview",
    "sessions": "Sessions",
    "weeks": "Weeks",
    "exercises": "Exercises",
    "feeling": "Feeling",
}
"""The views, and their names."""
_ABOUT = {
    "overview": "Streaks, the calendar and the last sessions",
    "sessions": "Every session, to filter and sort",
    "weeks": "Minutes and days of each week",
    "exercises": "How often, how much, left and right",
    "feeling": "Discomfort before and after; the self-tests",
}

HISTORY_KEYS: list[BindingType] = [
    Binding("enter", "open", "Open", id="history.open", tooltip="Open what the cursor is on"),
    *(
        Binding(
            str(number),
            f"view('{view}')",
            VIEWS[view],
            id=f"history.{view}",
            tooltip=_ABOUT[view],
            show=False,
        )
        for number, view in enumerate(VIEWS, 1)
    ),
    Binding(
        "c",
        "calendar",
        "Calendar",
        id="history.calendar",
        tooltip="Go from day to day in the calendar; enter opens a day",
    ),
    Binding("slash", "filter", "Filter", id="history.filter", tooltip="Show some of the sessions only"),
    Binding("s", "sort", "Sort", id="history.sort", tooltip="By date, routine, minutes or status"),
    Binding(
        "S,shift+s",
        "turn",
        "Turn round",
        id="history.turn",
        tooltip="The same order the other way round",
        show=False,
    ),
    Binding("e", "edit_note", "Note", id="history.note", tooltip="Write or change the session's note"),
    Binding(
        "r",
        "rate",
        "How it felt",
        id="history.rate",
        tooltip="Rate discomfort before and after, 0 none to 10 worst",
    ),
    Binding("a", "again", "Again", id="history.again", tooltip="Do this session again, with its choices"),
    Binding("d,delete", "delete", "Delete", id="history.delete", tooltip="Delete this session; u undoes it"),
    Binding("u", "undo", "Undo", id="history.undo", tooltip="Bring back what you deleted last"),
    Binding("m", "mark_day", "Day off", id="history.mark", tooltip="A rest, sick or travel day, or none"),
    Binding(
        "t",
        "self_tests",
        "Self-tests",
        id="history.self-tests",
        tooltip="Two tests of your hips, 3 minutes",
    ),
    Binding(
        "exclamation_mark",
        "problems",
        "Files to look at",
        key_display="!",
        id="history.problems",
        tooltip="List the files that could not be used, and why",
    ),
    Binding("q,h", "back", "Back", id="history.back", tooltip="Back to the routines"),
    Binding(
        "escape",
        "step_back",
        "Back",
        id="history.escape",
        tooltip="Out of the filter or the calendar, else back to the routines",
        show=False,
    ),
]
GIVEN_UP = (
    "rate",
    "edit_note",
    "again",
    "self_tests",
    "undo",
    "delete",
    "mark_day",
    "calendar",
    "sort",
    "problems",
    "filter",
)
"""The actions that a narrow footer leaves out, the least needed first."""
