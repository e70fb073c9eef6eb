"""Commands in surroundings that are broken: one sentence on what is wrong, and never a traceback.

Each is a process of its own, begun by a shell.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("shells, descriptors and permissions as POSIX has them", allow_module_level=True)

from hipcoach.paths import AppPaths
from tests.commands.running import CHECKOUT, Log, Result

NOW = datetime(2026, 3, 4, 7, 30, tzinfo=timezone(timedelta(hours=2)))
WITHOUT_ROOTS_RIGHTS = (
    "setpriv --inh-caps=-all --bounding-set=-dac_override,-dac_read_search" if os.geteuid() == 0 else ""
)
"""Before a command: no file is closed to root otherwise."""
HIPCOACH = f"{sys.executable} -P -m hipcoach"
CLOCK = """
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static time_t now(void) { return atoll(getenv("HIPCOACH_TEST_NOW")); }
int clock_gettime(clockid_t clock, struct timespec *when) {
    int failed = syscall(SYS_clock_gettime, clock, when);
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) when->tv_sec = now();
    return failed;
}
time_t time(time_t *when) { if (when) *when = now(); return now(); }
int gettimeofday(struct timeval *when, void *zone) { when->tv_sec = now(); when->tv_usec = 0; return 0; }
"""


def shell(line: str, cwd: Path, **environ: str) -> Result:
    """What comes of a line of a shell, in which `hipcoach` is ours."""
    done = subprocess.run(
        ["bash", "-c", f'hipcoach() {{ {HIPCOACH} "$@"; }}; {line}'],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT), "PYTHONUNBUFFERED": ""} | environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "hipcoach --data-dir '~nosuchuser/x' history",
            "there is no such user, so no directory '~nosuchuser/x'",
        ),
        ("hipcoach start --plain desk-break --data-dir '~nosuchuser'", "there is no such user"),
        ("mkdir gone; cd gone; rmdir ../gone; hipcoach export --data-dir x", "'x' starts from is gone"),
        ("mkdir gone; cd gone; rmdir ../gone; hipcoach --data-dir x start", "'x' starts from is gone"),
    ],
)
def test_a_data_directory_that_cannot_be(tmp_path: Path, line: str, words: str) -> None:
    assert words in shell(line, tmp_path).sentence


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that has a process see another time."""
    if shutil.which("gcc") is None:
        pytest.skip("there is no C compiler")
    made = tmp_path_factory.mktemp("clock") / "clock.so"
    subprocess.run(
        ["gcc", "-shared", "-fPIC", "-x", "c", "-", "-o", str(made)], input=CLOCK, text=True, check=True
    )
    return made


@pytest.mark.parametrize(
    ("command", "now"),
    [
        ("stats", "9246182400"),
        ("start --plain desk-break", "253402300900"),
        ("start", "-62135596900"),
    ],
)
def test_a_clock_that_is_wrong_by_centuries(tmp_path: Path, clock: Path, command: str, now: str) -> None:
    result = shell(f"LD_PRELOAD={clock} {HIPCOACH} {command}", tmp_path, HIPCOACH_TEST_NOW=now)
    assert result.sentence.startswith("The clock or the time zone of this machine cannot be right; set it")


@pytest.mark.parametrize("now", ["-1", "9214646400"])
def test_a_clock_that_is_only_odd(tmp_path: Path, clock: Path, now: str) -> None:
    result = shell(f"LD_PRELOAD={clock} {HIPCOACH} stats --json", tmp_path, HIPCOACH_TEST_NOW=now)
    assert (result.code, result.err, result.json["sessions"]) == (0, "", 0)


@pytest.mark.parametrize(
    ("command", "zone"),
    [
        ("history", "AAA24"),
        ("doctor", "AAA-167"),
        ("start --plain desk-break", "AAA0BBB-25,0/0,365/0"),
    ],
)
def test_a_time_zone_a_day_away(tmp_path: Path, command: str, zone: str) -> None:
    sentence = shell(f"hipcoach {command}", tmp_path, TZ=zone).sentence
    assert sentence.startswith(f"The clock or the time zone (TZ={zone}) of this machine cannot be right")


@pytest.mark.parametrize("zone", ["nonsense", "AAA23:59:59", "x" * 5000])
def test_a_time_zone_that_is_none_is_utc_or_what_it_says(tmp_path: Path, log: Log, zone: str) -> None:
    log(NOW)
    result = shell("hipcoach stats --json", tmp_path, TZ=zone)
    assert (result.code, result.err, result.json["sessions"]) == (0, "", 1)


@pytest.mark.parametrize("day", ["0001-01-01", "9999d"])
def test_a_day_long_ago_leaves_nothing_out(tmp_path: Path, log: Log, day: str) -> None:
    for ago in range(3):
        log(NOW - timedelta(days=ago))
    exported = shell(f"hipcoach export --since {day}", tmp_path)
    assert (exported.code, exported.err) == (0, "")
    assert len(exported.json["sessions"]) == 3
    assert len(shell(f"hipcoach history --json --since {day}", tmp_path).json) == 3
    assert shell(f"hipcoach stats --json --since {day}", tmp_path).json["sessions"] == 3
    assert shell(f"hipcoach export --until {day}", tmp_path).json["sessions"] == []


@pytest.mark.parametrize("day", ["0000-00-00", "99999d"])
def test_a_day_that_is_none(tmp_path: Path, day: str) -> None:
    assert f"'{day}' is not" in shell(f"hipcoach export --until {day}", tmp_path).sentence


WRITING = (
    "export -o DIR/a.csv",
    "render desk-break --force -o DIR/a.wav",
    "figure surfer-squat --svg DIR/a.svg",
    "new -o DIR/a.toml",
)
READING = ("import DIR/a.json", "new --from DIR/a.txt", "check DIR/a.toml")


@pytest.mark.parametrize("command", [*WRITING, *READING])
def test_a_directory_that_cannot_be_entered(tmp_path: Path, command: str) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o400)
    result = shell(f"{WITHOUT_ROOTS_RIGHTS} {HIPCOACH} {command.replace('DIR', 'closed')}", tmp_path)
    closed.chmod(0o700)
    assert result.sentence.startswith("closed/a.")
    assert "Permission denied" in result.sentence
    assert not list(closed.iterdir())


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("check closed", "closed/a.toml cannot be read: Permission denied."),
        ("new --from sheet.txt --yes", "The config directory {} cannot be used (Permission denied): make"),
    ],
)
def test_a_directory_whose_files_cannot_be_looked_at(
    tmp_path: Path, paths: AppPaths, command: str, says: str
) -> None:
    (tmp_path / "sheet.txt").write_text("Clamshell 12/side\n")
    closed = tmp_path / "closed" if "closed" in command else paths.config
    (closed / "routines").mkdir(parents=True)
    (closed / "a.toml").write_text("format = 1\n")
    closed.chmod(0o400)
    result = shell(f"{WITHOUT_ROOTS_RIGHTS} {HIPCOACH} {command}", tmp_path)
    closed.chmod(0o700)
    assert (result.code, result.out) == (2, "")
    assert result.sentence.startswith(says.format(closed))


@pytest.mark.parametrize("command", [*WRITING, *READING, "export --data-dir DIR", "plan DIR"])
def test_a_name_of_three_hundred_letters(tmp_path: Path, command: str) -> None:
    result = shell(f"hipcoach {command.replace('DIR/', 'a' * 300).replace('DIR', 'a' * 300)}", tmp_path)
    # A path that is as long as this is shortened where the sentence goes on.
    assert "a" * 50 in result.sentence


@pytest.mark.parametrize("command", ["history", "due", "export --format csv"])
def test_a_log_that_cannot_be_read_is_not_an_empty_one(
    tmp_path: Path, log: Log, paths: AppPaths, command: str
) -> None:
    log(NOW)
    paths.sessions.chmod(0o000)
    result = shell(f"{WITHOUT_ROOTS_RIGHTS} {HIPCOACH} {command}", tmp_path)
    start = shell(f"{WITHOUT_ROOTS_RIGHTS} {HIPCOACH} start --plain", tmp_path)
    paths.sessions.chmod(0o700)
    about = f"The data directory {paths.sessions} cannot be used (Permission denied): make it readable"
    assert result.sentence.startswith(about)
    assert start.err.count(result.sentence) == start.err.count("Permission denied") == 1
    assert "Have you read this?" in start.out


PRINTING = ("export", "history --json", "figure surfer-squat", "start --plain desk-break", "--help")
REFUSED = "hipcoach: The output could not be written: "


@pytest.mark.parametrize(
    ("command", "out"),
    [
        *((command, ">&-") for command in ("export", "start --plain desk-break")),
        *((command, ">/dev/full") for command in (*PRINTING, "due")),
        ("export", "1</dev/null"),
        ("export", ">&- 2>&-"),
        ("start --plain desk-break", "<&- >&- 2>&-"),
        ("--version", ">/dev/full 2>&1"),
    ],
)
def test_output_that_cannot_be_written(tmp_path: Path, command: str, out: str) -> None:
    result = shell(f"hipcoach {command} {out}", tmp_path)
    assert (result.code, result.out) == (2 if command == "due" else 1, "")
    assert (
        (result.err == "")
        if "2>" in out
        else (result.err.startswith(REFUSED) and result.err.count("\n") == 1)
    )


@pytest.mark.parametrize("command", PRINTING)
def test_output_that_nobody_reads(tmp_path: Path, command: str) -> None:
    result = shell(f"exec 3> >(:); wait $!; hipcoach {command} >&3", tmp_path)
    assert (result.code, result.out, result.err) == (141, "", "")


@pytest.mark.parametrize(
    ("command", "err", "code"),
    [
        ("plan nonsense", "2>&-", 2),
        ("nonsense", "2>/dev/full", 2),
        ("new --from -", "2</dev/null", 2),
        ("paths", ">/dev/null; exec 3> >(:); wait $!; hipcoach start 2>&3", 2),
        ("export", "2>/dev/full", 0),
        ("render desk-break -o a.wav --no-speech", "2>&-", 0),
    ],
)
def test_without_standard_error_the_exit_code_says_it(
    tmp_path: Path, command: str, err: str, code: int
) -> None:
    result = shell(f"hipcoach {command} {err}", tmp_path)
    assert (result.code, result.err) == (code, "")
    assert (tmp_path / "a.wav").exists() == (command.startswith("render"))


@pytest.mark.parametrize(
    ("stdin", "words"),
    [("<&-", "No line of it is an exercise"), ("0>/dev/null", "Standard input cannot be read: Bad file")],
)
def test_a_sheet_from_no_standard_input(tmp_path: Path, stdin: str, words: str) -> None:
    assert words in shell(f"hipcoach new --from - {stdin}", tmp_path).sentence


def test_no_file_of_ours_gets_the_place_of_a_closed_stream(tmp_path: Path, log: Log) -> None:
    # What a sound library prints would end up in it.
    log(NOW)
    assert shell("hipcoach export -o a.json <&- >&- 2>&-", tmp_path).code == 1
    assert len(json.loads((tmp_path / "a.json").read_text())["sessions"]) == 1
    look = "import os, hipcoach.cli as c; c.main(['due', '-q']); os._exit(os.open('x', os.O_CREAT))"
    assert shell(f'{sys.executable} -c "{look}" <&- >&- 2>&-', tmp_path).code > 2
