"""Everything that can be wrong with a file, done for real to each kind of file that hipcoach reads."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hipcoach.paths import AppPaths
from hipcoach.storage.app_state import load_state
from hipcoach.storage.catalog import load_catalog
from hipcoach.storage.day_files import load_marked_days, load_self_tests
from hipcoach.storage.journal import find_unfinished
from hipcoach.storage.settings import load_settings
from tests.golden import EXERCISE, JOURNAL, MARKED_DAY, MEMORY, ROUTINE, SELF_TEST, SESSION, SETTINGS
from tests.logs import load_log

HUGE = 1_000_000_000
"""Bytes of a file with nothing in it but a hole."""
KINDS = {
    "session": SESSION,
    "journal": JOURNAL,
    "settings": SETTINGS,
    "memory": MEMORY,
    "routine": ROUTINE,
    "exercise": EXERCISE,
    "self-test": SELF_TEST,
    "marked day": MARKED_DAY,
}
"""Each kind of file, and a sound one."""
WRONG_TYPES = {
    "session": ("active_seconds = 129.2", 'active_seconds = "long"'),
    "journal": ('"seconds":8,', '"seconds":"long",'),
    "settings": ("lead_in = 10", 'lead_in = "ten"'),
    "memory": ("safety_read = true", 'safety_read = "yes"'),
    "routine": ('title = "Two circles"', "title = 5"),
    "exercise": ('name = "Knee circle"', "name = [1]"),
    "self-test": ("tight = true", 'tight = "very"'),
    "marked day": ("day = 2026-11-21", "day = 5"),
}
NAMES = {
    "session": "Desk break",
    "journal": "Desk break",
    "settings": "en-gb",
    "memory": "leg-circuit",
    "routine": "Two circles",
    "exercise": "Knee circle",
    "self-test": "Figure 4",
    "marked day": "sick",
}
"""A text in each."""


def place(kind: str, paths: AppPaths) -> Path:
    """Where a file of that kind belongs."""
    return {
        "session": paths.sessions / SESSION.name,
        "journal": paths.journals / JOURNAL.name,
        "settings": paths.settings,
        "memory": paths.memory,
        "routine": paths.config / "routines" / ROUTINE.name,
        "exercise": paths.config / "exercises" / EXERCISE.name,
        "self-test": paths.self_tests / SELF_TEST.name,
        "marked day": paths.days / MARKED_DAY.name,
    }[kind]


def put_sound_file(kind: str, paths: AppPaths) -> Path:
    """Put a sound file of that kind into its place."""
    path = place(kind, paths)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    shutil.copy(KINDS[kind], path)
    return path


def named(kind: str, paths: AppPaths) -> list[str]:
    """What the loader of that kind says is wrong."""
    if kind == "session":
        return list(load_log(paths.sessions).problems)
    if kind == "journal":
        found = find_unfinished(paths.journals)
        for each in found.unfinished:
            each.close(remove=False)
        return list(found.problems)
    if kind == "settings":
        return [str(each) for each in load_settings(paths.settings)[1]]
    if kind == "self-test":
        return list(load_self_tests(paths.self_tests).problems)
    if kind == "marked day":
        return list(load_marked_days(paths.days).problems)
    if kind == "memory":
        load_state(paths.memory)[0]
        return list(load_state(paths.memory)[1])
    return [str(each) for each in load_catalog(paths.config)[1]]


def _text(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    path.write_text(changed, encoding="utf-8")


def _truncated(path: Path, kind: str) -> None:
    # A journal is read up to where it was cut off, so it is cut in its header.
    whole = path.read_bytes()
    path.write_bytes(whole[: 300 if kind in ("journal", "session") else len(whole) * 3 // 5])


def _empty(path: Path, kind: str) -> None:
    path.write_bytes(b"")


def _binary(path: Path, kind: str) -> None:
    path.write_bytes(random.Random(7).randbytes(5000))


def _utf_16(path: Path, kind: str) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))


def _latin_1(path: Path, kind: str) -> None:
    path.write_bytes(path.read_bytes().replace(NAMES[kind].encode(), "Café".encode("latin-1"), 1))


def _wrong_types(path: Path, kind: str) -> None:
    _text(path, lambda text: text.replace(*WRONG_TYPES[kind], 1))


def _unknown_keys(path: Path, kind: str) -> None:
    if kind == "journal":
        first, rest = path.read_text(encoding="utf-8").split("\n", 1)
        path.write_text(json.dumps(json.loads(first) | {"mood": "good"}) + "\n" + rest, encoding="utf-8")
    else:
        _text(path, lambda text: f'mood = "good"\n{text}')


def _newer(path: Path, kind: str) -> None:
    if kind == "settings":
        _text(path, lambda text: f"format = 2\n{text}")
    elif kind == "journal":
        _text(path, lambda text: text.replace('"format":1', '"format":2'))
    else:
        _text(path, lambda text: text.replace("format = 1", "format = 2", 1))


def _huge(path: Path, kind: str) -> None:
    with path.open("r+b") as file:
        file.truncate(HUGE)


def _directory(path: Path, kind: str) -> None:
    path.unlink()
    path.mkdir()


def _symlink_loop(path: Path, kind: str) -> None:
    path.unlink()
    path.symlink_to(path.name)


def _fifo(path: Path, kind: str) -> None:
    path.unlink()
    os.mkfifo(path)


DAMAGES: dict[str, Callable[[Path, str], None]] = {
    "truncated": _truncated,
    "empty": _empty,
    "binary": _binary,
    "UTF-16": _utf_16,
    "Latin-1": _latin_1,
    "wrong types": _wrong_types,
    "unknown keys": _unknown_keys,
    "newer format": _newer,
    "huge": _huge,
    "directory": _directory,
    "symlink loop": _symlink_loop,
    "FIFO": _fifo,
}
UNHURT = {
    # An empty settings file says nothing; what a newer hipcoach adds to its own files does no harm.
    ("settings", "empty"),
    ("memory", "empty"),
    ("session", "unknown keys"),
    ("self-test", "unknown keys"),
    ("marked day", "unknown keys"),
    ("journal", "empty"),
    ("memory", "unknown keys"),
    ("journal", "unknown keys"),
}
"""What is no damage, so that there is nothing to say."""


def state(path: Path) -> tuple[object, ...]:
    """What must not change: kind, size, time of the last change, and what is in it."""
    found = path.lstat()
    content = path.read_bytes() if path.is_file() and found.st_size < HUGE else b""
    return found.st_mode, found.st_size, found.st_mtime_ns, content


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Without the rights of root, for whom no file is closed; a no-op for everybody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail where something takes longer, instead of waiting for ever."""

    def too_long(*_: object) -> None:
        raise TimeoutError(f"took longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
