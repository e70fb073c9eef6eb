"""What many apps in one process need not do again and again: parse style sheets, draw what nobody sees."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from unittest.mock import patch
from weakref import WeakSet

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.screen import Screen

_parse = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}
_draw = Screen._compositor_refresh
_not_drawn: WeakSet[Screen[Any]] = WeakSet()


@contextmanager
def sparing() -> Iterator[None]:
    """Have style sheets parsed once in this process, and a screen drawn only when `draw` is called; nor does
    any file wait for the disk, which tests of storage see to."""
    with (
        patch.object(Stylesheet, "_parse_rules", _parse_once),
        patch.object(Screen, "_compositor_refresh", _draw_later),
        patch.object(os, "fsync"),
    ):
        yield


def draw(screen: Screen[Any]) -> None:
    """Draw what has changed on a screen since it was drawn last, if anything has."""
    if screen in _not_drawn:
        _not_drawn.discard(screen)
        _draw(screen)


@wraps(_draw)
def _draw_later(screen: Screen[Any]) -> None:
    """Stands in for `Screen._compositor_refresh`; what has changed has been noted by then."""
    if screen is screen.app.screen:
        _not_drawn.add(screen)
        screen._dirty_widgets.clear()
    else:
        _draw(screen)


@wraps(_parse)
def _parse_once(
    sheet: Stylesheet,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """Stands in for `Stylesheet._parse_rules`, of which each app keeps what it has parsed for itself.

    What rules say follows from these arguments and the theme's variables, and nobody writes to them: Textual
    itself gives the same ones out again and again. Sheets with a mistake in them raise, and are not kept.
    """
    key = (css, read_from, is_default_rules, tie_breaker, scope, *sorted(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse(sheet, css, read_from, is_default_rules, tie_breaker, scope)
    return _parsed[key]
