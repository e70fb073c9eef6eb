"""The self-tests on the screen: side by side, kept or not, never lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hipcoach.core.exercise import Side
from hipcoach.core.self_test import SelfTestRecord, SelfTestResult
from hipcoach.storage.day_files import load_self_tests, save_self_test
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.self_test import SelfTestScreen
from hipcoach.ui.widgets.figure_player import FigurePlayer
from tests.ui.support import Coach, coach
from tests.ui.surroundings import NOON, real_catalog, services_below

RIGHT_TIGHT = SelfTestResult(
    "figure-four", "Figure 4", Side.RIGHT, "the leg", "a-fist-or-more", "A fist", True
)


async def begin(it: Coach) -> SelfTestScreen:
    await it.press("t")
    await it.on(SelfTestScreen)
    assert isinstance(it.screen, SelfTestScreen)
    return it.screen


def kept(it: Coach) -> tuple[SelfTestRecord, ...]:
    return load_self_tests(it.services.paths.self_tests).records


async def test_both_tests_are_done_on_both_sides_and_kept(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        await begin(it)
        assert "rule nothing out" in it.shown("words")
        assert "Jason D'Amelio" in it.shown("words")
        headings = []
        for key in ("b", "l", "n", "f", "l"):
            await it.press(key)
            headings.append(it.shown("heading"))
        assert [each.split(",")[0] for each in headings] == [
            "Knee to chest: RIGHT",
            "Knee to chest: LEFT",
            "Figure 4: RIGHT",
            "Figure 4: LEFT",
            "What was found",
        ]
        words = it.shown("words")
        assert "Knee to chest, right: tight" in words
        assert "tight hip flexors" in words
        assert "Figure 4, left: not tight" in words
        assert "rule nothing out" in words
        await it.press("k")
        await it.on(PickerScreen)
        (record,) = kept(it)
        assert (record.started, record.day) == (NOON, NOON.date())
        assert [(each.test, each.side, each.tight) for each in record.results] == [
            ("knee-to-chest", Side.RIGHT, True),
            ("knee-to-chest", Side.LEFT, False),
            ("figure-four", Side.RIGHT, True),
            ("figure-four", Side.LEFT, False),
        ]


async def test_arrows_and_enter_answer_too(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        screen = await begin(it)
        await it.press("enter", "down", "enter")
        (result,) = screen.results
        assert result.answer == "leg-lifts"


async def test_a_side_can_be_left_out_and_answered_anew(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        screen = await begin(it)
        await it.press("b", "b", "s", "p", "p", "n")
        assert [(each.side, each.answer) for each in screen.results] == [(Side.RIGHT, "neither")]
        assert it.shown("heading").startswith("Knee to chest: LEFT")
        await it.press("s", "s", "s")
        assert "Knee to chest, right: not tight" in it.shown("words")


async def test_where_nothing_was_found_nothing_is_kept(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await begin(it)
        await it.press("b", "s", "s", "s", "s")
        assert "Nothing was tested" in it.shown("words")
        await it.press("enter")
        await it.on(PickerScreen)
        assert kept(it) == ()
        await begin(it)
        await it.press("b", "escape")
        await it.on(PickerScreen)


@pytest.mark.parametrize(("answer", "number"), [("k", 1), ("d", 0)])
async def test_leaving_in_the_middle_asks_what_becomes_of_it(
    tmp_path: Path, answer: str, number: int
) -> None:
    async with coach(services_below(tmp_path)) as it:
        await begin(it)
        await it.press("b", "n", "escape")
        await it.on(ChoiceScreen)
        await it.press("g")
        await it.on(SelfTestScreen)
        await it.press("escape")
        await it.on(ChoiceScreen)
        await it.press(answer)
        await it.on(PickerScreen)
        assert len(kept(it)) == number


async def test_results_are_compared_with_the_last_time(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    started = datetime(2026, 2, 2, 9, tzinfo=UTC)
    save_self_test(
        services.paths.self_tests,
        SelfTestRecord("20260202T090000Z-aaaaaa", started, started.date(), (RIGHT_TIGHT,)),
    )
    async with coach(services) as it:
        screen = await begin(it)
        await it.until(lambda: screen.last)
        await it.press("b", "s", "s", "l", "l")
        words = it.shown("words")
        assert "It was tight on 02 Feb 2026." in words
        assert words.count("It was") == 1


async def test_what_cannot_be_saved_stays_on_the_screen(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.paths.data.mkdir(parents=True)
    services.paths.self_tests.write_text("in the way")
    async with coach(services) as it:
        await begin(it)
        await it.press("b", "n", "n", "l", "l", "k")
        await it.until(lambda: it.notices())
        assert isinstance(it.screen, SelfTestScreen)
        services.paths.self_tests.unlink()
        await it.press("k")
        await it.on(PickerScreen)
        assert len(kept(it)) == 1


async def test_the_figure_shows_the_side_of_the_page(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, catalog=real_catalog())) as it:
        screen = await begin(it)
        player = screen.query_one(FigurePlayer)
        assert not player.region
        seen = []
        for key in ("b", "n", "n"):
            await it.press(key)
            await it.until(lambda: not player.is_blank, "the figure")
            seen.append((player.side, list(player._rows)))
        right, left, other_test = seen
        assert right[0] is not left[0]
        assert right[1] != left[1] != other_test[1]


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (20, 5)])
async def test_there_is_room_in_any_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    async with coach(services_below(tmp_path), size=size) as it:
        screen = await begin(it)
        assert not screen.query_one("#figure").region
        await it.press("b", "n", "n", "l", "l", "enter")
        await it.on(PickerScreen)
        assert [each.day for each in kept(it)] == [date(2026, 3, 4)]
