"""Files as the Structs of their formats: converted, and only where that fails everything that is wrong, found
by the JSON Schema of the same Structs."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import deepcopy
from functools import cache, reduce
from itertools import islice
from pathlib import Path
from reprlib import repr as shortened
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from msgspec import Struct, convert
from msgspec.json import schema_components

from hipcoach.core.fields import SCHEMAS, decoded
from hipcoach.core.text import did_you_mean
from hipcoach.errors import DataError, StorageError
from hipcoach.storage.text_file import read_toml

if TYPE_CHECKING:
    from jsonschema import ValidationError

T = TypeVar("T")
Place: TypeAlias = tuple[str | int, ...]
"""Keys, and places in lists, that lead to something in a file: ("exercise", 0, "stage", 1, "kind")."""
Faults: TypeAlias = dict[Place, str]
"""What is wrong, by where it stands."""
Schema: TypeAlias = dict[str, Any]

MOST_FAULTS = 200
"""By the schema of a file; whatever comes after them can wait until these are mended."""
DEEPEST = 12
"""Tables within tables that are looked into; no format has as many."""
HUGE = 10**18
LONGEST_VALUE = 20
"""Lines of one value on which it may look as if it ended."""
WANTED = {
    "string": "a text in quotes",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list of tables",
    "object": "a table",
}
DIALECT = "http://json-schema.org/draft-07/schema#"
"""Draft 7 is what editors' TOML plug-ins know."""


class Problem(Struct, frozen=True):
    """Something wrong in a file: where, and a sentence that says what is allowed."""

    file: str
    place: str
    """The table and field, such as "exercise 'clam', stage 1: reps"; empty for the file as a whole."""
    message: str
    line: int | None = None
    """From 1; None where it is not known."""

    def __str__(self) -> str:
        file = f"{self.file}:{self.line}" if self.line and self.file else self.file
        return ": ".join(part for part in (file, self.place, self.message) if part)


@contextmanager
def data_file(path: Path) -> Iterator[dict[str, Any]]:
    """Give the tables of a file of the bundled data, for what is made of them.

    Raises:
        DataError: it cannot be read, or something in it is wrong.
    """
    try:
        yield read_toml(path)
    except (OSError, StorageError, LookupError, ValueError) as error:
        raise DataError(f"{path.name}: {error}") from error


def read_as(kind: Callable[..., T], values: Mapping[str, Any]) -> tuple[T | None, Faults]:
    """Return the tables of a file as a Struct, None where they are none; and everything that is wrong."""
    faults = dict(_unfit(values, ()))
    try:
        return convert(values, kind, dec_hook=decoded), faults
    except ValueError as error:  # also where a number is too large to be printed
        with suppress(ValueError, RecursionError):  # values too large or too deep to be printed
            faults = _misfits(values, schema_of(kind)) | faults
        return None, faults or {(): str(error)}


def read_or_default(kind: type[T], values: Mapping[str, Any]) -> tuple[T, Faults]:
    """Return the tables of a file as a Struct all of whose fields have defaults, and everything that is wrong
    with them; what is wrong has its default."""
    thing, faults = read_as(kind, values)
    if thing is not None and not faults:
        return thing, {}
    good: Any = deepcopy(values)
    for path in sorted(faults, reverse=True):  # in lists, the last first
        with suppress(LookupError, TypeError):
            del reduce(lambda table, step: table[step], path[:-1], good)[path[-1]]
    try:
        return convert(good, kind, dec_hook=decoded), faults
    except ValueError:  # more was wrong than is looked for
        return kind(), faults


@cache
def schema_of(kind: Callable[..., object]) -> Schema:
    """Return the JSON Schema of a Struct, without references and without null, which TOML has not."""
    (schema,), parts = schema_components([kind], schema_hook=SCHEMAS.__getitem__, ref_template="{name}")

    def plain(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [plain(each) for each in value]
        if not isinstance(value, dict):
            return value
        if "$ref" in value:
            return plain(parts[value["$ref"]])
        options = [each for each in value.get("anyOf", ()) if each.get("type") != "null"]
        if len(options) == 1:
            return plain({key: each for key, each in value.items() if key != "anyOf"} | options[0])
        return {key: plain(each) for key, each in value.items() if key != "default" or each}

    found: Schema = plain(schema)
    return found


def file_schema(kind: type[Struct], title: str, required: Iterable[str] = ()) -> Schema:
    """Return the JSON Schema of a file for editors; `required` names fields it needs besides the Struct's."""
    schema = schema_of(kind)
    needed = [*schema.get("required", ()), *required]
    return {"$schema": DIALECT, **schema, "title": title, "required": needed}


def place_of(path: Place, values: Any) -> str:
    """Return the name of a place in a file: "exercise 'clam', stage 'open', dose: reps"."""
    names: list[str] = []
    for step in path:
        try:
            values = values[step]
        except (LookupError, TypeError):
            values = None
        ids = [values.get(key) for key in ("id", "exercise")] if isinstance(values, dict) else []
        known = next((f" '{each}'" for each in ids if isinstance(each, str)), "")
        if isinstance(step, str):
            names.append(step + known)
        elif isinstance(values, dict):
            names[-1] = names[-1].removesuffix("s") + (known or f" {step + 1}")  # of phases
        else:
            names[-1] += f" {step + 1}"
    *tables, last = names or [""]
    return ": ".join(filter(None, (", ".join(tables), last)))


def problems_of(file: str, text: str, values: Any, faults: Faults) -> list[Problem]:
    """Return what is wrong in a file with this text as problems with their places, line by line."""
    lines = lines_of(text) if faults else {}
    found = [
        Problem(file, place_of(path, values), message, line_of(path, lines))
        for path, message in faults.items()
    ]
    return sorted(found, key=lambda each: each.line or 0)


def _unfit(value: object, path: Place) -> Iterator[tuple[Place, str]]:
    """Yield what no schema can find: texts and numbers that cannot be, ranges that are upside down."""
    match value:
        case str() if not value.strip() or not value.replace("\n", "").isprintable():
            yield path, "must be a text that can be printed, and not empty"
        case int() if abs(value) > HUGE:
            yield path, "is a huge number"
        case float() if not math.isfinite(value):
            yield path, "must be a number that can be"
        case {"low": int(low), "high": int(high)} if HUGE >= low > high >= -HUGE:
            yield path, f"the range is upside down: low is {low}, high is {high}"
        case dict() | list() if len(path) > DEEPEST:
            yield path, "is nested too deep"
        case dict() | list():
            for step, each in value.items() if isinstance(value, dict) else enumerate(value):
                yield from _unfit(each, (*path, step))


def _misfits(values: Mapping[str, Any], schema: Schema) -> Faults:
    """Return what is wrong with the values by their schema."""
    from jsonschema import Draft4Validator  # takes longer than most commands; only where something is wrong

    faults: Faults = {}
    for error in islice(Draft4Validator(schema).iter_errors(values), MOST_FAULTS):
        path = tuple(error.absolute_path)
        if error.validator == "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            faults |= {(*path, name): "is missing" for name in missing}
        elif error.validator == "additionalProperties":
            fields = error.schema.get("properties", {})
            for name in [name for name in error.instance if name not in fields]:
                hint = did_you_mean(name, fields) or f" (known: {', '.join(sorted(fields))})"
                faults[*path, name] = f"is not a field here{hint}"
        else:
            faults.setdefault(path, _message(error))
    return faults


def _message(error: ValidationError) -> str:
    value, limit, schema = error.instance, cast("Any", error.validator_value), cast("Schema", error.schema)
    match error.validator:
        case "type":
            kind = limit if isinstance(limit, str) else limit[0]
            wanted = WANTED[kind]
            if kind == "string":
                wanted = schema.get("description", wanted)
            elif kind == "array" and "properties" not in schema["items"]:
                wanted = 'a list of texts, such as ["one", "two"]'
            return f"must be {wanted} (is {shortened(value)})"
        case "enum":
            hint = did_you_mean(value, map(str, limit)) if isinstance(value, str) else ""
            return f"{shortened(value)} is not known here{hint or '.'} Allowed: {', '.join(map(str, limit))}"
        case "minimum" | "maximum":
            return f"must be from {schema['minimum']:g} to {schema['maximum']} (is {shortened(value)})"
        case "maxLength":
            return f"is longer than {limit} characters"
        case "pattern":
            return f"{value!r} is not an id: use small letters, digits and hyphens, as in 'leg-swing'"
        case "minItems":
            return "must not be empty"
    return error.message


def lines_of(text: str) -> Mapping[Place, int]:
    """Return the line, from 1, on which each table and each field of a TOML text begins.

    Python's own reader does not tell, so every statement is read by itself.
    """
    found: dict[Place, int] = {}
    last: dict[Place, int] = {}
    table: Place = ()
    statement, begins, tries = "", 1, 0
    for number, line in enumerate(text.split("\n"), 1):
        statement += line + "\n"
        if begins < number and not any(end in line for end in ("]", '"""', "'''")):
            continue  # a list or a long text goes on
        try:
            path, is_list = _keys(tomllib.loads(statement))
        except ValueError:
            tries += 1
            if tries > LONGEST_VALUE:
                break  # better no line than a wrong one
            continue
        if statement.lstrip().startswith("["):
            table = _table(path, last, is_list=is_list)
            path = ()
        for length in range(1, len(table + path) + 1):
            found.setdefault((table + path)[:length], begins)
        statement, begins, tries = "", number + 1, 0
    return found


def line_of(path: Place, lines: Mapping[Place, int]) -> int | None:
    """Return the line of a field, or of the innermost table around it that has one."""
    return next((lines[path[:size]] for size in range(len(path), 0, -1) if path[:size] in lines), None)


def _keys(values: Any) -> tuple[Place, bool]:
    """Return the keys that one statement names, and whether it begins a table of a list."""
    path: Place = ()
    while isinstance(values, dict) and len(values) == 1:
        ((name, values),) = values.items()
        path += (name,)
    return path, values == [{}]


def _table(names: Place, last: dict[Place, int], *, is_list: bool) -> Place:
    """Return the path of a table with this header; a list of tables is counted on."""
    path: Place = ()
    for number, name in enumerate(names, 1):
        path += (name,)
        if is_list and number == len(names):
            last[path] = last.get(path, -1) + 1
        if path in last:
            path += (last[path],)
    return path
