"""The user's own keys: which names there are, and what is wrong with what the settings say of them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from textual.binding import Binding
from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from hipcoach.core.text import nearest
from hipcoach.ui.text_first import sign_of

NAMED_KEYS = frozenset(key.value for key in Keys) | frozenset(KEY_NAME_REPLACEMENTS.values())
"""What Textual calls the keys that are no single sign, and those whose sign has a shorter name."""


class Place(Struct, frozen=True):
    """Where keys work together: a screen with its list, or everywhere."""

    title: str
    bindings: Mapping[str, Binding]
    """By id."""
    beside: Mapping[str, Binding]
    """What else is heard there: the rows of a list, and what comes first everywhere."""
    fixed: Mapping[str, str]
    """What a list or table of Textual's takes before the screen hears of it: key and what that does."""
    is_for_writing: bool = False
    """Whether one is always writing there, so that no sign can be a key."""


class Naming(Struct, frozen=True):
    """How actions and keys are called: as the file calls them, unless it is said otherwise."""

    action: Callable[[str], str] = repr
    """From the id of its binding."""
    key: Callable[[str], str] = repr


AS_IN_THE_FILE = Naming()


def known_bindings() -> dict[str, Binding]:
    """Every binding of the app and its screens, by id."""
    return {name: binding for place in places() for name, binding in place.bindings.items()}


def keymap_problems(keys: Mapping[str, str]) -> list[str]:
    """A sentence for every fault of the settings' [keys]: a name no binding has, no key at all, a clash."""
    return [f"settings.toml: [keys] {fault}" for fault in key_faults(keys)]


def key_faults(keys: Mapping[str, str], naming: Naming = AS_IN_THE_FILE) -> list[str]:
    """The same without saying where they stand, each once."""
    return list(dict.fromkeys((*_wrong_names(keys), *_clashes(keys, naming)))) if keys else []


def split_keys(keys: str) -> list[str]:
    """The keys of a list such as "space,k"."""
    return [key.strip() for key in keys.split(",") if key.strip()] or [keys]


def _wrong_names(keys: Mapping[str, str]) -> Iterator[str]:
    known = known_bindings()
    for name, value in keys.items():
        if name not in known:
            near = nearest(name, known)
            yield f"{name!r} is not the name of a key{f': did you mean {near!r}?' if near else '.'}"
        for key in split_keys(value):
            if not _is_key(key):
                yield f"{name!r}: {key!r} is not a key; use one such as 'k', 'f5', 'ctrl+k' or 'space'."


def _clashes(keys: Mapping[str, str], naming: Naming) -> Iterator[str]:
    for place in places():
        users: dict[str, list[str]] = defaultdict(list)
        for name, binding in {**place.bindings, **place.beside}.items():
            for key in split_keys(keys.get(name, binding.key)):
                users[_long_name(key)].append(name)
                usual = split_keys(binding.key)
                if name not in keys or name not in place.bindings or key in usual:
                    continue
                about = f"{naming.action(name)}: {naming.key(key)}"
                if key in place.fixed:
                    yield f"{about} is taken there: it is {place.fixed[key]!r} in the list."
                if place.is_for_writing and sign_of(key):
                    yield f"{about} is needed for writing there."
        for key, names in users.items():
            if len(names) > 1 and any(name in keys for name in names) and set(names) & set(place.bindings):
                both = " and ".join(dict.fromkeys(map(naming.action, names)))
                yield f"{naming.key(key)} is the key of both {both}."


def _long_name(key: str) -> str:
    """A sign as Textual calls its key, so that "?" and "question_mark" are one."""
    if len(key) != 1 or key.isalnum():
        return key
    try:
        name = unicodedata.name(key).lower().replace("-", "_").replace(" ", "_")
    except ValueError:
        return key
    return KEY_NAME_REPLACEMENTS.get(name, name)


def _is_key(key: str) -> bool:
    bare = key.rpartition("+")[2] if key != "+" else key
    if len(bare) == 1 or bare in NAMED_KEYS or key in NAMED_KEYS:
        return True
    try:
        unicodedata.lookup(bare.replace("_", " "))
    except KeyError:
        return False
    return True


def places() -> list[Place]:
    """The app itself and every screen, with their bindings."""
    # Late, because the app itself asks for this.
    from textual.widgets import OptionList

    from hipcoach.ui.app import HipcoachApp
    from hipcoach.ui.screens.avoid import AvoidScreen
    from hipcoach.ui.screens.builder import BuilderScreen
    from hipcoach.ui.screens.choice import ChoiceScreen
    from hipcoach.ui.screens.discomfort import DiscomfortScreen
    from hipcoach.ui.screens.exercise_finder import ExerciseFinder
    from hipcoach.ui.screens.help import HelpScreen
    from hipcoach.ui.screens.history import HistoryScreen
    from hipcoach.ui.screens.key_capture import KeyCapture
    from hipcoach.ui.screens.keys import KeysScreen
    from hipcoach.ui.screens.log_problems import LogProblemsScreen
    from hipcoach.ui.screens.note_editor import NoteEditor
    from hipcoach.ui.screens.picker import PickerScreen
    from hipcoach.ui.screens.safety import SafetyScreen
    from hipcoach.ui.screens.self_test import SelfTestScreen
    from hipcoach.ui.screens.session import SessionScreen
    from hipcoach.ui.screens.session_detail import SessionDetailScreen
    from hipcoach.ui.screens.settings import SettingsScreen
    from hipcoach.ui.screens.summary import SummaryScreen
    from hipcoach.ui.screens.value_editor import ValueEditor
    from hipcoach.ui.widgets.heatmap import Heatmap
    from hipcoach.ui.widgets.routine_list import RoutineList
    from hipcoach.ui.widgets.row_list import RowList
    from hipcoach.ui.widgets.session_table import SessionTable
    from hipcoach.ui.widgets.set_table import SetTable
    from hipcoach.ui.widgets.week_chart import WeekChart

    # In the order in which one meets them.
    owners: tuple[tuple[str, tuple[type, ...]], ...] = (
        ("The list of routines", (PickerScreen, RoutineList)),
        ("Building a routine", (BuilderScreen,)),
        ("Finding an exercise", (ExerciseFinder,)),
        ("A session", (SessionScreen,)),
        ("The end of a session", (SummaryScreen,)),
        ("The history", (HistoryScreen, SessionTable, Heatmap, WeekChart)),
        ("One session of the history", (SessionDetailScreen, SetTable)),
        ("Writing a note", (NoteEditor,)),
        ("Files to look at", (LogProblemsScreen,)),
        ("Settings", (SettingsScreen,)),
        ("Settings: a value", (ValueEditor,)),
        ("Keys", (KeysScreen,)),
        ("Keys: a new one", (KeyCapture,)),
        ("What to avoid", (AvoidScreen, OptionList)),
        ("A question", (ChoiceScreen, OptionList)),
        ("How it feels", (DiscomfortScreen,)),
        ("The self-tests", (SelfTestScreen, OptionList)),
        ("The safety page", (SafetyScreen,)),
        ("Help", (HelpScreen,)),
    )
    writing = (BuilderScreen, ExerciseFinder, NoteEditor, ValueEditor)
    everywhere = _bindings(HipcoachApp)
    first = {name: each for name, each in everywhere.items() if each.priority}
    rows = _bindings(RowList)
    return [
        Place("Everywhere", everywhere, {}, {}),
        *(
            Place(
                title,
                _bindings(*parts),
                {**first, **rows} if parts[0] in (SettingsScreen, KeysScreen, HistoryScreen) else first,
                _fixed(*parts),
                is_for_writing=parts[0] in writing,
            )
            for title, parts in owners
        ),
        Place("Rows of settings, keys and exercises", rows, first, {}),
    ]


def _bindings(*owners: type) -> dict[str, Binding]:
    return {each.id: each for owner in owners for each in _all_of(owner) if each.id}


def _fixed(*owners: type) -> dict[str, str]:
    bare = [each for owner in owners for each in _all_of(owner) if not each.id]
    return {key: each.description for each in bare for key in split_keys(each.key)}


def _all_of(owner: type) -> list[Binding]:
    return [each for each in owner.__dict__.get("BINDINGS", ()) if isinstance(each, Binding)]
