"""Our two themes: contrast as WCAG 2 measures it, and sides that stay apart for colour-blind eyes."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.color import Color
from textual.screen import Screen
from textual.theme import Theme

from hipcoach.core.history.record import SessionStatus
from hipcoach.storage.session_log import save_record
from hipcoach.storage.settings import LookSettings, Settings, load_settings
from hipcoach.ui.screens.builder import BuilderScreen
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.help import HelpScreen
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.safety import SafetyScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.session_detail import SessionDetailScreen
from hipcoach.ui.screens.settings import SettingsScreen
from hipcoach.ui.themes import THEMES, meanings
from hipcoach.ui.widgets.session_table import SessionTable
from tests.ui.history_support import NOW, record_of_day
from tests.ui.support import Coach, coach
from tests.ui.surroundings import real_catalog, services_below

ENOUGH = 7.0
"""The contrast of WCAG 2's level AAA."""
LEGIBLE = 4.5
"""That of level AA."""
APART = 40.0
"""Distance in CIELAB at which two colours are taken for each other by nobody; 2.3 is just seen."""
QUIETEST = 0.7
"""The share of the foreground in text that has to be read."""

# Linear RGB as dichromats see it: H. Brettel, F. Viénot and J. D. Mollon's model in the matrices of
# G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color
# Vision Deficiency" (2009), for a severity of 1.
BLIND = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}
EYES = pytest.mark.parametrize("eyes", ["usual", *BLIND])
OURS = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
Vector = tuple[float, float, float]


def linear(colour: str) -> Vector:
    def one(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = Color.parse(colour).normalized
    return one(red), one(green), one(blue)


def contrast(first: str, second: str) -> float:
    dark, light = sorted(
        0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in map(linear, (first, second))
    )
    return (light + 0.05) / (dark + 0.05)


def seen(colour: str, eyes: str) -> Vector:
    """A colour in CIELAB as these eyes see it."""
    rgb = linear(colour)
    if eyes != "usual":
        first, second, third = (
            min(1.0, max(0.0, sum(share * value for share, value in zip(row, rgb, strict=True))))
            for row in BLIND[eyes]
        )
        rgb = first, second, third
    red, green, blue = rgb
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089

    def f(value: float) -> float:
        return value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116

    return 116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))


def colours(theme: Theme) -> dict[str, str]:
    named = {name: getattr(theme, name) for name in ("foreground", "accent", "error", "success", "primary")}
    return {**named, **meanings(dark=theme.dark)}


@OURS
@pytest.mark.parametrize("ground", ["background", "surface"])
def test_everything_that_is_read_stands_out(theme: Theme, ground: str) -> None:
    behind = getattr(theme, ground)
    # The count is drawn in the colour of the kind of moment: work, lead-in, rest, switch, paused.
    read = {name: colour for name, colour in colours(theme).items() if name != "on-colour"}
    read["quiet"] = Color.parse(behind).blend(Color.parse(theme.foreground or ""), QUIETEST).hex
    least = ENOUGH if ground == "background" else 6.0
    poor = {name: round(contrast(colour, behind), 2) for name, colour in read.items()}
    assert {name: ratio for name, ratio in poor.items() if ratio < (least if name != "quiet" else 5.5)} == {}


@OURS
def test_words_on_a_filled_banner_stand_out(theme: Theme) -> None:
    found = colours(theme)
    banners = ("side-left", "side-right", "side-both", "lead-in", "rest", "success", "accent", "error")
    assert {name for name in banners if contrast(found["on-colour"], found[name]) < ENOUGH} == set()


@OURS
@EYES
def test_left_and_right_are_told_apart(theme: Theme, eyes: str) -> None:
    found = meanings(dark=theme.dark)
    assert math.dist(seen(found["side-left"], eyes), seen(found["side-right"], eyes)) > APART


def test_the_measures_know_what_they_measure() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert seen("#ffffff", "usual") == pytest.approx((100, 0, 0), abs=0.1)
    red, green = "#c04000", "#608000"
    apart = {eyes: math.dist(seen(red, eyes), seen(green, eyes)) for eyes in ("usual", *BLIND)}
    assert apart["usual"] > 60 > 30 > max(apart["protanopia"], apart["deuteranopia"])


def poor_words(it: Coach, least: float) -> dict[str, float]:
    """The words on the screen, as they are really drawn, with less contrast than this."""
    found = {}
    words = 0
    for strip in it.screen._compositor.render_strips():
        for segment in strip:
            style, text = segment.style, segment.text.strip()
            if style is None or not any(map(str.isalnum, text)):
                continue
            assert not style.dim, text
            assert style.color and style.color.triplet and style.bgcolor and style.bgcolor.triplet, text
            words += 1
            ratio = contrast(style.color.triplet.hex, style.bgcolor.triplet.hex)
            if ratio < least:
                found[text] = round(ratio, 2)
    assert words > 5
    return found


@pytest.mark.slow
async def test_every_word_of_list_and_history_is_drawn_readable_in_every_theme(tmp_path: Path) -> None:
    services = services_below(tmp_path, catalog=real_catalog())
    services.now = lambda: NOW
    for day in range(1, 7):
        record = record_of_day(day)
        status = SessionStatus.COMPLETED if day % 2 else SessionStatus.STOPPED
        save_record(services.paths.sessions, replace(record, status=status, note="Stiff"))
    async with coach(services) as it:
        # Those of the terminal's own colours have no colours that can be computed with.
        least = {name: LEGIBLE for name in it.app.available_themes if "ansi" not in name}
        least |= {theme.name: ENOUGH for theme in THEMES}
        poor = {}

        async def measure(where: str) -> None:
            for name in least:
                it.app.theme = name
                await it.settle()
                poor[name, where] = poor_words(it, least[name])

        await measure("list")
        await it.press("slash")  # the list has a cursor, but not the focus
        await measure("list beside the filter")
        await it.press("escape", "h")
        await it.on(HistoryScreen)
        table = it.screen.query_one(SessionTable)
        await it.until(lambda: table.row_count, "the sessions")
        await it.pilot.hover(table, (10, 4))
        await measure("history")
        assert len(poor) > 50
        assert {where: words for where, words in poor.items() if words} == {}


@OURS
async def test_every_word_of_every_screen_is_drawn_readable_in_our_themes(
    tmp_path: Path, theme: Theme
) -> None:
    services = services_below(tmp_path, catalog=real_catalog())
    services.settings = replace(services.settings, look=LookSettings(theme=theme.name))
    ways: list[tuple[list[str], type[Screen[Any]]]] = [
        (["question_mark"], HelpScreen),
        (["escape", "i"], SafetyScreen),
        (["escape", "b"], ChoiceScreen),
        (["c"], BuilderScreen),
        (["escape", "comma"], SettingsScreen),
        (["escape", "enter"], SessionScreen),
    ]
    async with coach(services) as it:
        for keys, kind in ways:
            await it.press(*keys)
            await it.on(kind)
            assert poor_words(it, ENOUGH) == {}, kind


def test_each_theme_has_a_name_of_its_own_and_the_dark_one_is_the_default() -> None:
    assert len({theme.name for theme in THEMES}) == len(THEMES)
    assert Settings().look.theme == THEMES[0].name
    assert THEMES[0].dark


async def test_a_chosen_theme_is_kept_also_from_the_palette(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        assert it.app.theme == "hipcoach-dark"
        assert not it.services.paths.settings.exists()
        it.app.theme = "hipcoach-light"  # as the palette's list of themes does
        await it.settle()
        assert load_settings(it.services.paths.settings)[0].look.theme == "hipcoach-light"
    services = services_below(tmp_path)
    services.settings = load_settings(services.paths.settings)[0]
    async with coach(services) as it:
        assert it.app.theme == "hipcoach-light"
        assert it.app.theme_variables["side-left"] == meanings(dark=False)["side-left"]


async def test_a_theme_that_there_is_not_is_named_and_left_in_the_file(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.paths.settings.parent.mkdir(parents=True)
    services.paths.settings.write_text('[look]\ntheme = "hipcoach-drak"\n')
    services.settings = load_settings(services.paths.settings)[0]
    async with coach(services) as it:
        await it.until(it.notices)
        assert "did you mean 'hipcoach-dark'?" in it.notices()[0]
        assert it.app.theme == "hipcoach-dark"
        assert "drak" in services.paths.settings.read_text()


async def test_themes_of_every_kind_can_be_chosen_on_every_screen(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        # Those of the terminal's own colours have no colours that can be computed with.
        names = [name for name in it.app.available_themes if "ansi" in name] + ["nord", "textual-light"]
        assert len(names) > 2
        for key, screen in (("comma", SettingsScreen), ("h", HistoryScreen)):
            await it.press(key)
            await it.on(screen)
            for name in names:
                it.app.theme = name
                await it.settle()
            await it.press("escape")
        await it.press("enter")
        await it.on(SessionScreen)
        for name in names:
            it.app.theme = name
            await it.pass_time(1)
        assert it.notices() == []


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "nord", "hipcoach-light"])
@pytest.mark.slow
async def test_the_history_opens_in_every_kind_of_theme(tmp_path: Path, theme: str) -> None:
    services = services_below(tmp_path)
    services.now = lambda: NOW
    save_record(services.paths.sessions, record_of_day(1))
    services.settings = replace(services.settings, look=LookSettings(theme=theme))
    async with coach(services) as it:
        await it.press("h")
        await it.on(HistoryScreen)
        await it.until(lambda: it.screen.query_one(SessionTable).row_count, "the session")
        await it.press("enter")
        await it.on(SessionDetailScreen)
        assert it.app.theme == theme
