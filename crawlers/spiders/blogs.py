"""The spider `blogs`: from a blog's address to all its posts, from a post's address to that post and its comment pages.

Thin: it reads pages, follows links within the blog, and lets the frontier say what comes next and when to stop.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import contact, failures, fetched, noting
from crawlers.addresses import parse_opened, place_of
from crawlers.anchoring import Anchoring
from crawlers.archive import ABOUT
from crawlers.completing import wants
from crawlers.ends import Stop
from crawlers.failures import NOT_A_PAGE, NOT_FOUND
from crawlers.following import Following
from crawlers.frontier import Frontier, Limits
from crawlers.middlewares.conditional import is_unchanged
from crawlers.middlewares.pace import slots
from crawlers.middlewares.robots import Robots
from crawlers.middlewares.tdm import Tdm
from crawlers.pipelines import OUT_OF_TIME, Store
from crawlers.reading import Reading, read
from crawlers.repeated import Repeated
from crawlers.reservations import heeded, noted
from crawlers.session import Session
from crawlers.starts import Blog, Start, blog_at, own_delays, several
from crawlers.starts import addresses as addresses
from crawlers.targets import Target
from crawlers.thread_feeds import UNKNOWN_THEME
from crawlers.traps import Traps, brought
from crawlers.visits import Visited, content_hash
from pipeline.runs import Outcome
from schema import keys
from schema.errors import UsageError, UserError
from schema.items import Link, Page, Skipped

OTHER_SITE = "on another site"
NO_POST = "no post on the page"
NOT_NEEDED = "not needed"
Given = Iterator[Reading | Skipped]


class Blogs(Spider):
    """`scrapy crawl blogs -a url=... [-a allow_private=HOST:PORT] [-a max_posts=N]`; several are separated by commas."""

    name = "blogs"

    def __init__(
        self,
        url: str = "",
        allow_private: str = "",
        max_posts: str = "",
        max_pages: str = "",
        max_minutes: str = "",
        delay: str = "",
        database: str = "",
        starts: Sequence[Start] = (),
        **others: Any,  # Any: Scrapy hands on whatever -a names
    ) -> None:
        super().__init__(**others)
        self.blogs = [blog_at(start) for start in (starts or [Start(one) for one in addresses(url)])]
        self.urls = [blog.url for blog in self.blogs]
        self.opened = parse_opened(several(allow_private))
        self.delay = float(delay) if delay else None
        self.own_delays = own_delays(blog.start for blog in self.blogs) if self.delay is None else {}
        self.database = database
        self.limits = Limits(_count(max_posts), _count(max_pages), float(max_minutes) if max_minutes else None)
        self.anchoring = Anchoring()
        self.traps = Traps(datetime.now(UTC).date())
        self.repeated = Repeated()
        self.frontier = Frontier(self.limits, wants=self._wants, rereads=self._rereads, traps=self.traps)
        self.following = Following(self.frontier, lambda url: robots.sitemaps(url) if (robots := self.crawler.get_downloader_middleware(Robots)) else [])
        self.ending = ""        # why Scrapy closed the spider, once it has
        self.reading: tuple[str, Target] | None = None      # blog and address of the page that is being read

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Blogs:
        try:
            spider = super().from_crawler(crawler, *args, **kwargs)
            if not spider.urls:
                raise UsageError("There is no address to crawl; give one such as https://blog.example/ (with scrapy: -a url=https://blog.example/).")
        except UserError as error:
            if crawler.settings.getbool("HUBBUB_TELLS"):
                sys.exit(f"hubbub: {error}")
            raise
        if spider.delay is not None:
            crawler.settings.set("DOWNLOAD_DELAY", spider.delay, priority="spider")
            crawler.settings.set("AUTOTHROTTLE_START_DELAY", spider.delay, priority="spider")
        else:
            crawler.settings.set("DOWNLOAD_SLOTS", slots(spider.opened, spider.own_delays), priority="spider")
        crawler.signals.connect(spider.idle, signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        if not self.settings["HUBBUB_CONTACT"] and not {place_of(url) for url in self.urls} <= self.opened:
            self.logger.warning(contact.missing(Path.cwd()))
        for number, blog in enumerate(self.blogs):
            if self._session:
                self._session.begin(blog.address)
                blog.is_known = self._session.holds(blog.address)
                blog.only_this_post = self._session.is_post(blog.address)
                blog.source = self._session.home(blog.address) or blog.source
            self.frontier.open(number, blog.start.limits, blog.address, self._session)
            self.frontier.start(blog.url, number)
        for request in self._requests():
            yield request

    @property
    def _session(self) -> Session | None:
        store = self.crawler.get_item_pipeline(Store)
        return store.session if store else None

    def idle(self) -> None:
        """What waits goes on here, if nobody else has told so: time may have brought room."""
        if self.go_on():
            raise DontCloseSpider

    def noted(self, visit: Visited) -> None:
        """A visit has been taken down: what it told counts from here on."""
        self.frontier.done(visit.target)
        self.go_on()

    def go_on(self) -> bool:
        """Ask for what may be asked now, and say whether that is anything."""
        requests = list(self._requests())
        for request in requests:
            self.crawler.engine.crawl(request)
        unasked = [*((NOT_NEEDED, target) for target in self.frontier.dropped()), *self.frontier.shut()]
        for why, target in unasked:
            if self._session:
                self._session.visited(self._unasked(target, why))
        return bool(requests)

    def _wants(self, target: Target) -> bool:
        """Whether what is stored of a thread leaves something open that this source could tell."""
        return self._session is None or wants(self._session.gaps(keys.post_key(target.for_post)), target.rule)

    def _rereads(self, target: Target) -> bool:
        """Whether the page must be at hand when the source is read, and is not: an earlier run has read it."""
        return target.rule == UNKNOWN_THEME and not self.anchoring.holds(target.for_post)

    def _unasked(self, target: Target, why: str) -> Visited:
        """What was found and turned out not to be worth a request; a trap is told."""
        blog = self.blogs[target.blog]
        gave = () if why == NOT_NEEDED else (self._skip(blog, Skipped(why, target.url)),)
        return Visited(target, blog.address, "refused", why, gave=gave)

    def outcome(self) -> Outcome:
        """How the run ended."""
        if self.ending not in ("finished", OUT_OF_TIME):
            return "interrupted"
        if self.failures():
            return "partly" if any(blog.posts or (blog.is_known and not blog.failure) for blog in self.blogs) else "failed"
        return "limited" if self.frontier.is_limited or self.ending == OUT_OF_TIME else "done"

    def stop(self) -> Stop:
        """What ended the run before its work was done."""
        if self.ending == OUT_OF_TIME:
            return "time"
        if self.ending != "finished":
            return "interrupted"
        return self.frontier.stop if self.frontier.is_limited else ""

    def failures(self) -> list[str]:
        """One sentence for each address that a person named and that gave nothing."""
        is_over = self.ending == "finished" and not self.frontier.is_limited
        return [sentence for blog in self.blogs if (sentence := blog.failure or (blog.nothing_found if is_over else ""))]

    def notes(self) -> list[str]:
        """What is no failure, but may surprise."""
        return [f"{blog.url} is a feed without posts." for blog in self.blogs if blog.is_feed and not blog.posts and not blog.failure]

    def parse(self, response: Response, target: Target, **others: Any) -> Iterator[Visited]:
        """Read a page, keep what belongs, and ask for what it leads to."""
        blog = self.blogs[target.blog]
        self.reading = blog.address, target
        yield self._seen(replace(fetched.page(response), about=target.for_post), response, target, blog)
        self.reading = None

    def _seen(self, page: Page, response: Response, target: Target, blog: Blog) -> Visited:
        if is_unchanged(response, content_hash(page)):
            return self._unchanged(page, target, blog)
        if target.kind == "start":
            blog.source = keys.source_of(response.url)
        return self._visited(page, list(self._given(page, target, blog)), target, blog)

    def _given(self, page: Page, target: Target, blog: Blog) -> Given:
        if keys.source_of(page.url) != (keys.source_of(target.url) if target.for_post else blog.source):
            self._brought_nothing(target)
            yield self._skip(blog, Skipped(OTHER_SITE, page.url))
        elif not fetched.is_page(page):
            self._brought_nothing(target)
            yield from self._no_page(page, target, blog)
        else:
            yield from self._read(self._permitted(self.repeated.without(fetched.kept(read(page)))), target, blog)

    def _visited(self, page: Page, gave: list[Reading | Skipped], target: Target, blog: Blog) -> Visited:
        gave += [self._skip(blog, Skipped(why, url)) for why, url in self.frontier.refused()]
        return noting.read(page, target, blog, gave, self.frontier.news(target.blog), (OTHER_SITE, NOT_A_PAGE))

    def _permitted(self, reading: Reading) -> Reading:
        """The reading with what its page reserves; without what is reserved, where that is obeyed."""
        tdm = self.crawler.get_downloader_middleware(Tdm)
        return heeded(noted(reading, tdm.file(reading.page.url))) if tdm else noted(reading)

    def _unchanged(self, page: Page, target: Target, blog: Blog) -> Visited:
        """Nothing is read, nothing is stored but that it was seen again; comments that a service keeps may be others by now."""
        for row in self._session.served_apart(blog.address, target.name) if self._session else ():
            self.frontier.add(Link(row.url, "comments", row.rule, for_post=row.for_post), target.blog, again=True)
        return noting.unchanged(page, target, blog, self.frontier.news(target.blog))

    def failed(self, failure: Failure) -> Iterator[Visited]:
        """A page that could not be had: counted; a sentence where a person named it; nothing where it was a guess."""
        target: Target = failure.request.cb_kwargs["target"]     # type: ignore[attr-defined]  # Scrapy adds it
        why, blog = failures.reason(failure.value), self.blogs[target.blog]
        if target.kind == "start":
            blog.failure, blog.why = failures.sentence(target.url, why, failures.detail(failure.value)), why
        yield self._not_had(target, blog, why, failures.status(failure.value))

    def _not_had(self, target: Target, blog: Blog, why: str, status: int | None) -> Visited:
        if why in failures.FRUITLESS:
            self._brought_nothing(target)
        gave = () if target.is_guess and why == NOT_FOUND else (self._skip(blog, Skipped(why, target.url)),)
        return noting.not_had(target, blog, why, status, gave, self.frontier.news(target.blog))

    def _brought_nothing(self, target: Target) -> None:
        """Counts where somebody named the address."""
        if not target.is_guess:
            self.traps.visited(target.url, target.kind, ())

    def _read(self, reading: Reading, target: Target, blog: Blog) -> Given:
        self.traps.visited(target.url, target.kind, brought(reading.threads, reading.links, target.kind))
        if target.kind == "completion":
            yield from self._complete(reading, target, blog)
            return
        if fetched.is_told(reading) and target.kind not in ("post", "comments"):
            yield replace(reading, threads=reading.threads if reading.platform in fetched.LISTS else (), skipped=())
        if reading.platform in fetched.LISTS:
            yield from (self._skip(blog, skipped) for skipped in reading.skipped)
            self.following.list(reading, target, blog)
            return
        if target.kind == "start":
            self.following.set_out(reading, target, blog)
        if target.kind in ("post", "comments") or blog.only_this_post:
            yield from self._take(reading, target, blog)
        elif target.kind == "start":
            yield from (self._skip(blog, skipped) for skipped in reading.skipped)
        self.following.page(reading, target, blog)

    def _take(self, reading: Reading, target: Target, blog: Blog) -> Given:
        self.anchoring.seen(reading)
        for thread in reading.threads:
            self.frontier.taken(thread.post.url, target.blog)
            self.frontier.seen(thread.post.url)
            blog.posts.add(hash(keys.key_url(thread.post.url)))
        if reading.threads or reading.skipped:
            blog.skips.update(skipped.reason for skipped in reading.skipped)
            yield reading
        elif target.kind == "post":
            yield self._skip(blog, Skipped(NO_POST, reading.page.url))

    def _complete(self, reading: Reading, target: Target, blog: Blog) -> Given:
        """What a feed or an API adds to a thread that was read from its page."""
        self.following.source(reading, target, blog)
        blog.skips.update(skipped.reason for skipped in reading.skipped)
        yield reading
        if more := self.anchoring.again(reading):
            yield self._permitted(more)

    def _no_page(self, page: Page, target: Target, blog: Blog) -> Given:
        if target.is_guess:
            return
        yield self._skip(blog, Skipped(NOT_A_PAGE, page.url))
        if target.kind == "start":
            blog.failure, blog.why = failures.sentence(target.url, NOT_A_PAGE, fetched.looks(page)), NOT_A_PAGE

    def _skip(self, blog: Blog, skipped: Skipped) -> Skipped:
        blog.skips[skipped.reason] += 1
        return skipped

    def _requests(self) -> Iterator[Request]:
        for target in self.frontier.next():
            yield Request(
                target.url, callback=self.parse, errback=self.failed, cb_kwargs={"target": target}, dont_filter=True, priority=-target.rank,
                meta={ABOUT: target.for_post} if target.for_post else None,
            )


def _count(words: str) -> int | None:
    return int(words) if words else None
