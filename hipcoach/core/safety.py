"""What has to be read once before anything else: information only, red flags, stop rules."""

from __future__ import annotations

# The red flags and stop rules follow patient leaflets of several health services; the words are ours.
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "What this is",
        (
            "hipcoach counts and reminds. It gives information, no medical advice: it does not diagnose "
            "or treat anything and promises no relief. If you are unsure, ask a doctor or physiotherapist.",
        ),
    ),
    (
        "See a doctor at once, before any exercise",
        (
            "• bladder or bowel suddenly work differently, or sexual feeling has changed",
            "• numbness between the legs or around the genitals",
            "• weakness or numbness in both legs, pain down both, or any of it getting worse",
            "• pain after a fall or accident; after a small one too, with weak bones, at a high age or on "
            "steroids for long",
        ),
    ),
    (
        "Ask a doctor first",
        (
            "• fever, a history of cancer, pain that grows at night or at rest, an unsteady walk",
            "• pregnancy, a hip replacement or other surgery, an injury that has not healed",
        ),
    ),
    (
        "Stop when",
        (
            "• pain reaches 6 of 10, or rises by 2 above where it was when you began",
            "• anything is sharp, shoots down a leg, tingles or goes numb",
            "• a knee pinches, or a hand, wrist or shoulder hurts under load",
            "Work gently, within what feels good. In a session h skips what hurts, N leaves it out.",
        ),
    ),
)
