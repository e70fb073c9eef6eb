"""Keys as a screen names them: "?" instead of "question_mark"."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.screen import Screen

from hipcoach.ui.keymap import split_keys


def key_words(app: App[Any], binding: Binding, own: str | None = None) -> str:
    """The keys of a binding, or those of the user's own, such as "space k"."""
    keys = split_keys(own or binding.key)
    return " ".join(app.get_key_display(Binding(key, "", "")) for key in keys)


def key_for(screen: Screen[Any], action: str) -> str:
    """The key of an action that can be done on this screen now; empty where it cannot."""
    active = (each.binding for each in screen.active_bindings.values())
    return next((screen.app.get_key_display(each) for each in active if each.action == action), "")
