"""A routine of the user's own as a file in their routines directory."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

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
from hipcoach.storage.catalog import EXAMPLE, FORMAT, SCHEMA, bundled_catalog, read_document
from hipcoach.storage.removed import Removed, put_back, set_aside
from hipcoach.storage.text_file import parse_toml, read_text, readable_again

T = TypeVar("T")
SCHEMA_LINE = f"#:schema ../{SCHEMA}\n"
"""What tells an editor of it, from within the routines directory."""
MADE_OF = ["# Made of this sheet:", "#"]
NOT_UNDERSTOOD = "# Not understood: "
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
WIDEST = 100
"""Characters; a longer list has a line for each text."""
INLINE = frozenset({"dose", "suggested", "rounds", "reps", "seconds", "phases"})
"""Tables, and lists of tables, that stand in the line of their field."""
_COMMENT = re.compile(
    r'''"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\\n])*"|''' r"""'''.*?'''|'[^'\n]*'|(#[^\n]*)""", re.DOTALL
)
"""A text of a TOML file, or a remark, which is the group."""


def sheet_file_text(sheet: Sheet, catalog: Catalog, text: str = "") -> str:
    """The file of a sheet's routine, under comments with the sheet that it was made of.

    Raises:
        StorageError: the sheet has no routine.
    """
    if sheet.routine is None:
        raise StorageError("There is no exercise in it, so there is nothing to write.")
    text, shift = _titled(sheet, catalog, text)
    comments = []
    if text.strip():
        comments += [*MADE_OF, *(f"#   {line}".rstrip() for line in text.strip("\n").split("\n")), ""]
    for problem in sheet.problems:
        comments.append(f"{NOT_UNDERSTOOD}{replace(problem, number=problem.number + shift)}")
    if sheet.problems:
        comments.append("")
    head = "".join(f"{_plain(line)}\n" for line in comments)
    written = head + routine_text(sheet.routine, sheet.exercises, sheet.sources)
    parse_toml(written)  # never leave a file behind that cannot be read
    return written


def _titled(sheet: Sheet, catalog: Catalog, text: str) -> tuple[str, int]:
    """Return the text with the routine's title in it, and how many lines were put before it.

    The title may have been typed, or taken from a file's name: without it the text would be read as another
    routine, and could not be changed in short lines.
    """
    routine = sheet.routine
    again = read_sheet(text, catalog).routine if text.strip() else None
    if routine is None or again is None or again.title == routine.title:
        return text, 0
    lines = text.splitlines()
    title = f"title: {line_text(routine.title)}"
    for number, line in enumerate(lines):
        if re.match(r"\s*title\s*:", line, re.IGNORECASE):
            lines[number] = title
            return "\n".join([*lines, ""]), 0
    # What was the title, or may have been, would be something else behind one.
    others = [each.number for each in sheet.understood if each.words == TITLE]
    others += [
        each.number for each in sheet.problems if any(way.startswith("title: ") for way in each.instead)
    ]
    for number in others:
        lines[number - 1] = f"# {lines[number - 1]}"
    return "\n".join([title, *lines, ""]), 1


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
    content = read_text(path)
    old = read_document(path, path.name)
    origin, rest = origin_of(content)
    known = catalog_without(catalog, path)
    remarks = ["remarks"] if any(found[1] for found in _COMMENT.finditer(rest)) else []
    found = []
    for text in filter(None, (origin, sheet_text(routine, catalog))):
        sheet = read_sheet(text, known)
        lost = [
            words
            for field, words in DETAILS.items()
            if sheet.routine is None or getattr(sheet.routine, field) != getattr(routine, field)
        ]
        if {each.id: each for each in sheet.exercises} != old.named("exercise"):
            lost.append("exercises of its own")
        if {each.id: each for each in sheet.sources} != old.named("source"):
            lost.append("sources of its own")
        found.append(OwnSheet(text, content, tuple(remarks + lost)))
    return min(found, key=lambda each: len(each.lost))


def origin_of(content: str) -> tuple[str, str]:
    """Return the sheet that a file was made of, or nothing, and the file without what we put in."""
    lines = content.split("\n")
    if lines[0] == SCHEMA_LINE.rstrip():
        del lines[0]
    sheet = []
    if lines[:2] == MADE_OF:
        del lines[:2]
        while lines and (lines[0] == "#" or lines[0].startswith("#   ")):
            sheet.append(lines.pop(0)[4:])
        while lines and (not lines[0] or lines[0].startswith(NOT_UNDERSTOOD)):
            del lines[0]
    return "\n".join([*sheet, ""]) if sheet else "", "\n".join(lines)


def routine_path(config: Path, routine_id: str) -> Path:
    """Where a routine of the user's own is kept."""
    return config / "routines" / f"{routine_id}.toml"


def catalog_without(catalog: Catalog, target: Path) -> Catalog:
    """The catalogue without what only this file knows, for a sheet that is to take the file's place.

    Otherwise the new file would leave out what it takes to be known, and nothing would know it any more.
    """
    old, bundled = read_document(target, target.name), bundled_catalog()
    return replace(
        catalog,
        exercises=_without(catalog.exercises, old.named("exercise"), bundled.exercises),
        sources=_without(catalog.sources, old.named("source"), bundled.sources),
    )


def _without(known: Mapping[str, T], own: Mapping[str, T], bundled: Mapping[str, T]) -> dict[str, T]:
    """What is known without what is one's own; what that took the place of is there again."""
    return {
        name: bundled.get(name, each) for name, each in known.items() if name not in own or name in bundled
    }


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


def _plain(text: str) -> str:
    """What a TOML comment may hold."""
    return "".join(each if each.isprintable() else " " for each in text)


def routine_text(
    routine: Routine, exercises: tuple[Exercise, ...] = (), sources: tuple[Source, ...] = ()
) -> str:
    """Return a file with a routine, and with the exercises and sources that come in the same file."""
    head = to_builtins(routine, enc_hook=encoded)
    blocks = head.pop("blocks")
    values = {"format": FORMAT, "routine": head, "block": blocks}
    values["source"] = to_builtins(sources)
    values["exercise"] = to_builtins(exercises, enc_hook=encoded)
    return toml_text({name: value for name, value in values.items() if value})


def example_text(routine_id: str, title: str, file: str) -> str:
    """Return a commented example to change, with everything that most need, under this id and title.

    `file` is its name, for the remarks.
    """
    text = (bundled("data") / EXAMPLE).read_text(encoding="utf-8")
    words = {"my-routine.toml": file, "my-routine": routine_id, '"My routine"': _inline(title)}
    return re.sub("|".join(map(re.escape, words)), lambda found: words[found[0]], text)


def toml_text(values: Mapping[str, Any]) -> str:
    """The text of a file with these tables."""
    return "\n".join(_lines(values, "")).strip("\n") + "\n"


def _lines(values: Mapping[str, Any], path: str) -> Iterator[str]:
    below: list[tuple[str, Any]] = []
    for name, value in values.items():
        if _has_tables_of_its_own(name, value):
            below.append((f"{path}.{name}" if path else name, value))
        else:
            yield f"{name} = {_inline(value, name)}"
    for name, value in below:
        for each in value if isinstance(value, list | tuple) else [value]:
            yield ""
            yield f"[[{name}]]" if isinstance(value, list | tuple) else f"[{name}]"
            yield from _lines(each, name)


def _has_tables_of_its_own(name: str, value: object) -> bool:
    if isinstance(value, list | tuple):
        is_of_tables = bool(value) and all(isinstance(each, dict) for each in value)
        return is_of_tables and name != "phases"
    return isinstance(value, dict) and name not in INLINE


def _inline(value: Any, name: str = "") -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_inline(each)}' for key, each in value.items())} }}"
    if isinstance(value, list | tuple):
        parts = [_inline(each) for each in value]
        line = f"[{', '.join(parts)}]"
        if len(name) + len(line) <= WIDEST and name != "phases":
            return line
        return "[\n" + "".join(f"  {part},\n" for part in parts) + "]"
    return tomli_w.dumps({"x": value}).removeprefix("x = ").rstrip("\n")
