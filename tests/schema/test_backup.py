"""Backups are whole, replace nothing, and leave no half copy behind when they fail."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert

from schema.backup import back_up, backup_name
from schema.database import open_database, parse_url
from schema.errors import UserError
from schema.tables import meta
from tests import postgres


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "hubbub.db"
    open_database(f"sqlite:///{file}", create=True).dispose()
    return file


def test_a_backup_can_be_made_while_somebody_writes(file: Path) -> None:
    url = f"sqlite:///{file}"
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(insert(meta).values(name="note", value="kept"))
    with engine.begin() as connection:
        connection.execute(insert(meta).values(name="draft", value="not yet"))
        target = back_up(parse_url(url))
    engine.dispose()
    assert target.parent == file.parent
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT name FROM meta ORDER BY name").fetchall() == [("note",), ("views",)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_replaces_nothing(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("mine")
    with pytest.raises(UserError, match="already there"):
        back_up(parse_url(f"sqlite:///{file}"), target)
    assert target.read_text() == "mine"


def test_a_backup_that_fails_is_one_sentence_and_no_file(file: Path, tmp_path: Path) -> None:
    url = parse_url(f"sqlite:///{file}")
    with pytest.raises(UserError, match="failed: unable to open"):
        back_up(url, tmp_path / "absent" / "copy.db")
    file.write_text("no database " * 100)
    with pytest.raises(UserError, match="failed: file is not a database"):
        back_up(url, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_what_is_not_there_is_not_backed_up(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no database at"):
        back_up(parse_url(f"sqlite:///{tmp_path}/absent.db"))
    with pytest.raises(UserError, match="in memory"):
        back_up(parse_url("sqlite://"), tmp_path / "copy.db")
    assert not list(tmp_path.iterdir())


def test_a_backup_leaves_nothing_else_in_the_folder(file: Path) -> None:
    back_up(parse_url(f"sqlite:///{file}"), file.with_name("copy.db"))
    assert sorted(path.name for path in file.parent.iterdir()) == ["copy.db", "hubbub.db"]


def test_the_name_says_when_it_was_made() -> None:
    name = backup_name(Path("/srv/hubbub.db"))
    assert name.parent == Path("/srv")
    assert name.name.startswith("hubbub.db.backup-2") and name.name.endswith("Z")


@pytest.fixture
def on_postgresql(postgresql: postgres.Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """A URL on the private server, with the programs of its version first on the path."""
    monkeypatch.setenv("PATH", str(postgres.binaries()), prepend=os.pathsep)
    return postgresql.create(f"backup_{os.urandom(4).hex()}")


def test_postgresql_is_backed_up_by_pg_dump(on_postgresql: str, tmp_path: Path) -> None:
    target = tmp_path / "copy.dump"
    assert back_up(parse_url(on_postgresql), target) == target
    assert target.read_bytes().startswith(b"PGDMP")


def test_without_pg_dump_the_sentence_says_what_to_do(on_postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="pg_dump was not found"):
        back_up(parse_url(on_postgresql), tmp_path / "copy.dump")


def test_when_pg_dump_fails_its_own_words_are_passed_on(on_postgresql: str, tmp_path: Path) -> None:
    url = parse_url(on_postgresql).set(database="absent", password="secret")
    with pytest.raises(UserError, match='database "absent" does not exist') as refused:
        back_up(url, tmp_path / "copy.dump")
    assert "secret" not in str(refused.value)
    assert not (tmp_path / "copy.dump").exists()
