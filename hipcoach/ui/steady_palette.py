"""The command palette, which takes every key at every moment."""

from __future__ import annotations

from contextlib import suppress
from traceback import extract_tb

from textual import command, on
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.message import Message
from textual.widgets import Button, Input, OptionList
from textual.worker import WorkerFailed

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


def is_of_closed_palette(error: Exception) -> bool:
    """Whether Textual's command palette, closed as soon as it was opened, still looked for its own list.

    That is so up to Textual 8.2.8 at least; it must not take a session down.
    """
    if not isinstance(error, WorkerFailed) or not isinstance(error.error, NoMatches):
        return False
    return any(frame.filename == command.__file__ for frame in extract_tb(error.error.__traceback__))
