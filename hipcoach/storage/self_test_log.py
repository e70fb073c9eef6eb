"""The self-tests that were done: one TOML file for each time, like the sessions."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import tomli_w
from msgspec import Struct

from hipcoach.core.exercise import Side
from hipcoach.core.self_test import SelfTestRecord, SelfTestResult
from hipcoach.paths import AppPaths
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.removed import Removed, original_of, set_aside
from hipcoach.storage.toml_folder import check_format, read_folder
from hipcoach.storage.values import a_text
from hipcoach.storage.when_toml import when_from_toml, when_to_toml

FORMAT = 1
LARGEST_FILE = 1_000_000
"""Bytes; four results take about 1 kB."""


class SelfTestLog(Struct, frozen=True):
    """The records, oldest first, and a sentence for every file that is not read whole and for every copy."""

    records: tuple[SelfTestRecord, ...]
    problems: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


def save_self_test(directory: Path, record: SelfTestRecord) -> Path:
    """Write the file of one time the tests were done. Saving the same again changes nothing.

    Raises:
        StorageError: it could not be written.
    """
    path = directory / f"{record.id}.toml"
    with suppress(FileExistsError):
        write_atomically(path, tomli_w.dumps(_to_toml(record)).encode(), replace=False)
    return path


def load_self_tests(directory: Path) -> SelfTestLog:
    """Read every file. What cannot be read is named and left alone; copies by sync programs do not count."""
    found, problems = read_folder(directory, "a self-test", FORMAT, LARGEST_FILE, _from_toml)
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


def remove_self_test(paths: AppPaths, record_id: str) -> Removed:
    """Take one out of the log: its file is moved aside, and `hipcoach.storage.removed.put_back` undoes it.

    Raises:
        StorageError: it cannot be moved; then it is where it was.
    """
    return set_aside(paths.self_tests, record_id, paths.removed_self_tests)


def _to_toml(record: SelfTestRecord) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "app_version": record.app_version,
        "id": record.id,
        **when_to_toml(record.started, record.day),
        "note": record.note,
        "result": [
            {
                "test": result.test,
                "name": result.name,
                "side": result.side.value,
                "side_means": result.side_means,
                "answer": result.answer,
                "said": result.said,
                "tight": result.tight,
            }
            for result in record.results
        ],
    }


def _from_toml(values: Mapping[str, Any], name: str) -> SelfTestRecord:
    check_format(values)
    started, day = when_from_toml(values)
    return SelfTestRecord(
        id=name,
        started=started,
        day=day,
        results=tuple(_result(each) for each in values.get("result", [])),
        app_version=a_text(values.get("app_version", "")),
        note=a_text(values.get("note", "")),
    )


def _result(values: Mapping[str, Any]) -> SelfTestResult:
    if not isinstance(values["tight"], bool):
        raise TypeError("tight is neither true nor false")
    return SelfTestResult(
        test=a_text(values["test"]),
        name=a_text(values.get("name", values["test"])),
        side=Side(values["side"]),
        side_means=a_text(values.get("side_means", "")),
        answer=a_text(values.get("answer", "")),
        said=a_text(values.get("said", "")),
        tight=values["tight"],
    )
