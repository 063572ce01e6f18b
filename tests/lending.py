"""One migrated PostgreSQL database, lent to one test after the other: emptied in between, which is far quicker than a new one.

A test that changed more than rows (a view dropped, another revision noted) leaves a database that is not lent again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from tests.postgres import Server

KEPT = ("alembic_version", "meta")      # what migrations put there themselves
# All that stays the same as long as only rows change.
SHAPE = """
    SELECT array_agg(concat_ws(' ', relname, relkind, attname, atttypid, attnum, attnotnull, attcollation) ORDER BY relname, attnum)
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid WHERE relnamespace = 'public'::regnamespace
  UNION ALL
    SELECT array_agg(concat_ws(' ', conname, pg_get_constraintdef(oid)) ORDER BY conname)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL
    SELECT array_agg(concat_ws(' ', viewname, definition) ORDER BY viewname) FROM pg_views WHERE schemaname = 'public'
"""


class Lender:
    """Keeps the database between tests."""

    def __init__(self, server: Server, template: str) -> None:
        self._server = server
        self._template = template
        self._made = 0
        self._name = ""         # of the database that can be lent; "": a new one must be made
        self._as_made: list[object] = []

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a migrated database without rows."""
        name = self._name or self._make()
        self._name = ""
        try:
            yield self._server.url(name)
        finally:
            self._server.disconnect(name)
            self._take_back(name)

    def _make(self) -> str:
        self._made += 1
        name = f"lent_{self._made}"
        with psycopg.connect(self._server.create(name, self._template)) as connection:
            self._as_made = _shape(connection)
        return name

    def _take_back(self, name: str) -> None:
        with psycopg.connect(self._server.url(name)) as connection:
            whole = _shape(connection) == self._as_made
            if whole:
                _empty(connection)
        if whole:
            self._name = name
        else:
            self._server.drop(name)


def _shape(connection: psycopg.Connection) -> list[object]:
    tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    kept = [connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name))).fetchall() for name in KEPT if (name,) in tables]
    return [*connection.execute(SHAPE).fetchall(), *kept]


def _empty(connection: psycopg.Connection) -> None:
    connection.execute("SET session_replication_role = replica")        # foreign keys need not be asked
    for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
        if name not in KEPT:
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
    connection.execute("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace")
