"""`hipcoach doctor`: what works here, what does not, and what to do about it."""

from __future__ import annotations

import codecs
import os
import platform
import shutil
import sys
import tempfile
from argparse import Namespace
from datetime import datetime
from importlib import metadata
from pathlib import Path

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
from hipcoach.storage.settings import load_settings
from hipcoach.ui.format import count_text

MIN_COLUMNS, MIN_ROWS = 80, 24
"""What the screens are made for."""
REINSTALL = "Install hipcoach again."
FIX_FILE = "Correct it in a text editor, or move it away; hipcoach leaves it as it is."
FIX_SOUND = (
    "The coach works without sound, with flashes instead. For sound, check that the machine has a sound "
    "device that other programs can play on, and see 'audio.backend' in the settings."
)


class _Report:
    """Prints what was found, and counts the faults."""

    def __init__(self) -> None:
        self.faults = 0

    def well(self, name: str, detail: str) -> None:
        """Print something that is as it should be."""
        say(f"    {name:13}  {detail}")

    def fault(self, name: str, *details: object, hint: str = "") -> None:
        """Print faults, each with what to do, unless its own words say that."""
        for detail in details:
            say(f"  ! {name:13}  {detail}")
            if hint:
                say(f"{'':19}-> {hint}")
            self.faults += 1


def run(_: Namespace, paths: AppPaths) -> int:
    """Print what every check found. Nothing is changed, and no fault found makes this command fail."""
    report = _Report()
    for title, check in (
        ("Program", check_program),
        ("Terminal", check_terminal),
        ("Sound", check_sound),
        ("Directories", check_directories),
        ("Sessions", check_sessions),
        ("Your own", check_own_files),
    ):
        say(title)
        check(report, paths)
        say()
    marked = f"{count_text(report.faults, 'thing')} to look at, marked '!' above."
    say(marked if report.faults else "All is well.")
    return 0


def check_program(report: _Report, _: AppPaths) -> None:
    """Check the versions, and that what belongs to the program is installed."""
    report.well("hipcoach", __version__)
    report.well("Python", f"{platform.python_version()}, {sys.executable}")
    report.well("system", platform.platform())
    report.well("Textual", metadata.version("textual"))
    try:
        catalog = bundled_catalog()
    except HipcoachError as error:
        report.fault("routines", error.message, hint=REINSTALL)
    else:
        report.well("routines", f"{len(catalog.routines)} routines, {len(catalog.exercises)} exercises")


def check_terminal(report: _Report, _: AppPaths) -> None:
    """Check the size, colours and characters of the terminal."""
    columns, rows = shutil.get_terminal_size()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        hint = "Run 'hipcoach doctor' in the terminal in which you want to use it, without a pipe."
        report.fault("terminal", "standard input or output is not a terminal", hint=hint)
    elif columns >= MIN_COLUMNS and rows >= MIN_ROWS:
        report.well("terminal", f"{columns} columns, {rows} rows")
    else:
        hint = f"Make the window at least {MIN_COLUMNS} by {MIN_ROWS}, or its letters smaller."
        report.fault("terminal", f"{columns} columns, {rows} rows", hint=hint)
    term = os.environ.get("TERM", "")
    if term in ("", *POOR_TERMINALS):
        hint = "Set TERM to what your terminal is, such as xterm-256color."
        report.fault("colours", f"unknown: TERM is {term or 'not set'}", hint=hint)
    elif os.environ.get("NO_COLOR"):
        report.well("colours", "none, because NO_COLOR is set; everything is also said in words")
    elif os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        report.well("colours", "16 million")
    else:
        report.well("colours", "256" if "256color" in term else f"16, because TERM is {term}")
    if codecs.lookup(sys.stdout.encoding).name == "utf-8":
        report.well("characters", sys.stdout.encoding)
    else:
        hint = "Use a UTF-8 locale, such as LANG=C.UTF-8: large digits and figures need it."
        report.fault("characters", sys.stdout.encoding, hint=hint)


def check_sound(report: _Report, paths: AppPaths) -> None:
    """Check that a sound device opens and that speech can be made; nothing is heard. Takes up to 5 s."""
    settings, _ = load_settings(paths.settings)
    backend, speech = settings.audio.backend.value, settings.speech
    try:
        status, notes = probe(backend, os.environ), considered(os.environ)
    except (HipcoachError, OSError) as error:
        report.fault("sound", error, hint=FIX_SOUND)
    else:
        detail = f"{status.backend}: {status.reason}" if status.reason else status.backend
        # The terminal bell sounds the same for every cue, so it will do only where it was asked for.
        if backend == status.backend or (status.working and status.backend not in ("bell", "silent")):
            report.well("sound", detail)
        else:
            report.fault("sound", detail, hint=FIX_SOUND)
        for name, note in notes.items():
            report.well(f"  {name}", note)
    synthesizer = find_synthesizer(speech.voice, speech.rate)
    if synthesizer is None:
        # Speech is optional: it is a fault only if it was switched on.
        tell = report.fault if speech.on else report.well
        tell("speech", NO_SPEECH)
    elif problem := _try_to_speak(synthesizer):
        hint = "See 'speech.voice' in the settings, or install the program again."
        report.fault("speech", problem, hint=hint)
    else:
        state = "on" if speech.on else "off; 'v' in a session switches it on"
        report.well("speech", f"{synthesizer.name}: {state}")


def _try_to_speak(synthesizer: Synthesizer) -> str:
    """Return what went wrong when a word was spoken into a file; empty if nothing did."""
    try:
        with tempfile.TemporaryDirectory(prefix="hipcoach-") as place:
            target = Path(place) / "trial.wav"
            synthesizer.write("Ready.", target)
            return "" if target.is_file() and target.stat().st_size else f"{synthesizer.name} wrote nothing."
    except (SpeechError, OSError) as error:
        return str(error)


def check_directories(report: _Report, paths: AppPaths) -> None:
    """Check that each directory can be used, or made where it is missing."""
    for name in ("data", "config", "state", "cache"):
        path = getattr(paths, name)
        if trouble := trouble_with(name, path, writing=True):
            report.fault(name, trouble)
        else:
            report.well(name, str(path) if path.exists() else f"{path} (made when it is needed)")
    log = paths.error_log
    try:
        about = f"{log.stat().st_size} bytes; nothing of your sessions is in it"
    except OSError:
        about = "none yet"
    report.well("error log", f"{log} ({about})")


def check_sessions(report: _Report, paths: AppPaths) -> None:
    """Check the session log, self-tests, marked days, and the journals of unfinished sessions."""
    log = SessionIndex(paths.sessions).read(now=datetime.now().astimezone())
    report.well("sessions", f"{len(log.entries)} in the log")
    report.fault("session file", *log.problems, hint=FIX_FILE)
    for copy in log.copies:
        report.well("sync copy", f"{copy} Keep the one you want and remove the other.")
    report.fault("file", *load_self_tests(paths.self_tests).problems, hint=FIX_FILE)
    report.fault("file", *load_marked_days(paths.days).problems, hint=FIX_FILE)
    found = look_at_unfinished(paths.journals)
    begun = (
        f"{each.header.plan.title}, begun {each.header.started:%Y-%m-%d %H:%M}, is running or was cut off"
        for each in found.unfinished
    )
    hint = "If it is not running in another window, open hipcoach: it offers to go on, save or discard."
    report.fault("unfinished", *begun, hint=hint)
    report.fault("unfinished", *found.problems, hint="Move it away if you do not miss that session.")
    if not found.unfinished and not found.problems:
        report.well("unfinished", "no session was cut off")


def check_own_files(report: _Report, paths: AppPaths) -> None:
    """Check the settings, the user's own routines and exercises, and what the app remembers."""
    _, problems = load_settings(paths.settings)
    report.fault("settings", *problems, hint=f"Correct {paths.settings}; a default holds.")
    if not problems:
        path = str(paths.settings)
        report.well("settings", path if paths.settings.exists() else f"the defaults; {path} is not there")
    try:
        catalog, file_problems = load_catalog(paths.config)
    except HipcoachError:
        return  # the bundled data is broken, which is said under Program
    bundled = bundled_catalog().routines
    own = [name for name, routine in catalog.routines.items() if bundled.get(name) != routine]
    report.well("routines", f"{len(own)} in use: {', '.join(own)}" if own else "none")
    files = (f"{paths.config}/{problem}" for problem in file_problems)
    report.fault("file", *files, hint="Correct it; until then it is left out.")
    hint = f"Correct {paths.memory}, or move it away to start afresh."
    report.fault("memory", *load_state(paths.memory)[1], hint=hint)
