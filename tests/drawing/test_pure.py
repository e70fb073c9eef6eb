"""Drawing needs the core and nothing else."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import hipcoach.drawing

MODULES = [f"hipcoach.drawing.{module.name}" for module in pkgutil.iter_modules(hipcoach.drawing.__path__)]
REPORT = (
    "import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]; print(*sys.modules)"
)


def test_drawing_loads_nothing_but_the_core() -> None:
    assert len(MODULES) > 8
    command = [sys.executable, "-c", REPORT, *MODULES]
    root = Path(hipcoach.drawing.__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, timeout=60)
    loaded = set(done.stdout.split())
    assert set(MODULES) <= loaded
    layers = {".".join(name.split(".")[:2]) for name in loaded if name.startswith("hipcoach.")}
    assert layers - {"hipcoach.errors"} == {"hipcoach.core", "hipcoach.drawing"}
    assert loaded.isdisjoint({"textual", "rich", "tomllib", "random", "logging", "subprocess"})
