"""A file of the user's with a problem, as an entry of the picker's list and beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.text import Text
from textual.content import Content

from hipcoach.core.text import plain
from hipcoach.storage.typed import Problem
from hipcoach.ui.format import count_text

MARK = "problem:"
"""Begins the id of an entry that is no routine but a file; the file's name follows."""


def by_file(problems: Iterable[Problem]) -> Mapping[str, list[Problem]]:
    """The problems of each file that has any; what belongs to no file goes by the name it stands under."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.file, []).append(problem)
    return found


def problem_entry(name: str, problems: list[Problem]) -> Content:
    """The file and how many problems it has, in two lines."""
    return Content.assemble(
        (f"{plain(Path(name).name)}  ", "bold"),
        f"{count_text(len(problems), 'problem')}\n",
        (plain(_of(problems[0])), "dim"),
    )


def problem_preview(path: Path, problems: list[Problem]) -> Text:
    """Every problem of the file, and what can be done."""
    text = Text()
    text.append("This file has a problem and is left out\n", style="bold")
    text.append(f"{plain(str(path))}\n\n", style="dim")
    for problem in problems:
        text.append(f"• {plain(_of(problem))}\n")
    text.append("\nEverything else works. ")
    text.append("e", style="bold")
    text.append(" opens the file in your editor; once it is saved, it is read again. ")
    text.append("delete", style="bold")
    text.append(" moves it away.")
    return text


def _of(problem: Problem) -> str:
    return ": ".join(part for part in (problem.place, problem.message) if part)
