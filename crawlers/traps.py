"""Traps: addresses without end that lead to no posts. Told by their shape and by what their pages brought; pure, no clock.

Twenty pages in a row of one shape, or found on pages of one shape, that bring nothing new close that shape for the run.
One that goes on bringing posts (or comments) is never closed, however long it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from crawlers import shapes
from schema import keys
from schema.items import Link, Thread

SESSION = "session in the path"
NO_POSTS = "no posts behind such addresses"
NO_LISTS = "no new posts on such pages"
NO_COMMENTS = "no new comments on such pages"
BLOG_BUDGET = "page budget of the blog"
_LISTED = ("feed", "sitemap")       # lists that the blog itself keeps of its posts
_OF_THREADS = ("comments", "completion")
_LATE_LISTS = "listed late"
_LOOKED_AT = 1000                   # posts that a list shows; whether it brings anything can be told from so many


@dataclass(frozen=True, slots=True)
class TrapLimits:
    """How much is tried before we give up. A trap costs at most 60 requests, whatever it is."""

    barren: int = 20        # pages in a row without anything new, of one shape or found on pages of one shape
    listed: int = 50        # the same, for what a feed or a sitemap names: it may begin with pages that are no posts
    of_blog: int = 300      # such pages in all, besides two for each post that was read
    lists: int = 10         # feeds and sitemaps, besides one for each post that was read


class _Origin(NamedTuple):
    """The page on which an address was found, and how many pages in a row on the way there brought nothing."""

    url: str
    kind: str
    barren: int = 0


class _Count(NamedTuple):
    """Pages that are counted together, and how many of them in a row may bring nothing."""

    key: tuple[str, ...]
    most: int


class _Waiting(NamedTuple):
    """Whom the outcome of an address will count for, and how many pages in a row on the way there brought nothing."""

    counts: tuple[_Count, ...]
    barren: int = 0


class Traps:
    """Says of each address whether it is worth a request, from what the pages before it have brought."""

    def __init__(self, today: date, limits: TrapLimits | None = None) -> None:
        self._today = today
        self._limits = limits or TrapLimits()
        self._streaks: Counter[tuple[str, ...]] = Counter()     # pages in a row that brought nothing
        self._barren_pages: Counter[str] = Counter()            # of each blog
        self._posts: Counter[str] = Counter()                   # of each blog
        self._lists: Counter[str] = Counter()                   # of each blog
        self._shown: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)     # posts and comments that pages of a kind have shown
        self._barren: dict[int, int] = {}                       # addresses that brought nothing, and how many in a row led there
        self._waiting: dict[int, _Waiting] = {}
        self._tails: dict[int, int] = {}                        # the rest of a path behind a session, and that session
        self._listing: dict[str, str] = {}                      # feeds and sitemaps that were visited, and which of both they are
        self._late: set[str] = set()                            # those that came after the posts that the first ones named

    def knows(self, blog: str, posts: int = 1) -> None:
        """So many posts of a blog have been read in earlier runs."""
        self._posts[blog] += posts

    def admits(self, url: str, kind: str, source: str = "") -> str:
        """"" for an address that may be asked for, else why not. `source` is the page that shows it, which was `visited` before.

        To be asked again, without the source, when the address has its turn.
        """
        if kind == "start":
            return ""
        if why := self._of_its_own(url, kind):
            return why
        name = _name(url, kind)
        if name not in self._waiting:
            origin = self._origin(source) if source else None
            self._waiting[name] = _Waiting(tuple(self._counts(url, kind, origin)), origin.barren if origin else 0)
        return self._closed(self._waiting[name].counts, url, kind)

    def visited(self, url: str, kind: str, brought: Iterable[str]) -> None:
        """A page was read, or is not there. It brought the posts that a list shows, the comments of a thread, or the post itself."""
        name = _name(url, kind)
        counts, barren = self._waiting.pop(name, _Waiting(tuple(self._counts(url, kind, None))))
        blog = keys.source_of(url)
        if kind in _LISTED:
            self._lists[blog] += 1
            self._listing[url] = kind
            self._late |= {url} if self._lists[blog] > self._limits.lists else set()
        known = self._shown[(blog, "post") if kind == "post" else counts[0].key]
        news = set(self._worth(brought, _Origin(url, kind))) - known
        if news:
            known |= news
            self._posts[blog] += kind == "post"
            self._streaks.update({count.key: -self._streaks[count.key] for count in counts})
            return
        self._streaks.update(count.key for count in counts)
        if kind not in _OF_THREADS:
            self._barren[name] = barren + 1
            self._barren_pages[blog] += 1

    def _worth(self, brought: Iterable[str], on: _Origin) -> Iterator[int]:
        """What counts as brought: no address that is known to lead to nothing."""
        if on.kind in _OF_THREADS or on.kind == "post":
            yield from (_name(one, on.kind) for one in brought)
            return
        for url in islice(brought, _LOOKED_AT):
            name = _name(url, "post")
            if name not in self._barren and not self._closed(tuple(self._counts(url, "post", on)), url, "post"):
                yield name

    def _of_its_own(self, url: str, kind: str) -> str:
        """What the address alone tells."""
        if why := shapes.odd(url):
            return why
        if kind in ("archive", "next") and shapes.is_out_of_time(url, self._today):
            return shapes.NO_TIME
        token, rest = shapes.session(url)
        is_again = token and self._tails.setdefault(hash((keys.source_of(url), rest)), hash(token)) != hash(token)
        return SESSION if is_again else ""

    def _counts(self, url: str, kind: str, origin: _Origin | None) -> Iterator[_Count]:
        """The pages that this one is counted with: those of its shape, and those found where it was found."""
        blog, few, many = keys.source_of(url), self._limits.barren, self._limits.listed
        if kind in _OF_THREADS or kind in _LISTED:
            yield _Count((blog, kind, shapes.numberless(url)), few)
            if kind in _LISTED:
                yield _Count((blog, kind), many)
        elif origin and origin.kind in _LISTED:
            list_name = shapes.numberless(origin.url) if origin.kind == "sitemap" else "feed"
            yield _Count((blog, kind, shapes.shape(url), list_name), many)
            yield _Count((blog, "listed", list_name), many)
            if origin.url in self._late:
                yield _Count((blog, _LATE_LISTS), few)
        else:
            yield _Count((blog, kind, shapes.shape(url)), few)
            if origin:
                yield _Count((blog, "found on", "barren pages" if origin.barren > 1 else shapes.shape(origin.url)), few)

    def _origin(self, source: str) -> _Origin:
        barren = max(self._barren.get(_name(source, kind), 0) for kind in ("post", "next"))
        return _Origin(source, self._listing.get(source, ""), barren)

    def _closed(self, counts: tuple[_Count, ...], url: str, kind: str) -> str:
        if any(self._streaks[count.key] >= count.most for count in counts):
            return NO_POSTS if kind == "post" else NO_COMMENTS if kind in _OF_THREADS else NO_LISTS
        return BLOG_BUDGET if self._is_over(counts, keys.source_of(url), kind) else ""

    def _is_over(self, counts: tuple[_Count, ...], blog: str, kind: str) -> bool:
        if kind in _LISTED:
            return self._lists[blog] >= self._limits.lists + self._posts[blog] or self._streaks[(blog, _LATE_LISTS)] >= self._limits.barren
        is_free = kind in _OF_THREADS or any(count.most == self._limits.listed for count in counts)
        return not is_free and self._barren_pages[blog] >= self._limits.of_blog + 2 * self._posts[blog]


def brought(threads: Iterable[Thread], links: Iterable[Link], kind: str) -> list[str]:
    """What a page that was read counts as having brought; for `Traps.visited`."""
    if kind == "post":
        return [thread.post.url for thread in threads]
    if kind in _OF_THREADS:
        return [comment.ref or comment.html for thread in threads for comment in thread.comments]
    return [*(link.url for link in links if link.kind == "post"), *(thread.post.url for thread in threads)]


def _name(url: str, kind: str) -> int:
    """A post is the same whatever the view of it; any other page is as it is spelled, and so is a comment."""
    return hash(keys.key_url(url) if kind == "post" else url.partition("://")[2] or url)
