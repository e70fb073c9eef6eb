"""The keys of a session as Textual binds them."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from hipcoach.live.session_runner import SESSION_KEYS as KEYS

ACTIONS = {"quieter": "volume(-1)", "louder": "volume(1)", "help": "app.help"}
"""Those that are called otherwise than their keys."""

SESSION_KEYS: list[BindingType] = [
    Binding(
        each.keys,
        ACTIONS.get(each.id, each.id.replace("-", "_")),
        each.label,
        id=f"session.{each.id}",
        tooltip=each.help,
        show=each.id not in ("quieter", "louder"),
    )
    for each in KEYS
]
