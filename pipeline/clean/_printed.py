"""Dates as blogs print them: cheap patterns for English and for numbers, dateparser for the other languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

from schema.items import PublishedHow

When = tuple[datetime, PublishedHow]

_MONTHS = {name: number for number, names in enumerate((
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep",
    "october oct", "november nov", "december dec",
), start=1) for name in names.split()}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_ENGLISH = tuple(re.compile(pattern, re.I) for pattern in (
    rf"\b{_MONTH} {_DAY},? {_YEAR}",
    rf"{_DAY}[ -](?:of )?{_MONTH},?[ -]{_YEAR}",
    rf"(?<!\d){_YEAR},? {_MONTH} {_DAY}",
))
_NUMERIC = re.compile(r"(?<![\d.:/-])(\d{1,4})([./-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)\.?")
_CLOCK = re.compile(r"(?<![\d:.+-])(\d{1,2})(?:[:.h](\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?(?:\s?([ap])\.?m\b\.?)?(?!\d)", re.I)
_OFFSET = re.compile(r"\s?(?:UTC|GMT)?\s?([+-])(\d\d?):?(\d\d)?(?!\d)")
_ZONE = re.compile(r"\s?\(?(Z|[A-Z]{3,4})\b")
# Only abbreviations that mean one thing on blogs; IST and BST have two meanings or more.
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "WET": 0,
    "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "AEST": 10, "AEDT": 11,
}
# Where a page says nothing of its language and its text is in another one than its template. English has its own patterns.
_COMMON = ("de", "es", "fr", "pt", "it", "nl", "pl", "sv", "da", "fi", "cs", "ro", "hu", "tr", "id", "ru")
_LONGEST = 120          # characters; what is longer is no date
_SPEAKS_OF_TIME = re.compile(r"\d{1,2}\s?(?:[:h]\s?\d\d|[ap]\.?m\b)|\d\d\.\d\d (?:uhr|o'clock)", re.I)
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2}")
_CLOCK_ALONE = re.compile(r"(?:\w+ )?[\d:.h]+\s?(?:[ap]\.?m\.?|uhr)?", re.I)
_MIDDAY = 12


@lru_cache(maxsize=4096)
def parsed(printed: str, languages: tuple[str, ...]) -> When | None:
    """The moment a printed date names, in UTC, and how well it is known; None when it does not name a day of a year.

    `languages` are those the page is likely to print dates in, the likeliest first; months of other languages are tried last.
    """
    if len(printed) > _LONGEST:
        return None
    if found := _NUMERIC.search(printed):
        day = _numeric_day(found, printed, next(iter(languages), "en"))
        return _with_clock(day, printed, found) if day else None
    for pattern in _ENGLISH:
        if found := pattern.search(printed):
            day = _day(int(found["year"]), _MONTHS[found["month"].lower()], int(found["day"]))
            return _with_clock(day, printed, found) if day else None
    if not (_FOUR_DIGITS.search(printed) and _LETTER.search(printed)):
        return None
    return _in_language(printed, languages) or _in_language(printed, _COMMON)


@lru_cache(maxsize=1024)
def relative(printed: str, languages: tuple[str, ...], now: datetime) -> When | None:
    """The moment that "3 days ago" names, counted from `now`."""
    if len(printed) > _LONGEST or not _WORD.search(printed) or _FOUR_DIGITS.search(printed) or _CLOCK_ALONE.fullmatch(printed):
        return None
    when = _ask_dateparser(printed, languages, {"PARSERS": ["relative-time"], "RELATIVE_BASE": now.replace(tzinfo=None)})
    return (when.replace(tzinfo=UTC), "relative") if when else None


def _numeric_day(found: re.Match[str], printed: str, language: str) -> datetime | None:
    """A date of three numbers. Day and month are told apart by the separator, their size, the clock or the language.

    1/2/2009 without a hint stays unknown: the United States and the rest of the world read it differently.
    """
    first, separator, second, third = found[1], found[2], int(found[3]), found[4]
    if len(first) == 4:
        return _day(int(first), second, int(third)) if len(third) == 2 else None
    if len(first) > 2 or (len(third) == 2 and separator == "-"):
        return None
    year = int(third) + (2000 if len(third) == 2 else 0)
    one = int(first)
    if separator == "." or one > 12 or one == second:
        return _day(year, second, one)
    if second > 12 or (language == "en" and re.search(r"\d\s?[ap]\.?m\b", printed, re.I)):
        return _day(year, one, second)
    return _day(year, second, one) if language != "en" else None


def _day(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def _with_clock(day: datetime, printed: str, date: re.Match[str]) -> When:
    """The day with the time printed after it, or else before it."""
    for words in (printed[date.end():], printed[:date.start()]):
        for found in _CLOCK.finditer(words):
            if (since_midnight := _since_midnight(found)) is not None:
                return _in_utc(day + since_midnight, words[found.end():])
    return day, "date"


def _since_midnight(clock: re.Match[str]) -> timedelta | None:
    hour, minute, second, half = int(clock[1]), clock[2], int(clock[3] or 0), (clock[4] or "").lower()
    if not (minute or half) or hour > 23 or int(minute or 0) > 59 or second > 59:
        return None
    if half and 1 <= hour <= _MIDDAY:
        hour = hour % _MIDDAY + (_MIDDAY if half == "p" else 0)
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


def _in_language(printed: str, languages: tuple[str, ...]) -> When | None:
    settings: dict[str, object] = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"]}
    when = _ask_dateparser(printed, languages, settings)
    if when is None:
        return None
    if not _SPEAKS_OF_TIME.search(printed):
        return when.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC), "date"
    if when.tzinfo is None:
        return when.replace(tzinfo=UTC), "local"
    return when.astimezone(UTC), "offset"


def _ask_dateparser(printed: str, languages: tuple[str, ...], settings: dict[str, object]) -> datetime | None:
    """dateparser knows the months and the "ago" of some 200 languages. It is slow to import and slow to answer."""
    import dateparser

    return dateparser.parse(printed, languages=[*filter(_is_known, languages)] or ["en"], settings=settings)


@cache
def _is_known(language: str) -> bool:
    from dateparser.data.languages_info import language_order

    return language in language_order
