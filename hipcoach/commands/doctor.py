"""`hipcoach doctor`: what works here, what does not, and what to do about it."""

from __future__ import annotations

import codecs
import os
import platform
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib import metadata
from pathlib import Path

from msgspec import Struct

from hipcoach import __version__
from hipcoach.audio.backends import considered, probe
from hipcoach.audio.speech import NO_SPEECH, Synthesizer, find_synthesizer
from hipcoach.commands.output import POOR_TERMINALS, say
from hipcoach.errors import HipcoachError, SpeechError
from hipcoach.paths import AppPaths, trouble_with
from hipcoach.storage.app_state import load_state
from hipcoach.storage.catalog import bundled_catalog, load_catalog
from hipcoach.storage.day_files import load_marked_days, load_self_tests
from hipcoach.storage.journal import look_at_unfinished
from hipcoach.storage.session_index import SessionIndex
from hipcoach.storage.settings import SpeechSettings, load_settings
from hipcoach.ui.format import count_text

NAME_WIDTH = 13
MIN_COLUMNS, MIN_ROWS = 80, 24
"""What the screens are made for."""
REINSTALL = "Install hipcoach again."
FIX_FILE = "Correct it in a text editor, or move it away; hipcoach leaves it as it is."
FIX_SOUND = (
    "The coach works without sound, with flashes instead. For sound, check that the machine has a sound "
    "device that other programs can play on, and see 'audio.backend' in the settings."
)


class CheckResult(Struct, frozen=True):
    """One thing that was looked at. The hint says what to do if it is not `ok`."""

    name: str
    ok: bool
    detail: str
    hint: str = ""


def run(options: Namespace, paths: AppPaths) -> int:  # noqa: ARG001  every command is called alike
    """Print what every check found. Nothing is changed, and no fault found makes this command fail."""
    failed = 0
    for title, results in (
        ("Program", check_program()),
        ("Terminal", check_terminal(os.environ)),
        ("Sound", check_sound(paths, os.environ)),
        ("Directories", check_directories(paths)),
        ("Sessions", check_sessions(paths)),
        ("Your own", check_own_files(paths)),
    ):
        say(title)
        for result in results:
            say(f"  {' ' if result.ok else '!'} {result.name:{NAME_WIDTH}}  {result.detail}")
            if result.hint and not result.ok:
                say(f"{'':{NAME_WIDTH + 6}}-> {result.hint}")
            failed += not result.ok
        say()
    say(f"{count_text(failed, 'thing')} to look at, marked '!' above." if failed else "All is well.")
    return 0


def check_program() -> Iterator[CheckResult]:
    """Check the versions, and that what belongs to the program is installed."""
    yield CheckResult("hipcoach", True, __version__)
    yield CheckResult("Python", True, f"{platform.python_version()}, {sys.executable}")
    yield CheckResult("system", True, platform.platform())
    try:
        yield CheckResult("Textual", True, metadata.version("textual"))
    except metadata.PackageNotFoundError:
        yield CheckResult("Textual", False, "is not installed, so the coach cannot open", REINSTALL)
    try:
        catalog = bundled_catalog()
    except HipcoachError as error:
        yield CheckResult("routines", False, error.message, REINSTALL)
    else:
        counts = f"{len(catalog.routines)} routines, {len(catalog.exercises)} exercises"
        yield CheckResult("routines", True, counts)


def check_terminal(environ: Mapping[str, str]) -> Iterator[CheckResult]:
    """Check the size, colours and characters of the terminal."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        columns, rows = shutil.get_terminal_size()
        fits = columns >= MIN_COLUMNS and rows >= MIN_ROWS
        hint = f"Make the window at least {MIN_COLUMNS} by {MIN_ROWS}, or its letters smaller."
        yield CheckResult("terminal", fits, f"{columns} columns, {rows} rows", hint)
    else:
        hint = "Run 'hipcoach doctor' in the terminal in which you want to use it, without a pipe."
        yield CheckResult("terminal", False, "standard input or output is not a terminal", hint)
    yield _colours(environ)
    is_utf8 = codecs.lookup(sys.stdout.encoding).name == "utf-8"
    hint = "Use a UTF-8 locale, such as LANG=C.UTF-8: large digits and figures need it."
    yield CheckResult("characters", is_utf8, sys.stdout.encoding, hint)


def _colours(environ: Mapping[str, str]) -> CheckResult:
    term = environ.get("TERM", "")
    if term in ("", *POOR_TERMINALS):
        hint = "Set TERM to what your terminal is, such as xterm-256color."
        return CheckResult("colours", False, f"unknown: TERM is {term or 'not set'}", hint)
    if environ.get("NO_COLOR"):
        detail = "none, because NO_COLOR is set; everything is also said in words"
    elif environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        detail = "16 million"
    else:
        detail = "256" if "256color" in term else f"16, because TERM is {term}"
    return CheckResult("colours", True, detail)


def check_sound(paths: AppPaths, environ: Mapping[str, str]) -> Iterator[CheckResult]:
    """Check that a sound device opens and that speech can be made; nothing is heard. Takes up to 5 s."""
    settings, _ = load_settings(paths.settings)
    backend = settings.audio.backend.value
    try:
        status = probe(backend, environ)
        notes = considered(environ)
    except (HipcoachError, OSError) as error:
        yield CheckResult("sound", False, str(error), FIX_SOUND)
    else:
        # The terminal bell sounds the same for every cue, so it will do only where it was asked for.
        ok = backend == status.backend or (status.working and status.backend not in ("bell", "silent"))
        detail = f"{status.backend}: {status.reason}" if status.reason else status.backend
        yield CheckResult("sound", ok, detail, FIX_SOUND)
        for name, note in notes.items():
            yield CheckResult(f"  {name}", True, note)
    yield _speech(settings.speech)


def _speech(settings: SpeechSettings) -> CheckResult:
    synthesizer = find_synthesizer(settings.voice, settings.rate)
    if synthesizer is None:
        # Speech is optional: it is a fault only if it was switched on.
        return CheckResult("speech", not settings.on, NO_SPEECH)
    if problem := _try_to_speak(synthesizer):
        hint = "See 'speech.voice' in the settings, or install the program again."
        return CheckResult("speech", False, problem, hint)
    state = "on" if settings.on else "off; 'v' in a session switches it on"
    return CheckResult("speech", True, f"{synthesizer.name}: {state}")


def _try_to_speak(synthesizer: Synthesizer) -> str:
    """Return what went wrong when a word was spoken into a file; empty if nothing did."""
    try:
        with tempfile.TemporaryDirectory(prefix="hipcoach-") as place:
            target = Path(place) / "trial.wav"
            synthesizer.write("Ready.", target)
            return "" if target.is_file() and target.stat().st_size else f"{synthesizer.name} wrote nothing."
    except (SpeechError, OSError) as error:
        return str(error)


def check_directories(paths: AppPaths) -> Iterator[CheckResult]:
    """Check that each directory can be used, or made where it is missing."""
    for name in ("data", "config", "state", "cache"):
        path = getattr(paths, name)
        if trouble := trouble_with(name, path, writing=True):
            yield CheckResult(name, False, trouble)
        else:
            yield CheckResult(name, True, str(path) if path.exists() else f"{path} (made when it is needed)")
    log = paths.error_log
    try:
        about = f"{log.stat().st_size} bytes; nothing of your sessions is in it"
    except OSError:
        about = "none yet"
    yield CheckResult("error log", True, f"{log} ({about})")


def check_sessions(paths: AppPaths) -> Iterator[CheckResult]:
    """Check the session log, self-tests, marked days, and the journals of unfinished sessions."""
    log = SessionIndex(paths.sessions).read(now=datetime.now().astimezone())
    yield CheckResult("sessions", True, f"{len(log.entries)} in the log")
    for problem in log.problems:
        yield CheckResult("session file", False, problem, FIX_FILE)
    for copy in log.copies:
        yield CheckResult("sync copy", True, f"{copy} Keep the one you want and remove the other.")
    for problem in (*load_self_tests(paths.self_tests).problems, *load_marked_days(paths.days).problems):
        yield CheckResult("file", False, problem, FIX_FILE)
    found = look_at_unfinished(paths.journals)
    for each in found.unfinished:
        begun = f"{each.header.plan.title}, begun {each.header.started:%Y-%m-%d %H:%M}"
        hint = "If it is not running in another window, open hipcoach: it offers to go on, save or discard."
        yield CheckResult("unfinished", False, f"{begun}, is running or was cut off", hint)
    for problem in found.problems:
        yield CheckResult("unfinished", False, problem, "Move it away if you do not miss that session.")
    if not found.unfinished and not found.problems:
        yield CheckResult("unfinished", True, "no session was cut off")


def check_own_files(paths: AppPaths) -> Iterator[CheckResult]:
    """Check the settings, the user's own routines and exercises, and what the app remembers."""
    _, problems = load_settings(paths.settings)
    for problem in problems:
        yield CheckResult("settings", False, str(problem), f"Correct {paths.settings}; a default holds.")
    if not problems:
        is_there = paths.settings.exists()
        there = str(paths.settings) if is_there else f"the defaults; {paths.settings} is not there"
        yield CheckResult("settings", True, there)
    try:
        catalog, file_problems = load_catalog(paths.config)
    except HipcoachError:
        return  # the bundled data is broken, which is said under Program
    bundled = bundled_catalog().routines
    own = [name for name, routine in catalog.routines.items() if bundled.get(name) != routine]
    yield CheckResult("routines", True, f"{len(own)} in use: {', '.join(own)}" if own else "none")
    for file_problem in file_problems:
        hint = "Correct it; until then it is left out."
        yield CheckResult("file", False, f"{paths.config}/{file_problem}", hint)
    for memory_problem in load_state(paths.memory)[1]:
        hint = f"Correct {paths.memory}, or move it away to start afresh."
        yield CheckResult("memory", False, memory_problem, hint)
