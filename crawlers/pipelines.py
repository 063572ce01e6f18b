"""Scrapy's item pipeline: a doorway into pipeline/. What the spider yields is cleaned and stored; the run gets its row."""

from __future__ import annotations

import re
import shlex
import sys
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro
from sqlalchemy.exc import SQLAlchemyError

from crawlers.addresses import place_of
from crawlers.deadline import LIMITED, Deadline
from crawlers.reading import Reading
from crawlers.session import Session
from crawlers.visits import Visited, next_visit
from pipeline.lock import Lock
from schema import database
from schema.errors import UserError
from schema.items import Skipped

if TYPE_CHECKING:
    from crawlers.spiders.blogs import Blogs


OUT_OF_TIME = "out of time"
STOPPED = "stopped at once"
IN_A_HURRY = (OUT_OF_TIME, STOPPED)
READER_FAILED = "reader failed"
_SECRET = re.compile(r"//[^/@]*@")      # user name and password in an address


class Store:
    """Opens a session with the spider, and closes it with how the crawl ended."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.session: Session | None = None
        self.trouble: UserError | None = None       # the database failed: what the person must hear
        self.deadline: Deadline | None = None
        self._lock: Lock | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Store:
        store = cls(crawler)
        try:
            store.take_lock()
        except UserError as error:
            if crawler.settings.getbool("HUBBUB_TELLS"):
                sys.exit(f"hubbub: {error}")
            raise
        crawler.signals.connect(store.spider_closed, signals.spider_closed)
        crawler.signals.connect(store.spider_error, signals.spider_error)
        crawler.signals.connect(store.item_error, signals.item_error)
        return store

    def take_lock(self) -> None:
        """Raises Busy (see pipeline.lock) when another crawl uses the database."""
        engine = database.open_database(self._url, create=True)
        try:
            with database.understandable(engine.url):
                lock = Lock(engine)
                lock.take()
        except UserError:
            engine.dispose()
            raise
        self._lock = lock

    @property
    def _url(self) -> str:
        return self._spider.database or str(self._crawler.settings["HUBBUB_DATABASE"])

    def open_spider(self) -> None:
        self.session = Session(self._url, "crawl", run_settings(self._spider, self._crawler))
        if self._lock:
            self._lock.belongs_to(self.session.run)
        if (minutes := self._spider.limits.max_minutes) is not None:
            self.deadline = Deadline(minutes, self._cancel, self._note_the_end)
            self.deadline.code = self._crawler.settings.getint("HUBBUB_LATE_CODE", LIMITED)
            self.deadline.arm()

    def _cancel(self) -> None:
        """Give up what is in flight; called from another thread."""
        from twisted.internet import reactor

        reactor.callFromThread(self.stop_now, OUT_OF_TIME)

    def stop_now(self, reason: str) -> None:
        """End the crawl without waiting for anything; in the reactor's thread."""
        from twisted.internet import reactor

        self.finish(reason)
        reactor.crash()    # type: ignore[misc]  # zope's interfaces have no types

    def _note_the_end(self) -> None:
        """The last thing before the process ends in the middle of something; called from another thread."""
        if self.session and self._lock:
            self.session.note_the_end("limited", self._spider.reading)
            self._lock.release()

    def process_item(self, item: Visited) -> Visited:
        self._keep(item)
        return item

    def _keep(self, visit: Visited) -> None:
        """Take down a visit, then let the spider go on: what was found is a row before it is asked for."""
        if self.session and not self.trouble:
            gave = tuple(_of_run(one, self.session.run) if isinstance(one, Reading) else one for one in visit.gave)
            try:
                self.session.visited(replace(visit, gave=gave))
                self._spider.noted(visit)
            except UserError as error:
                self._give_up(error)

    def _give_up(self, error: UserError) -> None:
        self.trouble = error
        deferred_from_coro(self._crawler.engine.close_spider_async(reason="database failed"))

    def spider_error(self, response: object) -> None:
        """A bug in reading one page must not end the night's run, but it must not be silent, either."""
        request = getattr(response, "request", None)
        if request and (target := request.cb_kwargs.get("target")):
            skipped = Skipped(READER_FAILED, str(getattr(response, "url", "")))
            blog = self._spider.blogs[target.blog].address
            self._keep(Visited(target, blog, "failed", READER_FAILED, next_visit=next_visit(target, "failed"), gave=(skipped,)))

    def item_error(self, item: Visited) -> None:
        """The same for a bug in cleaning what was read."""
        skipped = Skipped(READER_FAILED, item.target.url)
        again = next_visit(item.target, "failed")
        self._keep(Visited(item.target, item.blog, "failed", READER_FAILED, next_visit=again, gave=(skipped,), found=item.found))

    def spider_closed(self, spider: Spider, reason: str) -> None:
        self.finish(reason)

    def finish(self, reason: str) -> None:
        """Close the session, unless it is closed already."""
        spider = self._spider
        spider.ending = spider.ending or reason
        if not self.session:
            self._release()
            return
        try:
            outcome = "failed" if self.trouble else spider.outcome()
            self.session.close(outcome, in_a_hurry=reason in IN_A_HURRY, failures=spider.failures())
        except UserError as error:
            self.trouble = self.trouble or error
        self._release()
        if self._crawler.settings.getbool("HUBBUB_TELLS"):
            self._tell(self.session, spider)

    def _release(self) -> None:
        """What cannot be released in a broken database is taken over by the next run."""
        if self._lock:
            with suppress(SQLAlchemyError):
                self._lock.release()
            self._lock = None

    def _tell(self, session: Session, spider: Blogs) -> None:
        """How it ended, in the log, for those who use Scrapy's own command."""
        for sentence in (*spider.failures(), *([str(self.trouble)] if self.trouble else [])):
            spider.logger.error(sentence)
        for note in spider.notes():
            spider.logger.info(note)
        if session.posts:
            spider.logger.info(f"Not tagged yet: run `hubbub --database {shlex.quote(session.where)} tag`.")

    @property
    def _spider(self) -> Blogs:
        spider = self._crawler.spider
        assert spider is not None
        return spider   # type: ignore[return-value]  # the pipeline belongs to this spider


def _of_run(reading: Reading, run: int) -> Reading:
    """What was fetched comes from this run, and from the record that was kept of it, if one was."""
    record = reading.page.origin
    return replace(reading, page=replace(reading.page, origin=f"run {run} {record}")) if record else reading


def run_settings(spider: Blogs, crawler: Crawler) -> dict[str, object]:
    """What a run's row says of how it was called; no secrets."""
    limits = spider.limits
    return {
        "urls": [_SECRET.sub("//***@", url) for url in spider.urls],
        "max_posts": limits.max_posts,
        "max_pages": limits.max_pages,
        "max_minutes": limits.max_minutes,
        "delay": _delay(spider, crawler),
        "allow_private": sorted(f"{host}:{port}" for host, port in spider.opened),
        "archive": crawler.settings["HUBBUB_ARCHIVE"] or None,
        "user_agent": crawler.settings["USER_AGENT"],
        "database": database.shown(database.parse_url(spider.database or crawler.settings["HUBBUB_DATABASE"])),
    }


def _delay(spider: Blogs, crawler: Crawler) -> float:
    """Seconds between two requests to a host; what was opened is asked without one, unless the person named a delay."""
    proxy = crawler.settings["HUBBUB_PROXY"]
    asked = {place_of(url) for url in ([proxy] if proxy else spider.urls)}
    return 0.0 if spider.delay is None and asked <= spider.opened else crawler.settings.getfloat("DOWNLOAD_DELAY")
