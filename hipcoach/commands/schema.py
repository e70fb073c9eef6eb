"""`hipcoach schema`: what an editor needs to complete and check routine files."""

from __future__ import annotations

from argparse import Namespace

from hipcoach.commands.output import say_json
from hipcoach.paths import AppPaths
from hipcoach.storage.catalog import file_schema


def run(options: Namespace, paths: AppPaths) -> int:  # noqa: ARG001  every command is called alike
    """Print the JSON Schema."""
    say_json(file_schema(options.document))
    return 0
