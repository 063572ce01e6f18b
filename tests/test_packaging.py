"""What is inside the wheel: our packages, all of them, with their data; nothing else. And it works from there."""

from __future__ import annotations

import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

import hubbub
from tests.installing import ROOT, Environment

ROOMS = ("crawlers", "pipeline", "schema")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))  # Any: a TOML file


def of_the_rooms(pattern: str) -> set[str]:
    paths = (path.relative_to(ROOT) for room in ROOMS for path in (ROOT / room).rglob(pattern))
    return {path.as_posix() for path in paths if "__pycache__" not in path.parts and (ROOT / path).is_file()}


@pytest.fixture(scope="module")
def inside(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_packages_named_by_hand_are_the_folders_that_exist() -> None:
    folders = {path.removesuffix("/__init__.py").replace("/", ".") for path in of_the_rooms("__init__.py")}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == folders


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {Path(path).parent.as_posix() for path in of_the_rooms("*.py")}
    assert folders == {path.removesuffix("/__init__.py") for path in of_the_rooms("__init__.py")}


def test_every_file_of_the_rooms_is_in_the_wheel(inside: list[str]) -> None:
    missing = sorted(of_the_rooms("*") - set(inside))
    assert not missing, f"not in the wheel; name them in [tool.setuptools.package-data] of pyproject.toml: {missing}"


def test_migrations_are_in_the_wheel(inside: list[str]) -> None:
    assert {"schema/migrations/env.py", "schema/migrations/versions/0001_first_tables.py"} <= set(inside)


def test_nothing_else_is_in_the_wheel(inside: list[str]) -> None:
    tops = {name.partition("/")[0] for name in inside}
    assert {top for top in tops if not top.endswith(".dist-info")} == {*ROOMS, "hubbub.py"}
    assert any(name.endswith("/licenses/LICENSE") for name in inside)


def test_the_version_is_one_everywhere() -> None:
    assert PROJECT["project"]["version"] == hubbub.__version__
    for name in ("CITATION.cff", "CHANGELOG.md"):
        assert hubbub.__version__ in (ROOT / name).read_text(encoding="utf-8"), name


def test_an_installed_wheel_works_in_an_empty_directory(environment: Environment, wheel: Path, tmp_path: Path) -> None:
    """Migrations, views and the command line are found there, and nothing is taken from the checkout."""
    environment.install(wheel)
    for words, expected in (("--help", "db"), ("db upgrade", "has its tables now"), ("db check", "integrity  ok")):
        ended = environment.run("hubbub", *words.split(), folder=tmp_path)
        assert ended.returncode == 0, ended.stderr
        assert expected in ended.stdout
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("hubbub.db")] == []
    found = environment.run("python", "-c", "import schema, hubbub; print(schema.__file__, hubbub.__file__)", folder=tmp_path)
    assert all(path.startswith(str(environment.folder)) for path in found.stdout.split()), found.stdout
