"""Copies that sync programs make of a session's file when two machines changed it: known by their names.

A copy is no second session. Nothing is renamed, merged or removed: which to keep is its owner's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from hipcoach.core.record import SessionRecord

OUR_NAME = re.compile(r"(\d{8}T\d{6}Z-[0-9a-f]{6})[^0-9A-Za-z].*", re.DOTALL)
"""What begins with a whole name of ours is a copy of it, whatever is added: " (1)", "-laptop", "~"."""
SYNC_NAMES = (
    re.compile(r"(.+)\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?", re.DOTALL),
    re.compile(r"(.+) \([^()]*conflicted copy[^()]*(?:\([^()]*\))?\)", re.DOTALL | re.IGNORECASE),
)
"""Syncthing's, and that of Dropbox, Nextcloud and their kin."""


def original_of(name: str) -> str | None:
    """The session that a file's name, without its ending, is a copy of; None where it is no copy."""
    for pattern in (OUR_NAME, *SYNC_NAMES):
        found = pattern.fullmatch(name)
        if found:
            return found[1]
    return None


def without_copies(records: Iterable[SessionRecord]) -> tuple[list[SessionRecord], list[str]]:
    """Each session once, and a sentence for every copy. A copy whose original is gone stands in for it."""
    records = list(records)
    sessions = {record.id: record for record in records if original_of(record.id) is None}
    stand_ins: dict[str, SessionRecord] = {}
    sentences = []
    # With a note before without, so that what a copy has and its likes lack is what is shown.
    for record in sorted(records, key=lambda each: (not each.note, each.id)):
        original = original_of(record.id)
        if original is None:
            continue
        about = f"{record.id}.toml is a copy that a sync program made of {original}.toml"
        if original in sessions:
            sentences.append(f"{about}: {_difference(record, sessions[original])}; the session counts once.")
        elif original in stand_ins:
            shown = stand_ins[original]
            sentences.append(
                f"{about}, as is {shown.id}.toml: {_difference(record, shown)}; the session counts once."
            )
        else:
            stand_ins[original] = record
            sentences.append(f"{about}, which is not there; the copy is shown in its place.")
    return [*sessions.values(), *stand_ins.values()], sorted(sentences)


def _difference(copy: SessionRecord, shown: SessionRecord) -> str:
    if replace(copy, id=shown.id) == shown:
        return "both say the same"
    if replace(copy, id=shown.id, note=shown.note) != shown:
        return f"they differ, and {shown.id}.toml is shown"
    if not shown.note:
        return "the copy has a note that the other lacks"
    if not copy.note:
        return "the copy lacks the note"
    return f"their notes differ, and that of {shown.id}.toml is shown"
