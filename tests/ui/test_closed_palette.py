"""A fault of Textual's own palette does not end a session; any other fault still ends the app."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import command
from textual.css.query import NoMatches
from textual.worker import WorkerFailed

from tests.ui.support import coach
from tests.ui.surroundings import services_below


def failed_in(filename: str, error: str) -> WorkerFailed:
    """What a worker reports whose code in that file raised the error."""
    code = compile(f"raise {error}('its list is gone')", filename, "exec")
    try:
        exec(code, {"NoMatches": NoMatches})
    except Exception as raised:  # noqa: BLE001 - whatever the line above was asked to raise
        return WorkerFailed(raised)
    raise AssertionError("nothing was raised")


async def test_a_palette_that_misses_its_own_list_leaves_the_session_alone(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        it.app._handle_exception(failed_in(command.__file__, "NoMatches"))
        await it.pass_time(2.0)
        assert it.app._exception is None
        assert it.live.session.elapsed(it.clock.now) == pytest.approx(2.0)


@pytest.mark.parametrize(("filename", "error"), [(__file__, "NoMatches"), (command.__file__, "LookupError")])
async def test_other_faults_end_the_app(tmp_path: Path, filename: str, error: str) -> None:
    with pytest.raises(WorkerFailed):
        async with coach(services_below(tmp_path)) as it:
            it.app._handle_exception(failed_in(filename, error))
            await it.left()
