from __future__ import annotations

import os
import stat
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest

from hipcoach import cli
from hipcoach.cli import log_failure
from hipcoach.commands import listings
from hipcoach.paths import AppPaths
from tests.commands.running import Run


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    usual = os.umask(0)
    yield
    os.umask(usual)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(options: Namespace, paths: AppPaths) -> int:
        knee = "a secret of the knee"
        raise ZeroDivisionError(f"{len(knee)} into nothing")

    monkeypatch.setattr(listings, "routines", run)


@pytest.mark.usefixtures("broken")
def test_what_nobody_foresaw_is_one_line_and_a_traceback_in_the_log(run: Run, paths: AppPaths) -> None:
    result = run("routines")
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "hipcoach: Something unforeseen went wrong (ZeroDivisionError); "
        f"the details are in {paths.error_log}.\n"
    )
    written = paths.error_log.read_text()
    assert "Traceback" in written
    assert "ZeroDivisionError: 20 into nothing" in written
    assert stat.S_IMODE(paths.error_log.stat().st_mode) == 0o600
    assert stat.S_IMODE(paths.error_log.parent.stat().st_mode) == 0o700


@pytest.mark.usefixtures("broken")
def test_a_log_that_cannot_be_written_is_said(run: Run, paths: AppPaths) -> None:
    paths.error_log.mkdir(parents=True)
    result = run("routines")
    assert result.code == 1
    assert "the error log could not be written" in result.err


def test_a_full_log_is_put_aside_in_place_of_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "LARGEST_LOG", 10)
    path = tmp_path / "log" / "hipcoach.log"
    for number in range(6):
        log_failure(path, ValueError(f"number {number}"))
    names = sorted(each.name for each in path.parent.iterdir())
    assert names == ["hipcoach.log", "hipcoach.log.1"]
    assert "number 5" in path.read_text()
    assert "number 4" in (path.parent / "hipcoach.log.1").read_text()
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}
