"""Running commands, in this process or in one of their own, and a log for them to read."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from hipcoach.cli import main
from hipcoach.core.compile import compile_plan
from hipcoach.core.history.record import Outcome, SessionRecord, SessionStatus, StepRecord
from hipcoach.core.history.streaks import civil_day
from hipcoach.core.plan import Step
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
        reached = len(work) if done is None else done
        record = SessionRecord(
            id=new_id(started, "abcdef"),
            routine=routine,
            title=title or plan.title,
            started=started,
            day=civil_day(started, 0),
            status=SessionStatus.COMPLETED if done is None else SessionStatus.STOPPED,
            active_seconds=seconds,
            steps=tuple(_step_record(step, was_done=number < reached) for number, step in enumerate(work)),
            note=note,
        )
        save_record(paths.sessions, record)
        return record

    return log


def _step_record(step: Step, *, was_done: bool) -> StepRecord:
    return StepRecord(
        kind=step.kind,
        exercise=step.exercise or "",
        name=step.name,
        stage=step.stage,
        side=step.side,
        direction=step.direction,
        round=step.round,
        reps=step.reps,
        seconds=step.seconds,
        dose_basis=step.dose_basis,
        dose_source=step.dose_source,
        tempo_basis=step.tempo_basis,
        outcome=Outcome.DONE if was_done else Outcome.LEFT,
        done_reps=step.reps or 0 if was_done else 0,
        done_seconds=step.seconds if was_done else 0.0,
    )
