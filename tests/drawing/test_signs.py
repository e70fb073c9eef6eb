from __future__ import annotations

import pytest

from hipcoach.drawing.signs import Signs, signs_for


@pytest.mark.parametrize(
    ("encoding", "environ", "on_windows", "signs"),
    [
        ("utf-8", {"TERM": "xterm-256color"}, False, Signs.BRAILLE),
        ("utf-8", {}, False, Signs.BRAILLE),
        ("UTF8", {"TERM": "dumb"}, False, Signs.BRAILLE),
        ("utf-8", {"TERM": "linux"}, False, Signs.BLOCKS),
        ("cp437", {"TERM": "xterm"}, False, Signs.BLOCKS),
        ("latin-1", {"TERM": "xterm"}, False, Signs.ASCII),
        ("ascii", {}, False, Signs.ASCII),
        ("no-such-encoding", {}, False, Signs.ASCII),
        ("utf-8", {}, True, Signs.BLOCKS),
        ("utf-8", {"WT_SESSION": "1"}, True, Signs.BRAILLE),
    ],
)
def test_the_finest_signs_that_are_likely_to_be_shown(
    encoding: str, environ: dict[str, str], on_windows: bool, signs: Signs
) -> None:
    assert signs_for(encoding, environ, on_windows=on_windows) is signs
