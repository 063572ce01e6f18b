"""Whether a thread writes 3/2/2010 for 3 February or for March 2: learnt from all its dates, never guessed from one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from pipeline.clean._printed import numbers_in, parsed
from schema.items import Comment, Post

_SLACK = timedelta(days=1)      # a wall clock may be another than ours by most of a day
_ENOUGH = 3                     # dates that rise by the day: two may do so by chance, in either order

Numbers = tuple[int, int, int]


def day_first(post: Post, comments: Sequence[Comment], now: datetime) -> bool | None:
    """True, False, or None when the dates do not tell or contradict each other.

    An order is out if it gives a day that does not exist, one after the page was fetched, one before the post, or another than a
    machine-readable stamp beside it. If both are still possible, the one that lets the thread run in one direction is taken.
    """
    items: list[Post | Comment] = [post, *comments]
    printed = [(item, numbers) for item in items if (numbers := numbers_in(item.published_raw))]
    if not printed:
        return None
    possible = [order for order in (True, False) if _is_possible(order, printed, _beginning(post), now)]
    if len(possible) == 2:
        tops = [numbers for item, numbers in printed if isinstance(item, Comment) and item.kind == "comment" and item.parent_ref is None]
        possible = [order for order in possible if _runs_one_way(_days(order, tops))]
    return possible[0] if len(possible) == 1 else None


def _beginning(post: Post) -> datetime | None:
    if post.published or numbers_in(post.published_raw):
        return post.published
    when = parsed(post.published_raw, (post.language,) if post.language else ()) if post.published_raw else None
    return when[0] if when else None


def _is_possible(order: bool, printed: Iterable[tuple[Post | Comment, Numbers]], earliest: datetime | None, now: datetime) -> bool:
    for item, numbers in printed:
        day = _day(order, numbers)
        if day is None or day > now + _SLACK or (earliest and day < earliest - 2 * _SLACK):
            return False
        if item.published and abs(item.published - day) > 2 * _SLACK:
            return False
    return True


def _days(order: bool, all_numbers: Iterable[Numbers]) -> list[datetime]:
    return [day for numbers in all_numbers if (day := _day(order, numbers))]


def _runs_one_way(days: Sequence[datetime]) -> bool:
    if len(set(days)) < _ENOUGH:
        return False
    return all(one <= next_ for one, next_ in pairwise(days)) or all(one >= next_ for one, next_ in pairwise(days))


def _day(order: bool, numbers: Numbers) -> datetime | None:
    first, second, year = numbers
    try:
        return datetime(year, second if order else first, first if order else second, tzinfo=UTC)
    except ValueError:
        return None
