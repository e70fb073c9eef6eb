"""Files as the Structs of their formats: converted, and only where that fails everything that is wrong, found
by the JSON Schema of the same Structs."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, reduce
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from msgspec import Struct, convert
from msgspec.json import schema_components

from hipcoach.core.fields import SCHEMAS, decoded
from hipcoach.core.text import nearest

if TYPE_CHECKING:
    from jsonschema import ValidationError

T = TypeVar("T")
Path: TypeAlias = tuple[str | int, ...]
"""Keys, and places in lists, that lead to something in a file: ("exercise", 0, "stage", 1, "kind")."""
Faults: TypeAlias = dict[Path, str]
"""What is wrong, by where it stands."""
Schema: TypeAlias = dict[str, Any]

MOST_FAULTS = 200
"""By the schema of a file; whatever comes after them can wait until these are mended."""
DEEPEST = 12
"""Tables within tables that are looked into; no format has as many."""
HUGE = 10**18
WANTED = {
    "string": "a text in quotes",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list of tables",
    "object": "a table",
}


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


def read_as(kind: Callable[..., T], values: Mapping[str, Any]) -> tuple[T | None, Faults]:
    """Return the tables of a file as a Struct, and everything that is wrong with them.

    A harmless stand-in takes the place of what is wrong, so that rules across fields can be checked all the
    same; None where that is not possible.
    """
    faults: Faults = {}
    try:
        thing = convert(values, kind, dec_hook=decoded)
    except ValueError as error:  # also where a number is too large to be printed
        mended = _tame(values)
        faults = _mend(mended, schema_of(kind), values)
        try:
            thing = convert(mended, kind, dec_hook=decoded)
        except ValueError:
            return None, faults or {(): str(error)}
        values = mended
    for path, message in _unfit(values, ()):
        if not any(fault[: len(path)] == path for fault in faults):
            faults[path] = message
    return thing, faults


def read_or_default(kind: type[T], values: Mapping[str, Any]) -> tuple[T, Faults]:
    """Return the tables of a file as a Struct all of whose fields have defaults, and everything that is wrong
    with them; what is wrong has its default."""
    thing, faults = read_as(kind, values)
    if thing is not None and not faults:
        return thing, {}
    good = _tame(values)
    for *tables, name in sorted(faults, reverse=True):  # in lists, the last first
        with suppress(LookupError, TypeError):
            del _at(good, tables)[name]
    return convert(good, kind, dec_hook=decoded), faults


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


def place_of(path: Path, values: Any) -> str:
    """Return the name of a place in a file: "exercise 'clam', stage 'open', dose: reps"."""
    tables: list[str] = []
    fields: list[str] = []
    for number, step in enumerate(path):
        is_last = number == len(path) - 1
        try:
            value = values = values[step]
        except (LookupError, TypeError):
            value = values = None
        if isinstance(step, int):
            name = (fields or tables).pop()
            if isinstance(value, dict) or not is_last:
                noun = name.removesuffix("s")  # of phases
                ids = [value.get(key) for key in ("id", "exercise")] if isinstance(value, dict) else []
                known = next((each for each in ids if isinstance(each, str)), None)
                tables.append(f"{noun} {step + 1}" if known is None else f"{noun} '{known}'")
            else:
                fields.append(f"{name} {step + 1}")
        elif isinstance(value, dict) and not is_last:
            known = value.get("id")
            tables.append(f"{step} '{known}'" if isinstance(known, str) else step)
        else:
            fields.append(step)
    return ": ".join(part for part in (", ".join(tables), *fields) if part)


def problems_of(
    file: str,
    text: str,
    values: Any,
    faults: Faults,
    place: Callable[[Path, Any], str] = place_of,
) -> list[Problem]:
    """Return what is wrong in a file with this text as problems with their places, line by line."""
    lines = lines_of(text) if faults else {}
    found = [
        Problem(file, place(path, values), message, line_of(path, lines)) for path, message in faults.items()
    ]
    return sorted(found, key=lambda each: each.line or 0)


def _tame(value: Any, depth: int = 0) -> Any:
    """Return a copy that can be checked: what nests too deep or is too large to be printed is cut off."""
    match value:
        case dict() | list() if depth > DEEPEST:
            return type(value)()
        case dict():
            return {key: _tame(each, depth + 1) for key, each in value.items()}
        case list():
            return [_tame(each, depth + 1) for each in value]
        case int():
            return max(-HUGE, min(value, HUGE)) if not isinstance(value, bool) else value
        case float():
            return -float(HUGE) if math.isnan(value) else value
    return value


def _mend(values: Any, schema: Schema, as_written: Any) -> Faults:
    """Return what is wrong with the values by their schema, and put stand-ins in its place."""
    from jsonschema import Draft4Validator  # takes longer than most commands; only where something is wrong

    faults: Faults = {}
    for error in list(islice(Draft4Validator(schema).iter_errors(values), MOST_FAULTS)):
        path = tuple(error.absolute_path)
        fields = error.schema.get("properties", {})
        if error.validator == "required":
            for name in set(error.validator_value) - set(error.instance):
                faults[*path, name] = "is missing"
                error.instance[name] = _stand_in(fields[name])
        elif error.validator == "additionalProperties":
            for name in [each for each in error.instance if each not in fields]:
                near = nearest(name, fields)
                hint = f": did you mean {near!r}?" if near else f" (known: {', '.join(sorted(fields))})"
                faults[*path, name] = f"is not a field here{hint}"
                del error.instance[name]
        elif path not in faults:
            faults[path] = _message(error, _at(as_written, path))
            _at(values, path[:-1])[path[-1]] = _stand_in(error.schema)
    return faults


def _at(values: Any, path: Iterable[str | int]) -> Any:
    return reduce(lambda value, step: value[step], path, values)


def _message(error: ValidationError, value: object) -> str:
    schema: Any = error.schema
    limit: Any = error.validator_value
    match error.validator:
        case "type":
            kind = limit if isinstance(limit, str) else limit[0]
            wanted = WANTED[kind]
            if kind == "string" and "title" not in schema:
                wanted = schema.get("description", wanted)
            if kind == "array" and "properties" not in schema["items"]:
                wanted = 'a list of texts, such as ["one", "two"]'
            return f"must be {wanted} (is {_shown(value)})"
        case "enum":
            near = nearest(value, map(str, limit)) if isinstance(value, str) else None
            hint = f"did you mean {near!r}? Allowed" if near else "allowed"
            return f"{_shown(value)} is not known here: {hint}: {', '.join(map(str, limit))}"
        case "minimum" | "maximum":
            return f"must be from {schema['minimum']:g} to {schema['maximum']} (is {_shown(value)})"
        case "minLength":
            return "must be a text that can be printed, and not empty"
        case "maxLength":
            return f"is longer than {limit} characters"
        case "pattern":
            return f"{value!r} is not an id: use small letters, digits and hyphens, as in 'leg-swing'"
        case "minItems":
            return "must not be empty"
    return error.message


def _stand_in(schema: Schema) -> Any:
    """Return something harmless that keeps to a schema."""
    if "enum" in schema:
        return schema["enum"][0]
    match schema["type"]:
        case "object":
            return {name: _stand_in(schema["properties"][name]) for name in schema.get("required", ())}
        case "array":
            return [_stand_in(schema["items"])] * schema.get("minItems", 0)
        case "string":
            return "x"
        case "boolean":
            return False
    return schema["minimum"]


def _unfit(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield what no schema can find: texts that cannot be printed, ranges that are upside down."""
    match value:
        case str() if not value.strip() or not value.replace("\n", "").isprintable():
            yield path, "must be a text that can be printed, and not empty"
        case {"low": int(low), "high": int(high)} if low > high:
            yield path, f"the range is upside down: low is {low}, high is {high}"
        case dict() | list():
            for step, each in value.items() if isinstance(value, dict) else enumerate(value):
                yield from _unfit(each, (*path, step))


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and abs(value) > HUGE:
        return "a huge number"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


_KEY = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEADER = rf"[ \t]*(\[\[?)[ \t]*({_KEYS})[ \t]*\]\]?[ \t]*(?:#.*)?(?=\r?\n|$)"
_FIELD = rf"[ \t]*({_KEYS})[ \t]*="
_PART = (
    r'"{3}(?:[^\\]|\\.)*?"{3,5}'
    r"|'{3}.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'|#[^\n]*|[\[{]|[\]}]|\n"
)


def lines_of(text: str) -> Mapping[Path, int]:
    """Return the line, from 1, on which each table and each field of a TOML text begins.

    Python's own reader does not tell. What is not understood is passed over: better no line than a wrong one.
    """
    # Compiled only here: most files are right.
    header_of, field_of, token_of = re.compile(_HEADER), re.compile(_FIELD), re.compile(_PART, re.DOTALL)
    found: dict[Path, int] = {}
    last: dict[Path, int] = {}
    current: Path = ()
    number, depth, at, begins = 1, 0, 0, True
    while True:
        if begins and not depth:
            if header := header_of.match(text, at):
                current = _table(_names(header[2]), last, is_listed=header[1] == "[[")
                for length in range(1, len(current) + 1):
                    found.setdefault(current[:length], number)  # a table may only be there for what is in it
                at = header.end()
            elif given := field_of.match(text, at):
                found.setdefault(current + _names(given[1]), number)
                at = given.end()
        if (token := token_of.search(text, at)) is None:
            return found
        at, begins = token.end(), token[0] == "\n"
        number += token[0].count("\n")
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth = max(0, depth - 1)


def line_of(path: Path, lines: Mapping[Path, int]) -> int | None:
    """Return the line of a field, or of the innermost table around it that has one."""
    return next((lines[path[:size]] for size in range(len(path), 0, -1) if path[:size] in lines), None)


def _names(keys: str) -> Path:
    return tuple(each.strip("\"'") for each in re.findall(_KEY, keys))


def _table(names: Path, last: dict[Path, int], *, is_listed: bool) -> Path:
    """Return the path of a table with this header; a list of tables is counted on."""
    path: Path = ()
    for number, name in enumerate(names, 1):
        path += (name,)
        if is_listed and number == len(names):
            last[path] = last.get(path, -1) + 1
        if path in last:
            path += (last[path],)
    return path
