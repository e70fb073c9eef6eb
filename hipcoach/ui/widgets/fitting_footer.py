"""A footer that leaves the least needed keys out where the terminal is too narrow for all; help has them."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

PADDING = 3
"""Cells that a key takes beside its sign and its words."""


class FittingFooter(Footer):
    """A footer without cut-off keys. `give_up` names actions, the ones to be left out first."""

    def __init__(self, *give_up: str) -> None:
        super().__init__(show_command_palette=False)
        self.give_up = give_up
        self._shown: list[tuple[str, ...]] = []

    def compose(self) -> ComposeResult:
        """The keys that fit."""
        keys = self._fitting()
        self._shown = [_signs(key) for key in keys]
        self.styles.grid_size_columns = max(1, len(keys))
        yield from keys

    async def recompose(self) -> None:
        """Put the keys up anew, if they are others: that takes longer than anything else on the screen."""
        if self.is_attached and [_signs(key) for key in self._fitting()] != self._shown:
            await super().recompose()

    def _fitting(self) -> list[FooterKey]:
        keys = [each for each in super().compose() if isinstance(each, FooterKey)]
        for action in self.give_up:
            if sum(map(_width, keys)) <= self.app.size.width:
                break
            keys = [each for each in keys if each.action != action]
        return keys

    async def on_resize(self, event: events.Resize) -> None:
        """Another width may have room for more, or less."""
        await self.recompose()


def _signs(key: FooterKey) -> tuple[str, ...]:
    return key.key, key.key_display, key.description, key.action, str(key.disabled)


def _width(key: FooterKey) -> int:
    return len(key.key_display) + len(key.description) + PADDING
