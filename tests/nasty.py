"""A user's directories in which every text would like to steer the terminal, the layout, or Rich's markup."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime

import tomli_w
from msgspec.structs import replace

from hipcoach.paths import AppPaths
from hipcoach.storage.app_state import AppState, change_state
from hipcoach.storage.session_log import record_from_toml, record_text
from hipcoach.storage.text_file import read_toml
from tests.golden import JOURNAL, ROUTINE, SESSION

ESCAPES = "\x1b]0;STEERED\x07\x1b[31mSTEERED\x1b[2J\x9b2J\x1b]8;;http://example.org\x1b\\"
BIDI = "\u202eSTEERED\u2066"
MARKUP = "[red]marked[/] [@click=app.quit]click[/] [bold"
NASTY = f"{MARKUP} {ESCAPES} {BIDI} \r\x08\x7f end"
RAW = (
    b"\x1b]0;STEERED",
    b"\x1b[31mSTEERED",
    b"\x1b]8;;http://example.org",
    b"\x07STEERED",
    "\x9b".encode(),
    "\u202e".encode(),
    "\u2066".encode(),
    b"\x7f",
)
"""What must never reach a terminal."""
FILE_NAME = "\x1b]0;STEERED\x07[red]\u202e.toml"


def make_nasty(paths: AppPaths) -> None:
    """Fill the user's directories: a log, an unfinished session, settings, routines."""
    now = datetime.now(UTC).replace(microsecond=0)
    record = record_from_toml(read_toml(SESSION, 1_000_000), SESSION.stem)
    steps = tuple(
        replace(step, name=NASTY, stage=NASTY, direction=NASTY, reason=NASTY, dose_source=NASTY)
        for step in record.steps
    )
    nasty = replace(
        record,
        started=now,
        day=now.date(),
        title=NASTY,
        routine=NASTY,
        source=NASTY,
        note=NASTY,
        app_version=NASTY,
        steps=steps,
        choices={NASTY: NASTY, "level": NASTY, "first_side": NASTY},
    )
    paths.sessions.mkdir(parents=True)
    (paths.sessions / SESSION.name).write_text(record_text(nasty), encoding="utf-8")
    (paths.sessions / FILE_NAME).write_text(f"format = {NASTY!r}", encoding="utf-8")

    first, *rest = JOURNAL.read_text(encoding="utf-8").splitlines()
    header = json.loads(first)
    header["id"] = "20261120T173015Z-4d5e6f"
    header["app_version"] = NASTY
    header["choices"][NASTY] = NASTY
    plan = header["plan"]
    for name in ("title", "source_title", "source_author"):
        plan[name] = NASTY
    plan["left_out"] = [NASTY]
    for step in plan["steps"]:
        step |= {"name": NASTY, "side_means": NASTY, "stage": NASTY, "cues": [NASTY], "note": NASTY}
        for phase in step["phases"]:
            phase["name"] = NASTY
    paths.journals.mkdir(parents=True)
    lines = [json.dumps(header), *rest]
    (paths.journals / f"{header['id']}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (paths.journals / FILE_NAME.replace(".toml", ".jsonl")).write_text(f"[{json.dumps(NASTY)}]")

    routines = paths.config / "routines"
    routines.mkdir(parents=True)
    shutil.copy(ROUTINE, routines / FILE_NAME)
    marked = ROUTINE.read_text(encoding="utf-8").replace("two-circles", "marked")
    (routines / "marked.toml").write_text(
        marked.replace("Two circles", MARKUP).replace("Gently.", MARKUP), encoding="utf-8"
    )
    wrong = read_toml(ROUTINE, 1_000_000)
    wrong["routine"] |= {"title": NASTY, NASTY: NASTY}
    (routines / "wrong.toml").write_text(tomli_w.dumps(wrong), encoding="utf-8")
    paths.settings.write_text(
        tomli_w.dumps(
            {"week": {"starts_on": NASTY, NASTY: 1}, "keys": {NASTY: "space", "session.pause": NASTY}}
        ),
        encoding="utf-8",
    )
    change_state(paths.memory, [], AppState(safety_read=True, last_routine=NASTY))
