"""A routine of the user's own as a file in their routines directory."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tomli_w
from msgspec import Struct, to_builtins
from msgspec.structs import replace

from hipcoach.core.catalog import Catalog
from hipcoach.core.exercise import Exercise, Source
from hipcoach.core.fields import encoded
from hipcoach.core.routine import Routine
from hipcoach.core.sheet.printing import line_text, sheet_text
from hipcoach.core.sheet.reading import TITLE, Sheet, read_sheet
from hipcoach.errors import StorageError
from hipcoach.paths import bundled
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.catalog import EXAMPLE, FORMAT, SCHEMA, Document, bundled_catalog, read_document
from hipcoach.storage.removed import Removed, put_back, set_aside
from hipcoach.storage.text_file import read_text, readable_again

SCHEMA_LINE = f"#:schema ../{SCHEMA}\n"
"""What tells an editor of it, from within the routines directory."""
MADE_OF = "# Made of this sheet:\n#\n"
NOT_UNDERSTOOD = "# Not understood: "
HEAD = re.compile(
    rf"(?:{SCHEMA_LINE})?(?:{MADE_OF}(?P<sheet>(?:#(?:   .*)?\n)*)(?:(?:{NOT_UNDERSTOOD}.*)?\n)*)?"
)
"""What we put before the tables of a file."""
DETAILS = {
    "title": "its title",
    "source": "who it is from",
    "summary": "what it is about",
    "blocks": "exercises, doses or rests that have no short form",
    "warmup": "its warm-up",
    "when": "when it is done",
    "cautions": "its cautions",
    "notes": "its notes",
}
"""What a routine says besides its id, in words."""
_COMMENT = re.compile(
    r'''"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\\n])*"|''' r"""'''.*?'''|'[^'\n]*'|(#[^\n]*)""", re.DOTALL
)
"""A text of a TOML file, or a remark, which is the group."""


def sheet_file_text(sheet: Sheet, catalog: Catalog, text: str = "") -> str:
    """Return the file of a sheet's routine, under comments with the sheet that it was made of.

    Raises:
        StorageError: the sheet has no routine.
    """
    if sheet.routine is None:
        raise StorageError("There is no exercise in it, so there is nothing to write.")
    text, shift = _titled(sheet, sheet.routine.title, catalog, text)
    lines = [f"#   {_plain(line)}".rstrip() + "\n" for line in text.strip("\n").split("\n")]
    problems = [replace(each, number=each.number + shift) for each in sheet.problems]
    doubts = [f"{NOT_UNDERSTOOD}{_plain(str(each))}\n" for each in problems]
    head = [MADE_OF, *lines, "\n"] if text.strip() else []
    head += [*doubts, "\n"] if doubts else []
    return "".join(head) + routine_text(sheet.routine, sheet.exercises, sheet.sources)


def _titled(sheet: Sheet, title: str, catalog: Catalog, text: str) -> tuple[str, int]:
    """Return the text with the routine's title in it, and how many lines were put before it.

    The title may have been typed, or taken from a file's name: without it the text would be read as another
    routine, and could not be changed in short lines.
    """
    again = read_sheet(text, catalog).routine
    if again is None or again.title == title:
        return text, 0
    # What was the title, or may have been, would be something else behind one.
    others = {
        each.number
        for each in (*sheet.understood, *sheet.problems)
        if each.words == TITLE or any(way.startswith("title: ") for way in each.instead)
    }
    lines = [
        f"# {line}" if number in others or re.match(r"\s*title\s*:", line, re.IGNORECASE) else line
        for number, line in enumerate(text.splitlines(), 1)
    ]
    return "\n".join([f"title: {line_text(title)}", *lines, ""]), 1


def _plain(text: str) -> str:
    """What a TOML comment may hold."""
    return "".join(each if each.isprintable() else " " for each in text)


class OwnSheet(Struct, frozen=True):
    """A routine file of the user's as short lines."""

    text: str
    content: str
    """What the file held."""
    lost: tuple[str, ...]
    """What it says that the short lines do not, in words; empty where it can be written again from them."""


def sheet_of_file(path: Path, routine: Routine, catalog: Catalog) -> OwnSheet:
    """Return a routine that was read from this file as short lines: those that the file was made of, or
    others, where it was changed since.

    Raises:
        StorageError, FileNotFoundError: it cannot be read.
    """
    content, old = read_text(path), read_document(path, path.name)
    origin, rest = origin_of(content)
    known = catalog_without(catalog, path)
    remarks = ["remarks"] if any(found[1] for found in _COMMENT.finditer(rest)) else []
    found = [
        OwnSheet(text, content, (*remarks, *_lost(read_sheet(text, known), routine, old)))
        for text in (origin, sheet_text(routine, catalog))
        if text
    ]
    return min(found, key=lambda each: len(each.lost))


def _lost(sheet: Sheet, routine: Routine, old: Document) -> list[str]:
    """What a file says of its routine that a sheet does not, in words."""
    lost = [
        words
        for field, words in DETAILS.items()
        if sheet.routine is None or getattr(sheet.routine, field) != getattr(routine, field)
    ]
    for noun, own in (("exercise", sheet.exercises), ("source", sheet.sources)):
        if {each.id: each for each in own} != old.named(noun):
            lost.append(f"{noun}s of its own")
    return lost


def origin_of(content: str) -> tuple[str, str]:
    """Return the sheet that a file was made of, or nothing, and the file without what we put in."""
    head = HEAD.match(content)
    assert head is not None  # noqa: S101  all of it may be missing
    return re.sub(r"(?m)^#(?:   )?", "", head["sheet"] or ""), content[head.end() :]


def routine_path(config: Path, routine_id: str) -> Path:
    """Where a routine of the user's own is kept."""
    return config / "routines" / f"{routine_id}.toml"


def catalog_without(catalog: Catalog, target: Path) -> Catalog:
    """The catalogue without what only this file knows, for a sheet that is to take the file's place.

    Otherwise the new file would leave out what it takes to be known, and nothing would know it any more.
    """
    document, bundled = read_document(target, target.name), bundled_catalog()

    def left(noun: str) -> dict[str, Any]:
        known, ours = getattr(catalog, f"{noun}s"), getattr(bundled, f"{noun}s")
        own = document.named(noun).keys() - ours.keys()
        # What took the place of a bundled one gives it back.
        return {name: ours.get(name, each) for name, each in known.items() if name not in own}

    return replace(catalog, exercises=left("exercise"), sources=left("source"))


def save_routine_file(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a routine file.

    Raises:
        FileExistsError: there is one, and it is not to be replaced.
        StorageError: it cannot be written.
    """
    write_atomically(path, readable_again(text.encode(), path), replace=overwrite)


class ChangedError(StorageError):
    """A file is not any more what was to be replaced."""


def held_in(path: Path) -> str | None:
    """What a file holds; None where nothing has its name, nothing where it cannot be read."""
    try:
        # Also a link that leads nowhere has the name.
        return read_text(path) if os.path.lexists(path) else None
    except (FileNotFoundError, StorageError):
        return ""


def replace_routine_file(path: Path, text: str, held: str | None, aside: Path | None) -> Removed | None:
    """Write a routine file in the place of one that holds what `held_in` returned. With `aside`, that one is
    moved there, and returned. To be a single job of the writer, so that no window writes in between.

    Raises:
        ChangedError: the file holds something else by now, and still does.
        StorageError: it cannot be written or moved; what was there is there again.
    """
    if held_in(path) != held:
        raise ChangedError(f"{path} was changed meanwhile.")
    removed = None if aside is None or held is None else set_aside(path.parent, path.stem, aside)
    try:
        save_routine_file(path, text, overwrite=held is not None and removed is None)
    except FileExistsError as error:
        raise ChangedError(f"{path} was written meanwhile.") from error
    except StorageError:
        if removed is not None:
            put_back(removed)
        raise
    return removed


def routine_text(routine: Routine, exercises: Iterable[Exercise] = (), sources: Iterable[Source] = ()) -> str:
    """Return a file with a routine, and with the exercises and sources that come in the same file."""
    head = to_builtins(routine, enc_hook=encoded)
    values = {"format": FORMAT, "routine": head, "block": head.pop("blocks")}
    more = {"source": sources, "exercise": exercises}
    values |= {name: to_builtins(each, enc_hook=encoded) for name, each in more.items() if each}
    return tomli_w.dumps(values)


def example_text(routine_id: str, title: str, file: str) -> str:
    """Return a commented example to change, with everything that most need, under this id and title.

    `file` is its name, for the remarks.
    """
    text = (bundled("data") / EXAMPLE).read_text(encoding="utf-8")
    titled = tomli_w.dumps({"title": title})
    words = {"my-routine.toml": file, "my-routine": routine_id, 'title = "My routine"\n': titled}
    return re.sub("|".join(map(re.escape, words)), lambda found: words[found[0]], text)
