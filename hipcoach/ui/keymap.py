"""The user's own keys: which names there are, and what is wrong with what the settings say of them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

from textual.binding import Binding
from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from hipcoach.storage.table import nearest

NAMED_KEYS = frozenset(key.value for key in Keys) | frozenset(KEY_NAME_REPLACEMENTS.values())
"""What Textual calls the keys that are no single sign, and those whose sign has a shorter name."""


def known_bindings() -> dict[str, Binding]:
    """Every binding of the app and its screens, by id."""
    return {name: binding for owner in _by_owner() for name, binding in owner.items()}


def keymap_problems(keys: Mapping[str, str]) -> list[str]:
    """A sentence for every fault of the settings' [keys]: a name no binding has, no key at all, a clash."""
    if not keys:
        return []
    return [f"settings.toml: [keys] {fault}" for fault in (*_wrong_names(keys), *_clashes(keys))]


def _wrong_names(keys: Mapping[str, str]) -> Iterator[str]:
    known = known_bindings()
    for name, value in keys.items():
        if name not in known:
            near = nearest(name, known)
            yield f"{name!r} is not the name of a key{f': did you mean {near!r}?' if near else '.'}"
        for key in _split(value):
            if not _is_key(key):
                yield f"{name!r}: {key!r} is not a key; use one such as 'k', 'f5', 'ctrl+k' or 'space'."


def _clashes(keys: Mapping[str, str]) -> Iterator[str]:
    for owner in _by_owner():
        users: dict[str, list[str]] = defaultdict(list)
        for name, binding in owner.items():
            for key in _split(keys.get(name, binding.key)):
                users[key].append(name)
        for key, names in users.items():
            if len(names) > 1 and any(name in keys for name in names):
                yield f"{key!r} is the key of both {' and '.join(map(repr, names))}."


def _split(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()] or [keys]


def _is_key(key: str) -> bool:
    bare = key.rpartition("+")[2] if key != "+" else key
    if len(bare) == 1 or bare in NAMED_KEYS or key in NAMED_KEYS:
        return True
    try:
        unicodedata.lookup(bare.replace("_", " "))
    except KeyError:
        return False
    return True


def _by_owner() -> list[dict[str, Binding]]:
    """The bindings of the app and of each screen, by id."""
    # Late, because the app itself asks for this.
    from hipcoach.ui.app import HipcoachApp
    from hipcoach.ui.screens.choice import ChoiceScreen
    from hipcoach.ui.screens.help import HelpScreen
    from hipcoach.ui.screens.history import HistoryScreen
    from hipcoach.ui.screens.log_problems import LogProblemsScreen
    from hipcoach.ui.screens.note_editor import NoteEditor
    from hipcoach.ui.screens.picker import PickerScreen
    from hipcoach.ui.screens.safety import SafetyScreen
    from hipcoach.ui.screens.session import SessionScreen
    from hipcoach.ui.screens.session_detail import SessionDetailScreen
    from hipcoach.ui.screens.summary import SummaryScreen

    owners: tuple[type, ...] = (
        HipcoachApp,
        ChoiceScreen,
        HelpScreen,
        HistoryScreen,
        LogProblemsScreen,
        NoteEditor,
        PickerScreen,
        SafetyScreen,
        SessionScreen,
        SessionDetailScreen,
        SummaryScreen,
    )
    return [
        {
            binding.id: binding
            for binding in owner.__dict__.get("BINDINGS", ())
            if isinstance(binding, Binding) and binding.id
        }
        for owner in owners
    ]
