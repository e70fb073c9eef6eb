"""What running a command line leaves behind."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from hipcoach.core.history.record import SessionRecord

CHECKOUT = Path(__file__).parents[2]
LOOKING = (
    ["routines"],
    ["routines", "--json"],
    ["exercises"],
    ["plan", "desk-break"],
    ["history"],
    ["stats"],
    ["paths"],
    ["check", str(CHECKOUT / "data" / "routines")],
)
"""Commands that only look."""


class Result(Struct, frozen=True):
    """Exit code and what was printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one line on standard error of a command that could not be done."""
        assert self.code == 2, self
        assert self.out == ""
        (line,) = self.err.splitlines()
        return line.removeprefix("hipcoach: ")


class Run(Protocol):
    """Runs a command line."""

    def __call__(self, *arguments: str | Path) -> Result: ...


class Log(Protocol):
    """Puts a session into the log."""

    def __call__(
        self,
        started: datetime,
        routine: str = "desk-break",
        done: int | None = None,
        seconds: float = 300.0,
        note: str = "",
        title: str | None = None,
    ) -> SessionRecord: ...
