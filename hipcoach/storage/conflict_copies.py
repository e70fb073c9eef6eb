"""Copies that sync programs make of a session's file when two machines changed it: known by their names.

A copy is no second session. Nothing is renamed, merged or removed: which to keep is its owner's to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec.structs import replace

if TYPE_CHECKING:
    from hipcoach.core.record import SessionRecord

OUR_NAME = r"(?s)(\d{8}T\d{6}Z-[0-9a-f]{6})[^0-9A-Za-z].*"
"""What begins with a whole name of ours is a copy of it, whatever is added: " (1)", "-laptop", "~"."""
SYNC_NAMES = (
    r"(?s)(.+)\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?",
    r"(?si)(.+) \([^()]*conflicted copy[^()]*(?:\([^()]*\))?\)",
)
"""Syncthing's, and that of Dropbox, Nextcloud and their kin."""


def original_of(name: str) -> str | None:
    """The session that a file's name, without its ending, is a copy of; None where it is no copy."""
    for pattern in _patterns():
        found = pattern.fullmatch(name)
        if found:
            return found[1]
    return None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    # Not until there is a name: to compile them takes as long as a hundred others.
    return tuple(re.compile(each) for each in (OUR_NAME, *SYNC_NAMES))


class Noted(Protocol):
    """A session as far as copies of it go: a record, or its entry in the index."""

    @property
    def id(self) -> str: ...  # noqa: D102  as the record says

    @property
    def note(self) -> str: ...  # noqa: D102  the same


T = TypeVar("T", bound=Noted)
Alike = Callable[[T, T], bool]


def alike(copy: SessionRecord, shown: SessionRecord) -> bool:
    """Whether two records differ in nothing but name and note."""
    return replace(copy, id=shown.id, note=shown.note) == shown


def without_copies(records: Iterable[T], alike: Alike[T]) -> tuple[list[T], list[str]]:
    """Each session once, and a sentence for every copy. A copy whose original is gone stands in for it.

    Args:
        records: the sessions of all files.
        alike: whether two of them differ in nothing but name and note; asked of copies alone.
    """
    records = list(records)
    sessions = {record.id: record for record in records if original_of(record.id) is None}
    stand_ins: dict[str, T] = {}
    sentences = []
    # With a note before without, so that what a copy has and its likes lack is what is shown.
    for record in sorted(records, key=lambda each: (not each.note, each.id)):
        original = original_of(record.id)
        if original is None:
            continue
        about = f"{record.id}.toml is a copy that a sync program made of {original}.toml"
        if original in sessions:
            sentences.append(
                f"{about}: {_difference(record, sessions[original], alike)}; the session counts once."
            )
        elif original in stand_ins:
            shown = stand_ins[original]
            difference = _difference(record, shown, alike)
            sentences.append(f"{about}, as is {shown.id}.toml: {difference}; the session counts once.")
        else:
            stand_ins[original] = record
            sentences.append(f"{about}, which is not there; the copy is shown in its place.")
    return [*sessions.values(), *stand_ins.values()], sorted(sentences)


def _difference(copy: T, shown: T, alike: Alike[T]) -> str:
    if not alike(copy, shown):
        return f"they differ, and {shown.id}.toml is shown"
    if copy.note == shown.note:
        return "both say the same"
    if not shown.note:
        return "the copy has a note that the other lacks"
    if not copy.note:
        return "the copy lacks the note"
    return f"their notes differ, and that of {shown.id}.toml is shown"
