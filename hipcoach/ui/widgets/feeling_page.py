"""How it felt: the ratings as a trend, and the self-tests, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from hipcoach.core.history.discomfort import RatedSession
from hipcoach.core.self_test import SelfTestRecord
from hipcoach.ui.history_feeling import rating_lines, self_test_lines
from hipcoach.ui.widgets.drawing import Drawing


class FeelingPage(VerticalScroll):
    """Scrolls where there is not room for both."""

    def compose(self) -> ComposeResult:
        """Ratings, self-tests."""
        yield Drawing(id="ratings")
        yield Drawing(id="self-tests")

    def show(
        self,
        rated: Sequence[RatedSession],
        tests: Sequence[SelfTestRecord],
        today: date,
        limits: Sequence[str],
    ) -> None:
        """Show what these say, and what self-tests cannot."""
        self.query_one("#ratings", Drawing).show(lambda width, height: rating_lines(rated, width, height))
        self.query_one("#self-tests", Drawing).show(lambda _, __: self_test_lines(tests, today, limits))
