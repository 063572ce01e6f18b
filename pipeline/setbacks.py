"""What a visit leaves on its source: success or failure, how heavily that weighs, and when to come again.

A failure is *temporary* when another hour may mend it (the server fails, nobody answers), *soft* when only the blog's owner
can (robots.txt forbids it, nothing there is a post), *hard* when the blog seems to be gone (404, unknown host).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from pipeline import schedules
from pipeline.sources import Source

Weight = Literal["", "temporary", "soft", "hard"]

GIVEN_UP_AFTER = 5      # hard failures one after the other; with the distances below that is fifteen days after the first
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
# The first distance, doubled with each further failure of that weight, and the longest. RFC 9309 and servers' operators
# leave the numbers open; a day is what a nightly run can notice, and two weeks or a month still find a blog that came back.
_DISTANCES = {"temporary": (_HOUR, 4 * _DAY), "soft": (_DAY, 16 * _DAY), "hard": (_DAY, 32 * _DAY)}


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of a source in one run."""

    name: str
    outcome: str                    # in plain words, without the address
    failure: Weight = ""
    host: str = ""                  # where its posts are, once that is known
    is_cut_short: bool = False      # the run ended before it was done: it stays due
    is_reached: bool = True         # False: the run ended before it was even asked
    is_spent: bool = False          # a limit of its own ended it with work left: its next visit goes on from there


def visited(one: Source, visit: Visit, run: int, started: datetime) -> Source:
    """The source after a visit in that run, which began at `started`."""
    if not visit.is_reached:
        return replace(one, last_outcome=visit.outcome)
    seen = replace(one, last_run=run, last_visit=started, host=visit.host or one.host)
    return _failed(seen, visit, started) if visit.failure else _succeeded(seen, visit, started)


def _succeeded(one: Source, visit: Visit, started: datetime) -> Source:
    return replace(
        one, last_success=started, last_outcome=visit.outcome, failure="", failures=0, failing_since=None,
        next_visit=started if visit.is_cut_short and one.next_visit else _next_regular(one, started),
    )


def _failed(one: Source, visit: Visit, started: datetime) -> Source:
    again = one.failure == visit.failure
    failures = one.failures + 1 if again else 1
    since = one.failing_since or started
    outcome = f"{visit.outcome} (since {since:%Y-%m-%d})" if one.failing_since else visit.outcome
    failed = replace(one, last_outcome=outcome, failure=visit.failure, failures=failures, failing_since=since)
    if visit.failure == "hard" and failures >= GIVEN_UP_AFTER and one.is_active:
        return replace(failed, is_active=False, next_visit=None, inactive_why=f"given up after {failures} visits in a row")
    return replace(failed, next_visit=_next_try(failed, started))


def _next_regular(one: Source, started: datetime) -> datetime | None:
    """The next slot of its schedule. Where a run began a little before the slot, that one is used up."""
    if not one.is_active:
        return None
    used = one.next_visit if one.next_visit and one.next_visit <= started + schedules.EARLY else started
    return schedules.next_slot(schedules.parse(one.schedule), one.name, max(started, used))


def _next_try(one: Source, started: datetime) -> datetime | None:
    """What may mend itself is tried again even before its next slot; anything else neither sooner nor more often."""
    regular = _next_regular(one, started)
    if regular is None:
        return None
    first, longest = _DISTANCES[one.failure]
    doublings = min(one.failures - 1, 20)
    backed_off = started + min(first * (1 << doublings), longest)
    return backed_off if one.failure == "temporary" else max(backed_off, regular)
