"""One thing that the doctor found."""

from __future__ import annotations

from msgspec import Struct


class Finding(Struct, frozen=True):
    """Something looked at: what it is, how it is, and what to do if that is a fault."""

    what: str
    is_well: bool
    how: str
    to_do: str = ""
    """A sentence for people; empty where all is well or there is nothing they can do."""
