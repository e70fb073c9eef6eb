"""The built package: whole, and at home in any directory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import hipcoach

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source distribution, and a wheel built from it."""
    out = tmp_path_factory.mktemp("dist")
    _python("-m", "build", "--no-isolation", "--outdir", str(out), str(CHECKOUT), cwd=out)
    return out


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory that the wheel was installed into, without its dependencies."""
    target = tmp_path_factory.mktemp("installed")
    (wheel,) = built.glob("*.whl")
    pip = ("-m", "pip", "--disable-pip-version-check", "--no-cache-dir", "install", "--quiet")
    _python(*pip, "--no-deps", "--no-index", "--target", str(target), str(wheel), cwd=built)
    return target


def _python(*arguments: str, cwd: Path, path: Path | None = None) -> str:
    environ = dict(os.environ)
    if path is not None:
        environ["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _below(*directories: str) -> set[str]:
    return {
        path.relative_to(CHECKOUT).as_posix()
        for directory in directories
        for path in (CHECKOUT / directory).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_package_with_its_data_and_sounds(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    assert wheel.name == f"hipcoach-{hipcoach.__version__}-py3-none-any.whl"
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == _below("hipcoach") | {f"hipcoach/{name}" for name in _below("data", "sounds")}


def test_the_source_distribution_can_be_tested(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        names = {name.partition("/")[2] for name in file.getnames()}
    assert names >= _below("hipcoach", "data", "sounds", "tests", "scripts")
    assert names >= {"pyproject.toml", "Makefile", "requirements.lock", "requirements-dev.lock", "LICENSE"}


def test_the_installed_package_has_its_data_in_any_directory(installed: Path, tmp_path: Path) -> None:
    hipcoach_ = ("-P", "-m", "hipcoach")
    routines = json.loads(_python(*hipcoach_, "routines", "--json", cwd=tmp_path, path=installed))
    assert len(routines) == 6
    places = json.loads(_python(*hipcoach_, "paths", "--json", cwd=tmp_path, path=installed))
    assert places["bundled_data"] == str(installed / "hipcoach" / "data")
    assert places["bundled_sounds"] == str(installed / "hipcoach" / "sounds")


@pytest.mark.skipif(sys.platform == "win32", reason="the command is an .exe there")
def test_the_installed_command_runs(installed: Path, tmp_path: Path) -> None:
    printed = _python(str(installed / "bin" / "hipcoach"), "--version", cwd=tmp_path, path=installed)
    assert printed == f"hipcoach {hipcoach.__version__}\n"


def test_what_is_locked_says_nothing_of_the_machine_it_was_locked_on() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (CHECKOUT / name).read_text(encoding="utf-8")
        assert "://" not in lock
        assert "index-url" not in lock
        assert "find-links" not in lock
        for line in lock.splitlines():
            if line[:1].isalpha():
                assert "==" in line


def test_miniaudio_is_wanted_only_where_it_has_a_wheel() -> None:
    lock = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
    (line,) = (line for line in lock.splitlines() if line.startswith("miniaudio=="))
    assert "platform_machine == 'x86_64' and sys_platform == 'linux'" in line
