"""What is still to be fetched, in which order, and when to stop. Addresses only: the spider fetches, the database remembers.

Posts come before further comment pages, these before the feeds and APIs that complete a thread (see crawlers.completing),
and all before archives and older pages that only lead to more posts. Posts of earlier runs come again when they are due.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from crawlers.limits import Count
from crawlers.limits import Limits as Limits
from crawlers.targets import REVISIT, Target, address_of, is_worthless, name_of, names, rank_of
from crawlers.targets import page_url as page_url
from crawlers.window import Memory, Window, stored
from pipeline.addresses import Known
from schema import keys
from schema.items import Link

IN_FLIGHT = 2           # requests of one blog handed to Scrapy at a time; more would only wait there, in an order of its own
LISTS = ("feed", "sitemap")
EARLY_LISTS = 10        # of a blog, asked for before its posts


class Traps(Protocol):
    """Judges addresses by what others like them have brought."""

    def admits(self, url: str, kind: str, source: str = "") -> str:
        """Why the address is not to be fetched; "": it may be."""

    def knows(self, blog: str, posts: int = 1) -> None:
        """That so many posts of a blog are there from earlier runs."""


@dataclass(slots=True)
class _Blog:
    """What waits for one blog."""

    count: Count
    posts: Window = field(default_factory=Window)
    others: Window = field(default_factory=Window)
    in_flight: list[Target] = field(default_factory=list)
    lists: int = 0          # feeds and sitemaps that were found

    def window(self, target: Target) -> Window:
        return self.posts if target.kind == "post" else self.others


class Frontier:
    """Takes links, gives them back once each and in order, within the limits."""

    def __init__(
        self,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
        *,
        wants: Callable[[Target], bool] = lambda _: True,
        rereads: Callable[[Target], bool] = lambda _: False,
        traps: Traps | None = None,
    ) -> None:
        """`wants` is asked before a target that completes a thread is given out: by then the pages may have told everything.

        `rereads`: whether the page of its post must be read again first.
        """
        self._clock = clock
        self._wants = wants
        self._rereads = rereads
        self._reread: set[str] = set()          # posts whose pages were read again
        self._traps = traps
        self._started = clock()
        self._all = Count(limits)
        self._blogs: dict[int, _Blog] = {}
        self._seen: dict[int, bool] = {}        # hashes of names, and whether an earlier run has visited the address
        self._stated: dict[int, int] = {}       # ... and the number of comments that was last stated
        self._begun: set[str] = set()           # names of start addresses that an earlier run has visited
        self._number = 0
        self._found: list[Target] = []
        self._dropped: list[Target] = []
        self._refused: list[tuple[str, str]] = []
        self._turned_away: set[int] = set()     # hashes of addresses
        self._shut: list[tuple[str, Target]] = []

    def open(self, blog: int, limits: Limits, name: str = "", memory: Memory | None = None) -> None:
        """Begin with a blog that has limits of its own; with a memory, go on where the last run stopped."""
        opened = self._blogs[blog] = _Blog(Count(limits))
        if memory:
            for known in memory.known(name):
                self._remember(known)
            opened.posts, opened.others = (stored(memory, name, blog, posts=posts) for posts in (True, False))

    def _remember(self, known: Known) -> None:
        of_post = [known.post_key] if known.post_key and known.kind in ("post", "start") else []
        for name in (known.name, *names(known.url, known.kind), *of_post):
            self._seen[hash(name)] = not known.is_waiting
        if of_post and known.comments_stated is not None:
            self._stated[hash(known.post_key)] = known.comments_stated
        if self._traps and known.kind == "post" and known.is_visited:
            self._traps.knows(keys.source_of(known.url))
        if known.kind == "start" and known.is_visited:
            self._begun.add(known.name)
        self._number = max(self._number, known.number)

    def start(self, url: str, blog: int) -> None:
        """Take the address that a person named, as it was named."""
        self._push(Link(url.partition("#")[0], "feed"), "start", url.partition("#")[0], blog)

    def add(self, link: Link, blog: int, *, is_guess: bool = False, source: str = "", again: bool = False) -> bool:
        """Take a link and say so, unless it was seen before or is never worth fetching.

        `again`: a page of an earlier run is to be visited once more.
        """
        url = address_of(link)
        if is_worthless(url):
            return False
        seen = [hashed for hashed in map(hash, names(url, link.kind)) if hashed in self._seen]
        if seen and not (again and all(self._seen[hashed] for hashed in seen)):
            self._restate(link, url, blog, seen)
            return False
        if why := self._traps.admits(url, link.kind, source) if self._traps else "":
            self._turn_away(why, url, source)
            return False
        self._push(link, link.kind, url, blog, is_guess=is_guess, is_again=bool(seen))
        return not seen

    def _turn_away(self, why: str, url: str, source: str) -> None:
        """Counted once, for the page that shows it: traps have addresses without end. A feed may still name it."""
        if (hashed := hash(url)) not in self._turned_away:
            self._turned_away.add(hashed)
            self._refused.append((why, source))

    def _restate(self, link: Link, url: str, blog: int, seen: list[int]) -> None:
        """A list states how many comments a known post has; where that has changed, the post is visited at once."""
        stated, key = link.comments_reported, hash(keys.post_key(url))
        if link.kind != "post" or stated is None or self._stated.get(key) == stated:
            return
        if key in self._stated and all(self._seen[hashed] for hashed in seen):
            self._push(link, "post", url, blog, is_again=True)
        else:
            self._found.append(self._target(link, "post", url, blog, rank_of("post")))
        self._stated[key] = stated

    def _push(self, link: Link, kind: str, url: str, blog: int, *, is_guess: bool = False, is_again: bool = False) -> None:
        is_revisit = is_again and kind == "post"
        target = self._target(link, kind, url, blog, REVISIT if is_revisit else self._rank(link, kind, blog))
        target = replace(target, is_guess=is_guess, is_again=is_again or (kind == "start" and target.name in self._begun))
        self._see(names(url, kind))
        if target.comments_stated is not None:
            self._stated[hash(keys.post_key(url))] = target.comments_stated
        self._found.append(target)
        self._of(blog).window(target).push(target)

    def _rank(self, link: Link, kind: str, blog: int) -> int:
        """Of very many lists the later ones come after the posts that the first have named: by then it shows whether that are any."""
        if kind not in LISTS:
            return rank_of(kind, link.rule)
        of = self._of(blog)
        of.lists += 1
        return rank_of(kind if of.lists <= EARLY_LISTS else "archive")

    def _target(self, link: Link, kind: str, url: str, blog: int, rank: int) -> Target:
        self._number += 1
        return Target(
            rank, self._number, url, kind, blog, for_post=link.for_post, rule=link.rule, name=name_of(url, kind), comments_stated=link.comments_reported,
        )

    def _see(self, own: Iterable[str]) -> None:
        for name in own:
            self._seen[hash(name)] = False

    def _of(self, blog: int) -> _Blog:
        if blog not in self._blogs:
            self.open(blog, Limits())
        return self._blogs[blog]

    def seen(self, url: str) -> None:
        """This address has been fetched under another name (a redirect, a canonical link)."""
        self._see(names(url, "post"))

    def taken(self, post_url: str, blog: int = 0) -> None:
        """A post was read: counts towards the limits, once."""
        key = hash(keys.key_url(post_url))
        self._all.posts.add(key)
        self._of(blog).count.posts.add(key)

    def news(self, blog: int) -> tuple[Target, ...]:
        """What was found for this blog since this was last asked: to be written down."""
        found = tuple(target for target in self._found if target.blog == blog)
        self._found = [target for target in self._found if target.blog != blog]
        return found

    def dropped(self) -> tuple[Target, ...]:
        """What turned out not to be needed since this was last asked."""
        dropped, self._dropped = tuple(self._dropped), []
        return dropped

    def shut(self) -> tuple[tuple[str, Target], ...]:
        """What was taken and turned out to belong to a trap since this was last asked."""
        shut, self._shut = tuple(self._shut), []
        return shut

    def refused(self) -> tuple[tuple[str, str], ...]:
        """What was not taken, for a trap, since this was last asked: why, and which page shows it."""
        refused, self._refused = tuple(self._refused), []
        return refused

    def next(self) -> Iterator[Target]:
        """What may be fetched now: the best of each blog, so that several blogs are asked side by side."""
        for blog in self._blogs.values():
            while len(blog.in_flight) < IN_FLIGHT and not self._is_over(blog) and (target := self._best(blog)):
                blog.window(target).pop()
                if why := self._traps.admits(target.url, target.kind) if self._traps and not target.is_again else "":
                    self._shut.append((why, target))
                    continue
                if target.kind == "completion" and not self._wants(target):
                    self._dropped.append(target)
                    continue
                if target.kind == "completion" and target.for_post not in self._reread and self._rereads(target):
                    self._read_again(target)
                    continue
                blog.in_flight.append(target)
                self._count(target, blog)
                yield target

    def _count(self, target: Target, blog: _Blog) -> None:
        """A start is free where earlier runs have left work: else a run that may ask for one page would never get on."""
        if not (target.kind == "start" and target.is_again and (blog.posts.first() or blog.others.first())):
            for count in (self._all, blog.count):
                count.pages += 1

    def _read_again(self, source: Target) -> None:
        """The page that a source belongs to, before anything else, and the source after it. No new post: a part of its thread."""
        self._reread.add(source.for_post)
        page = self._target(Link(source.for_post, "comments", source.rule), "comments", source.for_post, source.blog, -1)
        for target in (page, source):
            self._of(source.blog).others.push(target)

    def _best(self, blog: _Blog) -> Target | None:
        """Nothing before the start has answered: it tells which host the blog is on, and whether it is a blog at all."""
        if any(target.kind == "start" for target in blog.in_flight):
            return None
        other = blog.others.first()
        if other and other.kind == "completion" and self._is_under_way(other.for_post):
            other = None
        post = blog.posts.first() if self._has_room(blog) else None
        return min((target for target in (post, other) if target), default=None)

    def _is_under_way(self, post_url: str) -> bool:
        """Whether a page of that thread is being fetched: it may tell what a feed would be asked for."""
        post = keys.post_key(post_url)
        return any(keys.post_key(target.for_post or target.url) == post for target in self._in_flight())

    def _in_flight(self) -> Iterator[Target]:
        return (target for blog in self._blogs.values() for target in blog.in_flight)

    def done(self, target: Target) -> None:
        """The answer is there, or will never be."""
        if target in (in_flight := self._of(target.blog).in_flight):
            in_flight.remove(target)

    @property
    def is_limited(self) -> bool:
        """Whether a limit was reached with work left."""
        return any(self._is_left(blog) for blog in self._blogs.values())

    def is_spent(self, blog: int) -> bool:
        """Whether a limit of its own stops this blog."""
        count = self._of(blog).count
        return count.is_over(self._minutes()) or not count.has_room(0)

    @property
    def stop(self) -> Literal["", "posts", "pages", "time"]:
        """Which limit of the whole run has been reached; "": none."""
        most = self._all.limits
        if most.max_minutes is not None and self._minutes() >= most.max_minutes:
            return "time"
        return "pages" if self._all.is_over(0) else "" if self._all.has_room(0) else "posts"

    def _is_left(self, blog: _Blog) -> bool:
        if blog.posts.first() and (self._is_over(blog) or not self._has_room(blog)):
            return True
        return self._is_over(blog) and any(target.kind != "completion" or self._wants(target) for target in blog.others.all())

    def _is_over(self, blog: _Blog) -> bool:
        minutes = self._minutes()
        return self._all.is_over(minutes) or blog.count.is_over(minutes)

    def _minutes(self) -> float:
        return (self._clock() - self._started) / 60

    def _has_room(self, blog: _Blog) -> bool:
        every, own = (sum(target.kind in ("post", "start") for target in some) for some in (self._in_flight(), blog.in_flight))
        return self._all.has_room(every) and blog.count.has_room(own)
