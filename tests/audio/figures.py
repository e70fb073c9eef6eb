"""What the tests have measured, to be shown at the end of the run."""

from __future__ import annotations

FIGURES: list[str] = []
