"""`hubbub db upgrade | check | backup`, on both engines."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from crawlers.cli import hubbub
from schema.database import look, parse_url, sqlite_file
from tests import postgres

Run = Callable[..., Result]
STALE = "UPDATE meta SET value = 'stale' WHERE name = 'views'"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`hubbub` in an empty working directory, with the server's own pg_dump on the path."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(postgres.binaries()), prepend=os.pathsep)
    return lambda url, *words: CliRunner().invoke(hubbub, ["--database", url, "db", *words])


def change(url: str, *statements: str) -> None:
    engine = create_engine(parse_url(url))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def backups(url: str, folder: Path) -> list[Path]:
    file = sqlite_file(parse_url(url))
    return list((file.parent if file else folder).glob("*.backup-*"))


def test_upgrade_gives_an_empty_database_its_tables(run: Run, blank_url: str) -> None:
    ended = run(blank_url, "upgrade")
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert "was empty; it has its tables now." in ended.stdout
    assert look(parse_url(blank_url)).condition == "current"


def test_upgrade_of_what_is_up_to_date_does_nothing(run: Run, database_url: str, tmp_path: Path) -> None:
    ended = run(database_url, "upgrade")
    assert (ended.exit_code, backups(database_url, tmp_path)) == (0, [])
    assert "is up to date" in ended.stdout and "nothing was done" in ended.stdout


def test_upgrade_backs_up_first_and_says_where(run: Run, database_url: str, tmp_path: Path) -> None:
    change(database_url, STALE)
    ended = run(database_url, "upgrade")
    (backup,) = backups(database_url, tmp_path)
    assert ended.exit_code == 0, ended.stderr
    assert ended.stdout.startswith("The backup is ") and backup.name in ended.stdout
    assert look(parse_url(database_url)).condition == "current"


def test_the_backup_holds_the_database_as_it_was(run: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hubbub.db"
    run(url, "upgrade")
    change(url, STALE)
    run(url, "upgrade")
    (backup,) = backups(url, tmp_path)
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT value FROM meta WHERE name = 'views'").fetchone() == ("stale",)


def test_no_upgrade_without_a_backup_unless_told(run: Run, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk full")

    change(database_url, STALE)
    monkeypatch.setenv("PATH", str(tmp_path))           # no pg_dump here
    monkeypatch.setattr("schema.backup._copy", fail)
    ended = run(database_url, "upgrade")
    assert ended.exit_code == 1
    assert "Nothing was changed; to go on without a backup, repeat with --no-backup." in ended.stderr
    assert look(parse_url(database_url)).condition == "older"
    assert run(database_url, "upgrade", "--no-backup").exit_code == 0
    assert look(parse_url(database_url)).condition == "current"
    assert backups(database_url, tmp_path) == []


@pytest.mark.parametrize("command", ["upgrade", "check"])
def test_a_newer_database_is_refused(run: Run, database_url: str, command: str) -> None:
    change(database_url, "UPDATE alembic_version SET version_num = '9999'")
    ended = run(database_url, command)
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert "made by a newer hubbub (revision 9999)" in ended.stderr


@pytest.mark.parametrize("command", ["upgrade", "check"])
def test_tables_of_others_are_refused(run: Run, blank_url: str, command: str) -> None:
    change(blank_url, "CREATE TABLE thing (id INTEGER)")
    ended = run(blank_url, command)
    assert ended.exit_code == 1
    assert "holds other tables, not hubbub's" in ended.stderr


def test_check_of_a_sound_database_ends_well(run: Run, database_url: str) -> None:
    ended = run(database_url, "check")
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert "integrity  ok" in ended.stdout
    assert "orphans    comments 0, replies 0, links 0, features 0, tags 0" in ended.stdout


def test_check_says_what_an_older_database_needs(run: Run, database_url: str) -> None:
    change(database_url, STALE)
    ended = run(database_url, "check")
    assert ended.exit_code == 1
    assert "Run `hubbub db upgrade`" in ended.stderr


def test_check_counts_rows_that_belong_to_nothing(run: Run, database_url: str) -> None:
    change(database_url, "INSERT INTO feature (item_key, name, version, value) VALUES ('gone', 'polarity', 1, 0)")
    ended = run(database_url, "check")
    assert ended.exit_code == 1
    assert "features 1" in ended.stdout
    assert "is damaged: 1 features belong to nothing that is stored" in ended.stderr


def test_check_of_a_broken_file_is_one_sentence(run: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hubbub.db"
    run(url, "upgrade")
    file = tmp_path / "hubbub.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:4096 * 2] + b"\xff" * 4096 * 6 + whole[4096 * 8:])
    ended = run(url, "check")
    assert ended.exit_code == 1
    assert ended.stderr.startswith("hubbub: ") and ended.stderr.count("\n") == 1


def test_backup_prints_where_it_is(run: Run, database_url: str, tmp_path: Path) -> None:
    named = run(database_url, "backup", "copy")
    assert (named.exit_code, named.stdout) == (0, "copy\n")
    assert (tmp_path / "copy").stat().st_size > 0
    unnamed = run(database_url, "backup")
    assert [Path(unnamed.stdout.strip()).name] == [path.name for path in backups(database_url, tmp_path)]


def test_backup_replaces_nothing(run: Run, database_url: str, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("mine")
    ended = run(database_url, "backup", "copy")
    assert ended.exit_code == 1 and "already there" in ended.stderr
    assert (tmp_path / "copy").read_text() == "mine"


@pytest.mark.parametrize("command", ["upgrade", "check", "backup"])
def test_a_url_that_is_none_is_wrong_usage(run: Run, command: str) -> None:
    ended = run("mysql://user@host/name", command)
    assert ended.exit_code == 2
    assert "is neither SQLite nor PostgreSQL" in ended.stderr
