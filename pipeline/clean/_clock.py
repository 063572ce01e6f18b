"""The time of day beside a printed date: 3:04 PM, 15.04 Uhr, 7 h 20 min, 午後3時04分; with its zone where one is printed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from schema.items import PublishedHow

When = tuple[datetime, PublishedHow]

_CLOCK = re.compile(
    r"(?:(?P<before>上午|凌晨|午前|오전|下午|晚上|午後|오후|[ap]m)\s?)?(?<![\d:.+-])(?P<hour>\d{1,2})"
    r"(?:(?:[:.]|\s?[h時时点點시]\s?)(?P<minute>\d\d?)(?!\d)(?:(?::|[分분]\s?)(?P<second>\d\d)(?:[.,]\d{1,9})?)?)?"
    r"(?:\s?(?P<after>[ap]\.?\s?m\b\.?|π\.?μ\.?|μ\.?μ\.?))?(?!\d)", re.I)
_AFTERNOON = ("下午", "晚上", "午後", "오후", "p", "μ")
_MIDDAY = 12
_OFFSET = re.compile(r"\s?(?:UTC|GMT)?\s?([+-])(\d\d?):?(\d\d)?(?!\d)")
_ZONE = re.compile(r"\s?\(?(Z|[A-Z]{3,4})\b")
# Only abbreviations that mean one thing on blogs; IST and BST have two meanings or more.
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "WET": 0,
    "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "AEST": 10, "AEDT": 11,
}


def with_clock(day: datetime, after: str, before: str) -> When:
    """The day with the time printed after it, or else before it."""
    for words in (after, before):
        for found in _CLOCK.finditer(words):
            if (since_midnight := _since_midnight(found)) is not None:
                return _in_utc(day + since_midnight, words[found.end():])
    return day, "date"


def _since_midnight(clock: re.Match[str]) -> timedelta | None:
    hour, minute, second = int(clock["hour"]), clock["minute"], int(clock["second"] or 0)
    half = (clock["after"] or clock["before"] or "").lower()
    if not (minute or half) or hour > 23 or int(minute or 0) > 59 or second > 59:
        return None
    if half and 1 <= hour <= _MIDDAY:
        hour = hour % _MIDDAY + (_MIDDAY if half.startswith(_AFTERNOON) else 0)
    return timedelta(hours=hour, minutes=int(minute or 0), seconds=second)


def _in_utc(wall_clock: datetime, rest: str) -> When:
    """The moment, where an offset or a zone follows; the wall clock taken as UTC where none does."""
    if offset := _OFFSET.match(rest):
        away = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return wall_clock - (away if offset[1] == "+" else -away), "offset"
    zone = _ZONE.match(rest)
    if zone and zone[1] in _ZONES:
        return wall_clock - timedelta(hours=_ZONES[zone[1]]), "offset"
    return wall_clock, "local"
