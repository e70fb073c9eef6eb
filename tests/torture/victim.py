"""A user directory in which the program is started and killed, over and over, and what must hold then."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

from msgspec import Struct, field

from hipcoach.core.history.record import SessionRecord, SessionStatus
from hipcoach.core.session import entry_of
from hipcoach.paths import AppPaths, user_paths
from hipcoach.storage.atomic import TEMPORARY_PREFIX
from tests.logs import load_log
from tests.terminal import CONTROL, HIPCOACH, Terminal
from tests.torture.journal_watch import JournalWatch, events_of
from tests.torture.short_session import ROUTINE, prepare

PROMISE = 0.25 if "HIPCOACH_TORTURE" in os.environ else 1.0
"""Seconds after which the end of a step is safe on disk; more where other tests use the machine as well."""
STARTING = 1.2
"""Seconds that a start takes at most, roughly."""
AFTER = 1.2
"""Seconds after the session's end within which it may still be killed: saving, and the summary."""
ANSWERS = {"resume": "r", "save": "s", "discard": "d"}


class Report(Struct):
    """What came of many kills."""

    kills: Counter[str] = field(default_factory=Counter)
    """By what was going on."""
    steps: int = 0
    """Ended steps that had to be in the journal."""
    lateness: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Cut(Struct):
    """The session that the last kill cut off, as its files tell."""

    id: str
    path: Path
    content: bytes
    ended: bool
    index: int

    @property
    def reps(self) -> Counter[int]:
        """The repetitions that the journal knows to be done, by step."""
        done: Counter[int] = Counter()
        for event in events_of(self.content):
            if event["event"] in ("attempt", "beat") and "index" in event:
                done[event["index"]] = max(done[event["index"]], event["reps"])
        return done


class Victim:
    """Kills the program `count` times below the home directory that the environment names."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.chance = random.Random(seed)
        self.paths: AppPaths = user_paths()
        self.plan = prepare(self.paths)
        self.report = Report()
        self.saved: set[str] = set()
        self.discarded: set[str] = set()
        self.cut: Cut | None = None

    def kill_often(self, count: int) -> Report:
        """Start, kill, check."""
        for number in range(count):
            try:
                self.kill_once()
            except AssertionError as error:
                self.report.faults.append(f"{self.name}, kill {number}: {error}")
                self.start_over()
        self.clean_up()
        return self.report

    def kill_once(self) -> None:
        """Start, deal with what is offered, run a session, kill it at some moment, look at the files."""
        how = self.chance.choices(["starting", "answering", "in session"], [10, 10, 80])[0]
        terminal = Terminal((*HIPCOACH, "start", ROUTINE))
        try:
            if how == "starting":
                self.kill_while_starting(terminal)
            elif self.is_offered and how == "answering":
                self.kill_while_answering(terminal)
            else:
                self.kill_in_session(terminal)
            drawn = CONTROL.sub(b"", terminal.drawn).decode(errors="replace")
            for word in ("Traceback", "cannot be", "it is kept", "not being saved"):
                assert word not in drawn, f"{word!r} was shown:\n{drawn[-2000:]}"
        finally:
            terminal.close()
        self.look_at_files()

    @property
    def is_offered(self) -> bool:
        """Whether the next start has a session to offer."""
        return self.cut is not None and not self.cut.ended

    def kill_while_starting(self, terminal: Terminal) -> None:
        time.sleep(self.chance.uniform(0, STARTING))
        self.kill(terminal, "starting")

    def kill_while_answering(self, terminal: Terminal) -> None:
        terminal.shows("An unfinished session")
        self.press_one_of(terminal)
        time.sleep(self.chance.uniform(0, 0.15))
        self.kill(terminal, "answering")

    def press_one_of(self, terminal: Terminal) -> str:
        """Answer what is asked; the answer."""
        assert self.cut is not None
        answer = self.chance.choice(sorted(ANSWERS))
        if answer == "discard":
            self.discarded.add(self.cut.id)
        terminal.press(ANSWERS[answer])
        return answer

    def kill_in_session(self, terminal: Terminal) -> None:
        offered = self.is_offered
        watch = self.answer(terminal) if offered else None
        if watch is None:
            watch = JournalWatch(self.new_journal(terminal), self.plan)
        terminal.until(watch.look, "the session in its journal")
        left = sum(step.seconds for step in self.plan.steps[watch.first["index"] :]) if watch.first else 0.0
        watch.follow(time.time() + self.chance.uniform(0, left + AFTER))
        killed = time.time()
        self.kill(terminal, "in session" if watch.path.exists() else "after its end")
        watch.look()
        self.report.lateness += watch.lateness()
        self.report.steps += sum(end < killed - PROMISE for end in watch.ends().values())
        if watch.path.exists():
            lacking = watch.lacks(killed - PROMISE)
            assert not lacking, f"the journal lacks {'; '.join(lacking)}:\n{watch.events}"
        else:
            self.saved.add(watch.path.stem)
            assert self.record(watch.path.stem).status is SessionStatus.COMPLETED
        assert offered or "An unfinished session" not in terminal.drawn.decode(errors="replace")

    def answer(self, terminal: Terminal) -> JournalWatch | None:
        """Resume, save or discard what is offered. Returns the watch of a session that goes on."""
        cut = self.cut
        assert cut is not None
        terminal.shows("An unfinished session")
        answer = self.press_one_of(terminal)
        if answer == "resume":
            watch = JournalWatch(cut.path, self.plan, before=len(events_of(cut.content)))
            terminal.until(watch.look, "the session to go on")
            entry = entry_of(self.plan, cut.index).index
            assert watch.first is not None
            assert watch.first["index"] == entry, f"taken up at {watch.first}, not at {entry}"
            return watch
        terminal.until(lambda: not cut.path.exists(), f"the journal to go after '{answer}'")
        is_there = (self.paths.sessions / f"{cut.id}.toml").exists()
        assert is_there == (answer == "save"), f"'{answer}', and the log file is there: {is_there}"
        if answer == "save":
            self.saved.add(cut.id)
            self.compare(cut)
        return None

    def compare(self, cut: Cut) -> None:
        """What was saved must be what the journal knew."""
        record = self.record(cut.id)
        work = [step.index for step in self.plan.steps if step.is_work]
        done = {index: step.done_reps for index, step in zip(work, record.steps, strict=True)}
        assert all(done[index] >= reps for index, reps in cut.reps.items()), f"{done} of {cut.reps}"

    def record(self, id: str) -> SessionRecord:
        """What the log holds of a session."""
        (record,) = (each for each in load_log(self.paths.sessions).records if each.id == id)
        return record

    def new_journal(self, terminal: Terminal) -> Path:
        """Wait until a session that was not there before has begun."""
        old = None if self.cut is None else self.cut.path
        found: list[Path] = []

        def look() -> bool:
            found[:] = [path for path in self.paths.journals.glob("*.jsonl") if path != old]
            return bool(found) and b"\n" in found[0].read_bytes()

        terminal.until(look, "a new journal")
        return found[0]

    def kill(self, terminal: Terminal, when: str) -> None:
        self.report.kills[when] += 1
        terminal.send(signal.SIGKILL)
        assert terminal.left() == -signal.SIGKILL, "it had left by itself"

    def look_at_files(self) -> None:
        """Everything on disk is whole, every saved session is there, and what was cut off is known."""
        log = load_log(self.paths.sessions)
        assert log.problems == (), log.problems
        ids = {record.id for record in log.records}
        assert self.saved <= ids, f"gone from the log: {self.saved - ids}"
        before = self.cut
        journals = sorted(self.paths.journals.glob("*.jsonl")) if self.paths.journals.is_dir() else []
        journals = [path for path in journals if path.stat().st_size]
        self.cut = None
        for path in journals:
            content = path.read_bytes()
            json.loads(content.split(b"\n")[0])
            assert content.endswith(b"\n"), f"a torn line: {content[-200:]!r}"
            events = events_of(content)
            ended = any(event["event"] == "end" for event in events) or path.stem in ids
            index = [event["index"] for event in events if event["event"] == "enter"]
            cut = Cut(path.stem, path, content, ended, index[-1] if index else 0)
            # One that had ended may wait for its log file beside the one that was begun after it.
            self.cut = cut if self.cut is None or self.cut.ended else self.cut
        self.saved |= ids
        if before is not None and before.id not in self.discarded:
            assert before.id in ids or before.path.exists(), f"{before.id} is gone, log and journal"

    def start_over(self) -> None:
        """After a fault, so that the next kill is not blamed for it."""
        for path in self.paths.journals.glob("*"):
            path.unlink()
        self.cut = None

    def clean_up(self) -> None:
        """What killed processes left is gone after a start that finds it old enough."""
        old = time.time() - 2 * 3600
        for directory in (self.paths.sessions, self.paths.state, self.paths.journals):
            for path in [*directory.glob(f"{TEMPORARY_PREFIX}*"), *directory.glob("*.lock")]:
                os.utime(path, (old, old))
        terminal = Terminal(HIPCOACH)
        try:
            if self.is_offered:
                terminal.shows("An unfinished session")
                terminal.press("d")
            terminal.shows("Short steps")
            terminal.until(lambda: not self.remains(), f"{self.remains()} to go")
            terminal.press("q")
            assert terminal.left() == 0
        except AssertionError as error:
            self.report.faults.append(f"{self.name}, at the end: {error}")
        finally:
            terminal.close()

    def remains(self) -> list[Path]:
        """Files that nobody needs any more."""
        found = list(self.paths.journals.glob("*"))
        for directory in (self.paths.sessions, self.paths.state):
            found += directory.glob(f"{TEMPORARY_PREFIX}*")
        return found


def kill_often(name: str, home: str, seed: int, count: int) -> Report:
    """Run in a process of its own: its environment is turned to a home directory of its own."""
    for variable, below in (
        ("XDG_DATA_HOME", "share"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
    ):
        os.environ[variable] = str(Path(home) / name / below)
    return Victim(name, seed).kill_often(count)
