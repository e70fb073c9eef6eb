"""A file in the user's own editor, over the app, which waits meanwhile."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from textual.app import App, SuspendNotSupported

NO_EDITOR = "Neither VISUAL nor EDITOR names an editor."


def editor_of(environ: Mapping[str, str]) -> list[str]:
    """The command that the user wants files to be edited with; empty where none is set."""
    for name in ("VISUAL", "EDITOR"):
        try:
            command = shlex.split(environ.get(name, ""), posix=os.name == "posix")
        except ValueError:
            continue
        if command:
            return command
    return []


def edit(app: App[int], path: Path) -> str:
    """Open the file and wait until the editor is left. Returns a sentence if that could not be done."""
    command = editor_of(os.environ)
    if not command:
        return f"{NO_EDITOR} The file is {path}"
    try:
        with app.suspend(), _deaf_to_interrupts():
            done = subprocess.run([*command, str(path)], check=False)  # noqa: S603  the user's own command
    except SuspendNotSupported:
        return f"This terminal cannot be handed to an editor. The file is {path}"
    except OSError as error:
        return f"{command[0]} cannot be started: {error.strerror or error}. The file is {path}"
    if done.returncode:
        return f"{command[0]} ended with {done.returncode}. The file is {path}"
    return ""


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Leave ctrl+c to the editor, which shares the terminal with us."""

    def pass_over(number: int, frame: FrameType | None) -> None:
        """Do nothing; unlike "ignore", it is not handed on to the editor."""

    before = signal.signal(signal.SIGINT, pass_over)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
