"""The command palette, which takes every key at every moment."""

from __future__ import annotations

from contextlib import suppress

from textual import on
from textual.command import CommandPalette
from textual.message import Message
from textual.widgets import Button, Input, OptionList

from hipcoach.ui.screens.steady import Steady


class SteadyPalette(Steady, CommandPalette):
    """Textual's palette, without three of its faults, which Textual 8.2.8 at least still has.

    The page keys break it while its list has commands but has not been laid out, which a busy machine draws
    out. A second enter before the first was taken in runs the command twice. And its id keeps the next one
    from being opened while it is just being taken down; this one has none.
    """

    @on(Input.Submitted)
    @on(Button.Pressed)
    @on(OptionList.OptionSelected)
    def _choose_once(self, event: Message) -> None:
        if self.app.screen is not self:
            event.stop()
            event.prevent_default()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)
