"""Runs the app from a command to its end, and keeps then what is to be kept."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import nullcontext, redirect_stdout
from functools import partial

from hipcoach.live.choices import CliOverrides
from hipcoach.live.services import Services, make_services
from hipcoach.paths import AppPaths
from hipcoach.ui.app import HipcoachApp
from hipcoach.ui.terminal_title import title_kept


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
            services.close(partial(_say_last, services))
        if not app.is_web and not os.isatty(0):
            # The terminal is gone: Textual's thread that reads it may never end, and would be waited for.
            services.leave_soon()
    if app.failure is not None:
        raise app.failure
    return code or app.return_code or 0


def _say_last(services: Services, text: str) -> None:
    """Print what there is to say after the screen is given back."""
    if not services.writer.is_idle:
        # Where leaving takes long, ctrl+c is heard again.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        print(text, end="" if text.endswith("\n") or not text else "\n", flush=True)
    except OSError:
        # The terminal has been closed meanwhile: what is printed goes nowhere, what is to be written is.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
