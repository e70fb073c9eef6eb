"""Running commands, in this process or in one of their own, and a log for them to read."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from hipcoach.cli import main
from hipcoach.core.compile import compile_plan
from hipcoach.core.history.record import SessionRecord, SessionStatus, step_records
from hipcoach.core.history.streaks import civil_day
from hipcoach.core.session import Attempt, Session
from hipcoach.paths import AppPaths, user_paths
from hipcoach.storage.catalog import bundled_catalog
from hipcoach.storage.session_log import new_id, save_record
from tests.commands.running import CHECKOUT, Log, Result, Run


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process."""

    def run(*arguments: str | Path) -> Result:
        capsys.readouterr()
        try:
            code = main([str(each) for each in arguments])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        printed = capsys.readouterr()
        return Result(code, printed.out, printed.err)

    return run


@pytest.fixture
def spawn() -> Run:
    """Run a command line in a process of its own, without a terminal."""

    def spawn(*arguments: str | Path) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "hipcoach", *map(str, arguments)],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return spawn


@pytest.fixture
def paths() -> AppPaths:
    """The test's own user directories."""
    return user_paths()


@pytest.fixture
def log(paths: AppPaths) -> Log:
    """Put a session into the log: the first `done` sets of its routine done and then stopped, or all."""

    def log(
        started: datetime,
        routine: str = "desk-break",
        done: int | None = None,
        seconds: float = 300.0,
        note: str = "",
        title: str | None = None,
    ) -> SessionRecord:
        catalog = bundled_catalog()
        plan = compile_plan(catalog.routines[routine], catalog)
        work = [step for step in plan.steps if step.is_work]
        attempts = tuple(Attempt(step.index, step.reps or 0, step.seconds) for step in work[:done])
        record = SessionRecord(
            id=new_id(started, "abcdef"),
            routine=routine,
            title=title or plan.title,
            started=started,
            day=civil_day(started, 0),
            status=SessionStatus.COMPLETED if done is None else SessionStatus.STOPPED,
            active_seconds=seconds,
            steps=step_records(replace(Session.begin(plan, 0.0), attempts=attempts)),
            note=note,
        )
        save_record(paths.sessions, record)
        return record

    return log
