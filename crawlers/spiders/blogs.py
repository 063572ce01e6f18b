"""The spider `blogs`: from a blog's address to all its posts, from a post's address to that post and its comment pages.

Thin: it reads pages, follows links within the blog, and lets the frontier say what comes next and when to stop.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import contact, failures, fetched
from crawlers.addresses import parse_opened, place_of
from crawlers.anchoring import Anchoring
from crawlers.archive import ABOUT
from crawlers.completing import has_told_all, sources, wants
from crawlers.ends import Stop
from crawlers.failures import NOT_A_PAGE, NOT_FOUND
from crawlers.frontier import Frontier, Limits
from crawlers.middlewares.conditional import is_unchanged
from crawlers.middlewares.pace import slots
from crawlers.middlewares.robots import Robots
from crawlers.middlewares.tdm import Tdm
from crawlers.pipelines import OUT_OF_TIME, Store
from crawlers.reading import Reading, read
from crawlers.repeated import SAME_POST, Repeated, is_only_again
from crawlers.reservations import heeded, noted
from crawlers.session import Session
from crawlers.starts import Blog, Start, blog_at, own_delays, several
from crawlers.starts import addresses as addresses
from crawlers.targets import Target
from crawlers.thread_feeds import UNKNOWN_THEME
from crawlers.traps import Traps, brought
from crawlers.visits import Visited, content_hash, next_visit
from pipeline.addresses import NOT_MODIFIED, State
from pipeline.gaps import TOLD_ALL
from pipeline.runs import Outcome
from schema import keys
from schema.errors import UsageError, UserError
from schema.items import Link, Page, Skipped

OTHER_SITE = "on another site"
NO_POST = "no post on the page"
NOT_NEEDED = "not needed"
_COMMENTS_FEED = re.compile(r"/comments/(?:feed|default|summary|full)|feed=comments", re.I)
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
        self.ending = ""        # why Scrapy closed the spider, once it has

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Blogs:
        try:
            spider = super().from_crawler(crawler, *args, **kwargs)
            if not spider.urls:
                raise UsageError("There is no address to crawl; write for example -a url=https://blog.example/.")
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
        return [sentence for blog in self.blogs if (sentence := self._failure(blog))]

    def notes(self) -> list[str]:
        """What is no failure, but may surprise."""
        return [f"{blog.url} is a feed without posts." for blog in self.blogs if blog.is_feed and not blog.posts and not blog.failure]

    def _failure(self, blog: Blog) -> str:
        if blog.failure or blog.posts or blog.is_known or blog.is_feed or self.frontier.is_limited or self.ending != "finished":
            return blog.failure
        why = f" ({', '.join(sorted(blog.skips))})" if blog.skips else ""
        return f"{blog.url} could not be collected: nothing there could be taken as a post{why}. `hubbub explain {blog.url}` tells what hubbub sees."

    def parse(self, response: Response, target: Target, **others: Any) -> Iterator[Visited]:
        """Read a page, keep what belongs, and ask for what it leads to."""
        blog = self.blogs[target.blog]
        page = replace(fetched.page(response), about=target.for_post)
        if is_unchanged(response, content_hash(page)):
            yield self._unchanged(page, target, blog)
            return
        if target.kind == "start":
            blog.source = keys.source_of(response.url)
        yield self._visited(page, list(self._given(page, target, blog)), target, blog)

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
        refused = next((one.reason for one in gave if isinstance(one, Skipped) and one.reason in (OTHER_SITE, NOT_A_PAGE)), SAME_POST if _is_only_again(gave) else "")
        state: State = "refused" if refused else "done"
        told = TOLD_ALL if target.kind == "completion" and any(isinstance(one, Reading) and has_told_all(one) for one in gave[:1]) else ""
        gave += [self._skip(blog, Skipped(why, url)) for why, url in self.frontier.refused()]
        return Visited(
            target, blog.address, state, refused or told, page.status, page.header("etag"), page.header("last-modified"), content_hash(page),
            _post_key(gave, target), page.fetched_at, next_visit(target, state), gave=tuple(gave), found=self.frontier.news(target.blog),
        )

    def _permitted(self, reading: Reading) -> Reading:
        """The reading with what its page reserves; without what is reserved, where that is obeyed."""
        tdm = self.crawler.get_downloader_middleware(Tdm)
        return heeded(noted(reading, tdm.file(reading.page.url))) if tdm else noted(reading)

    def _unchanged(self, page: Page, target: Target, blog: Blog) -> Visited:
        """Nothing is read, nothing is stored but that it was seen again; comments that a service keeps may be others by now."""
        for row in self._session.served_apart(blog.address, target.name) if self._session else ():
            self.frontier.add(Link(row.url, "comments", row.rule, for_post=row.for_post), target.blog, again=True)
        digest = content_hash(page) if page.status != NOT_MODIFIED else ""
        return Visited(
            target, blog.address, "done", "", page.status, page.header("etag"), page.header("last-modified"), digest,
            fetched_at=page.fetched_at, next_visit=next_visit(target, "done"), is_unchanged=True, found=self.frontier.news(target.blog),
        )

    def failed(self, failure: Failure) -> Iterator[Visited]:
        """A page that could not be had: counted; a sentence where a person named it; nothing where it was a guess."""
        target: Target = failure.request.cb_kwargs["target"]     # type: ignore[attr-defined]  # Scrapy adds it
        why, blog = failures.reason(failure.value), self.blogs[target.blog]
        if target.kind == "start":
            blog.failure, blog.why = failures.sentence(target.url, why, failures.detail(failure.value)), why
        yield self._not_had(target, blog, why, failures.status(failure.value))

    def _not_had(self, target: Target, blog: Blog, why: str, status: int | None) -> Visited:
        is_silent = target.is_guess and why == NOT_FOUND
        state: State = "waiting" if why in failures.LATER else "refused" if why in failures.FOR_GOOD else "failed"
        if why in failures.FRUITLESS:
            self._brought_nothing(target)
        return Visited(
            target, blog.address, state, why, status, post_key=_post_key((), target), fetched_at=datetime.now(UTC),
            next_visit=next_visit(target, state), gave=() if is_silent else (self._skip(blog, Skipped(why, target.url)),), found=self.frontier.news(target.blog),
        )

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
            self._read_list(reading, target, blog)
            return
        if target.kind == "start":
            self._set_out(reading, target, blog)
        if target.kind in ("post", "comments") or blog.only_this_post:
            yield from self._take(reading, target, blog)
        elif target.kind == "start":
            yield from (self._skip(blog, skipped) for skipped in reading.skipped)
        self._follow(reading, target, blog)

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
        for link in sources(reading.links):
            self._add(link, target, blog, again=target.is_again)
        blog.skips.update(skipped.reason for skipped in reading.skipped)
        yield reading
        if more := self.anchoring.again(reading):
            yield self._permitted(more)

    def _set_out(self, reading: Reading, target: Target, blog: Blog) -> None:
        """Is the address that of a post, or that of a blog? A blog's posts are looked for in sitemaps, too."""
        url = reading.page.url
        blog.only_this_post = _is_post(reading)
        if not blog.only_this_post:
            for sitemap in self._robots_sitemaps(url):
                self._add(Link(sitemap, "sitemap", "robots.txt"), target, blog)
            for path in fetched.GUESSES:
                self._add(Link(urljoin(url, path), "sitemap", "guess"), target, blog, is_guess=True)

    def _robots_sitemaps(self, url: str) -> list[str]:
        robots = self.crawler.get_downloader_middleware(Robots)
        return robots.sitemaps(url) if robots else []

    def _read_list(self, reading: Reading, target: Target, blog: Blog) -> None:
        """A feed or a sitemap. Where a sitemap has named the posts, older pages of a feed that bring nothing new are left."""
        if target.kind == "start":
            blog.is_feed = not reading.skipped
            blog.source = _home(reading.links) or blog.source
        posts = [link for link in reading.links if link.kind == "post"]
        news = sum(self._add(link, target, blog) for link in posts)
        blog.has_sitemap = blog.has_sitemap or (reading.platform == "sitemap" and bool(posts))
        if news or not blog.has_sitemap or reading.platform == "sitemap":
            for link in reading.links:
                self._add(link, target, blog, again=0 < news == len(posts))

    def _follow(self, reading: Reading, target: Target, blog: Blog) -> None:
        """An older page of a list is asked again where all on the newer one is new; what belongs to a thread, with its post."""
        is_list = target.kind not in ("post", "comments") and not blog.only_this_post
        posts = [link for link in reading.links if link.kind == "post"] if is_list else []
        news = sum(self._add(link, target, blog) for link in posts)
        for link in reading.links:
            is_of_thread = link.kind in ("comments", "completion")
            if is_of_thread or (not blog.only_this_post and (is_list or link.kind not in fetched.LISTS)):
                self._add(link, target, blog, again=target.is_again if is_of_thread else 0 < news == len(posts))
        if is_list:
            for thread in reading.threads:      # a list that shows one post in full
                self._add(Link(thread.post.url, "post", "shown in a list"), target, blog)

    def _add(self, link: Link, target: Target, blog: Blog, *, is_guess: bool = False, again: bool = False) -> bool:
        """Whether the link is news: on this blog, no front page, and not seen before."""
        serving = link.for_post or link.url     # an API may serve a blog's comments from another host
        is_own = keys.source_of(serving) == blog.source and link.url.startswith(("http://", "https://"))
        is_front = link.kind == "post" and fetched.is_front(keys.canonical_url(link.url))
        is_of_comments = link.rule == "comments feed" or (bool(_COMMENTS_FEED.search(link.url)) and link.kind == "feed")
        may_be_missing = is_guess or link.rule == "wordpress paged" or link.kind == "completion"
        is_wanted = is_own and not is_front and not is_of_comments
        return is_wanted and self.frontier.add(
            link, target.blog, is_guess=may_be_missing, source=target.url, again=again and link.kind not in ("post", "sitemap"),
        )

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


def _is_only_again(gave: Sequence[Reading | Skipped]) -> bool:
    return any(isinstance(one, Reading) and is_only_again(one) for one in gave)


def _post_key(gave: Sequence[Reading | Skipped], target: Target) -> str:
    """The post that was read there, or whose thread the address belongs to."""
    posts = [thread.post.url for one in gave if isinstance(one, Reading) for thread in one.threads]
    if target.kind in ("comments", "completion"):
        return keys.post_key(target.for_post or (posts[0] if posts else target.url))
    return keys.post_key(posts[0]) if len(posts) == 1 and target.kind in ("post", "start") else ""


def _home(links: Iterable[Link]) -> str:
    """The blog that a feed belongs to: many feeds are kept on another host."""
    sources = Counter(keys.source_of(link.url) for link in links if link.kind == "post")
    return sources.most_common(1)[0][0] if sources else ""


def _is_post(reading: Reading) -> bool:
    """A page with one post in it, unless it is the front page of the site, which may well show only one."""
    leads_on = any(link.kind in ("post", "archive", "next") for link in reading.links)
    is_refused_post = bool(reading.platform and reading.skipped) and not leads_on     # behind a password, say
    return (len(reading.threads) == 1 or is_refused_post) and not fetched.is_front(reading.page.url)


def _count(words: str) -> int | None:
    return int(words) if words else None
