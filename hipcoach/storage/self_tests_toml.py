"""The texts of the self-tests, from the bundled data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import MsgspecError, Struct, convert, field

from hipcoach.core.self_test import SelfTest, SelfTests
from hipcoach.errors import DataError
from hipcoach.resources import bundled
from hipcoach.storage.text_file import UnreadableError, read_toml

LARGEST_FILE = 1_000_000
"""Bytes; two tests take 4 kB."""


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    limits: tuple[str, ...]
    cautions: tuple[str, ...]
    tests: tuple[SelfTest, ...] = field(name="self_test")


@cache
def bundled_self_tests() -> SelfTests:
    """Return the self-tests that come with the program.

    Raises:
        DataError: their file has a problem.
        ResourceError: the bundled data is missing.
    """
    return read_self_tests(bundled("data") / "self-tests.toml")


def read_self_tests(path: Path) -> SelfTests:
    """Return the self-tests of a file.

    Raises:
        DataError: it has a problem.
    """
    try:
        file = convert(read_toml(path, LARGEST_FILE), _File)
    except FileNotFoundError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    except UnreadableError as error:
        raise DataError(f"{path} {error.message}.") from error
    except MsgspecError as error:
        raise DataError(f"{path}: {error}.") from error
    return SelfTests(file.tests, file.limits, file.cautions)
