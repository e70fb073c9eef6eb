"""The keys of a session: what they are called, and what they do in a few words."""

from __future__ import annotations

from textual.binding import Binding, BindingType

SESSION_KEYS: list[BindingType] = [
    Binding("space", "pause", "Pause", id="session.pause", tooltip="Pause; go on through 3-2-1"),
    Binding("enter", "complete", "Reps done", id="session.complete", tooltip="Own pace: the set is done"),
    Binding("n,right", "skip", "Skip", id="session.skip", tooltip="On to the next lead-in, or start now"),
    Binding("p,left", "back", "Back", id="session.back", tooltip="To the lead-in of the set before"),
    Binding("r", "restart", "Restart", id="session.restart", tooltip="This step from its beginning"),
    Binding("N", "drop", "Drop", id="session.drop", tooltip="Leave this exercise out altogether"),
    Binding(
        "u",
        "bring_back",
        "Bring back",
        id="session.bring-back",
        tooltip="Do what was left out last after all",
    ),
    Binding("plus,equals_sign", "longer", "More", id="session.longer", tooltip="5 s or one rep more"),
    Binding("minus", "shorter", "Less", id="session.shorter", tooltip="5 s or one rep less"),
    Binding("h", "hurts", "It hurts", id="session.hurts", tooltip="Skip, and note that it hurt"),
    Binding(
        "m", "mute", "Mute", id="session.mute", tooltip="Sound off or on in this session; the screen flashes"
    ),
    Binding("v", "speech", "Voice", id="session.speech", tooltip="Say what comes aloud, or do not"),
    Binding(
        "left_square_bracket",
        "volume(-1)",
        "Quieter",
        id="session.quieter",
        tooltip="Volume down",
        show=False,
    ),
    Binding(
        "right_square_bracket",
        "volume(1)",
        "Louder",
        id="session.louder",
        tooltip="Volume up",
        show=False,
    ),
    Binding("question_mark", "app.help", "Help", id="session.help", tooltip="Keys and sounds; pauses"),
    Binding("q,escape", "stop", "Stop", id="session.stop", tooltip="Pause, then choose how to end"),
]
