"""Text files that a person may have written, copied or damaged: read whole, or refused with a reason.

Nothing here waits, and nothing is read that cannot be what it should be: only ordinary files are opened, none
larger than its kind may be.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from hipcoach.errors import StorageError

LARGEST_FILE = 1_000_000
"""Bytes; no file that a person wrote, or the program for one, comes near."""
MOST_KEY_PARTS = 256
"""Parts of one dotted TOML key; Python's reader takes time and memory by the square of them."""
_KEY_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_ENDLESS_KEY = rf"""(?m:^|[\[{{,])[ \t]*+(?:{_KEY_PART}){{{MOST_KEY_PARTS}}}"""


class UnreadableError(StorageError):
    """A file holds no text of its kind. `message` says so as words that follow its name."""


class NotTomlError(UnreadableError):
    """A file holds text, but that is no TOML."""


class TooLargeError(StorageError):
    """What was to be written is more than is read again."""


def read_toml(path: Path, largest: int = LARGEST_FILE) -> dict[str, Any]:
    """The tables of a TOML file of at most `largest` bytes.

    Raises:
        FileNotFoundError: it is not there.
        UnreadableError: it cannot be read; a NotTomlError where it is text.
    """
    return parse_toml(read_text(path, largest))


def parse_toml(text: str) -> dict[str, Any]:
    """The tables of a TOML text.

    Raises:
        NotTomlError: it is none.
    """
    # Each part but the last has a dot after it; where there are not so many dots, the search is spared.
    if text.count(".") >= MOST_KEY_PARTS and re.search(_ENDLESS_KEY, text):
        raise NotTomlError(f"has a key of more than {MOST_KEY_PARTS} parts")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise NotTomlError("is not valid TOML: it is nested too deep") from None
    except ValueError as error:  # also a number of thousands of digits, which is no TOMLDecodeError
        raise NotTomlError(f"is not valid TOML: {error}") from None


def toml_again(values: Mapping[str, Any], path: Path, largest: int = LARGEST_FILE) -> bytes:
    """Tables that were read from `path`, and changed, as what is written there: it reads back as they are.

    Raises:
        TooLargeError: it would be more than the `largest` bytes that are read.
        StorageError: they hold what can be read but not written again, such as tables that nest very deep.
    """
    try:
        text = tomli_w.dumps(values)
        is_same = parse_toml(text) == values
    except (ValueError, RecursionError, NotTomlError):
        is_same = False
    if not is_same:
        raise StorageError(f"{path} holds what cannot be written again; it is left as it is.")
    return readable_again(text.encode(), path, largest)


def readable_again(content: bytes, path: Path, largest: int = LARGEST_FILE) -> bytes:
    """What is to be written to `path`, where no more than `largest` bytes are read.

    Raises:
        TooLargeError: it is more; nothing is ever written that is not read again.
    """
    if len(content) > largest:
        raise TooLargeError(
            f"{path} is not written: it would be larger than {largest // 1000} kB, the most that is read."
        )
    return content


def read_text(path: Path, largest: int = LARGEST_FILE) -> str:
    """The text of a file of at most `largest` bytes, without the byte order mark that some editors write.

    Raises:
        FileNotFoundError, UnreadableError: as for `read_toml`.
    """
    try:
        return read_bytes(path, largest).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError("is not a text file in UTF-8") from None


def read_bytes(path: Path, largest: int = LARGEST_FILE) -> bytes:
    """What a file of at most `largest` bytes holds.

    Raises:
        FileNotFoundError, UnreadableError: as for `read_toml`.
    """
    try:
        # Looked at before it is opened: opening a device can do something, opening a pipe can wait.
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            what = "it is a directory" if stat.S_ISDIR(mode) else "it is not an ordinary file"
            raise UnreadableError(f"cannot be read: {what}")
        with open(path, "rb", opener=_without_waiting) as file:
            content = file.read(largest + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or error}") from error
    if len(content) > largest:
        raise UnreadableError(f"is larger than {largest // 1000} kB, which no such file should be")
    return content


def _without_waiting(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
