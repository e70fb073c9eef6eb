"""A footer that leaves the least needed keys out where the terminal is too narrow for all; help has them."""

from __future__ import annotations

from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

PADDING = 3
"""Cells that a key takes beside its sign and its words."""


class _Key(NamedTuple):
    """What the footer says of a key. To tell whether that has changed, no widget has to be made."""

    key: str
    sign: str
    words: str
    action: str
    enabled: bool
    tooltip: str

    @property
    def width(self) -> int:
        return len(self.sign) + len(self.words) + PADDING


class FittingFooter(Footer):
    """A footer without cut-off keys. `give_up` names actions, the ones to be left out first."""

    def __init__(self, *give_up: str) -> None:
        super().__init__(show_command_palette=False)
        self.give_up = give_up
        self._shown: list[_Key] = []
        self._is_looking = False

    def compose(self) -> ComposeResult:
        """The keys that fit."""
        self._shown = self._fitting()
        self.styles.grid_size_columns = max(1, len(self._shown))
        for each in self._shown:
            yield FooterKey(
                each.key,
                each.sign,
                each.words,
                each.action,
                disabled=not each.enabled,
                tooltip=each.tooltip,
            ).data_bind(compact=Footer.compact)

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Other keys may be active now: look once, however often that is said before."""
        self._bindings_ready = True
        if screen.app.app_focus and self.is_attached and screen is self.screen and not self._is_looking:
            self._is_looking = True
            self.call_after_refresh(self._look)

    async def _look(self) -> None:
        self._is_looking = False
        await self.recompose()

    async def recompose(self) -> None:
        """Put the keys up anew, if they are others: that takes longer than anything else on the screen."""
        if self.is_attached and self._fitting() != self._shown:
            await super().recompose()

    def _fitting(self) -> list[_Key]:
        keys = self._active()
        for action in self.give_up:
            if sum(each.width for each in keys) <= self.app.size.width:
                break
            keys = [each for each in keys if each.action != action]
        return keys

    def _active(self) -> list[_Key]:
        """The keys that may be shown, the first of each action."""
        if not self._bindings_ready:
            return []
        found: dict[str, _Key] = {}
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            if binding.show and binding.action not in found:
                sign = self.app.get_key_display(binding)
                words = binding.description
                found[binding.action] = _Key(binding.key, sign, words, binding.action, enabled, tooltip)
        return list(found.values())

    async def on_resize(self, event: events.Resize) -> None:
        """Another width may have room for more, or less."""
        await self.recompose()
