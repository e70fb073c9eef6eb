"""Every session file that was left out of the history, and why; and every copy of one."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from hipcoach.core.text import plain
from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.widgets.fitting_footer import FittingFooter


class LogProblemsScreen(Steady, ModalScreen[None]):
    """Lists the problems over the history; the files themselves are never touched."""

    CSS_PATH = "log_problems.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,exclamation_mark",
            "back",
            "Back",
            id="problems.back",
            tooltip="Back to the history",
        ),
    ]

    def __init__(self, problems: tuple[str, ...], copies: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.problems = problems
        self.copies = copies

    def compose(self) -> ComposeResult:
        """A sentence for each file."""
        with Vertical(id="box"):
            heading = "Session files to look at" if self.problems else "Copies of sessions"
            yield Static(Content(heading), id="heading")
            with VerticalScroll(id="list"):
                for problem in (*self.problems, *self.copies):
                    yield Static(Content(f"• {plain(problem)}"), classes="problem")
            yield Static(Content("The files stay as they are; everything else is shown."), id="comfort")
        yield FittingFooter()

    def action_back(self) -> None:
        """Close the list."""
        self.dismiss(None)
