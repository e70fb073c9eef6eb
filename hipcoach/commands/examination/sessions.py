"""Sessions, self-tests and marked days: how many there are, which were cut off, what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hipcoach.commands.examination.finding import Finding
from hipcoach.core.stats import without_future
from hipcoach.paths import AppPaths
from hipcoach.storage.marked_days import load_marked_days
from hipcoach.storage.recovery import look_at_unfinished
from hipcoach.storage.self_test_log import load_self_tests
from hipcoach.storage.session_index import SessionIndex

MEND = "Mend it with a text editor, or move it away; hipcoach leaves it as it is."


def look_at_sessions(paths: AppPaths) -> Iterator[Finding]:
    """Look at the session log and at the journals of sessions that were cut off."""
    log = SessionIndex(paths.sessions).read()
    good, future = without_future(log.entries, datetime.now().astimezone())
    yield Finding("sessions", True, f"{len(good)} in the log")
    for problem in log.problems:
        yield Finding("session file", False, problem, MEND)
    for copy in log.copies:
        yield Finding("sync copy", True, copy, "Keep the one you want and remove the other.")
    for record in future:
        how = f"{record.id} is dated {record.started:%Y-%m-%d %H:%M}, in the future"
        yield Finding("session file", False, how, "Correct 'started' and 'day' in it, and check the clock.")
    for problem in (*load_self_tests(paths.self_tests).problems, *load_marked_days(paths.days).problems):
        yield Finding("file", False, problem, MEND)
    found = look_at_unfinished(paths.journals)
    for each in found.unfinished:
        begun = f"{each.header.plan.title}, begun {each.header.started:%Y-%m-%d %H:%M}"
        to_do = "If it is not running in another window, open hipcoach: it offers to go on, save or discard."
        yield Finding("unfinished", False, f"{begun}, is running or was cut off", to_do)
    for problem in found.problems:
        yield Finding("unfinished", False, problem, "Move it away if you do not miss that session.")
    if not found.unfinished and not found.problems:
        yield Finding("unfinished", True, "no session was cut off")
