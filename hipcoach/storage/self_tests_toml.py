"""The texts of the self-tests, from the bundled data."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hipcoach.core.self_test import SelfTest, SelfTestAnswer, SelfTests
from hipcoach.errors import DataError
from hipcoach.resources import bundled
from hipcoach.storage.table import Problem, Table
from hipcoach.storage.text_file import UnreadableError, read_toml

FORMAT = 1
LARGEST_FILE = 1_000_000
"""Bytes; two tests take 4 kB."""


@cache
def bundled_self_tests() -> SelfTests:
    """The self-tests that come with the program.

    Raises:
        DataError: their file has problems (all of them in the message).
        ResourceError: the bundled data is missing.
    """
    return read_self_tests(bundled("data") / "self-tests.toml")


def read_self_tests(path: Path) -> SelfTests:
    """The self-tests of a file.

    Raises:
        DataError: it has problems (all of them in the message).
    """
    problems: list[Problem] = []
    try:
        root = Table(read_toml(path, LARGEST_FILE), path.name, "", problems)
    except FileNotFoundError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    except UnreadableError as error:
        raise DataError(f"{path} {error.message}.") from error
    if root.whole("format", 1) > FORMAT:
        root.problem("format", f"this hipcoach reads format {FORMAT}")
    found = SelfTests(
        tests=tuple(_test(each) for each in root.tables("self_test", "self-test")),
        limits=root.texts("limits"),
        cautions=root.texts("cautions"),
    )
    root.finish()
    if problems:
        raise DataError("\n".join(map(str, problems)))
    return found


def _test(table: Table) -> SelfTest:
    test = SelfTest(
        id=table.id(),
        name=table.text("name"),
        figure=table.id("figure"),
        side_means=table.text("side_means"),
        source=table.id("source"),
        steps=table.texts("steps"),
        question=table.text("question"),
        answers=tuple(_answer(each) for each in table.tables("answer", "answer")),
        cautions=table.texts("cautions"),
        notes=table.texts("notes"),
    )
    keys = [answer.key for answer in test.answers]
    if len(set(keys)) < len(keys):
        table.problem("answer", "two of them have the same key")
    table.finish()
    return test


def _answer(table: Table) -> SelfTestAnswer:
    answer = SelfTestAnswer(
        id=table.id(),
        key=table.text("key"),
        label=table.text("label"),
        tight=table.flag("tight", False),
        means=table.text("means", ""),
    )
    if not table.has("tight"):
        table.problem("tight", "is missing")
    if len(answer.key) != 1:
        table.problem("key", "must be a single sign")
    table.finish()
    return answer
