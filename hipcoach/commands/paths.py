"""`hipcoach paths`: where everything lives."""

from __future__ import annotations

from argparse import Namespace

from hipcoach.commands.output import say, say_json, table
from hipcoach.paths import AppPaths, bundled


def run(options: Namespace, paths: AppPaths) -> int:
    """Print every place; none is made by this."""
    places = {
        "data": paths.data,
        "sessions": paths.sessions,
        "self_tests": paths.self_tests,
        "days": paths.days,
        "removed": paths.removed,
        "config": paths.config,
        "settings": paths.settings,
        "state": paths.state,
        "journal": paths.journals,
        "memory": paths.memory,
        "error_log": paths.error_log,
        "cache": paths.cache,
        "session_index": paths.session_index,
        "bundled_data": bundled("data"),
        "bundled_sounds": bundled("sounds"),
    }
    if options.json:
        say_json({name: str(path) for name, path in places.items()})
        return 0
    say(table(("what", "where"), [(name.replace("_", " "), str(path)) for name, path in places.items()]))
    say()
    say("Nothing else is written. To remove everything, delete data, config, state and cache.")
    return 0
