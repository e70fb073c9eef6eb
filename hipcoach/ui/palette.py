"""What the command palette offers: every action of the screen one is on, and every routine by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen

from hipcoach.core.routine import Routine
from hipcoach.ui.starting import start_routine

if TYPE_CHECKING:
    from hipcoach.ui.app import HipcoachApp

ELSEWHERE = frozenset({"command_palette", "quit", "app.quit", "help", "app.help", "app.settings", "history"})
"""Actions that are offered on every screen in words of their own."""


def commands(app: HipcoachApp, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """The commands for a screen. None leads past a dialog, or out of a session but by its own end."""
    yield from _actions(app, screen)
    yield SystemCommand("Help", "Keys, sounds and words for this screen", app.action_help)
    yield SystemCommand("Theme", "Choose the colours; your choice is remembered", app.action_change_theme)
    yield SystemCommand("Quit", "Leave hipcoach", app.action_quit)
    below = app.screen_stack[: app.screen_stack.index(screen) + 1]
    if app.running_session is not None or any(isinstance(each, ModalScreen) for each in below):
        return
    yield SystemCommand("Settings", "Everything that can be set, keys included", app.action_settings)
    yield SystemCommand("History", "Streaks and past sessions", partial(_open_history, app))
    for routine in app.services.catalog.routines.values():
        yield SystemCommand(f"Start: {routine.title}", routine.summary, partial(_start, app, routine))


def _actions(app: HipcoachApp, screen: Screen[Any]) -> Iterator[SystemCommand]:
    seen: set[str] = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.node not in (screen, app) or binding.action in (*ELSEWHERE, *seen) or not active.enabled:
            continue  # what moves in a list is for keys alone
        if not binding.id:
            continue  # Textual's own, such as "Focus Next": each of ours has one
        seen.add(binding.action)
        title = binding.description or binding.tooltip
        about = f"{binding.tooltip}  ({app.get_key_display(binding)})"
        yield SystemCommand(title, about, partial(_run, app, binding.action, active.node))


async def _run(app: HipcoachApp, action: str, node: DOMNode) -> None:
    await app.run_action(action, node)


def _open_history(app: HipcoachApp) -> None:
    from hipcoach.ui.screens.history import HistoryScreen

    if not isinstance(app.screen, HistoryScreen):
        app.push_screen(HistoryScreen(app.services))


def _start(app: HipcoachApp, routine: Routine) -> None:
    app.run_worker(start_routine(app, app.services, routine), group="start", exclusive=True)
