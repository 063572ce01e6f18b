"""How often a source is visited, in plain words, and when that is next.

Every source has slots of its own: the first of them lies at a place that its name alone decides, the others follow at
equal distances. So sources with one schedule are spread over it, a nightly run finds a seventh of the weekly ones, and
neither a late start nor a long run shifts anything.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from schema.errors import UsageError

DEFAULT = "daily"
GRAMMAR = "hourly, daily, weekly, monthly, manual, or `every N hours` or `every N days`"
EARLY = timedelta(minutes=5)        # a slot counts as begun a little before it does: cron starts a second sooner one night, later the next

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_NAMED = {"hourly": _HOUR, "daily": _DAY, "weekly": 7 * _DAY, "monthly": 30 * _DAY}
_EVERY = re.compile(r"every\s+(?:(\d{1,4})\s*)?(hour|day|week)s?")
_UNITS = {"hour": _HOUR, "day": _DAY, "week": 7 * _DAY}
_LONGEST = 3660 * _DAY


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule as it is spelled, and what lies between two visits; None: only a person starts one."""

    words: str
    every: timedelta | None


def parse(words: str) -> Schedule:
    """The schedule that somebody wrote; UsageError when it is none."""
    plain = " ".join(words.lower().split())
    if plain == "manual":
        return Schedule(plain, None)
    if plain in _NAMED:
        return Schedule(plain, _NAMED[plain])
    found = _EVERY.fullmatch(plain)
    every = int(found[1] or 1) * _UNITS[found[2]] if found else timedelta()
    if not timedelta() < every <= _LONGEST:
        raise UsageError(f"{words!r} is no schedule; write {GRAMMAR}.")
    return Schedule(_spelled(every), every)


def _spelled(every: timedelta) -> str:
    named = next((name for name, length in _NAMED.items() if length == every), "")
    hours = every // _HOUR
    return named or (f"every {hours // 24} days" if hours % 24 == 0 else f"every {hours} hours")


def next_slot(schedule: Schedule, name: str, after: datetime) -> datetime | None:
    """The first slot of the source of that name after a moment; None for a manual one."""
    if schedule.every is None:
        return None
    shift = timedelta(seconds=_number(name) % int(schedule.every.total_seconds()))
    slots = (after - _EPOCH - shift) // schedule.every
    return _EPOCH + shift + (slots + 1) * schedule.every


def _number(name: str) -> int:
    """The same on every machine and in every run, as Python's own hash is not."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
