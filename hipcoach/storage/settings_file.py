"""Changes settings in settings.toml and nothing else: comments, order and what is not known stay."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hipcoach.errors import StorageError
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.settings import LARGEST_FILE
from hipcoach.storage.text_file import UnreadableError, parse_toml, read_text, readable_again

BEGINNING = "# The settings of hipcoach. What stands here is yours: only the settings screen changes it.\n"
Changes = Mapping[tuple[str, str], int | str | bool | None]
"""Values by table and name; None takes one out, so that the default holds."""


def write_settings(path: Path, changes: Changes) -> None:
    """Set values in the file as it is now.

    Another instance, or an editor, may have written meanwhile: the file is read anew. A file that is a link
    stays one.

    Raises:
        StorageError: the file is no TOML, or cannot be read or written; it is as it was.
    """
    target = Path(os.path.realpath(path))
    try:
        text = _text_of(target)
        if text is None:
            if all(value is None for value in changes.values()):
                return
            text = BEGINNING
        before = parse_toml(text)
    except UnreadableError as error:
        raise StorageError(f"{path} {error.message}: what you set holds for this run only.") from error
    wanted = _with(before, changes)
    if wanted == before and text != BEGINNING:
        return
    written = _rewritten(text, changes)
    if written is None or not _says(written, wanted):
        raise StorageError(f"{path} is written in a way that cannot be changed here; it is left as it is.")
    write_atomically(target, readable_again(written.encode(), path, LARGEST_FILE), replace=True)


def why_not_written(path: Path) -> str:
    """A sentence where the file could not be changed because of what it holds; empty where it can."""
    try:
        text = _text_of(Path(os.path.realpath(path)))
        if text is not None:
            parse_toml(text)
    except UnreadableError as error:
        return f"{path} {error.message}: what you set holds for this run only."
    return ""


def _text_of(path: Path) -> str | None:
    try:
        return read_text(path, LARGEST_FILE)
    except FileNotFoundError:
        return None


def _with(before: dict[str, Any], changes: Changes) -> dict[str, Any]:
    after = dict(before)
    for (table, name), value in changes.items():
        part = after.get(table)
        part = dict(part) if isinstance(part, dict) else {}
        if value is not None:
            after[table] = {**part, name: value}
        elif part:
            after[table] = {key: each for key, each in part.items() if key != name}
    return after


def _rewritten(text: str, changes: Changes) -> str | None:
    # Late: it takes 30 ms, and most runs of the program change no setting.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        for (table, name), value in changes.items():
            part = document.get(table)
            if value is None:
                if isinstance(part, dict):
                    part.pop(name, None)
                continue
            if not isinstance(part, dict):
                part = document[table] = tomlkit.table()
            part[name] = value
        written = tomlkit.dumps(document)
    except (TOMLKitError, RecursionError, ValueError, TypeError, KeyError):
        return None
    return re.sub("\r?\n", "\r\n", written) if "\r\n" in text else written


def _says(text: str, wanted: dict[str, Any]) -> bool:
    """Whether a text reads as what was meant: what keeps the comments is not trusted blindly."""
    try:
        return parse_toml(text) == wanted
    except (RecursionError, UnreadableError):
        return False
