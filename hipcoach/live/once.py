"""What the command line chooses for one session; nothing of it is remembered."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct
from msgspec.structs import asdict, replace

from hipcoach.core.choices import Choices
from hipcoach.core.exercise import Load
from hipcoach.core.pace import Pace
from hipcoach.core.range import Intensity
from hipcoach.core.side import Side


class Once(Struct, frozen=True):
    """Some choices; None for those that hold anyway, as they are remembered and set."""

    rounds: int | None = None
    level: Intensity | None = None
    """The rounds are this level's too, unless `rounds` says otherwise."""
    pace: Pace | None = None
    tempo: Fraction | None = None
    warmup: bool | None = None
    gated: bool | None = None
    """False leaves advanced drills out unasked. Only their owner's own word lets them in."""
    first_side: Side | None = None
    avoid: frozenset[Load] | None = None

    def over(self, choices: Choices) -> Choices:
        """Choices with these in place of theirs."""
        chosen = {name: value for name, value in asdict(self).items() if value is not None}
        if self.level is not None:
            chosen.setdefault("rounds", None)
        return replace(choices, **chosen)


NOTHING = Once()
"""Everything as it is remembered and set."""
