"""The sources, which are the sampling frame: rows of the table `source`, and which of them are due."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from pipeline.schedules import EARLY
from schema import keys
from schema.errors import UsageError
from schema.tables import source


@dataclass(frozen=True, slots=True)
class Source:
    """One blog that is visited again and again: how often, how far, why it is in the frame, and what became of it."""

    name: str
    url: str
    host: str                               # what its posts have as `source`
    is_active: bool
    inactive_why: str                       # "": it is active
    schedule: str                           # see pipeline.schedules
    max_posts: int | None                   # of one visit; None: no limit
    max_pages: int | None
    max_minutes: float | None
    delay: float | None                     # None: what holds for all
    found_how: str
    why: str
    stratum: str
    terms_url: str
    added_at: datetime
    last_run: int | None = None
    last_visit: datetime | None = None
    last_success: datetime | None = None
    last_outcome: str = ""                  # in plain words: why is this blog empty?
    failure: str = ""                       # see pipeline.setbacks; "": the last visit was none
    failures: int = 0                       # of that weight, one after the other
    failing_since: datetime | None = None
    next_visit: datetime | None = None      # None: never on its own


COLUMNS = tuple(field.name for field in fields(Source))


def load(connection: Connection) -> list[Source]:
    """All sources, by name; those that are no longer visited, too."""
    rows = connection.execute(select(source).order_by(source.c.name)).mappings()
    return [Source(**{name: row[name] for name in COLUMNS}) for row in rows]


def due(connection: Connection, now: datetime) -> list[Source]:
    """The active sources whose next visit has come, those that have waited longest first."""
    waiting = [one for one in load(connection) if one.is_active and one.next_visit and one.next_visit <= now + EARLY]
    return sorted(waiting, key=lambda one: (one.next_visit, one.name))


def upcoming(connection: Connection, now: datetime) -> Source | None:
    """The source that will be due next; None when none ever will."""
    later = [one for one in load(connection) if one.is_active and one.next_visit and one.next_visit > now + EARLY]
    return min(later, key=lambda one: (one.next_visit, one.name), default=None)


def named(connection: Connection, names: Iterable[str]) -> list[Source]:
    """The sources of those names (or addresses), each once; UsageError for a name that nothing has."""
    everyone = load(connection)
    return list(dict.fromkeys(_find(everyone, name) for name in names))


def _find(everyone: Sequence[Source], wanted: str) -> Source:
    key = keys.key_url(wanted if "://" in wanted else f"http://{wanted}")
    found = [one for one in everyone if one.name == wanted] or [one for one in everyone if keys.key_url(one.url) == key]
    if found:
        return found[0]
    alike = difflib.get_close_matches(wanted, [one.name for one in everyone], 1)
    advice = f"Did you mean {alike[0]!r}?" if alike else "`hubbub sources list` shows all."
    raise UsageError(f"There is no source {keys.without_login(wanted)!r}. {advice}")


def add(connection: Connection, one: Source) -> None:
    """Put a new source into the frame."""
    connection.execute(insert(source).values(asdict(one)))


def save(connection: Connection, one: Source, name: str = "") -> None:
    """Keep what has changed of a source; `name` is the one it had, when that changed, too."""
    connection.execute(update(source).where(source.c.name == (name or one.name)).values(asdict(one)))
