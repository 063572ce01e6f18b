"""The one door through which answers leave the database: read-only, whatever the SQL says, and row by row."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, CursorResult, Engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from schema import database
from schema.errors import UserError

ROWS_AT_ONCE = 500
STEPS_BETWEEN_SIGNALS = 1_000_000    # of SQLite's machine, some 10 ms: so that Ctrl-C ends a long query
_READING = frozenset((
    sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_TRANSACTION,
))
_READING_PRAGMAS = frozenset((
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
    "database_list", "compile_options", "read_uncommitted",
))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives: the names of its columns, and its rows as they come. Close the rows when not all are taken."""

    columns: tuple[str, ...]
    rows: Generator[tuple[Any, ...]]     # Any: whatever the database holds


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """A connection for reading a database that is ready for this version of hubbub: one unchanging view of it."""
    engine = open_for_reading(url)
    try:
        with database.understandable(database.parse_url(url)), engine.connect() as connection:
            _hold_still(connection)
            yield connection
    finally:
        engine.dispose()


def open_for_reading(url: str) -> Engine:
    """An engine that cannot write; an absent, empty, older, newer or foreign database is refused with its sentence."""
    database.open_database(url).dispose()
    parsed = database.parse_url(url)
    return _engine(parsed, database.sqlite_file(parsed))


def _engine(url: URL, file: Path | None) -> Engine:
    if file:
        url = url.set(database=f"file:{quote(str(file.absolute()))}", query={"uri": "true", **_access(file)})
    engine = database.engine_for(url, read_only=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _only_reading)
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _access(file: Path) -> dict[str, str]:
    """A database on a read-only medium has no room for SQLite's shared memory; there, nobody else writes either."""
    alone = not os.access(file.parent, os.W_OK) and not Path(f"{file}-wal").exists()
    return {"immutable": "1"} if alone else {"mode": "ro"}


def _only_reading(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    """`query_only` could be switched off by SQL, and ATTACH would make files: SQLite asks us before each such step."""
    connection.set_authorizer(_allowed)
    connection.set_progress_handler(_still_there, STEPS_BETWEEN_SIGNALS)


def _allowed(action: int, first: str | None, *_more: str | None) -> int:
    if action in _READING or (action == sqlite3.SQLITE_PRAGMA and first in _READING_PRAGMAS):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _still_there() -> int:
    return 0


def _hold_still(connection: Connection) -> None:
    """All that follows sees one state of the database. On PostgreSQL a transaction that has read cannot be made writable."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")
    connection.execute(text("SELECT value FROM meta LIMIT 1")).all()


def ask(connection: Connection, sql: str) -> Answer:
    """The answer to SQL in a user's own words: one statement, taken as it stands (`%` and `:name` have no meaning)."""
    with understandable_sql():
        result = streaming(connection).execution_options(no_parameters=True).exec_driver_sql(sql)
    if not result.returns_rows:
        raise UserError("The SQL gives no rows. Ask with a SELECT; nothing can be changed through this command.")
    return Answer(tuple(result.keys()), _rows(result))


def streaming(connection: Connection) -> Connection:
    """The same connection, with rows fetched as they are needed.

    On PostgreSQL the query goes through DECLARE CURSOR in the extended protocol, which takes one query and nothing else.
    """
    return connection.execution_options(stream_results=True, max_row_buffer=ROWS_AT_ONCE)


def _rows(result: CursorResult[Any]) -> Generator[tuple[Any, ...]]:   # Any: as in Answer
    with understandable_sql(), result:
        for row in result:
            yield tuple(row)


@contextmanager
def understandable_sql() -> Iterator[None]:
    """Turn what the database says of a user's SQL into one sentence."""
    try:
        yield
    except DBAPIError as error:
        if str(error.orig) == "interrupted":        # what SQLite makes of Ctrl-C in _still_there
            raise KeyboardInterrupt from error
        first_line = str(error.orig).strip().splitlines()[0].rstrip(".")
        raise UserError(f"The database does not accept the SQL: {first_line}.{_advice(first_line)}") from error
    except sqlite3.Warning as error:
        raise UserError(f"The database does not accept the SQL: {error} Ask one SELECT at a time.") from error


def _advice(first_line: str) -> str:
    if "no such table" in first_line or "no such column" in first_line or "does not exist" in first_line:
        return " The views are `posts` and `comments`; `hubbub query \"SELECT * FROM comments LIMIT 1\" --format json` shows all their columns."
    if "not authorized" in first_line or "read-only" in first_line or "readonly" in first_line:
        return " This command only reads."
    return ""
