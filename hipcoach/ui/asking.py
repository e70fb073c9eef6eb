"""What is asked and said before a session starts: how it feels, and what the stop rules say to that."""

from __future__ import annotations

from enum import Enum, auto

from textual.app import App

from hipcoach.core.history.discomfort import advice_before
from hipcoach.live.services import Services
from hipcoach.ui.screens.choice import Answer, ChoiceScreen
from hipcoach.ui.screens.discomfort import DiscomfortScreen

ANSWERS = (
    Answer("not-today", "n", "Not today"),
    Answer("gently", "g", "Go on, gently"),
)
FAREWELL = "Take care. In the history you can mark today as a rest or sick day; it breaks no streak."


class Start(Enum):
    """How a session is to be started."""

    AS_CHOSEN = auto()
    GENTLY = auto()
    """At the low end of every range."""
    NOT_TODAY = auto()


async def how_to_start(app: App[int], services: Services) -> Start:
    """Ask how it feels, where the settings want that and it has not been said; and where a stop rule says
    that a session is no good idea, say so and leave it to the user. Call from a worker."""
    feeling = services.feeling
    if services.settings.session.ask_discomfort and feeling.at(services.clock()) is None:
        answer = await app.push_screen_wait(DiscomfortScreen())
        if answer is None:
            return Start.NOT_TODAY
        feeling.rate(answer.value, services.clock())
    advice = advice_before(feeling.at(services.clock()))
    if advice is None:
        return Start.AS_CHOSEN
    if await app.push_screen_wait(ChoiceScreen(advice.title, advice.text, ANSWERS)) == "gently":
        return Start.GENTLY
    app.notify(FAREWELL, title="Not today", timeout=8, markup=False)
    return Start.NOT_TODAY
