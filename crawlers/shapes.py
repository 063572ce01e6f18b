"""The shape of an address: what stays of it when numbers, dates and names are taken out. Pages of one shape are of one kind."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl

from crawlers.markup import split

DEEPEST = 12            # parts of a path: /blog/archives/2009/10/12/a-post/comment-page-2/ has seven
MOST_PARAMETERS = 6     # WordPress' longest own address has three
_KEPT = 3               # parts of a path that count towards its shape; deeper ones are told by their number no more
_OLDEST = 1993          # there was no weblog before
REPEATING = "repeating path"
DEEP = "path too deep"
PARAMETERS = "too many parameters"
NO_TIME = "calendar without posts"

_YEAR = re.compile(r"(?:19|20)\d\d$")
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])$")
_DATE = re.compile(r"(?:19|20)\d\d[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:0[1-9]|[12]\d|3[01]))?$")
_WORD = re.compile(r"[a-z][a-z_-]{1,19}$")
_NUMBER = re.compile(r"\d+")
_LAST_NUMBER = re.compile(r"\d+(\D*)$")
_PAGING = re.compile(r"(?:c|comment)?page[sd]?$|paged|start|offset|skip|after|before|cursor|max-results|limit|per_page|p(?:age)?token", re.I)
_ENDING = re.compile(r"\.[a-z]{2,5}$")
_MONTH = re.compile(r"(?<!\d)(\d{4})[/_.-]?(0[1-9]|1[0-2])(?!\d)")
# What only names a visit: ASP.NET's /(S(...))/, and long tokens of letters and digits between slashes.
_SESSION = re.compile(r"\([A-Z]\([A-Za-z0-9]{8,}\)\)|(?:s|sid|sess|session|sessionid|phpsessid)[-_=.]?(?=[a-z]*\d)[0-9a-z]{8,}|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{20,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_TELLING = re.compile(r"[^\W\d_]{3,}[-_+][^\W\d_]|(?:19|20)\d\d/")


def shape(url: str) -> str:
    """`/blog/2009/10/a-post.html?p=7` -> `/blog/D/S.html?p`; two or more parameters are all the same to us."""
    parts = split(url)
    return "/".join(_path_shape(_parts(parts.path.lower()))) + _query_shape(parts.query)


def numberless(url: str) -> str:
    """The address without the number of the page: all pages of one sitemap, feed or thread have the same."""
    parts = split(url)
    pairs = sorted((name.lower(), "" if _PAGING.match(name) else value) for name, value in parse_qsl(parts.query, keep_blank_values=True))
    return _LAST_NUMBER.sub(r"N\1", parts.path.lower()) + "".join(f"?{name}={value}" for name, value in pairs)


def odd(url: str) -> str:
    """Why no page of a blog has such an address; "" where one may have it."""
    parts = split(url)
    names = _parts(parts.path.lower())
    if len(names) > DEEPEST:
        return DEEP
    if _repeats([name for name in names if not name.isdigit()]):
        return REPEATING
    return PARAMETERS if len(parse_qsl(parts.query, keep_blank_values=True)) > MOST_PARAMETERS else ""


def is_out_of_time(url: str, today: date) -> bool:
    """Whether an archive's address names a month that is still to come, or one before there were blogs."""
    parts = split(url)
    months = [(int(year), int(month)) for year, month in _MONTH.findall(f"{parts.path}?{parts.query}")]
    last = (today.year + today.month // 12, today.month % 12 + 1)       # the next one, for zones and clocks that go wrong
    return bool(months) and all(month > last or month[0] < _OLDEST for month in months)


def session(url: str) -> tuple[str, str]:
    """(token, the rest of the path) where a part of the path names a visit and what follows tells a page; else ("", "")."""
    names = _parts(split(url).path)
    for place, name in enumerate(names[:-1]):
        rest = "/".join(names[place + 1:])
        if _SESSION.fullmatch(name) and _TELLING.search(rest):
            return name, "/".join([*names[:place], "*", rest])
    return "", ""


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def _path_shape(names: list[str]) -> list[str]:
    found: list[str] = []
    for place, name in enumerate(names):
        kind = _kind(name, is_first=place == 0, is_last=place == len(names) - 1, after=found[-1] if found else "")
        if not (kind == "D" and found and found[-1] == "D"):
            found.append(kind)
    return ["", *found] if len(found) <= _KEPT else ["", *found[:_KEPT], "*"]


def _kind(name: str, *, is_first: bool, is_last: bool, after: str) -> str:
    if _YEAR.match(name) or _DATE.match(name) or (after == "D" and _DAY.match(name)):
        return "D"
    if name.isdigit():
        return "N"
    if is_first and not is_last and _WORD.match(name):      # /tag/..., /product/...: pages of a kind of their own
        return name
    ending = _ENDING.search(name)
    return "S" + (ending[0] if ending and is_last else "")


def _query_shape(query: str) -> str:
    names = sorted({name.lower() for name, _value in parse_qsl(query, keep_blank_values=True)})
    if not names:
        return ""
    return f"?{_NUMBER.sub('N', names[0])}" if len(names) == 1 else "?*"


def _repeats(names: list[str]) -> bool:
    """Some name three times, or two and more names once more right after one another: a/b/a/b."""
    if any(names.count(name) > 2 for name in set(names)):
        return True
    return any(
        names[start:start + length] == names[start + length:start + 2 * length]
        for length in range(2, len(names) // 2 + 1)
        for start in range(len(names) - 2 * length + 1)
    )
