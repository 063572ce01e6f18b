"""Printed dates to UTC, with how the moment is known. What a page does not say is not guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from pipeline.clean._clock import When
from pipeline.clean._printed import parsed, relative
from pipeline.clean.context import Context
from pipeline.clean.repair import one_line
from schema.items import Comment, Post

T = TypeVar("T", Post, Comment)

_FIRST_YEAR = 1995                  # there were no blogs; a template that prints 1970 has no date
_AHEAD = timedelta(days=1)          # a clock that is wrong, or a zone that we do not know: at most 14 hours


def with_date(item: T, context: Context) -> T:
    """The item with its moment in UTC: the one from the markup if there is one, else the printed one."""
    printed = one_line(item.published_raw)
    known = (item.published.astimezone(UTC), item.published_how) if item.published else None
    languages = context.page_language, item.language, context.post.language
    when = known or when_of(printed, languages, context.page.fetched_at, day_first=context.day_first)
    if when is None or not _is_possible(when[0], context.page.fetched_at):
        return replace(item, published=None, published_how=None, published_raw=printed)
    return replace(item, published=when[0], published_how=when[1], published_raw=printed)


def when_of(printed: str, languages: Iterable[str], now: datetime, *, day_first: bool | None = None) -> When | None:
    """The moment a printed date names; None for a time without a day, a day without a year and everything else.

    `day_first`: whether the thread writes 3/2/2010 for 3 February, where that is known.
    """
    if not printed:
        return None
    likely = tuple(dict.fromkeys(filter(None, languages)))
    return parsed(printed, likely, day_first) or relative(printed, (*likely, "en"), now)


def _is_possible(when: datetime, now: datetime) -> bool:
    return when.year >= _FIRST_YEAR and when <= now + _AHEAD
