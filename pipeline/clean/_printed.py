"""Dates as blogs print them: cheap patterns for numbers and for the months of many languages, dateparser for the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache, lru_cache

from pipeline.clean._ago import counted_back
from pipeline.clean._clock import When, with_clock
from pipeline.clean._months import month

_NUMERIC = re.compile(r"(?<![\d.:/-])(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?!\d)\.?")
_EAST_ASIAN = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]?")
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2}) tháng (\d{1,2}),? (?:năm )?(\d{4})(?!\d)", re.I)
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|[º°ª]|:e)?"
_MONTH = r"(?P<month>[^\W\d_]{3,13})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_NAMED = tuple(re.compile(pattern, re.I) for pattern in (
    rf"(?<!\w){_MONTH}\s{{1,2}}{_DAY}[.,]?\s{{1,2}}{_YEAR}",
    rf"{_DAY}\.?[\s-]{{0,2}}(?:of |de |del |d[’'] ?)?{_MONTH},?[\s-]{{1,2}}(?:de |del )?{_YEAR}",
    rf"(?<!\d){_YEAR}[.,]?[\s-](?:m\. |gada )?(?:(?P<first>\d{{1,2}})\. )?{_MONTH}[\s-]{{0,2}}(?P<day>(?(first)|\d{{1,2}}))(?!\d)",
))
# Where a page says nothing of its language and its text is in another one than its template. English has its own patterns.
_COMMON = ("de", "es", "fr", "pt", "it", "nl", "pl", "sv", "da", "fi", "cs", "ro", "hu", "tr", "id", "ru")
_YEAR_FIRST = ("ja", "ko", "zh")
_LONGEST = 120          # characters; what is longer is no date
_SPEAKS_OF_TIME = re.compile(r"\d{1,2}\s?(?:[:h]\s?\d\d|[ap]\.?m\b)|\d\d\.\d\d (?:uhr|o'clock)", re.I)
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2}")
_CLOCK_ALONE = re.compile(r"(?:\w+ )?[\d:.h]+\s?(?:[ap]\.?m\.?|uhr)?", re.I)
_THAI_YEAR = re.compile(r"(?<!\d)2[45]\d\d(?!\d)")
_BUDDHA = 543           # years from his death to the common era


@lru_cache(maxsize=4096)
def parsed(printed: str, languages: tuple[str, ...], day_first: bool | None = None) -> When | None:
    """The moment a printed date names, in UTC, and how well it is known; None when it does not name a day of a year.

    `languages` are those the page is likely to print dates in, the likeliest first; months of other languages are tried last.
    `day_first` is what the thread tells of dates like 3/2/2010; None: nothing.
    """
    if len(printed) > _LONGEST:
        return None
    printed = _in_common_numbers(printed, languages)
    if found := _NUMERIC.search(printed):
        day = _numeric_day(found, printed, next(iter(languages), "en"), day_first)
        return with_clock(day, printed[found.end():], printed[:found.start()]) if day else None
    for day, start, end in _named_days(printed, languages):
        return with_clock(day, printed[end:], printed[:start]) if day else None
    if not (_FOUR_DIGITS.search(printed) and _LETTER.search(printed)):
        return None
    return _in_language(printed, languages) or _in_language(printed, _COMMON)


@lru_cache(maxsize=1024)
def relative(printed: str, languages: tuple[str, ...], now: datetime) -> When | None:
    """The moment that "3 days ago" names, counted from `now`; nothing that was written is of the future."""
    if len(printed) > _LONGEST or _FOUR_DIGITS.search(printed) or _CLOCK_ALONE.fullmatch(printed):
        return None
    when = counted_back(printed, now)
    if when is None and _WORD.search(printed):
        when = _ask_dateparser(printed, languages, {"PARSERS": ["relative-time"], "RELATIVE_BASE": now.replace(tzinfo=None)})
    return (when.replace(tzinfo=UTC), "relative") if when and when.replace(tzinfo=UTC) <= now else None


def numbers_in(printed: str) -> tuple[int, int, int] | None:
    """First, second and year of a date like 3/2/2010, whose order is not told by its form."""
    found = _NUMERIC.search(printed) if len(printed) <= _LONGEST else None
    if found is None or len(found[1]) > 2 or found[2] == "." or (len(found[4]) == 2 and found[2] == "-"):
        return None
    return int(found[1]), int(found[3]), _full(found[4])


def _in_common_numbers(printed: str, languages: tuple[str, ...]) -> str:
    """Digits of any script as 0 to 9, and the years that Thailand counts."""
    if not printed.isascii():
        printed = "".join(str(int(each)) if each.isdecimal() and not each.isascii() else each for each in printed)
    return _THAI_YEAR.sub(lambda year: str(int(year[0]) - _BUDDHA), printed) if "th" in languages else printed


def _numeric_day(found: re.Match[str], printed: str, language: str, day_first: bool | None) -> datetime | None:
    """A date of three numbers. Day and month are told apart by the separator, their size, the thread, the clock or the language.

    1/2/2009 without a hint stays unknown: the United States and the rest of the world read it differently.
    """
    first, separator, second, third = found[1], found[2], int(found[3]), found[4]
    if len(first) == 4:
        return _day(int(first), second, int(third)) if len(third) == 2 else None
    if len(third) == 2 and language in _YEAR_FIRST:
        return _day(_full(first), second, int(third)) if len(first) == 2 else None
    if len(first) > 2 or (len(third) == 2 and separator == "-"):
        return None
    year, one = _full(third), int(first)
    if separator == "." or one > 12 or one == second:
        return _day(year, second, one)
    if second > 12:
        return _day(year, one, second)
    if day_first is None:
        day_first = False if language == "en" and re.search(r"\d\s?[ap]\.?m\b", printed, re.I) else True if language != "en" else None
    return None if day_first is None else _day(year, second, one) if day_first else _day(year, one, second)


def _full(year: str) -> int:
    """Two digits are of this century, or of the nineties, when blogs began."""
    return int(year) + (0 if len(year) > 2 else 1900 if year.startswith("9") else 2000)


def _named_days(printed: str, languages: tuple[str, ...]) -> Iterator[tuple[datetime | None, int, int]]:
    """Days with a month in words, and where they stand. A day that no month has is None."""
    if found := _EAST_ASIAN.search(printed):
        yield _day(int(found[1]), int(found[2]), int(found[3])), found.start(), found.end()
    if found := _VIETNAMESE.search(printed):
        yield _day(int(found[3]), int(found[2]), int(found[1])), found.start(), found.end()
    for pattern in _NAMED:
        for found in pattern.finditer(printed):
            if number := month(found["month"], languages):
                day = found.groupdict().get("first") or found["day"]
                yield _day(int(found["year"]), number, int(day)) if day else None, found.start(), found.end()


def _day(year: int, month_of_year: int, day: int) -> datetime | None:
    try:
        return datetime(year, month_of_year, day, tzinfo=UTC)
    except ValueError:
        return None


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
