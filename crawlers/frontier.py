"""What is still to be fetched, in which order, and when to stop. Holds addresses only; the spider fetches.

Posts come before further comment pages, these before the feeds and APIs that complete a thread (see crawlers.completing),
and all before archives and older pages that only lead to more posts.
"""

from __future__ import annotations

import heapq
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from schema import keys
from schema.items import Link

_ORDER = {"start": 0, "sitemap": 1, "feed": 2, "post": 3, "comments": 4, "completion": 5, "newest comments": 6, "archive": 7, "next": 8}
LONGEST = 2000          # characters; Scrapy lets addresses over 2083 fall without a word
IN_FLIGHT = 2           # requests of one blog handed to Scrapy at a time; more would only wait there, in an order of its own

# The same page once more, or an action: never worth a request.
_NEVER = re.compile(
    r"[?&](?:replytocom|share|like_comment|unlike_comment|showComment|openidserver)=|[?&]m=[01](?:&|$)"
    r"|share-post\.g|/wp-login|/wp-admin|[?&]action=|/search\?q=|/print/?$|[?&]print=",
    re.I,
)
_TRACKING = re.compile(r"(?:^|&)(?:utm_\w*|hsa_\w*|pk_\w*|mtm_\w*|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|_ga|spref|phpsessid|jsessionid)(?:=|$)", re.I)


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a run stops. None: nowhere."""

    max_posts: int | None = None
    max_pages: int | None = None
    max_minutes: float | None = None


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One address to fetch, for the blog whose start address was the `blog`th."""

    rank: int
    number: int
    url: str = field(compare=False)
    kind: str = field(compare=False)
    blog: int = field(compare=False)
    is_guess: bool = field(compare=False, default=False)    # nobody named it: if it is not there, that is no event
    for_post: str = field(compare=False, default="")        # see schema.items.Link
    rule: str = field(compare=False, default="")            # which rule found the link


class Frontier:
    """Takes links, gives them back once each and in order, within the limits."""

    def __init__(
        self, limits: Limits, clock: Callable[[], float] = time.monotonic, *, wants: Callable[[Target], bool] = lambda _: True,
    ) -> None:
        """`wants` is asked before a target that completes a thread is given out: by then the pages may have told everything."""
        self._limits = limits
        self._clock = clock
        self._wants = wants
        self._started = clock()
        self._waiting: dict[int, list[Target]] = {}     # a heap for each blog
        self._held_back: list[Target] = []
        self._seen: set[str] = set()
        self._in_flight: list[Target] = []
        self._number = 0
        self._pages = 0
        self._posts: set[str] = set()

    def add(self, link: Link, blog: int, *, is_guess: bool = False) -> bool:
        """Take a link and say so, unless it was seen before or is never worth fetching."""
        url = keys.canonical_url(link.url) if link.kind == "post" else page_url(link.url)
        if len(url) > LONGEST or _NEVER.search(url) or self._seen & _names(url, link.kind):
            return False
        self._push(url, link.kind, blog, is_guess, link)
        return True

    def start(self, url: str, blog: int) -> None:
        """Take the address that a person named, as it was named."""
        self._push(url.partition("#")[0], "start", blog, False)

    def _push(self, url: str, kind: str, blog: int, is_guess: bool, link: Link | None = None) -> None:
        self._seen |= _names(url, kind)
        self._number += 1
        for_post, rule = (link.for_post, link.rule) if link else ("", "")
        rank = _ORDER.get(rule, _ORDER[kind]) if kind == "completion" else _ORDER[kind]     # what knows little is asked last
        self._wait(Target(rank, self._number, url, kind, blog, is_guess, for_post, rule))

    def _wait(self, target: Target) -> None:
        heapq.heappush(self._waiting.setdefault(target.blog, []), target)

    def seen(self, url: str) -> None:
        """This address has been fetched under another name (a redirect, a canonical link)."""
        self._seen |= _names(url, "post")

    def taken(self, post_url: str) -> None:
        """A post was read: counts towards the limit, once."""
        self._posts.add(keys.key_url(post_url))

    def next(self) -> Iterator[Target]:
        """What may be fetched now: the best of each blog, so that several blogs are asked side by side."""
        for blog, waiting in self._waiting.items():
            while waiting and self._in_flight_of(blog) < IN_FLIGHT and not self._is_over():
                if waiting[0].kind == "completion" and self._is_under_way(waiting[0].for_post):
                    break
                target = heapq.heappop(waiting)
                if target.kind == "post" and not self._has_room_for_a_post():
                    self._held_back.append(target)
                    continue
                if target.kind == "completion" and not self._wants(target):
                    continue
                self._in_flight.append(target)
                self._pages += 1
                yield target

    def _in_flight_of(self, blog: int) -> int:
        return sum(target.blog == blog for target in self._in_flight)

    def _is_under_way(self, post_url: str) -> bool:
        """Whether a page of that thread is being fetched: it may tell what a feed would be asked for."""
        post = keys.post_key(post_url)
        return any(keys.post_key(target.for_post or target.url) == post for target in self._in_flight)

    def done(self, target: Target) -> None:
        """The answer is there, or will never be."""
        if target in self._in_flight:
            self._in_flight.remove(target)
        if target.kind == "post" and self._held_back and self._has_room_for_a_post():
            self._wait(self._held_back.pop(0))

    @property
    def is_limited(self) -> bool:
        """Whether a limit was reached with work left."""
        return bool(self._held_back) or (self._is_over() and any(self._is_work(target) for waiting in self._waiting.values() for target in waiting))

    def _is_work(self, target: Target) -> bool:
        return target.kind != "completion" or self._wants(target)

    def _is_over(self) -> bool:
        most = self._limits
        if most.max_pages is not None and self._pages >= most.max_pages:
            return True
        return most.max_minutes is not None and self._clock() - self._started >= most.max_minutes * 60

    def _has_room_for_a_post(self) -> bool:
        if self._limits.max_posts is None:
            return True
        pending = sum(target.kind in ("post", "start") for target in self._in_flight)
        return len(self._posts) + pending < self._limits.max_posts


def page_url(url: str) -> str:
    """The address without fragment and tracking; unlike the canonical one it keeps which comment page it is."""
    parts = urlsplit(url)
    query = parts.query
    if _TRACKING.search(query):
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([(name, value) for name, value in pairs if not _TRACKING.search(name)])
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query, ""))


def _names(url: str, kind: str) -> set[str]:
    """Under which names an address counts as seen: a post whatever the view of it, any other page as it is spelled."""
    own = {page_url(url).partition("://")[2]}
    return own | {keys.key_url(url)} if kind == "post" else own
