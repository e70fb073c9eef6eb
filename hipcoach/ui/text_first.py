"""Text fields come first: a key that writes something writes there, whatever else it has been given to."""

from __future__ import annotations

from textual.app import App
from textual.keys import key_to_character


def sign_of(key: str) -> str | None:
    """The sign that a key writes, by the key's name; None where it writes none."""
    bare = key.removeprefix("shift+")
    sign = key_to_character(bare if len(bare) == 1 else key)
    return sign if sign is not None and sign.isprintable() else None


class TextFirst(App[int]):
    """An app whose text fields get every sign. Textual sees to that for the keys that bindings come with, not
    for those that the user gives them: one that leaves the app from anywhere would leave it over a note."""

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        sign = sign_of(key)
        if priority and sign and self.focused is not None and self.focused.check_consume_key(key, sign):
            return False
        return await super()._check_bindings(key, priority)
