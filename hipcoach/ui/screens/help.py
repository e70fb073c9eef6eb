"""Help: the keys of the screen one came from, what the sounds mean, and the words."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from hipcoach.core.cues import Cue

SOUND_MEANINGS = {
    Cue.LEAD_IN: "get ready: something new comes",
    Cue.COUNT: "three, two, one: before work, and before a hold ends",
    Cue.START: "begin; also the first rep of a set",
    Cue.TICK: "the next rep begins",
    Cue.LAST_TICK: "the last rep of the set begins",
    Cue.DIRECTION: "the same again in the other direction",
    Cue.HALFWAY: "half of a long hold is over",
    Cue.HOLD_END: "the hold is over, let go",
    Cue.SWITCH: "the other side comes",
    Cue.REST: "a rest begins",
    Cue.ROUND_DONE: "a round is done",
    Cue.SESSION_DONE: "the whole session is done",
    Cue.PAUSED: "paused",
    Cue.RESUMED: "going on",
    Cue.WARM_UP: "the warm-up begins",
}
WORDS = {
    "rep": "one complete movement, from the starting pose and back to it",
    "set": "reps or a hold without a pause",
    "hold": "staying in a stretch, counted in seconds",
    "round": "once through a circuit",
    "lead-in": "the seconds in which you get ready",
    "switch": "the change to the other side",
    "suggested": "a number the source does not give; it is ours, and the plan says where it comes from",
    "own pace": "you count the reps yourself and press enter when the set is done",
}


class HelpScreen(ModalScreen[None]):
    """Help for the screen it is opened from."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "close", "Back", id="help.back", tooltip="Back to where you were"),
    ]

    def __init__(self, owner: Screen[Any]) -> None:
        super().__init__()
        self.owner = owner

    def compose(self) -> ComposeResult:
        """Keys, sounds, words."""
        with VerticalScroll(id="box"):
            yield Static("Keys", classes="heading")
            yield Static(_rows(self._keys()))
            yield Static("Sounds", classes="heading")
            yield Static(_rows({cue.value: meaning for cue, meaning in SOUND_MEANINGS.items()}))
            yield Static("Words", classes="heading")
            yield Static(_rows(WORDS))
            yield Static("escape: back", classes="heading")

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one("#box").focus()

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)

    def _keys(self) -> dict[str, str]:
        rows: dict[str, list[str]] = {}
        bindings = self.owner.active_bindings.items()
        # What holds everywhere comes last.
        for key, active in sorted(bindings, key=lambda each: (each[1].binding.id or "").startswith("app.")):
            binding = active.binding
            if binding.id is not None and binding.description:
                text = f"{binding.description}: {binding.tooltip}" if binding.tooltip else binding.description
                rows.setdefault(text, []).append(
                    self.app.get_key_display(binding) if key == binding.key else key
                )
        return {" ".join(keys): text for text, keys in rows.items()}


def _rows(rows: dict[str, str]) -> Table:
    table = Table.grid(padding=(0, 2))
    for left, right in rows.items():
        table.add_row(Text(left, style="bold"), Text(right))
    return table
