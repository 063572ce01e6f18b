"""Which databases are opened, which are refused with which sentence, and that a refused one stays as it was."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from schema import database, migrating
from schema.database import (
    State,
    downgrade,
    engine_for,
    look,
    open_database,
    parse_url,
    shown,
    sqlite_file,
    upgrade,
)
from schema.errors import UsageError, UserError
from schema.tables import meta

NOT_URLS = ["", "hubbub.db", "mysql://user@host/name", "duckdb:///x", "postgresql://user@host:port/name", "://"]
SHOWN = [
    ("sqlite:///hubbub.db", "sqlite:///hubbub.db"),
    ("postgresql://jane:secret@host/name", "postgresql://jane:***@host/name"),
    ("postgresql://jane@host/name?password=secret", "postgresql://jane@host/name?password=***"),
]
FILES = [
    ("sqlite:///hubbub.db", Path("hubbub.db")),
    ("sqlite:////srv/a b.db", Path("/srv/a b.db")),
    ("sqlite://", None),
    ("sqlite:///:memory:", None),
    ("postgresql://user@host/name", None),
]


def fingerprint(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def change(url: str, *statements: str) -> None:
    """What somebody else did to the database, by other means than ours."""
    engine = create_engine(parse_url(url))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def refusal(url: str, *, create: bool = False) -> str:
    with pytest.raises(UserError) as refused:
        open_database(url, create=create)
    return str(refused.value)


@pytest.mark.parametrize("url", NOT_URLS)
def test_what_is_no_url_of_ours_is_wrong_usage(url: str) -> None:
    with pytest.raises(UsageError, match="postgresql://USER@HOST/NAME"):
        parse_url(url)


@pytest.mark.parametrize("url", ["postgres://u@h/n", "postgresql://u@h/n", "postgresql+psycopg2://u@h/n", "postgresql+psycopg://u@h/n"])
def test_postgresql_is_reached_with_psycopg(url: str) -> None:
    assert parse_url(url).drivername == "postgresql+psycopg"


@pytest.mark.parametrize(("url", "expected"), SHOWN)
def test_passwords_are_not_shown(url: str, expected: str) -> None:
    assert shown(url) == expected


@pytest.mark.parametrize(("url", "expected"), FILES)
def test_the_file_of_a_url(url: str, expected: Path | None) -> None:
    assert sqlite_file(parse_url(url)) == expected


def test_a_blank_database_is_made_when_asked_and_only_then(blank_url: str) -> None:
    assert "hubbub crawl URL" in refusal(blank_url)
    assert look(parse_url(blank_url)) == State("empty", None)
    engine = open_database(blank_url, create=True)
    assert {"post", "comment", "meta"} <= set(inspect(engine).get_table_names())
    engine.dispose()
    open_database(blank_url).dispose()
    open_database(blank_url, create=True).dispose()


def test_asking_for_an_absent_file_does_not_make_it(tmp_path: Path) -> None:
    assert "There is no database at" in refusal(f"sqlite:///{tmp_path}/hubbub.db")
    assert not list(tmp_path.iterdir())


REFUSALS = [
    (("UPDATE meta SET value = 'of another version' WHERE name = 'views'",), "out of date. Run `hubbub db upgrade`"),
    (("UPDATE alembic_version SET version_num = '9999'",), "made by a newer hubbub (revision 9999). Run `pip install --upgrade hubbub`"),
    (("DROP VIEW posts", "DROP VIEW comments", "DROP TABLE meta"), "holds other tables, not hubbub's. Name another with --database"),
]


@pytest.mark.parametrize(("done", "expected"), REFUSALS)
def test_a_database_of_another_version_or_program_is_refused_with_what_to_do(
    database_url: str, done: tuple[str, ...], expected: str
) -> None:
    change(database_url, *done)
    before = dump(database_url)
    assert expected in refusal(database_url)
    assert expected in refusal(database_url, create=True)
    assert dump(database_url) == before


def dump(url: str) -> object:
    """Everything of a SQLite folder, byte by byte; of PostgreSQL the relations and what the small tables hold."""
    file = sqlite_file(parse_url(url))
    if file:
        return fingerprint(file.parent)
    engine = create_engine(parse_url(url))
    with engine.connect() as connection:
        relations = connection.execute(text("SELECT relname, relfilenode FROM pg_class ORDER BY 1")).all()
        version = connection.execute(text("SELECT * FROM alembic_version")).all()
    engine.dispose()
    return relations, version


@pytest.mark.parametrize("behind", [1, 2])
def test_a_database_some_migrations_behind_says_how_many(database_url: str, behind: int) -> None:
    engine = database.open_database(database_url)
    database.downgrade(engine, f"{int(migrating.newest()) - behind:04}")
    engine.dispose()
    versions = "one version behind" if behind == 1 else "2 versions behind"
    assert f"{versions}. Run `hubbub db upgrade` (a backup is made first)" in refusal(database_url)


FOREIGN = {
    "tables of another program": ("CREATE TABLE thing (id INTEGER)",),
    "another program that uses Alembic": (
        "CREATE TABLE alembic_version (version_num VARCHAR(32))", "INSERT INTO alembic_version VALUES ('0001')", "CREATE TABLE post (id INTEGER)",
    ),
}


@pytest.mark.parametrize("statements", FOREIGN.values(), ids=FOREIGN)
def test_tables_of_others_are_refused_and_left_alone(blank_url: str, statements: tuple[str, ...]) -> None:
    change(blank_url, *statements)
    file = sqlite_file(parse_url(blank_url))
    before = fingerprint(file.parent) if file else {}
    assert "holds other tables, not hubbub's" in refusal(blank_url, create=True)
    assert (fingerprint(file.parent) if file else {}) == before


def test_an_empty_file_is_an_empty_database_and_stays_one(tmp_path: Path) -> None:
    file = tmp_path / "hubbub.db"
    file.touch()
    assert "is empty. Fill it with `hubbub crawl URL`" in refusal(f"sqlite:///{file}")
    assert file.read_bytes() == b""
    open_database(f"sqlite:///{file}", create=True).dispose()
    assert file.stat().st_size > 0


def test_what_was_written_by_a_process_that_was_killed_is_not_touched_by_looking(tmp_path: Path) -> None:
    """A write-ahead log is left behind; whoever opens the file for writing folds it in, who only looks must not."""
    ours, copy = tmp_path / "ours", tmp_path / "copy"
    ours.mkdir()
    copy.mkdir()
    open_database(f"sqlite:///{ours}/hubbub.db", create=True).dispose()
    with closing(sqlite3.connect(ours / "hubbub.db")) as writing:
        writing.execute("UPDATE alembic_version SET version_num = '9999'")
        writing.commit()
        for file in ours.iterdir():
            (copy / file.name).write_bytes(file.read_bytes())
    main, log = ((copy / name).read_bytes() for name in ("hubbub.db", "hubbub.db-wal"))
    assert "made by a newer hubbub" in refusal(f"sqlite:///{copy}/hubbub.db", create=True)
    assert ((copy / "hubbub.db").read_bytes(), (copy / "hubbub.db-wal").read_bytes()) == (main, log)


def test_a_file_that_is_no_database_is_named_as_such(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Not a database, but a note of some length. " * 100)
    before = file.read_bytes()
    assert "is no usable database: file is not a database. Name another with --database." in refusal(f"sqlite:///{file}", create=True)
    assert file.read_bytes() == before


UNWRITABLE = ["{}/absent/hubbub.db", "/proc/hubbub.db"]


@pytest.mark.parametrize("path", UNWRITABLE)
def test_a_path_that_cannot_be_written_is_one_sentence(path: str, tmp_path: Path) -> None:
    sentence = refusal("sqlite:///" + path.format(tmp_path), create=True)
    assert "cannot be used: " in sentence
    assert "Check that its folder exists, is writable and has room" in sentence


def test_a_database_that_cannot_be_written_is_refused_at_the_start_of_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "hubbub.db"
    open_database(f"sqlite:///{file}", create=True).dispose()
    read_only = engine_for(parse_url(f"sqlite:///{file}"), read_only=True)     # to root, every file is writable
    monkeypatch.setattr(database, "engine_for", lambda url, **_: read_only)
    assert "attempt to write a readonly database" in refusal(f"sqlite:///{file}", create=True)


def test_a_server_that_does_not_answer_is_one_sentence() -> None:
    sentence = refusal("postgresql://jane:secret@127.0.0.1:1/name")
    assert "cannot be used: " in sentence and "Check that the server runs" in sentence
    assert "secret" not in sentence and "\n" not in sentence


def test_a_read_only_engine_reads_and_does_not_write(database_url: str) -> None:
    engine = engine_for(parse_url(database_url), read_only=True)
    with engine.connect() as connection:
        assert connection.execute(select(meta.c.name)).scalars().all() == ["views"]
        with pytest.raises(DBAPIError, match=r"read-?only"):
            connection.execute(meta.delete())
    engine.dispose()


def test_reading_only_keeps_the_options_of_the_url() -> None:
    url = parse_url("postgresql://u@h/n?options=-csearch_path%3Dcorpus")
    assert database._read_only_options(url) == {"options": "-csearch_path=corpus -c default_transaction_read_only=on"}


def test_a_migration_that_fails_leaves_everything_as_it_was(blank_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the machine was switched off")

    engine = engine_for(parse_url(blank_url))
    monkeypatch.setattr("schema.views.create", fail)
    with pytest.raises(RuntimeError):
        upgrade(engine)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_two_that_make_the_same_database_at_once_make_it_once(blank_url: str) -> None:
    def make(_: int) -> None:
        open_database(blank_url, create=True).dispose()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(make, range(4)))
    open_database(blank_url).dispose()


def test_sqlite_waits_keeps_a_log_and_knows_foreign_keys(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/hubbub.db", create=True)
    with engine.connect() as connection:
        values = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("busy_timeout", "journal_mode", "foreign_keys")}
    engine.dispose()
    assert values == {"busy_timeout": 60000, "journal_mode": "wal", "foreign_keys": 1}


def test_a_database_in_memory_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    engine = open_database("sqlite:///:memory:", create=True)
    assert "post" in inspect(engine).get_table_names()
    engine.dispose()
    assert not list(tmp_path.iterdir())


def test_a_file_name_may_hold_anything(tmp_path: Path) -> None:
    file = tmp_path / "50% of #1, why not?.db"
    url = parse_url("sqlite://").set(database=str(file)).render_as_string()
    open_database(url, create=True).dispose()
    assert look(parse_url(url)).condition == "current"
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_downgrading_takes_the_views_and_tables_away(engine: Engine) -> None:
    downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    assert inspect(engine).get_view_names() == []
    with engine.connect() as connection:
        assert database.state_of(connection) == State("empty", None)
    upgrade(engine)
    with engine.connect() as connection:
        assert database.state_of(connection).condition == "current"


@pytest.mark.parametrize("create", [False, True])
def test_a_folder_is_no_database(tmp_path: Path, create: bool) -> None:
    said = refusal(f"sqlite:///{tmp_path}", create=create)
    assert said == f"{tmp_path} is a folder, not a database. Name a file in it: sqlite:///{tmp_path}/hubbub.db"


def test_what_is_written_after_another_process_has_come_and_gone_is_not_lost(tmp_path: Path) -> None:
    """POSIX locks go when any handle on the file is closed: looking at our own database must not take away those of our connections."""
    url = f"sqlite:///{tmp_path}/hubbub.db"
    engine = open_database(url, create=True)
    with engine.begin() as connection:
        connection.execute(insert(meta).values(name="before", value="1"))
    open_database(url).dispose()
    look_once = "import sys; from schema.database import open_database; open_database(sys.argv[1], create=True).dispose()"
    subprocess.run([sys.executable, "-c", look_once, url], check=True)
    with engine.begin() as connection:
        connection.execute(insert(meta).values(name="after", value="1"))
    with closing(sqlite3.connect(tmp_path / "hubbub.db")) as other:
        assert other.execute("SELECT count(*) FROM meta WHERE name IN ('before', 'after')").fetchone() == (2,)
    engine.dispose()
