"""One crawl per database at a time: a lock with an owner and a heartbeat. Whose owner is dead is taken over."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from types import TracebackType

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Row
from sqlalchemy.exc import OperationalError

from pipeline import owners
from schema.database import writing
from schema.errors import UserError
from schema.tables import lock, run

CRAWL = "crawl"
BEAT_EVERY = 5.0                        # seconds
DEAD_AFTER = timedelta(seconds=60)      # without a beat: twelve were missed; the machine is gone, or sleeps


class Busy(UserError):
    """Somebody else holds the lock."""

    exit_code = 75      # EX_TEMPFAIL of sysexits.h: try again later


class Lock:
    """Held from `take` to `release`; a thread keeps it alive with a connection of its own."""

    def __init__(self, engine: Engine, name: str = CRAWL) -> None:
        self.owner = owners.me()
        self._engine = engine
        self._name = name
        self._is_over = threading.Event()
        self._beating = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Lock:
        self.take()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def take(self) -> None:
        """Raises Busy, with a sentence about who holds it, unless the lock is free or its owner is dead."""
        with writing(self._engine) as connection:
            if not self._is_new(connection):
                self._take_over(connection)
        self._beating.start()

    def _is_new(self, connection: Connection) -> bool:
        """Whether nobody had it: then we do."""
        now = datetime.now(UTC)
        statement = postgresql.insert(lock) if connection.dialect.name == "postgresql" else sqlite.insert(lock)
        row = {"name": self._name, "owner": self.owner, "taken_at": now, "heartbeat_at": now}
        return connection.execute(statement.values(row).on_conflict_do_nothing().returning(lock.c.name)).first() is not None

    def _take_over(self, connection: Connection) -> None:
        now, mine = datetime.now(UTC), lock.c.name == self._name
        held = connection.execute(select(lock).where(mine).with_for_update()).one_or_none()
        if held and not _is_dead(held, now):
            raise Busy(_sentence(held))
        row = {"owner": self.owner, "run": None, "taken_at": now, "heartbeat_at": now}
        if held:
            connection.execute(update(lock).where(mine).values(row))
            connection.execute(update(run).where(run.c.id == held.run, run.c.outcome == "running").values(outcome="interrupted"))
        else:       # it was released this very moment
            connection.execute(insert(lock).values(name=self._name, **row))

    def belongs_to(self, number: int) -> None:
        """Note for which run it is held."""
        with writing(self._engine) as connection:
            connection.execute(update(lock).where(self._is_mine()).values(run=number))

    def _beat(self) -> None:
        while not self._is_over.wait(BEAT_EVERY):
            try:
                with writing(self._engine) as connection:
                    connection.execute(update(lock).where(self._is_mine()).values(heartbeat_at=datetime.now(UTC)))
            except OperationalError:    # a database that is busy or away for a while: the next beat may succeed
                self._engine.dispose()

    def release(self) -> None:
        """Let it go, if it is still ours; once."""
        if self._is_over.is_set():
            return
        self._is_over.set()
        self._beating.join(timeout=BEAT_EVERY)
        with writing(self._engine) as connection:
            connection.execute(delete(lock).where(self._is_mine()))

    def _is_mine(self) -> ColumnElement[bool]:
        return (lock.c.name == self._name) & (lock.c.owner == self.owner)


def _is_dead(held: Row[tuple[object, ...]], now: datetime) -> bool:
    return now - held.heartbeat_at > DEAD_AFTER or owners.is_gone(held.owner)


def _sentence(held: Row[tuple[object, ...]]) -> str:
    since = f"{held.taken_at:%Y-%m-%d %H:%M:%S} UTC"
    which = f" (run {held.run})" if held.run else ""
    return f"Another crawl{which} uses this database: {owners.shown(held.owner)}, since {since}. Wait until it has ended, or name another database."
