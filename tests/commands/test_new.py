from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from hipcoach.commands import new
from hipcoach.core.sheet.reading import read_sheet
from hipcoach.paths import AppPaths
from hipcoach.storage.catalog import load_own
from hipcoach.storage.sheet_file import catalog_without, sheet_of_file
from tests.commands.running import Run

SHEET = """\
Physio, June

Clamshell 12/side
Supine figure 4 30s/side x2
rest 20s
Firehydrant 10/side
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "knee plan.txt"
    path.write_text(SHEET)
    return path


def test_an_example_is_written_that_can_be_started_at_once(run: Run, paths: AppPaths) -> None:
    result = run("new")
    path = paths.config / "routines" / "my-routine.toml"
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[0] == f"Written: {path}, an example to change."
    assert run("check", path).code == 0
    assert run("plan", "my-routine", "--json").json["title"] == "My routine"
    first = path.read_text().splitlines()[0]
    assert first == "#:schema ../routine.schema.json"
    schema = path.parent / first.partition(" ")[2]
    assert json.loads(schema.read_text())["title"] == "hipcoach routine file"


def test_nothing_is_replaced_unasked_but_put_beside_it(run: Run, paths: AppPaths) -> None:
    folder = paths.config / "routines"
    assert run("new").code == 0
    (folder / "my-routine.toml").write_text("# my work")
    second = run("new")
    assert second.code == 0
    assert second.out.splitlines()[:2] == [
        "'my-routine' is there already, so this one is 'my-routine-2'; --force replaces the other.",
        f"Written: {folder}/my-routine-2.toml, an example to change.",
    ]
    assert (folder / "my-routine.toml").read_text() == "# my work"
    assert run("plan", "my-routine-2", "--json").json["title"] == "My routine 2"
    assert "'hipcoach start my-routine-3' begins it." in run("new").out
    assert "this one is 'desk-break-2'" in run("new", "Desk break").out
    (folder / "my-routine-2.toml").rename(folder / "renamed.toml")
    assert "this one is 'my-routine-4'" in run("new").out
    (folder / "my-routine.toml").unlink()
    assert run("check", paths.config).code == 0


def test_what_is_replaced_is_what_was_asked_for(run: Run, paths: AppPaths) -> None:
    folder = paths.config / "routines"
    assert run("new", "Mine").code == 0
    (folder / "mine.toml").write_text("# my work")
    assert run("new", "Mine", "--force").code == 0
    assert "# my work" not in (folder / "mine.toml").read_text()
    # Also where the routine is in a file of another name: two of one id would break each other.
    (folder / "mine.toml").rename(folder / "renamed.toml")
    assert f"Written: {folder}/renamed.toml" in run("new", "Mine", "--force").out
    assert [each.name for each in folder.iterdir()] == ["renamed.toml"]
    assert run("check", paths.config).code == 0


def test_a_sheet_becomes_a_routine_and_says_what_it_took_each_line_for(
    run: Run, sheet: Path, paths: AppPaths
) -> None:
    result = run("new", "--from", sheet)
    assert (result.code, result.err) == (0, "")
    shown = [re.sub(r"\s{2,}", "  ", line.strip()) for line in result.out.splitlines()]
    assert shown[0].startswith("Physio, June (physio-june), ")
    assert "3  Clamshell 12/side  Clamshell 12/side; a new exercise of your own, side-lying" in shown
    assert "4  Supine figure 4 30s/side x2  Supine figure four 30s/side, 2 sets" in shown
    assert "6  Firehydrant 10/side  Fire hydrant 10/side" in shown
    assert "New exercises of your own, in the same file: Clamshell." in shown
    assert run("check", paths.config).code == 0
    plan = run("plan", "physio-june", "--json").json
    assert [step["exercise"] for step in plan["steps"] if step["kind"] == "rest"] == [None]
    assert {step["dose_basis"] for step in plan["steps"] if step["exercise"] == "fire-hydrant"} >= {"user"}
    first = (paths.config / "routines" / "physio-june.toml").read_text()
    assert "#   Supine figure 4 30s/side x2\n" in first
    # Made again, it has its own exercises too, beside the first or in its place.
    second = run("new", "--from", sheet)
    assert second.out.startswith("'physio-june' is there already, so this one is 'physio-june-2'; ")
    assert "Physio, June 2 (physio-june-2), " in second.out
    (paths.config / "routines" / "physio-june-2.toml").unlink()
    assert run("new", "--from", sheet, "--force").code == 0
    assert (paths.config / "routines" / "physio-june.toml").read_text() == first


def test_the_routine_is_called_what_was_typed_or_else_after_the_sheet_or_its_file(
    run: Run, sheet: Path
) -> None:
    assert "Saved as" in run("new", "Tonight", "--from", sheet).out
    assert run("plan", "tonight", "--json").json["title"] == "Tonight"
    sheet.write_text("Bridge 10\n")
    assert run("new", "--from", sheet).code == 0
    assert run("plan", "knee-plan", "--json").json["title"] == "knee plan"


@pytest.mark.parametrize(
    "text",
    [
        "Bridge 10\nFire hydrant 12/side\n",
        "Physio, June\nBridge 10\n",
        "KNEES \\ N# 1\nBridge 10\n",
        "by: Ann\ntitle: Physio\ncircuit x2:\n  Bridge 10\n",
        "Rehab 24\nBridge 10\nBridge 12 x 3\n",
    ],
)
@pytest.mark.parametrize("name", ["Knees \\ n# 1", None])
def test_what_is_saved_under_another_name_can_be_changed_in_short_lines(
    run: Run, sheet: Path, paths: AppPaths, text: str, name: str | None
) -> None:
    sheet.write_text(text)
    for number in (1, 2):
        assert run("new", *([name] if name else []), "--from", sheet, "--yes").code == 0
        own = load_own(paths.config)
        assert own.problems == ()
        assert len(own.files) == number
        for routine_id, file in own.files.items():
            routine = own.catalog.routines[routine_id]
            short = sheet_of_file(paths.config / file, routine, own.catalog)
            assert short.lost == ()
            # These are the lines that were given, not others made of the file.
            assert text.splitlines()[-1] in short.text
            again = read_sheet(short.text, catalog_without(own.catalog, paths.config / file)).routine
            assert again is not None
            assert again.title == routine.title


def test_what_is_not_understood_is_named_and_nothing_saved_unless_asked(
    run: Run, sheet: Path, paths: AppPaths
) -> None:
    sheet.write_text(SHEET + "something else\nSquats 8-12\nClamshell 3x12 with band\n")
    result = run("new", "--from", sheet)
    assert result.code == 2
    other, squats, clamshell, last = result.err.splitlines()
    assert "line 7, 'something else': no exercise has this name" in other
    assert squats.startswith("hipcoach: line 8, 'Squats 8-12': does 'Squats' mean ")
    assert squats.endswith('Write: Overhead squat 8-12, or: Surfer squat 8-12, or: "Squats" 8-12')
    assert "understood: 'Clamshell', 12 reps, 3 sets; left over: 'with band'" in clamshell
    assert last == "hipcoach: Nothing was saved: mend these lines, or leave them out with --yes."
    assert not paths.config.exists()
    assert run("new", "--from", sheet, "--yes").code == 0
    written = (paths.config / "routines" / "physio-june.toml").read_text()
    assert "# Not understood: line 7, 'something else'" in written


@pytest.mark.parametrize(("answer", "code"), [("YES", 0), ("n", 1), ("", 1)])
def test_at_a_terminal_it_asks(
    run: Run, sheet: Path, paths: AppPaths, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{answer}\n"))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run("new", "--from", sheet).code == code
    assert paths.config.exists() is (code == 0)


def test_what_is_too_long_on_standard_input_is_refused_whole(
    run: Run, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "# nothing but a remark\n"
    just = "Bridge 10\n" + line * ((new.LARGEST_SHEET - 100) // len(line))
    monkeypatch.setattr(sys, "stdin", io.StringIO(just))
    assert run("new", "Tonight", "--from", "-").code == 0
    assert run("plan", "tonight", "--json").json["title"] == "Tonight"
    monkeypatch.setattr(sys, "stdin", io.StringIO(just + line * 10))
    sentence = run("new", "Tomorrow", "--from", "-").sentence
    assert sentence.startswith("The sheet on standard input is longer than 200,000 characters")
    assert not (paths.config / "routines" / "tomorrow.toml").exists()


def test_it_may_be_written_elsewhere(run: Run, sheet: Path, paths: AppPaths, tmp_path: Path) -> None:
    target = tmp_path / "out.toml"
    assert run("new", "--from", sheet, "-o", target).code == 0
    assert not paths.config.exists()
    assert run("check", target).code == 0
    assert "#:schema" not in target.read_text()
    assert "is there already" in run("new", "-o", target).sentence
    assert "is no name for a routine" in run("new", "—").sentence


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read: No such file"),
        (b"", "No line of it is an exercise"),
        (b"\xff\xfe", "is not a text file in UTF-8"),
        (b"x" * (new.LARGEST_SHEET + 1), "is larger than 200 kB"),
    ],
)
def test_bad_input_is_one_sentence(run: Run, tmp_path: Path, content: bytes | None, words: str) -> None:
    path = tmp_path / "file.txt"
    if content is not None:
        path.write_bytes(content)
    assert words in run("new", "--from", path).sentence


def test_the_schema_is_printed(run: Run) -> None:
    assert run("schema").json["required"] == ["format", "routine", "block"]
    assert run("schema", "exercise").json["required"] == ["format", "exercise"]
    assert run("schema", "settings").json["properties"]["week"]["properties"]["goal"] == {
        "title": "Days a week",
        "description": "How many different days make a week count towards the streak.",
        "type": "integer",
        "minimum": 1,
        "maximum": 7,
        "default": 3,
    }
    assert "invalid choice: 'plan'" in run("schema", "plan").sentence
