"""Transactions that take turns: writers of the same blog wait for each other, and a server that is away for a moment is waited for.

What is written may be repeated at will (see pipeline.upsert), so that a transaction of which nobody knows whether it was
committed is simply made once more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from schema.database import PATIENCE, writing

T = TypeVar("T")
_PAUSE = 0.5                        # seconds between two attempts
_COLLIDED = ("40001", "40P01")      # serialization failure, deadlock: https://www.postgresql.org/docs/current/errcodes-appendix.html
_AWAY = ("57P01", "57P02", "57P03") # the server is shut down, has crashed, or is not up yet


def write(engine: Engine, work: Callable[[Connection], T], names: Iterable[str] = ()) -> T:
    """What `work` gives, in a transaction of its own. Writers that have a name in common come one after the other."""
    ordered = sorted(set(names))

    def turn() -> T:
        with writing(engine) as connection:
            if connection.dialect.name == "postgresql":     # SQLite has one writer at a time anyway
                for name in ordered:
                    connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})
            return work(connection)

    return patiently(engine, turn)


def read(engine: Engine, work: Callable[[Connection], T]) -> T:
    """What `work` gives, with a connection to read."""

    def look() -> T:
        with engine.connect() as connection:
            return work(connection)

    return patiently(engine, look)


def patiently(engine: Engine, work: Callable[[], T], clock: Callable[[], float] = time.monotonic) -> T:
    """What `work` gives; once more, for a minute, where the server was away or somebody came in between."""
    until = clock() + PATIENCE / 1000
    while True:
        try:
            return work()
        except DBAPIError as error:
            if not is_passing(error) or clock() > until:
                raise
            engine.dispose()        # connections to a server that has gone
            time.sleep(_PAUSE)


def is_passing(error: DBAPIError) -> bool:
    """Whether it may go better the next time. A SQLite that is busy was waited for already."""
    state = getattr(error.orig, "sqlstate", None)
    if state in (*_COLLIDED, *_AWAY) or (state or "").startswith("08"):
        return True
    if error.connection_invalidated:
        return True
    said = str(error.orig)
    return state is None and any(words in said for words in ("Connection refused", "the database system is", "server closed the connection", "connection is lost", "could not receive data"))
