"""The five fields of a crontab line: whether cron would take them, and how far apart their runs are.

As crontab(5) of Vixie cron and cronie has them: `*`, numbers, ranges, steps behind `*` or a range, lists, names of months and days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from schema.errors import UsageError

_DAY = 24 * 60
_PART = re.compile(r"(?:(?P<all>\*)|(?P<low>\w+)(?:-(?P<high>\w+))?)(?:/(?P<step>\d{1,4}))?")


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()     # for the numbers from `low` on


_MINUTE, _HOUR = _Field("minute", 0, 59), _Field("hour", 0, 23)
_FIELDS = (
    _MINUTE, _HOUR, _Field("day of the month", 1, 31),
    _Field("month", 1, 12, ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
    _Field("day of the week", 0, 7, ("sun", "mon", "tue", "wed", "thu", "fri", "sat")),
)


def are_meant(schedule: str) -> bool:
    """Whether these are fields of a crontab, right or wrong, rather than a schedule in words."""
    return len(schedule.split()) == len(_FIELDS)


def checked(schedule: str) -> tuple[str, ...]:
    """The fields as they were written; UsageError for what cron would not take."""
    words = tuple(schedule.split())
    for word, field in zip(words, _FIELDS, strict=True):
        _values(word, field)
    return words


def apart(schedule: str) -> int:
    """The fewest minutes between the beginnings of two runs; a day where there is one run on a day, however rare the days are."""
    minute, hour, *_days = schedule.split()
    begins = sorted(60 * hours + minutes for hours in _values(hour, _HOUR) for minutes in _values(minute, _MINUTE))
    return min(later - earlier for earlier, later in zip(begins, [*begins[1:], begins[0] + _DAY], strict=True))


def _values(word: str, field: _Field) -> set[int]:
    return set().union(*(_part(part, field, word) for part in word.split(",")))


def _part(part: str, field: _Field, word: str) -> range:
    found = _PART.fullmatch(part)
    if not found or (found["step"] and not found["all"] and not found["high"]):       # 5/10: Vixie cron refuses it
        raise _refused(word, field)
    low = field.low if found["all"] else _number(found["low"], field)
    high = field.high if found["all"] else _number(found["high"] or found["low"], field)
    step = int(found["step"] or 1)
    if low is None or high is None or not field.low <= low <= high <= field.high or not step:
        raise _refused(word, field)
    return range(low, high + 1, step)


def _number(word: str, field: _Field) -> int | None:
    if word.lower() in field.names:
        return field.low + field.names.index(word.lower())
    return int(word) if word.isascii() and word.isdigit() else None


def _refused(word: str, field: _Field) -> UsageError:
    names = f", or {field.names[0]} to {field.names[-1]}" if field.names else ""
    return UsageError(f"{word!r} is no {field.name} for cron; write numbers from {field.low} to {field.high}{names}, as in *, {field.high}, 1-5, */2 or 1,3.")
