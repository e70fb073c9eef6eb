"""`hipcoach doctor`: what works here, what does not, and what to do about it."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from itertools import chain

from hipcoach.commands.examination.audio import look_at_audio
from hipcoach.commands.examination.directories import look_at_directories
from hipcoach.commands.examination.finding import Finding
from hipcoach.commands.examination.own_files import look_at_own_files
from hipcoach.commands.examination.program import look_at_program
from hipcoach.commands.examination.sessions import look_at_sessions
from hipcoach.commands.examination.speech import look_at_speech
from hipcoach.commands.examination.terminal import look_at_terminal
from hipcoach.commands.printing import say
from hipcoach.paths import AppPaths
from hipcoach.storage.settings import load_settings
from hipcoach.ui.format import count_text

WIDTH = 13
"""Characters for the name of what was looked at."""


def run(options: Namespace, paths: AppPaths) -> int:  # noqa: ARG001  every command is called alike
    """Print what was found. Faults of the surroundings are no failure of this command."""
    settings, problems = load_settings(paths.settings)
    faults = 0
    for title, findings in (
        ("Program", look_at_program()),
        ("Terminal", look_at_terminal(os.environ)),
        ("Sound", chain(look_at_audio(settings.backend.value, os.environ), look_at_speech(settings.speech))),
        ("Directories", look_at_directories(paths)),
        ("Sessions", look_at_sessions(paths)),
        ("Your own", look_at_own_files(paths, problems)),
    ):
        say(title)
        faults += _say_all(findings)
        say()
    say("All is well." if not faults else f"{count_text(faults, 'thing')} to look at, marked '!' above.")
    return 0


def _say_all(findings: Iterator[Finding]) -> int:
    faults = 0
    for finding in findings:
        say(f"  {' ' if finding.is_well else '!'} {finding.what:{WIDTH}}  {finding.how}")
        if finding.to_do:
            say(f"{'':{WIDTH + 6}}-> {finding.to_do}")
        faults += not finding.is_well
    return faults
