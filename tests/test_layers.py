"""The core imports alone: no screens, no files, nothing from outside but what makes its values."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import hipcoach.core

MODULES = sorted(each.name for each in pkgutil.walk_packages(hipcoach.core.__path__, "hipcoach.core."))
ROOT = Path(hipcoach.core.__file__).parents[2]
OURS = ("hipcoach", "hipcoach.errors", "hipcoach.core")
REPORT = """
import importlib, sys
before = set(sys.modules)
for name in sys.argv[1:]:
    importlib.import_module(name)
print("\\n".join(sorted(set(sys.modules) - before)))
"""


def loaded_by(*modules: str) -> list[str]:
    """Every module that a fresh Python loads for these."""
    command = [sys.executable, "-c", REPORT, *modules]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return found.stdout.split()


def test_the_core_loads_nothing_from_outside_but_what_makes_its_values() -> None:
    assert len(MODULES) > 10
    loaded = loaded_by(*MODULES)
    assert set(MODULES) <= set(loaded)
    outside = {name.split(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    # msgspec loads the other one itself, where it is installed.
    assert outside - {"typing_extensions"} == {"hipcoach", "msgspec"}
    layers = [name for name in loaded if name.startswith("hipcoach") and name not in (*OURS, *MODULES)]
    assert layers == []


def test_the_core_loads_nothing_that_reaches_files_clocks_or_terminals() -> None:
    loaded = set(loaded_by(*MODULES))
    assert loaded.isdisjoint(
        {"textual", "rich", "platformdirs", "tomllib", "pathlib", "subprocess", "logging"}
    )


def test_reading_the_catalogue_does_not_load_the_interface() -> None:
    loaded = loaded_by("hipcoach.storage.catalog")
    assert not [name for name in loaded if name.split(".")[0] in ("textual", "rich", "wakepy", "miniaudio")]
    assert not [name for name in loaded if name.startswith(("hipcoach.ui", "hipcoach.audio"))]
