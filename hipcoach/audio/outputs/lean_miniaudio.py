"""miniaudio without what it loads for streams from the Internet: more than all the rest of a player.

As soon as it is imported it imports Python's HTTP, TLS, e-mail and HTML, and NumPy where there is any: 8 MB
and 60 ms (miniaudio 1.71 with Python 3.11, without NumPy). None of that is used to play samples.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module
from types import ModuleType

UNUSED = ("urllib.request", "html", "inspect")
"""What miniaudio imports and has no need of to play samples."""
OPTIONAL = "numpy"
"""What it takes if it is there, to be given samples in."""


class _Later(ModuleType):
    """Stands for a module, which is loaded once anything of it is used after all."""

    def __getattr__(self, name: str) -> object:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def load_miniaudio() -> None:
    """Load miniaudio, if it can be loaded, without what it does not need; `import miniaudio` then gives it.

    Other modules import what they want as ever, also afterwards. Only for a process that plays and does
    nothing else: no other thread may import any of that meanwhile.
    """
    if "miniaudio" in sys.modules:
        return
    stand_ins = {name: _Later(name) for name in UNUSED if name not in sys.modules}
    sys.modules.update(stand_ins)
    for name, stand_in in stand_ins.items():
        package, _, module = name.rpartition(".")
        if package:
            setattr(import_module(package), module, stand_in)
    is_blocked = OPTIONAL not in sys.modules
    if is_blocked:
        # None is how an import is told that there is no such module; mypy knows of modules alone.
        sys.modules[OPTIONAL] = None  # type: ignore[assignment]  # as said above
    with suppress(ImportError):
        import_module("miniaudio")
    if is_blocked:
        del sys.modules[OPTIONAL]
    for name, stand_in in stand_ins.items():
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
