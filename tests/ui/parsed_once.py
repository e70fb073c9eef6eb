"""Style sheets that all apps of a process have in common, parsed for the first and kept for the next."""

from __future__ import annotations

from functools import wraps

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

_parse = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}


@wraps(_parse)
def parse_once(
    sheet: Stylesheet,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """Stands in for `Stylesheet._parse_rules`, which each app keeps what it has parsed for itself.

    What rules say follows from these arguments and the theme's variables, and nobody writes to them: Textual
    itself gives the same ones out again and again. Sheets with a mistake in them raise, and are not kept.
    """
    key = (css, read_from, is_default_rules, tie_breaker, scope, *sorted(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse(sheet, css, read_from, is_default_rules, tie_breaker, scope)
    return _parsed[key]
