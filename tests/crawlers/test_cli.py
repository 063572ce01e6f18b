"""What holds for every command: where the database is named, and how errors and interruptions end."""

from __future__ import annotations

import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from crawlers import cli
from schema.errors import UsageError, UserError
from schema.profile import Invocation


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[Invocation]]:
    """A command `end` that ends as its argument says, and what it was called with."""
    calls: list[Invocation] = []
    endings = {"user": UserError("It broke; mend it."), "usage": UsageError("Not so."), "ctrl-c": KeyboardInterrupt(), "bug": ZeroDivisionError()}

    @click.command()
    @click.argument("how", default="")
    @click.pass_obj
    def end(invocation: Invocation, how: str) -> None:
        calls.append(invocation)
        if how:
            raise endings[how]

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli.Commands, "get_command", lambda group, ctx, name: end if name == "end" else None)
    hears = signal.getsignal(signal.SIGINT)
    yield calls
    signal.signal(signal.SIGINT, hears)


@pytest.mark.parametrize(("how", "code", "said"), [
    ("user", 1, "hubbub: It broke; mend it.\n"),
    ("usage", 2, "hubbub: Not so.\n"),
    ("ctrl-c", 130, "hubbub: interrupted; everything stored so far is kept.\n"),
    ("", 0, ""),
])
def test_errors_are_one_sentence_and_the_exit_code_of_the_contract(ending: list[Invocation], how: str, code: int, said: str) -> None:
    ended = CliRunner().invoke(cli.hubbub, ["end", how])
    assert (ended.exit_code, ended.stderr, ended.stdout) == (code, said, "")


def test_a_bug_is_a_bug(ending: list[Invocation]) -> None:
    ended = CliRunner().invoke(cli.hubbub, ["end", "bug"])
    assert isinstance(ended.exception, ZeroDivisionError)


def test_an_unknown_command_is_wrong_usage() -> None:
    ended = CliRunner().invoke(cli.hubbub, ["crwal"])
    assert ended.exit_code == 2 and "No such command 'crwal'" in ended.stderr


def test_the_database_is_named_by_option_then_environment_then_profile(ending: list[Invocation], tmp_path: Path) -> None:
    run = CliRunner().invoke
    run(cli.hubbub, ["end"])
    (tmp_path / "hubbub.toml").write_text("database = 'sqlite:///profile.db'", encoding="utf-8")
    run(cli.hubbub, ["end"])
    run(cli.hubbub, ["end"], env={"HUBBUB_DATABASE": "sqlite:///environment.db"})
    run(cli.hubbub, ["--database", "sqlite:///option.db", "end"], env={"HUBBUB_DATABASE": "sqlite:///environment.db"})
    assert [Path(call.database).name for call in ending] == ["hubbub.db", "profile.db", "environment.db", "option.db"]


def test_a_broken_profile_is_one_sentence(ending: list[Invocation], tmp_path: Path) -> None:
    (tmp_path / "hubbub.toml").write_text("title = ", encoding="utf-8")
    ended = CliRunner().invoke(cli.hubbub, ["end"])
    assert (ended.exit_code, ending) == (1, [])
    assert ended.stderr.startswith("hubbub: The project profile") and ended.stderr.count("\n") == 1


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    """`hubbub query ... | head -1`"""
    program = f"{shlex.quote(sys.executable)} -m hubbub db check --help | true; exit ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
