"""`E` in the list, in a real terminal, with a real process as the editor."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from hipcoach.paths import user_paths
from tests.terminal import Start
from tests.torture.short_session import prepare

EDITOR = """\
#!/bin/sh
echo "editing $2 in mode $1"
kill -INT $PPID
read answer
sed -i 's/^title = "Short"/title = "Edited"/' "$2"
"""


def test_the_editor_gets_the_terminal_and_the_list_what_it_wrote(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = user_paths()
    prepare(paths)
    editor = tmp_path / "an editor"
    editor.write_text(EDITOR, encoding="utf-8")
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("VISUAL", f"'{editor}' simple")
    monkeypatch.setenv("EDITOR", "false")
    terminal = start()
    terminal.shows("Six drills")
    terminal.press("\x1b[F")
    terminal.shows("Short steps.")
    terminal.press("E")
    terminal.shows(f"editing {paths.config / 'routines' / 'short.toml'} in mode simple")
    # What somebody interrupts in the editor, which shares the terminal, is none of the app's.
    terminal.press("\n")
    terminal.shows("Edited")
    terminal.press("q")
    assert terminal.left() == 0
    terminal.until(terminal.is_as_before, "the terminal to be as before")
