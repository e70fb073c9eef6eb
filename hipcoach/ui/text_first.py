"""Text fields come first: a key that writes something writes there, whatever else it has been given to."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.app import App
from textual.keys import key_to_character


def sign_of(key: str) -> str | None:
    """The sign that a key writes, by the key's name; None where it writes none."""
    bare = key.removeprefix("shift+")
    sign = key_to_character(bare if len(bare) == 1 else key)
    return sign if sign is not None and sign.isprintable() else None


@runtime_checkable
class Writing(Protocol):
    """A screen where one can just begin to write."""

    def begins_to_write(self, sign: str) -> bool:
        """Whether this sign begins a text, whose field has the focus from now on."""
        ...


class TextFirst(App[int]):
    """An app whose text fields get every sign. Textual sees to that for the keys that bindings come with, not
    for those that the user gives them: one that leaves the app from anywhere would leave it over a note.

    A screen that begins a text with a sign is asked here, where keys are taken one by one: by the time that
    it heard of the first key itself, the second could be in the field already.
    """

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        sign = sign_of(key)
        if priority and sign:
            if self.focused is not None and self.focused.check_consume_key(key, sign):
                return False
            if isinstance(self.screen, Writing) and self.screen.begins_to_write(sign):
                return False
        return await super()._check_bindings(key, priority)
