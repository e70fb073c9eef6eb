"""The program itself: versions, and whether its own files are there."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from importlib import metadata

from hipcoach import __version__
from hipcoach.commands.examination.finding import Finding
from hipcoach.errors import HipcoachError
from hipcoach.storage.catalog_toml import bundled_catalog

AGAIN = "Install hipcoach again."


def look_at_program() -> Iterator[Finding]:
    """Look at what runs, and at what belongs to it."""
    yield Finding("hipcoach", True, __version__)
    yield Finding("Python", True, f"{platform.python_version()}, {sys.executable}")
    yield Finding("system", True, platform.platform())
    try:
        yield Finding("Textual", True, metadata.version("textual"))
    except metadata.PackageNotFoundError:
        yield Finding("Textual", False, "is not installed, so the coach cannot open", AGAIN)
    try:
        catalog = bundled_catalog()
    except HipcoachError as error:
        yield Finding("routines", False, error.message, AGAIN)
    else:
        counts = f"{len(catalog.routines)} routines, {len(catalog.exercises)} exercises"
        yield Finding("routines", True, counts)
