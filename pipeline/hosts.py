"""What is remembered of a host from one run to the next: its robots.txt, and whether it is to be left alone for a while."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from pipeline import turns
from pipeline.flow import in_batches
from schema.tables import host

COPY_SERVES = timedelta(hours=24)      # RFC 9309, 2.4: a copy should not be used for longer


@dataclass(frozen=True, slots=True)
class Host:
    """One site: scheme and host."""

    site: str
    robots: bytes | None = None             # None: there is no good copy
    robots_status: int | None = None
    robots_at: datetime | None = None       # when the copy was had, or last confirmed
    robots_etag: str = ""
    robots_modified: str = ""
    closed_until: datetime | None = None
    closed_why: str = ""

    def has_copy(self, now: datetime) -> bool:
        """Whether there is a copy of robots.txt that may stand in for one that cannot be had."""
        return self.robots is not None and self.robots_at is not None and now - self.robots_at < COPY_SERVES

    def is_closed(self, now: datetime) -> bool:
        """Whether the host is to be left alone."""
        return self.closed_until is not None and now < self.closed_until


def load(engine: Engine, sites: Iterable[str]) -> Mapping[str, Host]:
    """Those of the sites that are known."""
    wanted = sorted(set(sites))
    return {one.site: one for one in turns.read(engine, lambda connection: list(_found(connection, wanted)))}


def _found(connection: Connection, sites: Iterable[str]) -> Iterator[Host]:
    for batch in in_batches(sites, 500):
        for row in connection.execute(select(host).where(host.c.site.in_(batch))).mappings():
            yield Host(**{**row, "robots": None if row["robots"] is None else bytes(row["robots"])})


def save(engine: Engine, one: Host) -> None:
    """Remember all of it."""
    _save(engine, asdict(one))


def keep_robots(engine: Engine, one: Host) -> None:
    """Remember what is known of its robots.txt alone."""
    _save(engine, {name: value for name, value in asdict(one).items() if not name.startswith("closed")})


def close(engine: Engine, site: str, until: datetime, why: str) -> None:
    """Leave the host alone until then."""
    _save(engine, {"site": site, "closed_until": until, "closed_why": why})


def _save(engine: Engine, values: dict[str, Any]) -> None:      # Any: columns of every type
    turns.write(engine, lambda connection: connection.execute(_statement(connection, values)))


def _statement(connection: Connection, values: dict[str, Any]) -> Any:      # Any: as above, and an Insert of either dialect
    insert = postgresql.insert(host) if connection.dialect.name == "postgresql" else sqlite.insert(host)
    changes = {name: value for name, value in values.items() if name != "site"}
    return insert.values(values).on_conflict_do_update(index_elements=[host.c.site], set_=changes)
