"""Open a database: engine, pragmas, the few differences between SQLite and PostgreSQL, and the state of its tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from schema import migrating, views
from schema.errors import UsageError, UserError
from schema.tables import meta

DEFAULT_URL = "sqlite:///hubbub.db"
MIGRATION_LOCK = 0x68756262                         # "hubb": any number that nobody else takes
PATIENCE = 60_000                                   # milliseconds to wait for somebody else who writes (SQLite)
OWN_TABLES = frozenset(("post", "comment", "meta", "run"))     # there since the first revision; other projects use Alembic, too

Condition = Literal["empty", "current", "older", "newer", "foreign"]


@dataclass(frozen=True, slots=True)
class State:
    """How the tables of a database stand to this version of hubbub."""

    condition: Condition
    revision: str | None        # as noted in the database
    behind: int = 0             # how many migrations it lacks


def parse_url(url: str) -> URL:
    """The URL with the driver hubbub uses; SQLite and PostgreSQL only."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise UsageError(
            f"{url!r} is not a database URL; write sqlite:///FILE or postgresql://USER@HOST/NAME."
        ) from None
    match parsed.drivername.partition("+")[0]:
        case "sqlite":
            return parsed.set(drivername="sqlite")
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+psycopg")
    raise UsageError(f"{shown(parsed)} is neither SQLite nor PostgreSQL; write sqlite:///FILE or postgresql://USER@HOST/NAME.")


def shown(url: URL | str) -> str:
    """The URL as it may be printed: passwords are masked, also one in the query part."""
    url = make_url(url)
    masked = url.update_query_dict({"password": "***"}) if "password" in url.query else url
    return masked.render_as_string(hide_password=True).replace("%2A%2A%2A", "***")


def open_database(url: str, *, create: bool = False) -> Engine:
    """An engine on a database that is ready for this version of hubbub.

    An absent or empty one is made when `create` says so; an older, newer or foreign one is refused and left as it is,
    byte by byte. `create` also makes sure that the database can be written.
    """
    parsed = parse_url(url)
    file = sqlite_file(parsed)
    if file and not create and not file.exists():
        raise UserError(f"There is no database at {shown(parsed)}. Fill one with `hubbub crawl URL`, or name another with --database.")
    state = look(parsed)
    if state.condition != "current" and not (create and state.condition == "empty"):
        raise UserError(refusal(state, shown(parsed)))
    engine = engine_for(parsed)
    if create:
        _prepare(engine, state)
    return engine


def _prepare(engine: Engine, state: State) -> None:
    try:
        with understandable(engine.url):
            if state.condition == "empty":
                upgrade(engine)
            elif engine.dialect.name == "sqlite":
                with engine.connect() as connection:
                    connection.exec_driver_sql("BEGIN IMMEDIATE")   # refused for a file that cannot be written
    except UserError:
        engine.dispose()
        raise


def refusal(state: State, where: str) -> str:
    """Why a database in that state is not used, and what to do."""
    match state.condition:
        case "empty":
            return f"The database at {where} is empty. Fill it with `hubbub crawl URL`."
        case "older" if state.behind:
            versions = "one version" if state.behind == 1 else f"{state.behind} versions"
            return f"The database at {where} is {versions} behind. Run `hubbub db upgrade` (a backup is made first)."
        case "older":
            return f"The views of the database at {where} are out of date. Run `hubbub db upgrade` (a backup is made first)."
        case "newer":
            return f"The database at {where} was made by a newer hubbub (revision {state.revision}). Run `pip install --upgrade hubbub`."
        case _:
            return f"The database at {where} holds other tables, not hubbub's. Name another with --database."


def look(url: URL) -> State:
    """The state of the database behind a URL, without changing a byte of it; an absent SQLite file is an empty database."""
    file = sqlite_file(url)
    if url.get_backend_name() == "sqlite" and not (file and file.exists()):
        return State("empty", None)
    if file and file.is_dir():
        raise UserError(f"{file} is a folder, not a database. Name a file in it: {shown(url.set(database=str(file / 'hubbub.db')))}")
    with looking(url) as connection:
        return state_of(connection)


@contextmanager
def looking(url: URL) -> Iterator[Connection]:
    """A connection that leaves the database and its folder as they are; for a SQLite file that is there, or PostgreSQL."""
    file = sqlite_file(url)
    engine = engine_for(url.set(database=_as_uri(file), query={"uri": "true", **_access(file)}) if file else url, read_only=True)
    try:
        with understandable(url), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _access(file: Path) -> dict[str, str]:
    """A read-only connection to a file with a write-ahead log makes that log and leaves it behind, if there is none.

    Where there is none, nobody is writing either, and SQLite may take the file for one that never changes. The log is looked
    for first: while this process has a connection, it is there, and then the file must not be opened besides. Closing it
    would take away the connection's locks, and the next process to leave would delete the log that we write to
    (https://sqlite.org/howtocorrupt.html, 2.2, of POSIX locks).
    """
    at_rest = not Path(f"{file}-wal").exists() and _keeps_a_log(file)
    return {"immutable": "1"} if at_rest else {"mode": "ro"}


def _keeps_a_log(file: Path) -> bool:
    """Byte 18 of the header, see https://sqlite.org/fileformat2.html (1.3.3)."""
    try:
        with file.open("rb") as start:
            return start.read(19)[18:] == b"\x02"
    except OSError:
        return False        # SQLite will say what is wrong with it


def _as_uri(file: Path) -> str:
    return f"file:{quote(str(file.absolute()))}"


def sqlite_file(url: URL) -> Path | None:
    """The file of a SQLite URL; None for PostgreSQL and for a database in memory."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def engine_for(url: URL, *, read_only: bool = False) -> Engine:
    """An engine with hubbub's pragmas. `read_only`: nothing can be written through it, whatever SQL says."""
    if url.get_backend_name() == "postgresql":
        return create_engine(url, pool_pre_ping=True, connect_args=_read_only_options(url) if read_only else {})
    engine = create_engine(url)
    event.listen(engine, "connect", _read_only_pragmas if read_only else _pragmas)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: on SQLite it waits for its turn at the start, since one that has read before would be refused."""
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


def _read_only_options(url: URL) -> dict[str, str]:
    """Added to the options that the URL itself gives (a search path, say): libpq takes only one such word."""
    given = url.query.get("options", "")
    words = given if isinstance(given, str) else " ".join(given)
    return {"options": f"{words} -c default_transaction_read_only=on".strip()}


def _pragmas(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    for pragma in (f"busy_timeout = {PATIENCE}", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _read_only_pragmas(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    for pragma in (f"busy_timeout = {PATIENCE}", "query_only = ON"):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def understandable(url: URL) -> Iterator[None]:
    """Turn what a driver says of an unreachable, unwritable or broken database into one sentence."""
    try:
        yield
    except OperationalError as error:
        raise UserError(f"The database at {shown(url)} cannot be used: {_first_line(error)}. {_advice(url)}") from error
    except DatabaseError as error:
        where = f"The file behind {shown(url)} is no usable database" if sqlite_file(url) else f"The database at {shown(url)} refuses"
        raise UserError(f"{where}: {_first_line(error)}. Name another with --database.") from error


def _first_line(error: DatabaseError) -> str:
    words = str(error.orig).strip() or type(error.orig).__name__
    return words.splitlines()[0].rstrip(".")


def _advice(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return "Check that its folder exists, is writable and has room, or name another with --database."
    return "Check that the server runs and that user and password are right."


def state_of(connection: Connection) -> State:
    """How this database stands to the migrations and views of this version."""
    tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    if not tables >= OWN_TABLES:
        return State("foreign" if tables else "empty", None)
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    behind = migrating.behind(revision)
    if behind is None:
        return State("newer", revision)
    if behind or _stored_fingerprint(connection) != views.fingerprint():
        return State("older", revision, behind)
    return State("current", revision)


def _stored_fingerprint(connection: Connection) -> str | None:
    return connection.execute(select(meta.c.value).where(meta.c.name == "views")).scalar()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to that revision, one transaction for all of it; at the newest, make the views anew."""
    with engine.begin() as connection:
        _alone(connection)
        views.drop(connection)
        migrating.upgrade(connection, revision)
        if state_of(connection).behind == 0:
            views.create(connection)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the tables back to an older revision; the views go, since they belong to the newest."""
    with engine.begin() as connection:
        _alone(connection)
        views.drop(connection)
        migrating.downgrade(connection, revision)


def _alone(connection: Connection) -> None:
    """Nobody else migrates meanwhile. Python's sqlite3 would not begin a transaction for CREATE TABLE of its own accord."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
