"""A footer that leaves the least needed keys out where the terminal is too narrow for all; help has them.

All its keys are one widget: Textual's own footer has one for each, and to style and lay out twenty of them
took longer than the rest of a screen, at its opening and at every change of what may be pressed.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

PADDING = 3
"""Cells that a key takes beside its sign and its words."""
KEY = "hipcoach-key"
"""The name under which what is drawn of a key knows which key it is."""


class _Key(NamedTuple):
    """What the footer says of a key."""

    key: str
    sign: str
    words: str
    action: str
    enabled: bool
    tooltip: str

    @property
    def width(self) -> int:
        return len(self.sign) + len(self.words) + PADDING


class FittingFooter(Widget):
    """A line without cut-off keys. `give_up` names actions, the ones to be left out first."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "fitting-footer--key",
        "fitting-footer--words",
        "fitting-footer--disabled",
    }
    DEFAULT_CSS = """
    FittingFooter {
        dock: bottom;
        height: 1;
        text-wrap: nowrap;
        color: $footer-foreground;
        background: $footer-background;
        & > .fitting-footer--key {
            color: $footer-key-foreground;
            background: $footer-key-background;
            text-style: bold;
        }
        & > .fitting-footer--words {
            color: $footer-description-foreground;
            background: $footer-description-background;
        }
        & > .fitting-footer--disabled {
            text-style: dim;
        }
    }
    """

    def __init__(self, *give_up: str) -> None:
        super().__init__()
        self.give_up = give_up
        self._shown: list[_Key] = []
        self._is_looking = False

    def on_mount(self) -> None:
        """Learn of every change of what may be pressed."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def render(self) -> Content:
        """The keys that fit, each with what it does."""
        key_style = self.get_visual_style("fitting-footer--key")
        words_style = self.get_visual_style("fitting-footer--words")
        disabled_style = self.get_visual_style("fitting-footer--disabled", partial=True)
        parts: list[tuple[str, Style]] = []
        for each in self._shown:
            more = Style.from_meta({KEY: each.key})
            if not each.enabled:
                more += disabled_style
            parts += [(f" {each.sign} ", key_style + more), (f"{each.words} ", words_style + more)]
        return Content.assemble(*parts)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say more of the key under the mouse."""
        key = self._key_under(event)
        self.tooltip = key.tooltip if key else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """What is clicked on is pressed."""
        key = self._key_under(event)
        if key is not None and key.enabled:
            self.app.simulate_key(key.key)
        elif key is not None:
            self.app.bell()

    def on_resize(self) -> None:
        """Another width may have room for more, or less."""
        self._look()

    def _key_under(self, event: events.MouseEvent) -> _Key | None:
        name = event.style.meta.get(KEY)
        return next((each for each in self._shown if each.key == name), None)

    def _bindings_changed(self, screen: Screen[object]) -> None:
        """Other keys may be active now: look once, however often that is said before."""
        if screen.app.app_focus and self.is_attached and screen is self.screen and not self._is_looking:
            self._is_looking = True
            self.call_after_refresh(self._look)

    def _look(self) -> None:
        self._is_looking = False
        if self.is_attached and (fitting := self._fitting()) != self._shown:
            self._shown = fitting
            self.refresh()

    def _fitting(self) -> list[_Key]:
        keys = self._active()
        for action in self.give_up:
            if sum(each.width for each in keys) <= self.app.size.width:
                break
            keys = [each for each in keys if each.action != action]
        return keys

    def _active(self) -> list[_Key]:
        """The keys that may be shown, the first of each action."""
        found: dict[str, _Key] = {}
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            if binding.show and binding.action not in found:
                sign = self.app.get_key_display(binding)
                words = binding.description
                found[binding.action] = _Key(binding.key, sign, words, binding.action, enabled, tooltip)
        return list(found.values())
