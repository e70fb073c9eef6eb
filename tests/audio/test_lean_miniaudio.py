"""The player loads miniaudio without what only streams from the Internet need; nothing else is missing."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(find_spec("miniaudio") is None, reason="miniaudio is not installed")

CHECKOUT = Path(__file__).resolve().parents[2]
LOAD = "from hipcoach.audio.outputs.lean_miniaudio import load_miniaudio; load_miniaudio()"


def _said(*code: str) -> list[str]:
    """The words that a process of its own prints, which does all this."""
    command = [sys.executable, "-c", "\n".join(("import sys", *code))]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_player_loads_no_internet_and_no_dataclasses() -> None:
    loaded = set(_said("import hipcoach.audio.player", LOAD, "print(*sys.modules)"))
    assert {"hipcoach.audio.player", "miniaudio", "_miniaudio"} <= loaded
    unwanted = {"ssl", "http.client", "email", "urllib.request", "html", "numpy", "inspect", "dataclasses"}
    assert not loaded & (unwanted | {"asyncio", "textual"})


def test_what_was_left_out_is_loaded_once_it_is_used() -> None:
    use = (
        "import miniaudio",
        "print(miniaudio.urllib.request.Request('http://localhost/').host)",
        "print(miniaudio.html.unescape('&amp;'))",
        "print(miniaudio.inspect.isgenerator(each for each in ()))",
        "print('http.client' in sys.modules)",
    )
    assert _said(LOAD, *use) == ["localhost", "&", "True", "True"]


def test_others_get_the_real_modules() -> None:
    use = (
        "import html, inspect, urllib.request",
        "print(html.__file__ is not None, inspect.signature(print) is not None)",
        "print(urllib.request.__file__ is not None, urllib.request is sys.modules['urllib.request'])",
    )
    assert _said(LOAD, *use) == ["True"] * 4


def test_what_is_there_already_stays() -> None:
    use = ("import html", "before = html", LOAD, "import miniaudio", "print(miniaudio.html is before)")
    assert _said(*use) == ["True"]


def test_where_miniaudio_cannot_be_loaded_nothing_is_left_behind() -> None:
    use = (
        "sys.modules['_miniaudio'] = None",
        LOAD,
        "print('miniaudio' in sys.modules, *sorted({'html', 'numpy', 'urllib.request'} & set(sys.modules)))",
    )
    assert _said(*use) == ["False"]
