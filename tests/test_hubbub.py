"""The guard: beside PyPI's `schema` or `pipeline` hubbub ends with one clear sentence, whichever was installed first."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.installing import Environment, stranger

# The shapes that the two have, and once had, on PyPI: a single module, or a package with an __init__.py of its own.
MODULE = {"schema.py": '"""Schema validation, just more Pythonic."""\n__version__ = "0.7.8"\n'}
SCHEMA = {"schema/__init__.py": MODULE["schema.py"], "schema/py.typed": ""}
PIPELINE = {"pipeline/__init__.py": "", "pipeline/pipeline.py": "class Pipeline:\n    pass\n"}


def version(environment: Environment, folder: Path) -> subprocess.CompletedProcess[str]:
    return environment.run("hubbub", "--version", folder=folder)


def test_hubbub_alone_tells_its_version(environment: Environment, wheel: Path, tmp_path: Path) -> None:
    environment.install(wheel)
    ended = version(environment, tmp_path)
    assert (ended.returncode, ended.stdout.split()[0], ended.stderr) == (0, "hubbub,", "")


@pytest.mark.parametrize("ours", ["first", "last"])
@pytest.mark.parametrize(("name", "files"), [("schema", MODULE), ("schema", SCHEMA), ("pipeline", PIPELINE)], ids=["module", "schema", "pipeline"])
def test_beside_a_stranger_hubbub_says_so_and_ends(
    environment: Environment, wheel: Path, tmp_path: Path, name: str, files: dict[str, str], ours: str
) -> None:
    theirs = stranger(tmp_path, name, files)
    for each in (wheel, theirs) if ours == "first" else (theirs, wheel):
        environment.install(each)
    ended = version(environment, tmp_path)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"hubbub cannot start: another distribution has put its own `{name}` into the environment")
    assert ended.stderr.count("\n") == 1 and "python -m venv hubbub-env" in ended.stderr


def test_beside_both_strangers_both_are_named(environment: Environment, wheel: Path, tmp_path: Path) -> None:
    for each in (wheel, stranger(tmp_path, "schema", SCHEMA), stranger(tmp_path, "pipeline", PIPELINE)):
        environment.install(each)
    ended = version(environment, tmp_path)
    assert ended.returncode == 1 and "`schema` and `pipeline`" in ended.stderr


def test_a_module_of_such_a_name_earlier_on_the_path_is_noticed(environment: Environment, wheel: Path, tmp_path: Path) -> None:
    environment.install(wheel)
    (tmp_path / "schema.py").write_text("VERSION = 1\n", encoding="utf-8")
    ended = environment.run("python", "-m", "hubbub", "--version", folder=tmp_path)
    assert ended.returncode == 1 and "its own `schema`" in ended.stderr
