"""Makes settings work: all of them as the app opens, and each one at once when it is changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from textual.constants import TEXTUAL_ANIMATIONS

from hipcoach.audio.backends import open_sounds
from hipcoach.core.text import nearest
from hipcoach.live.services import open_speech
from hipcoach.storage.settings import Setting, Settings, all_settings
from hipcoach.ui.keymap import keymap_problems

if TYPE_CHECKING:
    from hipcoach.ui.app import HipcoachApp


def take_up_settings(app: HipcoachApp) -> None:
    """Give the app its theme, keys and motion; what is wrong with them goes to the problems to be told."""
    services = app.services
    theme = services.settings.look.theme
    if theme not in app.available_themes:
        near = nearest(theme, app.available_themes)
        hint = f"did you mean {near!r}?" if near else "the settings screen lists them."
        services.problems.append(f"settings.toml: look: theme: there is no theme {theme!r}: {hint}")
        services.settings = replace(
            services.settings, look=replace(services.settings.look, theme=Settings().look.theme)
        )
    app.theme = services.settings.look.theme
    _set_motion(app)
    app.set_keymap(dict(services.settings.keys))
    services.problems.extend(keymap_problems(services.settings.keys))


def change_setting(app: HipcoachApp, setting: Setting, value: Any) -> Future[str]:
    """Set a value from now on, and soon in the file. The result is a sentence where that fails.

    None stands for what is usual; the file then says nothing of it.
    """
    services, before = app.services, app.services.settings
    wanted = setting.value(Settings()) if value is None else value
    services.settings = setting.changed(before, wanted)
    _work_at_once(app, setting, before)
    return services.write_setting(setting.table, setting.name, value)


def change_keys(app: HipcoachApp, binding: str, keys: str | None) -> Future[str]:
    """Give an action other keys from now on, and soon in the file; None for its own. Returns as above."""
    changed = with_keys(app.services.settings.keys, binding, keys)
    app.services.settings = replace(app.services.settings, keys=changed)
    app.set_keymap(dict(changed))
    return app.services.write_setting("keys", binding, keys)


def with_keys(before: Mapping[str, str], binding: str, keys: str | None) -> dict[str, str]:
    """The keys of all actions with others for one of them."""
    rest = {name: each for name, each in before.items() if name != binding}
    return rest if keys is None else {**rest, binding: keys}


def theme_was_chosen(app: HipcoachApp, theme: str) -> None:
    """A theme was chosen in the palette: it stays."""
    if theme != app.services.settings.look.theme:
        change_setting(app, all_settings()["look.theme"], theme)


def _work_at_once(app: HipcoachApp, setting: Setting, before: Settings) -> None:
    services, settings = app.services, app.services.settings
    if settings.look.theme != before.look.theme:
        app.theme = settings.look.theme
    if settings.look.less_motion is not before.look.less_motion:
        _set_motion(app)
    if settings.audio.backend is not before.audio.backend:
        services.sounds.close()
        services.sounds = open_sounds(settings.audio.backend.value, os.environ, app.bell)
    if setting.key == "speech.on":
        # What was last switched in a session would go before it.
        services.remember(lambda state: replace(state, speech=None))
    elif settings.speech != before.speech:
        services.close_speech()
        services.speech = open_speech(settings.speech, services.paths)


def _set_motion(app: HipcoachApp) -> None:
    app.animation_level = "none" if app.services.settings.look.less_motion else TEXTUAL_ANIMATIONS
