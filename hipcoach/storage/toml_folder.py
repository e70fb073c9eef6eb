"""A folder of small TOML files, one thing each: read whole, whatever single files are like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec import MsgspecError

from hipcoach.storage.text_file import UnreadableError, read_toml

T = TypeVar("T")


def read_folder(
    directory: Path,
    noun: str,
    newest: int,
    largest: int,
    read: Callable[[dict[str, Any], str], T],
) -> tuple[dict[str, T], list[str]]:
    """What every TOML file of a folder holds, by its name without the ending, and a sentence for every file
    that is not read, or not whole. Such a file is left alone.

    Args:
        directory: the folder; it need not be there.
        noun: what a file holds, as in "a self-test".
        newest: the newest format that is known; of a newer one what is understood is taken.
        largest: bytes that such a file may have.
        read: makes the thing of a file's tables and name; raises MsgspecError, ValueError, KeyError or
            TypeError where there is none in it.
    """
    try:
        paths = sorted(path for path in directory.iterdir() if path.suffix == ".toml")
    except FileNotFoundError:
        return {}, []
    except OSError as error:
        return {}, [f"{directory} cannot be read: {error.strerror or error}."]
    things: dict[str, T] = {}
    problems: list[str] = []
    for path in paths:
        if path.name.startswith("."):
            continue
        newer = ""
        try:
            values = read_toml(path, largest)
            check_format(values)
            newer = _newer(values, newest)
            things[path.stem] = read(values, path.stem)
        except FileNotFoundError:
            continue  # it was renamed or removed just now, as a program that syncs folders does
        except UnreadableError as error:
            problems.append(f"{path} {error.message}; it is left as it is.")
        except (MsgspecError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            reason = newer or _reason(error)
            problems.append(f"{path} is not {noun} that can be read ({reason}); it is left as it is.")
        else:
            if newer:
                problems.append(f"{path} is shown as far as it is understood ({newer}); it is left as it is.")
    return things, problems


def check_format(values: Mapping[str, Any]) -> None:
    """Raise ValueError or KeyError where a file does not say in which format it is."""
    number = values["format"]
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise ValueError("its format number is missing")


def _newer(values: Mapping[str, Any], newest: int) -> str:
    number = values.get("format")
    is_newer = isinstance(number, int) and number > newest
    return "a newer hipcoach wrote it; please update this one" if is_newer else ""


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
