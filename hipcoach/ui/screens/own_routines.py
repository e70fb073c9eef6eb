"""The user's own files and order in the picker: watched, edited, favourites, moved."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from hipcoach.core.routine import Routine
from hipcoach.errors import HipcoachError, StorageError
from hipcoach.storage.atomic import is_there
from hipcoach.storage.catalog import OwnCatalog, load_own, state_of
from hipcoach.storage.removed import Removed
from hipcoach.storage.typed import Problem
from hipcoach.ui.file_problems import by_file
from hipcoach.ui.routine_order import with_favourite, with_move
from hipcoach.ui.screens.choice import Answer, ChoiceScreen
from hipcoach.ui.screens.routine_choices import RoutineChoices

if TYPE_CHECKING:
    from hipcoach.live.drafts import Draft
    from hipcoach.ui.screens.builder import Changed

WATCH = 2.0
"""Seconds between two looks whether a file has changed."""
NEW_SHEET = "title: My routine\n\n"
DELETE_ANSWERS = (Answer("no", "n", "No"), Answer("yes", "y", "Yes: delete it"))
COPY_ANSWERS = (Answer("no", "n", "No"), Answer("yes", "y", "Yes: change a copy"))
MOST_DRAFTS = 5
"""Unsaved texts that are offered, the newest."""


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
        """As long as this screen is there, take up what changes in files, also by other windows."""
        config, memory = self.services.paths.config, self.services.paths.memory
        seen = await asyncio.to_thread(state_of, config)
        remembered = await asyncio.to_thread(_last_change, memory)
        while True:
            await asyncio.sleep(WATCH)
            if self.app.screen is self:
                state = await asyncio.to_thread(state_of, config)
                if state != seen:
                    seen = state
                    await self.read_files()
                change = await asyncio.to_thread(_last_change, memory)
                if change != remembered:
                    remembered = change
                    self.services.catch_up()

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
            liked = routine.id not in self.services.state.favourites
            self.services.remember(lambda state: with_favourite(state, routine.id, liked=liked))
            self.refill()

    def action_move(self, by: int) -> None:
        """One place up or down in the list."""
        routine = self.highlighted
        if routine is not None:
            catalog, shown = self.services.catalog, self.shown_ids()
            self.services.remember(lambda state: with_move(state, catalog, shown, routine.id, by))
            self.refill()

    @work(exclusive=True, group="start")
    async def action_edit(self) -> None:
        """Change the routine: in short lines where they can say it all, else in the user's editor."""
        from hipcoach.core.sheet.printing import sheet_text
        from hipcoach.storage.sheet_file import routine_path
        from hipcoach.ui.editing import editor_of
        from hipcoach.ui.screens.builder import Changed

        routine, file = self.highlighted, self._own_file
        if file is not None and routine is not None:
            await self._change(routine, file)
        elif editor_of(os.environ):
            await self._edit_file()
        elif file is not None:
            await self._mend(file)
        elif routine is not None and await self._copy_is_wanted(routine):
            changed = Changed(routine.id, routine_path(self.services.paths.config, routine.id), None)
            await self._build(sheet_text(routine, self.services.catalog), changed)

    @work(exclusive=True, group="start")
    async def action_edit_file(self) -> None:
        """Open the file of the routine; a bundled one is copied to the user's directory first."""
        await self._edit_file()

    @work(exclusive=True, group="start")
    async def action_delete(self) -> None:
        """Move a file of the user's out of the way, once that is confirmed."""
        from hipcoach.storage.catalog import bundled_catalog, others_that_need
        from hipcoach.storage.removed import set_aside

        file, routine = self._own_file, self.highlighted
        if file is None:
            return
        name = file.name if routine is None else routine.title
        aside = self.services.paths.removed_routines.with_name(file.parent.name)
        own = self.services.own
        text = f"{file}\nmoves to {aside}. u brings it back."
        if routine is not None and routine.id in bundled_catalog().routines:
            text += "\nThe one that comes with hipcoach takes its place again."
        others = [] if own is None else await asyncio.to_thread(others_that_need, file, own)
        if others:
            text += f"\nWithout its exercises these are left out: {', '.join(others)}."
        question = ChoiceScreen(f"Delete “{name}”?", text, DELETE_ANSWERS)
        if await self.app.push_screen_wait(question) != "yes":
            return
        try:
            self.deleted = await self.services.writer.done(partial(set_aside, file.parent, file.stem, aside))
        except StorageError as error:
            self.notify(error.message, title="Not deleted", severity="error", markup=False)
            return
        self.any_deleted = True
        await self.read_files()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the key that deletes where there is no file of the user's."""
        if action == "delete":
            return self.is_mounted and self._own_file is not None
        return super().check_action(action, parameters)

    def last_deleted(self) -> Removed | None:
        """The routine's file that was deleted last, also by an earlier run. Reads files: use a thread.

        Raises:
            StorageError: they cannot be listed.
        """
        from hipcoach.storage.removed import last_removed

        aside = self.services.paths.removed_routines
        return last_removed(self.services.paths.config / "routines", aside) if is_there(aside) else None

    async def bring_back(self) -> None:
        """Put the file back that was deleted last."""
        from hipcoach.storage.removed import put_back

        paths = self.services.paths
        try:
            removed = self.deleted or await asyncio.to_thread(self.last_deleted)
            if removed is None:
                return
            await self.services.writer.done(partial(put_back, removed))
        except StorageError as error:
            self.notify(error.message, title="It cannot be brought back", severity="error", markup=False)
            return
        self.deleted = None
        with suppress(StorageError):
            self.any_deleted = await asyncio.to_thread(self.last_deleted) is not None
        await self.read_files()
        back = removed.moves[0][1]
        files = {} if self.services.own is None else self.services.own.files
        self.refill(next((name for name, file in files.items() if paths.config / file == back), None))

    @work(exclusive=True, group="start")
    async def action_build(self) -> None:
        """Write a routine in short lines: a new one, or a copy of the highlighted one to change."""
        # Late: most who open the list only want to start.
        from hipcoach.live.drafts import ROUTINE, Draft, drafts
        from hipcoach.ui.screens.builder import draft_words
        from hipcoach.ui.sheet_view import copy_of

        text = NEW_SHEET
        routine = self.highlighted
        unsaved = (await asyncio.to_thread(drafts, self.services, ROUTINE))[:MOST_DRAFTS]
        draft = None
        answers = [
            Answer(each.path.name, str(number), f"Continue {draft_words(each, self.services.today)}")
            for number, each in enumerate(unsaved, 1)
        ]
        answers.append(Answer("new", "n", "A new routine"))
        if routine is not None:
            answers.append(Answer("copy", "c", f"A copy of “{routine.title}” to change"))
        if len(answers) > 1:
            answers.append(Answer("back", "b", "Back"))
            question = ChoiceScreen("Build a routine", "", tuple(answers), "back")
            answer = await self.app.push_screen_wait(question)
            if answer == "back":
                return
            if answer == "copy" and routine is not None:
                text = copy_of(routine, self.services.catalog)
            kept = next((each for each in unsaved if each.path.name == answer), None)
            if kept is not None:
                draft = Draft(self.services, kept.key)
                if not await asyncio.to_thread(draft.claim, kept):
                    words = "Another window continues it, or has saved or discarded it."
                    self.notify(words, title="Not opened", severity="warning", markup=False)
                    return
        await self._build(text, draft=draft)

    async def _build(self, text: str, changed: Changed | None = None, draft: Draft | None = None) -> None:
        # Late: most who open the list only want to start.
        from hipcoach.live.drafts import NEW_ROUTINE, ROUTINE_OF, Draft, continued
        from hipcoach.ui.screens.builder import BuilderScreen

        if draft is None and changed is not None:
            draft = await asyncio.to_thread(continued, self.services, ROUTINE_OF + changed.id)
        draft = draft or Draft(self.services, NEW_ROUTINE)
        saved = await self.app.push_screen_wait(BuilderScreen(self.services, text, draft, changed))
        if saved is not None:
            await self.read_files()
            self.refill(saved)

    async def _change(self, routine: Routine, file: Path) -> None:
        from hipcoach.storage.sheet_file import sheet_of_file
        from hipcoach.ui.editing import editor_of
        from hipcoach.ui.screens.builder import Changed
        from hipcoach.ui.sheet_view import copy_of

        catalog = self.services.catalog
        try:
            short = await asyncio.to_thread(sheet_of_file, file, routine, catalog)
        except (FileNotFoundError, StorageError) as error:
            self.notify(str(error), title="Not opened", severity="error", markup=False)
            return
        if not short.lost:
            await self._build(short.text, Changed(routine.id, file, short.content))
            return
        editor = editor_of(os.environ)
        answers = [Answer("copy", "c", "Change a copy in short lines; the file stays as it is")]
        if editor:
            answers.insert(0, Answer("file", "e", f"Open the file in {Path(editor[0]).name}"))
        text = f"Short lines would lose what its file holds: {', '.join(short.lost)}.\n{file}"
        question = ChoiceScreen(
            f"Change “{routine.title}”?", text, (*answers, Answer("back", "b", "Back")), "back"
        )
        answer = await self.app.push_screen_wait(question)
        if answer == "file":
            await self._edit_file()
        elif answer == "copy":
            await self._build(copy_of(routine, catalog))

    async def _mend(self, file: Path) -> None:
        """Change the lines that a file with a problem was made of; without any there is only an editor."""
        from hipcoach.storage.sheet_file import origin_of
        from hipcoach.storage.text_file import read_text

        origin = ""
        with suppress(FileNotFoundError, StorageError):
            origin, _ = origin_of(await asyncio.to_thread(read_text, file))
        if origin:
            await self._build(origin)
        else:
            await self._edit_file()

    @property
    def _own_file(self) -> Path | None:
        """The user's file under the cursor: of a routine, or one with a problem."""
        config, routine, own = self.services.paths.config, self.highlighted, self.services.own
        if self.highlighted_file is not None:
            return config / self.highlighted_file
        file = own.files.get(routine.id) if own is not None and routine is not None else None
        return config / file if file else None

    async def _edit_file(self) -> None:
        from hipcoach.ui.editing import NO_EDITOR, edit, editor_of

        path = self._own_file
        if path is None and not editor_of(os.environ):
            self.notify(f"{NO_EDITOR} e changes a copy here.", title="Not opened", timeout=15, markup=False)
            return
        if path is None:
            path = await self._copied_file()
        if path is None:
            return
        problem = edit(self.app, path)
        if problem:
            self.notify(problem, title="Not opened", timeout=15, markup=False)
        await self.read_files()

    async def _copy_is_wanted(self, routine: Routine) -> bool:
        from hipcoach.storage.sheet_file import routine_path

        target = routine_path(self.services.paths.config, routine.id)
        text = f"It comes with hipcoach. A copy of your own takes its place:\n{target}"
        question = ChoiceScreen(f"Copy “{routine.title}” to change it?", text, COPY_ANSWERS)
        # Another screen may have been opened meanwhile: the question is none of its.
        return self.app.screen is self and await self.app.push_screen_wait(question) == "yes"

    async def _copied_file(self) -> Path | None:
        from hipcoach.paths import bundled
        from hipcoach.storage.atomic import write_atomically
        from hipcoach.storage.sheet_file import routine_path

        routine = self.highlighted
        if routine is None:
            return None
        target = routine_path(self.services.paths.config, routine.id)
        # One that is there already is left out because of a problem.
        if is_there(target) or not await self._copy_is_wanted(routine):
            return target if is_there(target) else None
        try:
            content = await asyncio.to_thread((bundled("data") / "routines" / target.name).read_bytes)
            await self.services.writer.done(partial(write_atomically, target, content, replace=False))
        except (OSError, StorageError) as error:
            self.notify(str(error), title="Not copied", severity="error", markup=False)
            return None
        return target


def _last_change(path: Path) -> int:
    """When a file was last written; 0 where it is not there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
