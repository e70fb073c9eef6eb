"""The picker's list."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList


class RoutineList(OptionList, inherit_bindings=False):
    """An option list that leaves enter, to start, and the page keys, for the preview, to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "Up", id="picker.above", tooltip="The routine above", show=False),
        Binding("down,j", "cursor_down", "Down", id="picker.below", tooltip="The routine below", show=False),
        Binding("home", "first", "First", id="picker.first", tooltip="The first routine", show=False),
        Binding("end", "last", "Last", id="picker.last", tooltip="The last routine", show=False),
    ]
