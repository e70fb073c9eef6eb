"""The program is killed at random moments; the next start is clean and offers what was cut off.

`HIPCOACH_TORTURE` says how many times (6 without it), `HIPCOACH_SEED` with which chance.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from tests.torture.victim import Report, kill_often

pytestmark = pytest.mark.slow

COUNT = int(os.environ.get("HIPCOACH_TORTURE", "6"))
SEED = int(os.environ.get("HIPCOACH_SEED", "20261120"))
WORKERS = 2


def test_a_killed_session_is_never_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    share = -(-COUNT // WORKERS)
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn")) as pool:
        runs = [
            pool.submit(kill_often, f"worker-{each}", str(tmp_path), SEED + each, share)
            for each in range(WORKERS)
        ]
        reports = [run.result() for run in runs]
    with capsys.disabled():
        print(f"\n{summary(reports)}")
    faults = [fault for report in reports for fault in report.faults]
    assert not faults, "\n\n".join(faults)


def summary(reports: list[Report]) -> str:
    """The run in a few lines: how often, with which seed, and how late the lines came."""
    kills: Counter[str] = sum((report.kills for report in reports), Counter())
    late = sorted(each for report in reports for each in report.lateness)
    text = f"seed {SEED}: {kills.total()} kills ({', '.join(f'{n} {what}' for what, n in kills.items())}), "
    text += f"{sum(report.steps for report in reports)} ended steps had to be in the journal"
    if late:
        worst = ", ".join(
            f"{1000 * each:.0f}" for each in (late[len(late) // 2], late[-1 - len(late) // 100])
        )
        text += f"; their lines came after {worst}, at most {1000 * late[-1]:.0f} ms (median, 99 %)"
    return text
