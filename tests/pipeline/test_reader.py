"""Read-only means read-only, on both engines, whatever the SQL says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, func, select

from pipeline.reader import ask, reading
from schema import tables
from schema.database import open_database
from schema.errors import UserError
from tests.pipeline.rows import fill


@pytest.fixture
def connection(corpus_url: str) -> Iterator[Connection]:
    with reading(corpus_url) as connection:
        yield connection


def _rows(url: str) -> dict[str, int]:
    """How many rows each table has, seen from outside."""
    engine = open_database(url)
    with engine.connect() as outside:
        counts = {table.name: outside.execute(select(func.count()).select_from(table)).scalar_one() for table in tables.metadata.sorted_tables}
    engine.dispose()
    return counts


WRITES = (
    "DELETE FROM comment",
    "DROP TABLE post",
    "DROP VIEW posts",
    "CREATE TABLE mine (a INTEGER)",
    "CREATE TEMPORARY TABLE mine (a INTEGER)",
    "INSERT INTO meta (name, value) VALUES ('a', 'b') RETURNING name",
    "UPDATE post SET title = 'x' RETURNING key",
    "SELECT 1; DELETE FROM comment",
    "SELECT 1; COMMIT; DELETE FROM comment; SELECT 1",
    "COMMIT; DELETE FROM comment",
    "ROLLBACK; BEGIN READ WRITE; DELETE FROM comment; COMMIT",
    "SET TRANSACTION READ WRITE; DELETE FROM comment; COMMIT",
    "SET TRANSACTION READ WRITE",
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
    "SELECT set_config('transaction_read_only', 'off', false)",
    "WITH gone AS (DELETE FROM comment RETURNING key) SELECT * FROM gone",
    "SELECT * INTO mine FROM post",
    "DO $$ BEGIN DELETE FROM comment; END $$",
    "DO $$ BEGIN COMMIT; SET TRANSACTION READ WRITE; DELETE FROM comment; COMMIT; END $$",
    "COPY (SELECT 1) TO '/tmp/hubbub-was-here'",
    "EXPLAIN ANALYZE DELETE FROM comment",
    "PRAGMA query_only = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = DELETE",
    "ATTACH 'other.db' AS other",
    "VACUUM INTO 'copy.db'",
    "SELECT load_extension('x')",
)


@pytest.mark.parametrize("sql", WRITES)
def test_no_sql_writes(sql: str, corpus_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = _rows(corpus_url)
    with reading(corpus_url) as connection, pytest.raises(UserError):
        list(ask(connection, sql).rows)
    assert _rows(corpus_url) == before
    assert list(tmp_path.iterdir()) == []
    assert not Path("/tmp/hubbub-was-here").exists()


def test_several_attempts_on_one_connection_do_not_add_up_to_a_write(corpus_url: str) -> None:
    with reading(corpus_url) as connection:
        for sql in ("COMMIT", "SELECT set_config('default_transaction_read_only', 'off', false)", "COMMIT", "BEGIN", "DELETE FROM comment", "COMMIT"):
            with suppress(UserError):
                list(ask(connection, sql).rows)
            if connection.dialect.name == "postgresql":
                connection.rollback()
    assert _rows(corpus_url)["comment"] == 8


@pytest.mark.parametrize(("sql", "rows"), [
    ("SELECT COUNT(*) FROM posts WHERE title LIKE 'L%'", [(1,)]),
    ("SELECT '100 %s %(a)s', ':name', '?'", [("100 %s %(a)s", ":name", "?")]),
    ("SELECT 7 % 4", [(3,)]),
    ("SELECT 1;", [(1,)]),
    ("-- a remark\nSELECT 1 -- and another", [(1,)]),
    ("WITH few AS (SELECT key FROM posts WHERE title = 'Prices') SELECT COUNT(*) FROM few", [(1,)]),
    ("SELECT title FROM posts WHERE title = 'nothing'", []),
    ("SELECT published FROM posts WHERE published IS NULL", [(None,)]),
])
def test_sql_is_taken_as_it_stands(sql: str, rows: list[tuple[object, ...]], connection: Connection) -> None:
    assert list(ask(connection, sql).rows) == rows


def test_an_answer_names_its_columns(connection: Connection) -> None:
    answer = ask(connection, "SELECT key, title AS named FROM posts WHERE title = 'Prices'")
    assert answer.columns == ("key", "named")
    assert len(list(answer.rows)) == 1


@pytest.mark.parametrize(("sql", "words"), [
    ("SELECT * FROM nowhere", "nowhere"),
    ("SELECT nothing FROM posts", "nothing"),
    ("SELEC 1", "syntax error"),
    ("-- nothing", "SQL"),
])
def test_an_error_is_one_sentence_with_the_words_of_the_database(sql: str, words: str, connection: Connection) -> None:
    with pytest.raises(UserError, match=words) as error:
        list(ask(connection, sql).rows)
    assert "\n" not in str(error.value)


def test_rows_are_fetched_as_they_are_needed(connection: Connection) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT i FROM n"
    rows = ask(connection, endless).rows
    assert [next(rows) for _ in range(3)] == [(1,), (2,), (3,)]
    rows.close()


def test_what_is_written_meanwhile_is_not_seen(engine: Engine, database_url: str) -> None:
    fill(engine)
    with reading(database_url) as connection:
        with engine.begin() as writer:
            writer.execute(tables.comment.delete())
        assert list(ask(connection, "SELECT COUNT(*) FROM comments").rows) == [(8,)]


def test_an_absent_database_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no database"), reading(f"sqlite:///{tmp_path / 'none.db'}"):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["with space.db", "100%.db", "hash#.db", "a&b=c.db", "ü.db"])
def test_any_file_name_can_be_read(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    open_database(f"sqlite:///{file}", create=True).dispose()
    with reading(f"sqlite:///{file}") as connection:
        assert list(ask(connection, "SELECT COUNT(*) FROM posts").rows) == [(0,)]
