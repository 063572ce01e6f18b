"""Modules are found by being there, outsiders' by entry points, and none is imported before it is asked for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import registry

PACKAGE = "some_readers"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package with two modules, a private one, and two entry points of a distribution of somebody else's."""
    folder = tmp_path / PACKAGE
    folder.mkdir()
    for name, words in (("__init__", ""), ("beta", "name = 'own beta'"), ("alpha", "name = 'own alpha'"), ("_parts", "")):
        (folder / f"{name}.py").write_text(words, encoding="utf-8")
    (tmp_path / "elsewhere.py").write_text("name = 'from elsewhere'", encoding="utf-8")
    description = tmp_path / "stranger-1.0.dist-info"
    description.mkdir()
    (description / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n", encoding="utf-8")
    (description / "entry_points.txt").write_text(f"[hubbub.{PACKAGE}]\ngamma = elsewhere\nalpha = elsewhere\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    forget()
    yield folder
    forget()


def forget() -> None:
    registry.names.cache_clear()
    registry.module.cache_clear()
    for name in [name for name in sys.modules if name == "elsewhere" or name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def test_names_are_those_of_modules_and_entry_points_sorted(package: Path) -> None:
    assert registry.names(PACKAGE) == ("alpha", "beta", "gamma")


def test_looking_for_names_imports_none_of_them(package: Path) -> None:
    registry.names(PACKAGE)
    assert f"{PACKAGE}.alpha" not in sys.modules and "elsewhere" not in sys.modules


def test_an_outsider_adds_but_does_not_replace(package: Path) -> None:
    modules = registry.modules(PACKAGE)
    assert {name: module.name for name, module in modules.items()} == {
        "alpha": "own alpha", "beta": "own beta", "gamma": "from elsewhere",
    }


def test_what_is_not_there_is_a_key_error(package: Path) -> None:
    for name in ("delta", "_parts", ""):
        with pytest.raises(KeyError):
            registry.module(PACKAGE, name)


def test_a_module_is_imported_once(package: Path) -> None:
    assert registry.module(PACKAGE, "beta") is registry.module(PACKAGE, "beta")


@pytest.mark.parametrize(("folder", "known"), [
    ("crawlers.platforms", {"blogger", "wordpress", "generic"}),
    ("pipeline.taggers", {"spam", "self_promotion", "conversational"}),
    ("pipeline.exporters", {"jsonl", "csv"}),
])
def test_our_own_are_found(folder: str, known: set[str]) -> None:
    assert known <= set(registry.names(folder))
    assert "data" not in registry.names(folder)


def test_the_command_line_starts_without_what_only_some_commands_need() -> None:
    """Scrapy, TextBlob and trafilatura take a second or more to import."""
    program = "import sys, crawlers.cli; from click.testing import CliRunner; CliRunner().invoke(crawlers.cli.hubbub, ['query', '--help']); print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    heavy = {"scrapy", "twisted", "textblob", "nltk", "trafilatura", "dateparser"} & set(ended.stdout.split())
    assert not heavy
