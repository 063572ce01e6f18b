"""Runs a spider of ours to its end, in this process: the way from a command (or the demo) into Scrapy and back."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.utils.ossignal import install_shutdown_handlers

from crawlers import contact
from crawlers.addresses import parse_opened, place_of
from crawlers.archive import check_folder
from crawlers.deadline import INTERRUPTED, Deadline, end_now
from crawlers.ends import End, Stop, ends
from crawlers.pipelines import IN_A_HURRY, STOPPED, Store
from crawlers.session import Seen
from crawlers.spiders.blogs import Blogs
from crawlers.spiders.explain import Explain
from crawlers.starts import Start, addresses
from pipeline.runs import Outcome
from pipeline.store import Counts
from schema import database
from schema.items import Page
from schema.profile import Invocation

EXIT_CODES: Mapping[Outcome, int] = {"done": 0, "failed": 3, "partly": 3, "limited": 4, "interrupted": 130}
STOPPING = 5.0      # seconds that a second Ctrl-C may take


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """What `hubbub crawl` can be told."""

    urls: tuple[str, ...]
    max_posts: int | None = None
    max_pages: int | None = None
    max_minutes: float | None = None
    delay: float | None = None              # None: one second, and none for opened hosts
    archive: str = ""                       # folder for WARC files
    allow_private: tuple[str, ...] = ()     # HOST:PORT
    proxy: str = ""                         # http://HOST:PORT
    is_verbose: bool = False
    show_progress: bool = True
    starts: tuple[Start, ...] = ()          # instead of `urls`, each with limits of its own
    late_code: int = EXIT_CODES["limited"]  # how the process ends that hangs when the time is over

    @property
    def is_all_private(self) -> bool:
        """Whether only opened private addresses are asked."""
        urls = [start.url for start in self.starts] or addresses(" ".join(self.urls))
        return {place_of(url) for url in urls} <= parse_opened(self.allow_private)


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """How a crawl ended and what it stored."""

    outcome: Outcome
    seen: Seen
    counts: Counts      # `posts` and `comments` in it count each time one was stored; see `seen`
    run: int
    failures: tuple[str, ...] = ()      # one sentence for each address that a person named
    notes: tuple[str, ...] = ()
    ends: tuple[End, ...] = ()          # of each start
    stop: Stop = ""                     # what ended it before its work was done
    deadline: Deadline | None = None    # of the whole command, tagging included
    is_cut: bool = False                # something may still hang: to be left with `leave`

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.outcome]


def crawl(invocation: Invocation, options: CrawlOptions) -> CrawlReport:
    """Crawl the blogs into the database. Once per process: Twisted's reactor cannot be started twice."""
    database.open_database(invocation.database, create=True).dispose()     # a bad database is told before anything is asked
    crawler = run_spider(Blogs, _settings(invocation, options), _arguments(options))
    store = crawler.get_item_pipeline(Store)
    spider = crawler.spider
    assert isinstance(spider, Blogs) and store and store.session, "the spider did not start"
    store.finish(STOPPED)       # a second Ctrl-C leaves it open
    if store.trouble:
        raise store.trouble
    return CrawlReport(
        store.session.outcome, store.session.seen, store.session.counts, store.session.run,
        tuple(spider.failures()), tuple(spider.notes()), ends(spider.blogs, spider.frontier), spider.stop(),
        store.deadline, spider.ending in IN_A_HURRY,
    )


def leave(code: int) -> NoReturn:
    """End the process without waiting for threads that may hang (a name that is never resolved)."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def check(options: CrawlOptions) -> None:
    """Raises UsageError or UserError for what can be seen to be wrong before anything is asked."""
    addresses(" ".join(options.urls))
    parse_opened(options.allow_private)
    if options.archive:
        check_folder(Path(options.archive))


def run_spider(spider: type[Spider], overrides: Mapping[str, object], arguments: Mapping[str, object]) -> Crawler:
    """Run a spider with our settings until it ends or is interrupted; what it left is on the crawler."""
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    settings.update(dict(overrides), priority="cmdline")
    process = _Process(settings)
    crawler = process.create_crawler(spider)
    task = process.crawl(crawler, **arguments)
    process.start()
    if task.done() and not task.cancelled() and (error := task.exception()):
        raise error
    return crawler


class _Process(AsyncCrawlerProcess):
    """Scrapy's own waits at the second Ctrl-C, too, until what is in flight is finished (2.19)."""

    def _signal_kill(self, number: int, frame: Any) -> None:      # Any: as Scrapy has it
        from twisted.internet import reactor

        install_shutdown_handlers(signal.SIG_IGN)
        reactor.callFromThread(reactor.crash)   # type: ignore[misc]  # zope's interfaces have no types
        threading.Thread(target=_end_soon, daemon=True).start()


def _end_soon() -> None:
    """What hangs does not hear: then the process ends without it."""
    time.sleep(STOPPING)
    end_now(INTERRUPTED, "stopped; what was stored is kept, and the next run goes on from there.")


def _settings(invocation: Invocation, options: CrawlOptions) -> dict[str, object]:
    own = invocation.profile
    return {
        "HUBBUB_DATABASE": invocation.database,
        "HUBBUB_ARCHIVE": options.archive or own.archive,
        "HUBBUB_PROXY": options.proxy,
        "HUBBUB_TELLS": False,
        "HUBBUB_LATE_CODE": options.late_code,
        "HUBBUB_PROGRESS": options.show_progress and not options.is_verbose,
        "LOG_LEVEL": "DEBUG" if options.is_verbose else "ERROR",
        "EXTENSIONS": {"crawlers.middlewares.progress.LiveLine": 500},
    }


def _arguments(options: CrawlOptions) -> dict[str, object]:
    """As `-a` would give them: both ways into the spider are the same."""
    given = {
        "url": " ".join(options.urls),
        "allow_private": " ".join(options.allow_private),
        "max_posts": options.max_posts,
        "max_pages": options.max_pages,
        "max_minutes": options.max_minutes,
        "delay": options.delay,
    }
    return {"starts": options.starts} | {name: str(value) for name, value in given.items() if value is not None}


def warn_without_contact(named: str) -> None:
    """Who crawls should be reachable; say so where the profile names nobody."""
    if not named:
        print(f"hubbub: {contact.missing(Path.cwd())}", file=sys.stderr)     # noqa: T201  a warning belongs on stderr


@dataclass(frozen=True, slots=True)
class Fetched:
    """One page, or why there is none."""

    page: Page | None
    failure: str
    robots: str         # what robots.txt says to it
    is_private: bool
    teacher: Page | None = None     # see crawlers.explaining.explain


def fetch_one(url: str, allow_private: tuple[str, ...]) -> Fetched:
    """Fetch a single page under the rules of a crawl."""
    address, opened = addresses(url)[0], parse_opened(allow_private)
    arguments = {"url": address, "allow_private": " ".join(allow_private)}
    crawler = run_spider(Explain, {"LOG_LEVEL": "ERROR"}, arguments)
    spider = crawler.spider
    assert isinstance(spider, Explain)
    failure = spider.failure or ("" if spider.page else f"{address} was not fetched: interrupted.")
    return Fetched(spider.page, failure, spider.robots, place_of(address) in opened, spider.teacher)
