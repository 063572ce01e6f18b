"""The house itself: every room has its tests, every command its page, and nothing in it belongs to somebody else."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from crawlers.cli import COMMANDS, hubbub

ROOT = Path(__file__).parent.parent
ROOMS = ("crawlers", "pipeline", "schema")
WORDS_IN_A_ROW = 8
# Parts of something larger, tested as the whole. Modules with a leading underscore are, too: by the tests of the one beside them.
TESTED_WITH = {
    "pipeline/upsert.py": "tests/pipeline/test_store.py",
    "crawlers/explain_table.py": "tests/crawlers/test_explaining.py",
    "schema/migrations/env.py": "tests/schema/test_migrations.py",
}
# Written apart, so that this file does not find itself.
MACHINES = re.compile(r"(?<![\w.~-])/(?:work|root|home/\w+|opt/pypi\S*)/\w" "|" r"\b(?:pypi\.org/simple|files\.python" r"hosted|deb\.debian\.org|registry\.npmjs)")
# What platforms and themes print on every page of the web: nobody's sentences.
FURNITURE = (
    "this comment has been removed by the author",
    "this comment has been removed by a blog administrator",
    "you can follow any responses to this entry through the rss 2 0 feed",
    "your email address will not be published required fields are marked",
    "both comments and pings are currently closed",
    "you must be logged in to post a comment",
    "notify me of follow up comments by email notify me of new posts by email",
)


@cache
def texts() -> dict[str, str]:
    """Every text file of the repository, tracked or about to be, by its path."""
    paths = [ROOT / name for name in _listed("--cached", "--others", "--exclude-standard") if (ROOT / name).is_file()]
    return {path.relative_to(ROOT).as_posix(): words for path in paths if (words := _text(path)) is not None}


def _listed(*which: str) -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z", *which], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name]


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def commands(group: click.Group, context: click.Context) -> Iterator[tuple[str, ...]]:
    """The words of every command and, for a group, of those in it."""
    for name in group.list_commands(context):
        yield (name,)
        if isinstance(found := group.get_command(context, name), click.Group):
            yield from ((name, *inner) for inner in commands(found, context))


def every_command() -> list[tuple[str, ...]]:
    return [*commands(hubbub, click.Context(hubbub))]


def test_commands_are_the_known_ones() -> None:
    known = {"demo", "init", "crawl", "replay", "explain", "tag", "query", "thread", "stats", "export", "db"}
    assert known <= set(COMMANDS)
    assert {words[1] for words in every_command() if words[0] == "db" and len(words) > 1} == {"upgrade", "check", "backup"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_explained_in_the_documents(name: str) -> None:
    pages = [words for path, words in texts().items() if path == "README.md" or path.startswith("docs/")]
    assert any(re.search(rf"\bhubbub (?:--\S+ \S+ )*{name}\b", page) for page in pages)


def test_every_command_has_examples_and_explains_its_options() -> None:
    for words in [(), *every_command()]:
        shown = CliRunner().invoke(hubbub, [*words, "--help"])
        assert shown.exit_code == 0, (words, shown.output)
        assert "Examples:" in shown.output, words
        assert "hubbub " in shown.output.partition("Examples:")[2], words


@pytest.mark.parametrize("room", ROOMS)
def test_every_option_is_explained(room: str) -> None:
    context = click.Context(hubbub)
    for name in [name for name, module in COMMANDS.items() if module.startswith(room)]:
        command = hubbub.get_command(context, name)
        assert command
        unexplained = [option.name for option in command.params if isinstance(option, click.Option) and not option.help]
        assert not unexplained, name


def test_every_module_says_what_it_is() -> None:
    silent = [path for path, words in texts().items() if path.endswith(".py") and path.partition("/")[0] in ROOMS and not ast.get_docstring(ast.parse(words))]
    assert not silent


def test_every_module_has_its_tests_at_the_same_place() -> None:
    modules = [Path(path) for path in _listed("--cached") if path.endswith(".py") and path.partition("/")[0] in ROOMS]
    public = [path for path in modules if not path.name.startswith("_") and path.parent.name != "versions"]
    expected = {path.as_posix(): TESTED_WITH.get(path.as_posix(), f"tests/{path.parent}/test_{path.name}") for path in public}
    assert len(expected) > 50
    assert not {path: test for path, test in expected.items() if not (ROOT / test).is_file()}


def test_no_path_or_host_of_a_machine_is_in_the_repository() -> None:
    found = {path: match[0] for path, words in texts().items() if (match := MACHINES.search(words))}
    assert not found


def test_no_sentence_of_the_shared_material_is_in_the_repository(shared: Path) -> None:
    """Its words belong to their authors: they are for reading in tests, not for keeping."""
    theirs = {row for words in _shared_texts(shared) for row in _rows_of_words(words)}
    nobodys = {row for words in FURNITURE for row in _rows_of_words(words)}
    found = {
        path: " ".join(row)
        for path, words in texts().items()
        for row in _rows_of_words(words)
        if row in theirs and row not in nobodys
    }
    assert not found


def _shared_texts(shared: Path) -> Iterator[str]:
    for path in sorted((shared / "seeds").glob("*.txt")):
        yield path.read_text(encoding="utf-8", errors="replace")
    for path in [*(shared / "labels").glob("*.json*"), shared / "pages" / "gold.jsonl"]:
        yield from _strings(_parsed(path))


def _parsed(path: Path) -> object:
    words = path.read_text(encoding="utf-8")
    return json.loads(words) if path.suffix == ".json" else [json.loads(line) for line in words.splitlines() if line.strip()]


def _strings(value: object) -> Iterator[str]:
    """All texts in a JSON value, however deep."""
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _strings(item)
        case dict():
            for item in value.values():
                yield from _strings(item)


def _rows_of_words(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.lower())
    rows = (tuple(words[start:start + WORDS_IN_A_ROW]) for start in range(len(words) - WORDS_IN_A_ROW + 1))
    return (row for row in rows if sum(word[0].isdigit() for word in row) < WORDS_IN_A_ROW / 2)     # a printed date is no sentence
