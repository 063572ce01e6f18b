"""Takes entries, from a person or a list, into the frame of sources. Doing it twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, Engine

from pipeline import schedules, sources
from pipeline.sources import Source
from pipeline.values import one_line
from schema import keys
from schema.errors import UsageError

REMOVED = "removed"
_LONGEST_NAME = 100
Kind = Literal["added", "updated", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody says of a source. Only the fields named in `said` count; of others a source that is there keeps its own."""

    url: str
    said: frozenset[str] = frozenset()
    name: str = ""
    is_active: bool = True
    schedule: str = schedules.DEFAULT
    max_posts: int | None = None
    max_pages: int | None = None
    max_minutes: float | None = None
    delay: float | None = None
    found_how: str = ""
    why: str = ""
    stratum: str = ""
    terms_url: str = ""
    suggested_name: str = ""        # for a new source, if nothing has it yet
    found_in: str = ""              # how a new source was found, where the entry says nothing of it


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry did to the frame."""

    kind: Kind
    source: Source | None           # as it is now; None: refused
    detail: str = ""                # what changed, or why it was refused


def enroll(engine: Engine, entries: Iterable[Entry], now: datetime, *, is_rehearsal: bool = False) -> list[Change]:
    """One change for each entry, in their order; all of them in one transaction, which a rehearsal takes back."""
    with engine.connect() as connection:
        known = {keys.key_url(one.url): one for one in sources.load(connection)}
        changes = [_take(connection, known, entry, now) for entry in entries]
        if not is_rehearsal:
            connection.commit()
    return changes


def remove(connection: Connection, names: Sequence[str]) -> list[Source]:
    """No longer visit the sources of those names; what was collected stays, and so do their rows."""
    gone = [replace(one, is_active=False, inactive_why=REMOVED, next_visit=None) for one in sources.named(connection, names)]
    for one in gone:
        sources.save(connection, one)
    return gone


def _take(connection: Connection, known: dict[str, Source], entry: Entry, now: datetime) -> Change:
    key = keys.key_url(entry.url)
    try:
        entry = _checked(entry)
        change = _update(connection, known, known[key], entry, now) if key in known else _add(connection, known, entry, now)
    except UsageError as error:
        return Change("refused", None, str(error))
    assert change.source
    known[key] = change.source
    return change


def _checked(entry: Entry) -> Entry:
    if keys.without_login(entry.url) != entry.url:
        raise UsageError(f"{keys.without_login(entry.url)} has a user name or password in it, which hubbub neither sends nor keeps; write it without.")
    for name in ("max_posts", "max_pages", "max_minutes"):
        if (value := getattr(entry, name)) is not None and not 0 < value < 1e9:
            raise UsageError(f"{name} must be more than 0, not {value:g}.")
    if entry.delay is not None and not 0 <= entry.delay < 1e6:
        raise UsageError(f"delay must be 0 or more seconds, not {entry.delay:g}.")
    if len(one_line(entry.name)) > _LONGEST_NAME:
        raise UsageError(f"A name has at most {_LONGEST_NAME} characters.")
    return replace(
        entry, name=one_line(entry.name), found_how=one_line(entry.found_how), why=one_line(entry.why), stratum=one_line(entry.stratum),
        terms_url=keys.without_login(one_line(entry.terms_url)), schedule=schedules.parse(entry.schedule).words,
    )


def _add(connection: Connection, known: dict[str, Source], entry: Entry, now: datetime) -> Change:
    taken = {one.name for one in known.values()}
    _refuse_taken(entry, taken)
    suggested = one_line(entry.suggested_name)[:_LONGEST_NAME].strip()
    name = entry.name or (suggested if suggested not in taken else "") or _free(keys.key_url(entry.url), taken)
    one = Source(
        name, entry.url, keys.source_of(entry.url), entry.is_active, "" if entry.is_active else REMOVED, entry.schedule,
        entry.max_posts, entry.max_pages, entry.max_minutes, entry.delay,
        entry.found_how if "found_how" in entry.said else one_line(entry.found_in), entry.why, entry.stratum, entry.terms_url, now,
        next_visit=now if entry.is_active and entry.schedule != "manual" else None,
    )
    sources.add(connection, one)
    return Change("added", one)


def _free(name: str, taken: set[str]) -> str:
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _refuse_taken(entry: Entry, taken: set[str]) -> None:
    if entry.name in taken:
        raise UsageError(f"The name {entry.name!r} belongs to another source already; choose another.")


def _update(connection: Connection, known: dict[str, Source], one: Source, entry: Entry, now: datetime) -> Change:
    said = {name: getattr(entry, name) for name in entry.said if name != "name" or entry.name}
    if said.get("name", one.name) != one.name:
        _refuse_taken(entry, {other.name for other in known.values()})
    different = sorted(name for name, value in said.items() if value != getattr(one, name))
    if not different:
        return Change("unchanged", one)
    changed = _rescheduled(one, replace(one, **{name: said[name] for name in different}), now)
    sources.save(connection, changed, one.name)
    return Change("updated", changed, ", ".join(_difference(name, getattr(one, name), said[name]) for name in different))


def _rescheduled(old: Source, new: Source, now: datetime) -> Source:
    """What a change means for the next visit. Who is taken in again starts without its failures."""
    if not new.is_active:
        return replace(new, next_visit=None, inactive_why=old.inactive_why or REMOVED)
    if not old.is_active:
        new = replace(new, inactive_why="", failure="", failures=0, failing_since=None)
    if old.is_active and old.schedule == new.schedule:
        return new
    schedule = schedules.parse(new.schedule)
    slot = schedules.next_slot(schedule, new.name, new.last_visit) if new.last_visit and old.is_active else now
    return replace(new, next_visit=slot if schedule.every else None)


def _difference(name: str, old: object, new: object) -> str:
    if name == "is_active":
        return "visited again" if new else "no longer visited"
    return f"{name} {_shown(old)} → {_shown(new)}"


def _shown(value: object) -> str:
    return "none" if value in (None, "") else f"{value}"
