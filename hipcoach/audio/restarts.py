"""The rule by which a player is started again, replaced by the next backend, or given up for a while."""

from __future__ import annotations

FIRST_PAUSE = 0.1
"""Seconds before the first restart of a player that has died; each further one within `MEMORY` waits four
times as long."""

MEMORY = 60.0
"""Seconds for which a death counts."""

DEATHS = 4
"""How many deaths within `MEMORY` rule a backend out."""

FIRST_RETRY = 15.0
"""Seconds after which everything is tried anew when nothing works; doubled each time, up to `LAST_RETRY`."""

LAST_RETRY = 120.0


class Restarts:
    """Says which backend to start next and after which pause; knows no processes and no clock."""

    def __init__(self, players: tuple[str, ...]) -> None:
        self._players = players
        self._index = 0
        self._deaths: list[float] = []
        self._retry = FIRST_RETRY
        self._reasons: dict[str, str] = {}
        self.pause = 0.0
        """Seconds to wait before the next start."""

    @property
    def backend(self) -> str | None:
        """The backend to start next; None: all are ruled out, wait `pause` and `try_again`."""
        return self._players[self._index] if self._index < len(self._players) else None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why each backend that was ruled out was, in order and without repetition."""
        return tuple(dict.fromkeys(self._reasons.values()))

    def worked(self) -> None:
        """Note that the present backend is ready."""
        self._reasons.pop(self._players[self._index], None)
        self._retry = FIRST_RETRY

    def refused(self, reason: str) -> None:
        """Note that the present backend did not become ready: the next one is due."""
        self._rule_out(reason)

    def died(self, now: float, reason: str) -> None:
        """Note that a player which was ready ended at `now` (seconds): it gets another chance, but not for
        ever."""
        self._deaths = [death for death in self._deaths if now - death < MEMORY] + [now]
        if len(self._deaths) >= DEATHS:
            self._rule_out(reason)
        else:
            self.pause = FIRST_PAUSE * 4 ** (len(self._deaths) - 1)

    def try_again(self) -> None:
        """Begin with the first backend anew."""
        self._index = 0
        self._deaths = []
        self._reasons = {}
        self.pause = 0.0
        self._retry = min(LAST_RETRY, self._retry * 2)

    def _rule_out(self, reason: str) -> None:
        self._reasons[self._players[self._index]] = reason
        self._index += 1
        self._deaths = []
        self.pause = 0.0 if self._index < len(self._players) else self._retry
