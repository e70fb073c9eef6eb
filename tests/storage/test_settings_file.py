"""One setting is changed and everything else in the file stays: comments, order, what is not known."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.errors import StorageError
from hipcoach.storage.settings import load_settings, why_not_written, write_settings


def write_setting(path: Path, table: str, name: str, value: int | str | bool | None) -> None:
    write_settings(path, {(table, name): value})


MINE = """\
# my settings
format = 1

[session]   # all of it
lead_in = 10   # slow starter
# more to come
unknown = "x"

[later]
a = [1,   2]   # odd spaces

[keys]
"session.pause" = "space,k"  # k is near
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_only_the_value_changes(path: Path) -> None:
    path.write_text(MINE)
    write_setting(path, "session", "lead_in", 12)
    assert path.read_text() == MINE.replace("lead_in = 10", "lead_in = 12")


def test_what_was_not_there_is_added_to_its_table(path: Path) -> None:
    path.write_text(MINE)
    write_setting(path, "session", "rest", 5)
    write_setting(path, "look", "theme", "nord")
    write_setting(path, "keys", "session.skip", "x")
    text = path.read_text()
    assert [line for line in MINE.splitlines() if line not in text.splitlines()] == []
    values = tomllib.loads(text)
    assert values["session"] == {"lead_in": 10, "unknown": "x", "rest": 5}
    assert values["look"] == {"theme": "nord"}
    assert values["keys"] == {"session.pause": "space,k", "session.skip": "x"}


def test_a_setting_is_taken_out_again(path: Path) -> None:
    path.write_text(MINE)
    write_setting(path, "session", "lead_in", None)
    write_setting(path, "week", "goal", None)
    assert tomllib.loads(path.read_text())["session"] == {"unknown": "x"}
    assert "week" not in tomllib.loads(path.read_text())
    assert "# more to come" in path.read_text()


def test_a_file_is_made_for_its_owner_alone_where_there_was_none(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.toml"
    write_setting(path, "week", "goal", None)
    assert not path.exists()
    write_setting(path, "week", "goal", 5)
    assert load_settings(path)[0].rules.week_goal == 5
    assert path.read_text().startswith("# ")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_written_where_nothing_changes(path: Path) -> None:
    path.write_text(MINE)
    before = path.stat().st_mtime_ns, path.stat().st_ino
    write_setting(path, "session", "lead_in", 10)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


@pytest.mark.parametrize("bad", ["[session", "\x00", "a = 1\na = 2", "[" * 5000])
def test_what_cannot_be_understood_is_left_alone(path: Path, bad: str) -> None:
    path.write_text(bad)
    with pytest.raises(StorageError, match="for this run only"):
        write_setting(path, "week", "goal", 5)
    assert path.read_text() == bad
    assert "for this run only" in why_not_written(path)
    path.write_text(MINE)
    assert why_not_written(path) == ""


@pytest.mark.parametrize(
    "text",
    [
        "session.lead_in = 3\nweek.goal = 2\n",
        "session = { lead_in = 3, rest = 2 }\n",
        "session = 5\n",
        "[session]\nlead_in = 'many'\n",
        "[session.deep]\nx = 1\n[week]\n",
        "[[session]]\nlead_in = 3\n",
        "# only a comment, without an end of line",
        "\ufeff[session]\nlead_in = 3\n",
    ],
)
def test_it_works_however_the_file_is_laid_out(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    write_setting(path, "session", "lead_in", 7)
    write_setting(path, "week", "goal", 4)
    settings, _ = load_settings(path)
    assert (settings.timings.lead_in, settings.rules.week_goal) == (7, 4)


def test_ends_of_lines_stay_as_they_are(path: Path) -> None:
    path.write_bytes(MINE.replace("\n", "\r\n").encode())
    write_setting(path, "week", "goal", 4)
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")


@pytest.mark.skipif(os.name != "posix", reason="links need rights there")
def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles" / "hipcoach.toml"
    kept.parent.mkdir()
    kept.write_text(MINE)
    path.symlink_to(kept)
    write_setting(path, "session", "lead_in", 12)
    assert path.is_symlink()
    assert "lead_in = 12" in kept.read_text()


NAMES = st.sampled_from(["session", "week", "lead_in", "goal", "a b", "ä", "x.y"])
VALUES = st.recursive(
    st.integers(-9, 9) | st.booleans() | st.text(max_size=5) | st.floats(0, 1),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(values=st.dictionaries(NAMES, VALUES, max_size=5), number=st.integers(0, 600))
def test_whatever_else_the_file_holds_is_still_there(
    values: dict[str, object], number: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    path.write_text(tomli_w.dumps(values), encoding="utf-8")
    before = tomllib.loads(path.read_text(encoding="utf-8"))
    write_setting(path, "session", "lead_in", number)
    after = tomllib.loads(path.read_text(encoding="utf-8"))
    part = before.get("session")
    assert after == {**before, "session": {**(part if isinstance(part, dict) else {}), "lead_in": number}}
