"""Make the pictures of the README and the docs from the real screens: `make screenshots`.

Everything that moves is held still: the clocks are turned by hand, the log is made up here.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from hipcoach import __version__, cli
from hipcoach.audio.sounds import Sounds, SoundStatus
from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.history.record import record_of
from hipcoach.core.session import Session
from hipcoach.live.services import Services
from hipcoach.paths import AppPaths
from hipcoach.storage.app_state import AppState
from hipcoach.storage.catalog import bundled_catalog
from hipcoach.storage.session_log import new_id, save_record
from hipcoach.storage.settings import Settings
from hipcoach.ui.app import HipcoachApp

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "images"
NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
SIZE = (120, 40)
DAYS_AGO = (0, 1, 3, 4, 7, 8, 10, 14, 15, 17, 18, 22, 24, 25, 29, 31, 32, 36, 39, 44, 45, 50, 52, 60, 66)


class HandClock:
    """A clock that goes when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time it shows, in seconds."""
        return self.now


def services_in(root: Path, clock: HandClock) -> Services:
    """Services for pictures, with their files below `root`."""
    sounds = Sounds()
    # The pictures show the screen of a machine with sound.
    sounds.status = SoundStatus(working=True, backend="miniaudio", reason="")
    return Services(
        paths=AppPaths(root / "data", root / "config", root / "state", root / "cache"),
        catalog=bundled_catalog(),
        settings=Settings(),
        state=AppState(safety_read=True, last_routine="nine-drills"),
        sounds=sounds,
        clock=clock,
        boot=None,
        now=lambda: NOW,
    )


def make_log(services: Services) -> None:
    """Write a plausible log of the last weeks."""
    names = list(services.catalog.routines)
    for number, days in enumerate(DAYS_AGO):
        started = NOW - timedelta(days=days, hours=1, minutes=number)
        plan = compile_plan(services.catalog.routines[names[number % 3]], services.catalog)
        length = plan.total_seconds
        session = Session.begin(plan, 0.0)
        session = session.advance(length / 3).finish(length / 3) if number == 4 else session.advance(length)
        record = record_of(
            session,
            now=length,
            id=new_id(started, f"{number:06x}"),
            started=started,
            day=started.date(),
            app_version=__version__,
            choices={},
        )
        save_record(services.paths.sessions, replace(record, note="hips feel easier" if number == 2 else ""))


def save(app: HipcoachApp, name: str) -> None:
    """Save what the app shows, without the web font that a picture should not fetch."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", app.export_screenshot(title="hipcoach"), flags=re.DOTALL)
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{name}.svg").write_text(svg.replace("Fira Code", "DejaVu Sans Mono"), encoding="utf-8")


async def at_rest(app: HipcoachApp) -> None:
    """Wait until everything is read; only the watch on the user's files goes on for ever."""
    while any(not each.is_finished and each.group != "files" for each in app.workers):
        await asyncio.sleep(0.02)


async def take(root: Path) -> None:
    """Take every picture."""
    clock = HandClock()
    services = services_in(root, clock)
    make_log(services)
    app = HipcoachApp(services)
    async with app.run_test(size=SIZE) as pilot:
        await at_rest(app)
        await pilot.pause()
        save(app, "picker")
        await pilot.press("h")
        await at_rest(app)
        await pilot.pause()
        save(app, "history")
        await pilot.press("escape")
        await pilot.press("enter")
        await at_rest(app)
        await pilot.pause()
        plan = compile_plan(services.catalog.routines["nine-drills"], services.catalog, Choices())
        wanted = {"lead-in": 3.2, "session": 16.8, "switch": plan.steps[2].start + 1.0}
        start = clock.now
        for name, at in sorted(wanted.items(), key=lambda pair: pair[1]):
            while clock.now < start + at:
                clock.now = min(clock.now + 1.0, start + at)
                session = app.running_session
                if session is not None:
                    session.tick()
            await pilot.pause()
            save(app, name)
        await pilot.press("space")
        await pilot.pause()
        save(app, "paused")


def main() -> None:
    """Make all pictures."""
    with tempfile.TemporaryDirectory() as root:
        asyncio.run(take(Path(root)))
    sys.exit(cli.main(["figure", "--sheet", str(PICTURES / "figures.svg"), "--force"]))


if __name__ == "__main__":
    main()
