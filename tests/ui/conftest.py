"""What all tests of screens have in common: style sheets are parsed once, and a screen is drawn once it is at
rest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ui.sparing import sparing


@pytest.fixture(autouse=True, scope="session")
def spare() -> Iterator[None]:
    """Do without what Textual does again for each app, and without drawing what nobody will see."""
    with sparing():
        yield
