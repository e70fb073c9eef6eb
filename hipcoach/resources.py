"""Where the bundled data and sounds are: inside an installed package, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from hipcoach.errors import ResourceError

_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """Return the directory of the bundled `name` ("data" or "sounds").

    A wheel carries it inside the package; an editable install or a checkout has it beside the package.

    Raises:
        ResourceError: neither place has it.
    """
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise ResourceError(f"The bundled {name} are missing. Please install hipcoach again.")
