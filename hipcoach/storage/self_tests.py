"""The self-tests: their texts from the bundled data, and one TOML file for each time they were done."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal

import tomli_w
from msgspec import MsgspecError, Struct, convert, field, to_builtins
from msgspec.structs import replace

from hipcoach.core.self_test import SelfTest, SelfTestRecord, SelfTests
from hipcoach.errors import DataError
from hipcoach.paths import bundled
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.removed import original_of
from hipcoach.storage.session_log import FORMAT, read_folder, when_from_toml, when_to_toml
from hipcoach.storage.text_file import UnreadableError, read_toml

LARGEST_FILE = 1_000_000
"""Bytes; two tests take 4 kB, four results about 1 kB."""


class _Texts(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    limits: tuple[str, ...]
    cautions: tuple[str, ...]
    tests: tuple[SelfTest, ...] = field(name="self_test")


class SelfTestLog(Struct, frozen=True):
    """The records, oldest first, and a sentence for every file that is not read whole and for every copy."""

    records: tuple[SelfTestRecord, ...]
    problems: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


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
        texts = convert(read_toml(path, LARGEST_FILE), _Texts)
    except FileNotFoundError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    except UnreadableError as error:
        raise DataError(f"{path} {error.message}.") from error
    except MsgspecError as error:
        raise DataError(f"{path}: {error}.") from error
    return SelfTests(texts.tests, texts.limits, texts.cautions)


def save_self_test(directory: Path, record: SelfTestRecord) -> Path:
    """Write the file of one time the tests were done. Saving the same again changes nothing.

    Raises:
        StorageError: it could not be written.
    """
    path = directory / f"{record.id}.toml"
    values = to_builtins(record, builtin_types=(date, datetime))
    values = {"format": FORMAT, **values, **when_to_toml(record.started, record.day)}
    with suppress(FileExistsError):
        write_atomically(path, tomli_w.dumps(values).encode(), replace=False)
    return path


def load_self_tests(directory: Path) -> SelfTestLog:
    """Read every file. What cannot be read is named and left alone; copies by sync programs do not count."""
    found, problems = read_folder(directory, "a self-test", LARGEST_FILE, _from_toml)
    records: dict[str, SelfTestRecord] = {}
    copies = []
    # Originals first: a copy only stands in for one that is gone.
    for name in sorted(found, key=lambda name: (original_of(name) is not None, name)):
        original = original_of(name)
        if original is not None:
            about = f"{name}.toml is a copy that a sync program made of {original}.toml"
            stands_in = original not in records
            copies.append(f"{about}; {'it stands in for it' if stands_in else 'it counts once'}.")
        records.setdefault(original or name, found[name])
    ordered = sorted(records.values(), key=lambda record: (record.started, record.id))
    return SelfTestLog(tuple(ordered), tuple(problems), tuple(copies))


def _from_toml(values: dict[str, object], name: str) -> SelfTestRecord:
    started, day = when_from_toml(values)
    return replace(convert(values | {"id": name}, SelfTestRecord), started=started, day=day)
