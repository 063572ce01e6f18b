"""The sources as people and programs read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from pipeline.schedules import EARLY
from pipeline.sources import COLUMNS, Source
from pipeline.values import Row

FOR_EYES = ("name", "schedule", "next visit (UTC)", "failures", "last outcome")


def for_eyes(sources: Iterable[Source], now: datetime) -> Iterator[Row]:
    """One line for each: when it is visited next, and why it is empty, if it is."""
    for one in sources:
        yield one.name, one.schedule, _next_visit(one, now), f"{one.failures} {one.failure}" if one.failure else "", outcome(one)


def for_programs(sources: Iterable[Source]) -> Iterator[Row]:
    """Every column of the table `source`, as `sources import` reads it back."""
    return (tuple(getattr(one, name) for name in COLUMNS) for one in sources)


def outcome(one: Source) -> str:
    """The last outcome, after why it is no longer visited."""
    last = one.last_outcome or ("" if one.inactive_why else "not visited yet")
    return ": ".join(filter(None, (one.inactive_why, last)))


def moment(when: datetime) -> str:
    """To the minute, in UTC."""
    return f"{when:%Y-%m-%d %H:%M}"


def _next_visit(one: Source, now: datetime) -> str:
    if not one.is_active:
        return "never"
    if not one.next_visit:
        return "on demand"
    return "now" if one.next_visit <= now + EARLY else moment(one.next_visit)
