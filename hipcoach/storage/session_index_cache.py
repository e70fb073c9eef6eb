"""What the session files said when they were last read, in an SQLite file of the cache directory.

It is made from the files, can be deleted at any time, and is never believed over them: a row holds for a file
of just the same name and stamp (size, times, number), and for nothing else. Every row has a checksum, since a
damaged file can still be a database. Whatever is wrong with it, it is made anew, silently; whatever prevents
that, such as another instance that is writing, a full disk or a Python without SQLite: all goes on without.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from hipcoach import __version__
from hipcoach.errors import StorageError
from hipcoach.storage.session_index_rows import Known, packed, unpacked

if TYPE_CHECKING:
    import sqlite3

FORMAT = 2
"""To be raised with every change of what an entry says or how it is worked out."""
PATIENCE = 1.0
"""Seconds to wait for another instance that is writing."""
AT_A_TIME = 200
"""Rows that are unpacked in one go: some milliseconds."""
BREATH = 0.0005
"""Seconds between two such goes, so that a thread that draws meanwhile gets its turn."""
_TABLE = (
    "CREATE TABLE session (name TEXT PRIMARY KEY, stamp TEXT, entry TEXT, totals TEXT, problem TEXT, "
    "digest TEXT, checksum INTEGER) WITHOUT ROWID"
)


def load(path: Path) -> dict[str, Known]:
    """What is known, by name of file; nothing where there is no such cache or it is not good."""
    try:
        import sqlite3
    except ImportError:
        return {}
    found: dict[str, Known] = {}
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return {}
        with closing(sqlite3.connect(path, timeout=PATIENCE)) as database:
            if _version(database) == _our_version():
                found.update(_rows(database))
    except OSError:
        pass
    except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
        if _is_damage(error):
            _remove(path)
    return found


def save(path: Path, changed: Mapping[str, Known], gone: Iterable[str]) -> None:
    """Write what was found out anew, and forget what is gone; where that cannot be done, do nothing."""
    try:
        import sqlite3
    except ImportError:
        return
    with suppress(OSError, StorageError, sqlite3.Error):
        try:
            _write(path, changed, gone)
        except sqlite3.Error as error:
            if not _is_damage(error):
                raise
            _remove(path)
            _write(path, changed, ())


def _is_damage(error: Exception) -> bool:
    """Whether the file is what is wrong, and not that it is busy, forbidden, or the disk full."""
    import sqlite3

    codes = (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
    )
    return getattr(error, "sqlite_errorcode", 0) & 0xFF not in codes


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _write(path: Path, changed: Mapping[str, Known], gone: Iterable[str]) -> None:
    import sqlite3

    from hipcoach.storage.atomic import FILE_MODE, make_directory

    make_directory(path.parent)
    # SQLite would make it as readable as the umask allows; its journal takes over the mode of the file.
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), FILE_MODE)
    try:
        if hasattr(os, "fchmod"):
            os.fchmod(handle, FILE_MODE)
    finally:
        os.close(handle)
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        if _version(database) != _our_version():
            database.execute("DROP TABLE IF EXISTS session")
            database.execute(_TABLE)
            database.execute(f"PRAGMA user_version = {_our_version()}")
        database.executemany("DELETE FROM session WHERE name = ?", ((name,) for name in gone))
        database.executemany("REPLACE INTO session VALUES (?, ?, ?, ?, ?, ?, ?)", _values(changed))
        database.execute("COMMIT")


def _our_version() -> int:
    return crc32(f"{FORMAT} {__version__}".encode()) & 0x7FFFFFFF


def _version(database: sqlite3.Connection) -> int:
    found = database.execute("PRAGMA user_version").fetchone()[0]
    return found if isinstance(found, int) else 0


def _values(changed: Mapping[str, Known]) -> Iterator[tuple[str | int, ...]]:
    for name, known in changed.items():
        entry, totals = ("", "") if known.entry is None else (packed(known.entry), known.entry.totals)
        texts = (name, known.stamp, entry, totals, known.problem, known.digest)
        with suppress(UnicodeEncodeError):  # a name of bytes that are no text is read anew each time
            yield (*texts, _checksum(texts))


def _rows(database: sqlite3.Connection) -> Iterator[tuple[str, Known]]:
    import json

    rows = database.execute("SELECT name, stamp, entry, totals, problem, digest, checksum FROM session")
    same: dict[str, str] = {}
    while chunk := rows.fetchmany(AT_A_TIME):
        time.sleep(BREATH)
        good = [row[:-1] for row in chunk if all(isinstance(each, str) for each in row[:-1])
                and row[-1] == _checksum(row[:-1])]  # fmt: skip
        entries = json.loads(f"[{','.join(row[2] or 'null' for row in good)}]")
        for (name, stamp, _, totals, problem, digest), values in zip(good, entries, strict=True):
            totals = same.setdefault(totals, totals)
            entry = None if values is None else unpacked(name, values, totals, same)
            yield name, Known(stamp, entry, problem, digest)


def _checksum(texts: tuple[str, ...]) -> int:
    return crc32("\0".join(texts).encode())
