"""An option list that takes every key at every moment."""

from __future__ import annotations

from contextlib import suppress

from textual.widgets import OptionList


class SteadyList(OptionList):
    """Textual's list fails on the page keys while it has not been laid out, as in a terminal of five rows."""

    def action_page_up(self) -> None:
        """A page up, where there are pages."""
        with suppress(KeyError):
            super().action_page_up()  # type: ignore[no-untyped-call]  # Textual leaves it untyped

    def action_page_down(self) -> None:
        """A page down, where there are pages."""
        with suppress(KeyError):
            super().action_page_down()  # type: ignore[no-untyped-call]  # the same
