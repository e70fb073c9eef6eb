"""The keys that move a session on or back, or make a set longer or shorter: each is one command."""

from __future__ import annotations

from textual.widget import Widget

from hipcoach.core.session import ADJUSTMENT, Session
from hipcoach.live.session_runner import Command


class SessionCommands(Widget):
    """What these keys ask of the session; the screen hands it over with `apply`."""

    @property
    def session(self) -> Session:
        """The session as it is."""
        raise NotImplementedError

    def apply(self, command: Command) -> None:
        """Give the session a command now."""
        raise NotImplementedError

    def action_skip(self) -> None:
        """On to the next lead-in; during one, start the work."""
        self.apply(Session.skip)

    def action_back(self) -> None:
        """To the lead-in of the work before."""
        self.apply(Session.back)

    def action_restart(self) -> None:
        """The step from its beginning."""
        self.apply(Session.restart)

    def action_hurts(self) -> None:
        """Skip what hurts, or what is about to, and say that it is noted."""
        self.apply(Session.hurts)
        self.notify("Noted: it hurt. N leaves the exercise out altogether.", timeout=4)

    def action_bring_back(self) -> None:
        """Do what was left out last after all, and say so in place of the message that offered it."""
        left_out = self.session.left_out
        self.apply(Session.bring_back)
        if len(self.session.left_out) < len(left_out):
            self.notify(f"{self.session.plan.steps[left_out[-1]].name} is back.", timeout=3, markup=False)

    def action_longer(self) -> None:
        """5 s or one rep more."""
        self.apply(lambda session, at: session.add(at, ADJUSTMENT))

    def action_shorter(self) -> None:
        """5 s or one rep less."""
        self.apply(lambda session, at: session.add(at, -ADJUSTMENT))
