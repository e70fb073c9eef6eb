"""`hipcoach new`: a routine of one's own, as a commented example or made of a sheet in short lines."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from msgspec.structs import replace

from hipcoach.commands.choosing import catalog_of, settings_of
from hipcoach.commands.output import check_target, end_output, say, table, warn
from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.sheet.meaning import free_id, slug
from hipcoach.core.sheet.reading import Remark, Sheet, read_sheet
from hipcoach.errors import UsageError
from hipcoach.paths import AppPaths
from hipcoach.storage.catalog import bundled_catalog, load_own, write_schema
from hipcoach.storage.sheet_file import (
    SCHEMA_LINE,
    catalog_without,
    example_text,
    routine_path,
    save_routine_file,
    sheet_file_text,
)
from hipcoach.storage.text_file import UnreadableError, read_text
from hipcoach.ui.format import clock_text

NOT_SAVED = 1
LARGEST_SHEET = 200_000
"""Bytes of a file with a sheet, characters of one on standard input; a page takes two thousand."""
USUAL_TITLE = "My routine"


def run(options: Namespace, paths: AppPaths) -> int:
    """Write the routine; 1 where nothing was saved because the answer was no.

    Raises:
        UsageError: the file of `--output` is there already, there is nothing to make a routine of, or lines
            were not understood and nobody can be asked about them.
        StorageError: it cannot be written.
    """
    name = options.name or ""
    if name and not (slug(name) and name.isprintable()):
        raise UsageError(f"'{name}' is no name for a routine: it needs letters or digits.")
    if options.sheet is None:
        title = name or USUAL_TITLE
        routine_id, title, target = _placed(slug(title), title, options, paths)
        said = (
            f"Written: {target}, an example to change.\n'hipcoach check {target}' names every mistake in it."
        )
        _save(routine_id, target, example_text(routine_id, title, target.name), said, options, paths)
        return 0
    text, catalog = _sheet_text(options.sheet), catalog_of(paths)
    if _can_ask(options):
        text = _asked_about(text, catalog, name)
    sheet = read_sheet(text, catalog, name)
    if not name and sheet.routine and sheet.routine.title == USUAL_TITLE and str(options.sheet) != "-":
        name = options.sheet.stem
        sheet = read_sheet(text, catalog, name)
    if sheet.routine is None:
        for problem in sheet.problems:
            warn(str(problem))
        if sheet.is_too_large:
            raise UsageError("Nothing was saved: the routine would be larger than one may be.")
        raise UsageError("No line of it is an exercise, so there is nothing to make a routine of.")
    routine_id = slug(name) or sheet.routine.id
    routine_id, title, target = _placed(routine_id, name or sheet.routine.title, options, paths)
    # What only the file that is replaced knows is not there any more afterwards.
    catalog = catalog_without(catalog, target)
    sheet = read_sheet(text, catalog, name)
    assert sheet.routine is not None  # noqa: S101  the same text
    sheet = replace(sheet, routine=replace(sheet.routine, id=routine_id, title=title))
    _say_understood(sheet, catalog, paths)
    if not _wanted(sheet, options):
        return NOT_SAVED
    written = sheet_file_text(sheet, catalog, text)
    _save(routine_id, target, written, f"Saved as {target}.", options, paths)
    return 0


def _sheet_text(path: Path) -> str:
    try:
        if str(path) != "-":
            return read_text(path, LARGEST_SHEET)
    except FileNotFoundError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except UnreadableError as error:
        raise UsageError(f"{path} {error.message}.") from error
    try:
        text = sys.stdin.read(LARGEST_SHEET + 1)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a text in UTF-8"
        raise UsageError(f"Standard input cannot be read: {reason}.") from error
    if len(text) > LARGEST_SHEET:
        raise UsageError(
            f"The sheet on standard input is longer than {LARGEST_SHEET:,} characters, the most that is "
            "read; nothing was written. Leave out what is not part of the routine."
        )
    return text


def _can_ask(options: Namespace) -> bool:
    return not options.yes and sys.stdin.isatty() and sys.stdout.isatty() and str(options.sheet) != "-"


def _asked_about(text: str, catalog: Catalog, name: str) -> str:
    """Return the sheet with the answers in place of the lines in doubt; a line without one stays."""
    lines = text.splitlines()
    asked: list[Remark] = []
    while True:
        problems = read_sheet("\n".join(lines), catalog, name).problems
        problem = next((each for each in problems if each not in asked), None)
        if problem is None:
            return "\n".join([*lines, ""])
        say(f"{problem.sentence}{'' if problem.sentence.endswith('?') else '.'}")
        ways = {str(number): line for number, line in enumerate(problem.instead, 1)}
        for number, line in ways.items():
            say(f"  {number}  {line}")
        say(f"{'A number, or the' if ways else 'The'} line as it should be; enter leaves it out:")
        end_output()
        answer = sys.stdin.readline()
        say()
        raw, answer = lines[problem.number - 1], ways.get(answer.strip(), answer.strip())
        if answer:
            lines[problem.number - 1] = raw[: len(raw) - len(raw.lstrip())] + answer
        else:
            asked.append(problem)


def _placed(routine_id: str, title: str, options: Namespace, paths: AppPaths) -> tuple[str, str, Path]:
    """Return the id, the title and the file of the routine: the next ones that are free, unless `--force`."""
    own, free = load_own(paths.config), routine_id
    if not options.force and options.output:
        free = free_id(routine_id, bundled_catalog().routines)
    elif not options.force:
        files = (path.stem for path in routine_path(paths.config, routine_id).parent.glob("*.toml"))
        free = free_id(routine_id, {*own.catalog.routines, *files})
    file = own.files.get(free)
    target = options.output or (paths.config / file if file else routine_path(paths.config, free))
    check_target(target, overwrite=options.force)
    if free != routine_id:
        say(f"'{routine_id}' is there already, so this one is '{free}'; --force replaces the other.")
        title += free.removeprefix(routine_id).replace("-", " ")
    return free, title, target


def _say_understood(sheet: Sheet, catalog: Catalog, paths: AppPaths) -> None:
    assert sheet.routine is not None  # noqa: S101  the caller has looked
    whole = catalog.over(sheet.exercises, sheet.sources)
    plan = compile_plan(sheet.routine, whole, Choices(timings=settings_of(paths).timings))
    say(f"{sheet.routine.title} ({sheet.routine.id}), {clock_text(plan.total_seconds)}:")
    say()
    rows = [(str(each.number), each.line, each.words) for each in sheet.understood]
    say(table(("line", "on the sheet", "taken for"), rows, right=[0]))
    if sheet.exercises:
        say()
        names = ", ".join(each.name for each in sheet.exercises)
        say(f"New exercises of your own, in the same file: {names}.")
    say()
    end_output()
    for problem in sheet.problems:
        warn(str(problem))


def _wanted(sheet: Sheet, options: Namespace) -> bool:
    if options.yes:
        return True
    if _can_ask(options):
        left_out = " without the lines that were not understood" if sheet.problems else ""
        print(f"Save it{left_out}? [y/n] ", end="", flush=True)
        return sys.stdin.readline().strip().lower() in ("y", "yes")
    if sheet.problems:
        raise UsageError("Nothing was saved: mend these lines, or leave them out with --yes.")
    return True


def _save(routine_id: str, target: Path, text: str, said: str, options: Namespace, paths: AppPaths) -> None:
    if options.output is None:
        write_schema(paths.config)
        text = SCHEMA_LINE + text
    try:
        save_routine_file(target, text, overwrite=options.force)
    except FileExistsError:
        raise UsageError(f"{target} is there already; --force replaces it.") from None
    say(said)
    if options.output is None:
        say(f"'hipcoach start {routine_id}' begins it.")
    else:
        say("It is listed once it lies in the routines directory, which 'hipcoach paths' names.")
