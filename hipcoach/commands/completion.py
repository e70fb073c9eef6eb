"""`hipcoach completion SHELL`: completion by argcomplete, which asks `hipcoach` at each tab."""

from __future__ import annotations

from argparse import Action, ArgumentParser, Namespace
from collections.abc import Iterable, Mapping

import argcomplete
from argcomplete.completers import BaseCompleter, DirectoriesCompleter, FilesCompleter
from argcomplete.shell_integration import shellcode

from hipcoach.commands.arguments import NOTHING, make_parser
from hipcoach.commands.output import say
from hipcoach.core.avoid import AVOIDABLE, LOAD_WORDS
from hipcoach.core.catalog import Catalog
from hipcoach.core.cues import Cue
from hipcoach.core.text import plain
from hipcoach.paths import AppPaths, user_paths
from hipcoach.storage.catalog import load_catalog


def run(options: Namespace, paths: AppPaths) -> int:  # noqa: ARG001  every command is called alike
    """Print the script for a shell."""
    say(shellcode(["hipcoach"], use_defaults=False, shell=options.shell).strip())
    return 0


def complete() -> None:
    """Answer what a shell asks through argcomplete's variables, and end the process."""
    argcomplete.autocomplete(make_parser(), always_complete_options="long", default_completer=Values())


class Values(BaseCompleter):
    """Completes the value of an argument by its type or by what help calls it."""

    def __call__(
        self, *, prefix: str, action: Action, parser: ArgumentParser, parsed_args: Namespace
    ) -> Mapping[str, str] | Iterable[str]:
        """Return the words that may stand there, with what each means where there is anything to say."""
        match str(action.metavar).split("."):
            case ["ROUTINE"]:
                return {each.id: plain(each.title) for each in _catalog().routines.values()}
            case ["EXERCISE"]:
                return {each.id: plain(each.name) for each in _catalog().exercises.values()}
            case ["LOADS"]:
                return _loads(prefix)
            case ["SOUND"]:
                return list(Cue)
            case ["DIR"]:
                return DirectoriesCompleter()(prefix)
            case ["FILE", *_] | ["PATH"]:
                return FilesCompleter()(prefix)
        return ()


def _catalog() -> Catalog:
    return load_catalog(user_paths().config)[0]


def _loads(prefix: str) -> Mapping[str, str]:
    """Loads separated by commas: what is there already stays and is not offered again."""
    *there, _ = prefix.split(",")
    words = {load.value: LOAD_WORDS[load] for load in AVOIDABLE if load.value not in there}
    if not there:
        return words | {NOTHING: "nothing"}
    return {",".join((*there, word)): meaning for word, meaning in words.items()}
