"""A routine of the user's own as a file in their routines directory."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from hipcoach.core.catalog import Catalog
from hipcoach.core.sheet.reading import Sheet
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.catalog_toml import Reading, bundled_catalog, read_file
from hipcoach.storage.catalog_writing import file_values
from hipcoach.storage.text_file import parse_toml
from hipcoach.storage.toml_writing import toml_text

SCHEMA = "routine.schema.json"
"""The file in the config directory that editors read to complete and check routine files."""
SCHEMA_LINE = f"#:schema ../{SCHEMA}\n"
"""What tells an editor of it, from within the routines directory."""


def sheet_file_text(sheet: Sheet, catalog: Catalog, text: str = "") -> str:
    """The file of a sheet's routine, under comments with the sheet that it was made of.

    Raises:
        StorageError: the sheet has no routine.
    """
    if sheet.routine is None:
        raise StorageError("There is no exercise in it, so there is nothing to write.")
    known = {**catalog.exercises, **{each.id: each for each in sheet.exercises}}
    values = file_values(sheet.routine, known, sheet.exercises, sheet.sources)
    origin = [f"#   {line}".rstrip() for line in _plain(text).strip("\n").split("\n")] if text.strip() else []
    comment = "\n".join(["# Made of this sheet:", "#", *origin]) + "\n\n" if origin else ""
    left_out = "".join(f"# Not understood: {_plain(str(remark))}\n" for remark in sheet.problems)
    written = comment + left_out + ("\n" if left_out else "") + toml_text(values)
    parse_toml(written)  # never leave a file behind that cannot be read
    return written


def routine_path(config: Path, routine_id: str) -> Path:
    """Where a routine of the user's own is kept."""
    return config / "routines" / f"{routine_id}.toml"


def catalog_without(catalog: Catalog, target: Path) -> Catalog:
    """The catalogue without what only this file knows, for a sheet that is to take the file's place.

    Otherwise the new file would leave out what it takes to be known, and nothing would know it any more.
    """
    old = Reading()
    read_file(target, target.name, old)
    bundled = bundled_catalog()
    return replace(
        catalog,
        exercises={
            name: bundled.exercises.get(name, each)
            for name, each in catalog.exercises.items()
            if name not in old.exercises or name in bundled.exercises
        },
        sources={
            name: bundled.sources.get(name, each)
            for name, each in catalog.sources.items()
            if name not in old.sources or name in bundled.sources
        },
    )


def save_routine_file(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a routine file.

    Raises:
        FileExistsError: there is one, and it is not to be replaced.
        StorageError: it cannot be written.
    """
    write_atomically(path, text.encode(), replace=overwrite)


def _plain(text: str) -> str:
    """What a TOML comment may hold."""
    return "".join(sign if sign == "\n" or sign.isprintable() else " " for sign in text)
