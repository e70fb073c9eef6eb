"""Runs the app from a command to its end, and keeps then what is to be kept."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import nullcontext, redirect_stdout

from hipcoach.live.choices import CliOverrides
from hipcoach.live.services import Services, make_services
from hipcoach.paths import AppPaths
from hipcoach.ui.app import HipcoachApp
from hipcoach.ui.terminal_title import title_kept

INTERRUPTED = 130
"""The exit code of who left with ctrl+c."""


def run_app(paths: AppPaths, start_with: str | None = None, once: CliOverrides | None = None) -> int:
    """Run the app until the user leaves it; returns the exit code. `once`: choices for `start_with`.

    Raises:
        HipcoachError: the installation is broken.
        Exception: whatever went wrong inside the app, with the terminal as it was before.
    """
    services = make_services(paths, lambda: app.bell())
    app = HipcoachApp(services, start_with, once)
    try:
        with title_kept():
            code = app.run()
    finally:
        # For a browser, standard output carries packets, and ends with the page.
        with redirect_stdout(sys.stderr) if app.is_web else nullcontext():
            _let_go(services)
    if app.failure is not None:
        raise app.failure
    return code or app.return_code or 0


def _let_go(services: Services) -> None:
    """The screen is given back: end what plays, and wait for what is still to be written."""
    services.sounds.close()
    services.close_speech()
    try:
        # What no disk would have is left where its owner can copy it.
        _print(services.finish(_ask_for_patience))
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)  # the thread that waits for the disk would be waited for otherwise
    if not services.writer.is_idle:
        os._exit(1)


def _ask_for_patience(text: str) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _print(text)


def _print(text: str) -> None:
    try:
        print(text, end="" if text.endswith("\n") or not text else "\n", flush=True)
    except OSError:
        # The terminal has been closed meanwhile: what is printed goes nowhere, what is to be written is.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
