"""Where a note is written: a text area, for its undo, that holds one paragraph of a note's length."""

from __future__ import annotations

from dataclasses import replace

from textual import events
from textual.actions import SkipAction
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from hipcoach.core.history.record import LONGEST_NOTE
from hipcoach.core.text import plain


class NoteArea(TextArea):
    """Begins with a note, the cursor at its end. What would make it too long is refused whole, and said."""

    DEFAULT_CSS = """
    NoteArea { height: auto; max-height: 6; }
    """

    def __init__(self, note: str = "", *, placeholder: str, id: str | None = None) -> None:
        super().__init__(
            plain(note),
            soft_wrap=True,
            tab_behavior="focus",
            compact=True,
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=id,
        )
        self.longest = max(LONGEST_NOTE, len(self.text))
        """Characters; a longer note, written by hand into the file, stays as long as it is."""

    def on_mount(self) -> None:
        """Go on where the note ends."""
        self.move_cursor(self.document.end)

    @property
    def note(self) -> str:
        """What is written, as a note is kept."""
        return plain(self.text)

    def edit(self, edit: Edit) -> EditResult:
        """Write, if there is room: a line that was pasted as several becomes one."""
        edit = replace(edit, text="".join(each if each.isprintable() else " " for each in edit.text))
        replaced = self.get_text_range(edit.top, edit.bottom)
        length = len(self.text) - len(replaced) + len(edit.text)
        if edit.text and length > self.longest:
            text = f"A note holds {self.longest} characters; this would make it {length}."
            self.notify(text, title="Not written", severity="warning", markup=False)
            return EditResult(self.cursor_location, "")
        return super().edit(edit)

    def on_paste(self, event: events.Paste) -> None:
        """Keep it here; the screen takes what is pasted elsewhere."""
        event.stop()

    def action_cursor_up(self, select: bool = False) -> None:
        """Leave the key to the screen on the first line, where there is nothing above."""
        if not select and self.navigator.is_first_wrapped_line(self.cursor_location):
            raise SkipAction
        super().action_cursor_up(select)
