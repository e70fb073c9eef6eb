"""The user's own files and order in the picker: watched, edited, favourites, moved."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from textual import work

from hipcoach.errors import HipcoachError, StorageError
from hipcoach.storage.table import Problem
from hipcoach.storage.user_catalog import OwnCatalog, load_own, state_of
from hipcoach.ui.file_problems import by_file
from hipcoach.ui.routine_order import with_favourite, with_move
from hipcoach.ui.screens.choice import Answer, ChoiceScreen
from hipcoach.ui.screens.routine_choices import RoutineChoices

WATCH = 2.0
"""Seconds between two looks whether a file has changed."""
NEW_SHEET = "title: My routine\n\n"
COPY_ANSWERS = (Answer("no", "n", "No"), Answer("yes", "y", "Yes: copy it and open the copy"))


class OwnRoutines(RoutineChoices):
    """The part of the picker that is about the user's own files, and their own order."""

    @property
    def problems(self) -> dict[str, list[Problem]]:
        """The problems of the user's files, by file."""
        own = self.services.own
        return {} if own is None else dict(by_file(own.problems))

    @property
    def highlighted_file(self) -> str | None:
        """The file with a problem that is under the cursor, if it is one."""
        raise NotImplementedError

    def shown_ids(self) -> list[str]:
        """The routines listed now, from top to bottom."""
        raise NotImplementedError

    @work(exclusive=True, group="files")
    async def watch_files(self) -> None:
        """As long as this screen is there, take up what changes in the user's directories."""
        config = self.services.paths.config
        seen = await asyncio.to_thread(state_of, config)
        while True:
            await asyncio.sleep(WATCH)
            if self.app.screen is self:
                state = await asyncio.to_thread(state_of, config)
                if state != seen:
                    seen = state
                    await self.read_files()

    async def read_files(self) -> None:
        """Read the user's files anew, and list what is there now."""
        try:
            own = await asyncio.to_thread(load_own, self.services.paths.config)
        except HipcoachError as error:
            self.notify(error.message, title=error.title, severity="error", markup=False)
            return
        self._take_up(own)

    def _take_up(self, own: OwnCatalog) -> None:
        self.services.own = own
        self.services.catalog = own.catalog
        self.refill()

    def action_favourite(self) -> None:
        """Among the favourites, which come first, or not."""
        routine = self.highlighted
        if routine is not None:
            self.services.remember(lambda memory: with_favourite(memory, routine.id))
            self.refill()

    def action_move(self, by: int) -> None:
        """One place up or down in the list."""
        routine = self.highlighted
        if routine is not None:
            catalog, shown = self.services.catalog, self.shown_ids()
            self.services.remember(lambda memory: with_move(memory, catalog, shown, routine.id, by))
            self.refill()

    @work(exclusive=True, group="start")
    async def action_edit(self) -> None:
        """Open the file of the routine; a bundled one is copied to the user's directory first."""
        from hipcoach.ui.editing import edit

        path = await self._file_to_edit()
        if path is None:
            return
        problem = edit(self.app, path)
        if problem:
            self.notify(problem, title="Not opened", timeout=15, markup=False)
        await self.read_files()

    @work(exclusive=True, group="start")
    async def action_build(self) -> None:
        """Write a routine in short lines: a new one, or a copy of the highlighted one to change."""
        # Late: most who open the list only want to start.
        from hipcoach.ui.screens.builder import BuilderScreen
        from hipcoach.ui.sheet_view import copy_of

        text = NEW_SHEET
        routine = self.highlighted
        if routine is not None:
            answers = (
                Answer("new", "n", "A new routine"),
                Answer("copy", "c", f"A copy of “{routine.title}” to change"),
                Answer("back", "b", "Back"),
            )
            answer = await self.app.push_screen_wait(ChoiceScreen("Build a routine", "", answers, "back"))
            if answer == "back":
                return
            if answer == "copy":
                text = copy_of(routine, self.services.catalog)
        saved = await self.app.push_screen_wait(BuilderScreen(self.services, text))
        if saved is not None:
            await self.read_files()
            self.refill(saved)

    async def _file_to_edit(self) -> Path | None:
        from hipcoach.resources import bundled
        from hipcoach.storage.atomic import write_atomically

        config = self.services.paths.config
        if self.highlighted_file is not None:
            return config / self.highlighted_file
        routine = self.highlighted
        if routine is None:
            return None
        own = self.services.own
        if own is not None and routine.id in own.files:
            return config / own.files[routine.id]
        target = config / "routines" / f"{routine.id}.toml"
        if target.exists():
            # A copy that is left out because of a problem.
            return target
        text = f"It comes with hipcoach. A copy of your own takes its place:\n{target}"
        answer = await self.app.push_screen_wait(
            ChoiceScreen(f"Copy “{routine.title}” to change it?", text, COPY_ANSWERS)
        )
        if answer != "yes":
            return None
        try:
            content = await asyncio.to_thread((bundled("data") / "routines" / target.name).read_bytes)
            await self.services.writer.done(partial(write_atomically, target, content, replace=False))
        except (OSError, StorageError) as error:
            self.notify(str(error), title="Not copied", severity="error", markup=False)
            return None
        return target
