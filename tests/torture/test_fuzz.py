"""Damaged files by the thousand, through every loader: no fault but the documented ones, and no hanging.

HIPCOACH_TORTURE is how many inputs there are; without it a short run, the same every time.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import time
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hipcoach.commands.check import run as check
from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.history.streaks import stats
from hipcoach.core.session import Session
from hipcoach.errors import StorageError
from hipcoach.paths import AppPaths
from hipcoach.storage.app_state import change_state, load_state
from hipcoach.storage.catalog import load_catalog
from hipcoach.storage.journal import find_unfinished
from hipcoach.storage.session_index import SessionIndex
from hipcoach.storage.session_log import rewrite_session, save_record
from hipcoach.storage.settings import load_settings
from hipcoach.ui.keymap import keymap_problems
from hipcoach.ui.screens.session_detail import fact_lines
from hipcoach.ui.session_view import view_of
from hipcoach.ui.widgets.set_row import basis_lines, set_row
from tests.golden import EXERCISE, JOURNAL, MEMORY, ROUTINE, SESSION, SETTINGS
from tests.logs import load_log
from tests.ui.surroundings import paths_below

pytestmark = pytest.mark.slow

INPUTS = int(os.environ.get("HIPCOACH_TORTURE", "2000"))
SEED = int(os.environ.get("HIPCOACH_SEED", "20261120"))
LONGEST = 5.0
"""Seconds that one input may take, on a busy machine."""
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ODD_TEXTS = [
    "\x1b]0;title\x07",
    "\x1b[2J",
    "[red]x[/]",
    "[@click=app.quit]x[/]",
    "\u202eback to front",
    "\ud7ff\ue000",
    "\U000e0041",
    "é" * 3000,
    "👩\u200d🚀",
    "a\u0300" * 50,
    "\x00",
    "\r\n",
    "\ufeff",
    "'''",
    '"""',
    "\\",
    "\\u0000",
    "\\ud800",
]
ODD_VALUES = [
    "0",
    "-1",
    "99999999999999999999999999",
    "0x" + "f" * 4000,
    "1" * 5000,
    "1e999",
    "-0.0",
    "nan",
    "inf",
    "NaN",
    "Infinity",
    "null",
    "true",
    "[]",
    "{}",
    '""',
    "[" * 300 + "]" * 300,
    "{a=" * 300 + "1" + "}" * 300,
    "[[1]]",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    '"9999-12-31T23:59:59+14:00"',
    '"0001-01-01T00:00:00+14:00"',
]
VALUE = re.compile(rb"(?<=[=:])\s*[^\s,}\]]+")


def truncated(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def flipped(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def spliced(chance: random.Random, content: bytes) -> bytes:
    other = chance.choice(list(GOOD.values()))
    start = chance.randrange(len(other))
    place = chance.randrange(len(content) + 1)
    return content[:place] + other[start : start + chance.randint(1, 400)] + content[place:]


def without_some(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    for _ in range(chance.randint(1, 3)):
        if lines:
            del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def doubled(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True) or [b""]
    start = chance.randrange(len(lines))
    part = lines[start : start + chance.randint(1, 20)]
    return b"".join(lines[:start] + part * chance.randint(2, 40) + lines[start:])


def with_odd_value(chance: random.Random, content: bytes) -> bytes:
    places = list(VALUE.finditer(content))
    if not places:
        return content
    place = chance.choice(places)
    return content[: place.start()] + chance.choice(ODD_VALUES).encode() + content[place.end() :]


def with_odd_text(chance: random.Random, content: bytes) -> bytes:
    quotes = [number for number, sign in enumerate(content) if sign == ord('"')]
    place = chance.choice(quotes) + 1 if quotes else 0
    return content[:place] + chance.choice(ODD_TEXTS).encode("utf-8", "surrogatepass") + content[place:]


def nested(chance: random.Random, content: bytes) -> bytes:
    deep = chance.choice([b"[", b"{", b'{"a":', b"a.", b"[[", b"a = [", b"a={b="])
    place = chance.randrange(len(content) + 1)
    return content[:place] + deep * chance.choice([20, 300, 2000, 30_000]) + content[place:]


def noise(chance: random.Random, content: bytes) -> bytes:
    return chance.randbytes(chance.randrange(300))


MUTATIONS: list[Callable[[random.Random, bytes], bytes]] = [
    truncated,
    flipped,
    spliced,
    without_some,
    doubled,
    with_odd_value,
    with_odd_value,
    with_odd_text,
    nested,
    noise,
]
GOOD = {path: path.read_bytes() for path in (SESSION, JOURNAL, SETTINGS, MEMORY, ROUTINE, EXERCISE)}


def look_at_session(paths: AppPaths) -> None:
    log = load_log(paths.sessions)
    assert len(log.records) + len(log.problems) >= 1
    index = SessionIndex(paths.sessions)
    good = index.read(now=NOW).entries
    stats(good, NOW.date())
    index.balance()
    index.exercises()
    for record in (each for each in log.records if each.id in {entry.id for entry in good}):
        fact_lines(record)
        basis_lines(record.steps)
        for step in record.steps:
            set_row(step)
        try:
            rewrite_session(paths.sessions, record.id, {"note": "new"})
        except StorageError:
            continue
        assert load_log(paths.sessions).records[0].note == "new"


def look_at_journal(paths: AppPaths) -> None:
    found = find_unfinished(paths.journals)
    for unfinished in found.unfinished:
        record = unfinished.record()
        save_record(paths.sessions, record)
        assert load_log(paths.sessions).problems == ()
        session = unfinished.session(100.0)
        view_of(session, 100.0)
        for _ in range(5):
            if not session.is_over:
                session = session.advance(min(session.deadline, 1e12))
                view_of(session, 100.0)
        unfinished.close(remove=False)


def look_at_settings(paths: AppPaths) -> None:
    settings, problems = load_settings(paths.settings)
    keymap_problems(settings.keys)
    assert all(str(problem) for problem in problems)


def look_at_memory(paths: AppPaths) -> None:
    state, problems = load_state(paths.memory)
    try:
        change_state(paths.memory, [lambda _: state], state)
    except StorageError:
        return
    assert load_state(paths.memory)[0] == state or problems


def look_at_catalog(paths: AppPaths) -> None:
    catalog, problems = load_catalog(paths.config)
    assert all(str(problem) for problem in problems)
    for routine in catalog.routines.values():
        if routine.id == "two-circles" or problems == ():
            plan = compile_plan(routine, catalog, Choices())
            if plan.steps:
                view_of(Session.begin(plan, 0.0), 0.0)


def look_at_check(paths: AppPaths) -> None:
    assert check(Namespace(paths=[paths.config]), paths) in (0, 1, 2)


LOOKS: list[tuple[Path, Callable[[AppPaths], Path], Callable[[AppPaths], None]]] = [
    (SESSION, lambda paths: paths.sessions / SESSION.name, look_at_session),
    (JOURNAL, lambda paths: paths.journals / JOURNAL.name, look_at_journal),
    (SETTINGS, lambda paths: paths.settings, look_at_settings),
    (MEMORY, lambda paths: paths.memory, look_at_memory),
    (ROUTINE, lambda paths: paths.config / "routines" / ROUTINE.name, look_at_catalog),
    (EXERCISE, lambda paths: paths.config / "exercises" / EXERCISE.name, look_at_catalog),
    (ROUTINE, lambda paths: paths.config / "routines" / ROUTINE.name, look_at_check),
    (EXERCISE, lambda paths: paths.config / "exercises" / EXERCISE.name, look_at_check),
]
NAMES = [f"{good.parent.name}-{look.__name__.removeprefix('look_at_')}" for good, _, look in LOOKS]


def feed(home: Path, content: bytes, number: int) -> None:
    """Let one loader read something; its directories are made anew."""
    _, place, look = LOOKS[number]
    shutil.rmtree(home, ignore_errors=True)
    paths = paths_below(home)
    path = place(paths)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    began = time.process_time()
    look(paths)
    took = time.process_time() - began
    assert took < LONGEST, f"took {took:.1f} s"


@pytest.mark.parametrize("number", range(len(LOOKS)), ids=NAMES)
def test_mutations_of_real_files(tmp_path: Path, number: int, capsys: pytest.CaptureFixture[str]) -> None:
    good, _, _ = LOOKS[number]
    chance = random.Random(SEED + number)  # seeded, so that a failure can be had again
    for _ in range(max(1, INPUTS // (len(LOOKS) + 1))):
        content = GOOD[good]
        for mutation in chance.choices(MUTATIONS, k=chance.choice([1, 1, 2, 3])):
            content = mutation(chance, content)
        try:
            feed(tmp_path / "home", content, number)
        except Exception:
            (tmp_path / "culprit").write_bytes(content)
            raise
        finally:
            capsys.readouterr()


@settings(max_examples=max(20, INPUTS // (len(LOOKS) + 1)), deadline=None)
@given(number=st.integers(0, len(LOOKS) - 1), content=st.binary(max_size=300) | st.text().map(str.encode))
@example(number=1, content=b"[" * 100_000)
@example(number=0, content=b"a = " + b"{a = " * 50_000)
@example(number=2, content=b"a." * 200_000 + b"a = 1")
def test_anything_at_all(tmp_path_factory: pytest.TempPathFactory, number: int, content: bytes) -> None:
    feed(tmp_path_factory.getbasetemp() / "anything", content, number)
