"""The user's own keys: which names there are, and what is wrong with what the settings say of them."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding

from hipcoach.storage.table import nearest


def known_bindings() -> dict[str, Binding]:
    """Every binding of the app and its screens, by id."""
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
    return {
        binding.id: binding
        for owner in owners
        for binding in owner.__dict__.get("BINDINGS", ())
        if isinstance(binding, Binding) and binding.id
    }


def keymap_problems(keys: Mapping[str, str]) -> list[str]:
    """A sentence for every name in the settings' [keys] that no binding has."""
    if not keys:
        return []
    known = known_bindings()
    problems = []
    for name in keys:
        if name not in known:
            near = nearest(name, known)
            hint = f": did you mean {near!r}?" if near else "."
            problems.append(f"settings.toml: [keys] {name!r} is not the name of a key{hint}")
    return problems
