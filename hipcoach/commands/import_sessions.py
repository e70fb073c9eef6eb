"""`hipcoach import FILE`: take the sessions of an export into the log, each once."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from hipcoach.commands.output import say, warn
from hipcoach.paths import AppPaths
from hipcoach.storage.export_json import read_export
from hipcoach.storage.session_import import ImportPlan, carry_out, plan_import
from hipcoach.ui.format import count_text

LEFT_OUT = 1
"""Exit code where a session could not be read and so is not imported."""


def run(options: Namespace, paths: AppPaths) -> int:
    """Import what is new, and say what was there already, differs from what is there, or cannot be read.

    Raises:
        ExportFileError: the file is none of ours; nothing was imported.
        StorageError: the log cannot be read or written; nothing was imported.
    """
    file: Path = options.file
    plan = plan_import(read_export(file), paths.sessions)
    added = len(plan.new) if options.dry_run else carry_out(plan, paths.sessions)
    for each in plan.different:
        say(f"{each.id} differs and stays as it is ({each.words}).")
    would = "would be imported" if options.dry_run else "imported"
    say(f"{count_text(added, 'session')} {would}{_rest(plan)}.")
    for sentence in plan.left_out:
        warn(sentence)
    return LEFT_OUT if plan.left_out else 0


def _rest(plan: ImportPlan) -> str:
    parts = []
    if plan.same:
        parts.append(f"{len(plan.same)} already there")
    if plan.different:
        parts.append(f"{len(plan.different)} there with a difference")
    if plan.left_out:
        parts.append(f"{len(plan.left_out)} left out")
    return "".join(f", {part}" for part in parts)
