"""Feeds the live line of `hubbub crawl`: an extension of Scrapy that counts answers and looks at the store."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call

from crawlers.pipelines import Store
from crawlers.progress import Line, described

_TICK = 0.25    # seconds


class LiveLine:
    """Draws what the crawl has collected so far; says once that Ctrl-C was heard."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("HUBBUB_PROGRESS"):
            raise NotConfigured
        self._crawler = crawler
        self._line = Line()
        self._ticker = create_looping_call(self._tick)
        self._pages = 0
        self._where = ""
        self._is_ending = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LiveLine:
        live = cls(crawler)
        crawler.signals.connect(live.spider_opened, signals.spider_opened)
        crawler.signals.connect(live.response_received, signals.response_received)
        crawler.signals.connect(live.spider_closed, signals.spider_closed)
        return live

    def spider_opened(self, spider: Spider) -> None:
        self._line.__enter__()
        self._ticker.start(_TICK, now=False)

    def response_received(self, response: Response) -> None:
        self._pages += 1
        self._where = urlsplit(response.url).netloc

    def spider_closed(self, spider: Spider) -> None:
        if self._ticker.running:
            self._ticker.stop()
        self._line.__exit__(None, None, None)

    def _tick(self) -> None:
        if not self._crawler.crawling and not self._is_ending:
            self._is_ending = True
            self._line.say("hubbub: stopping; what is in flight is finished and stored (Ctrl-C again stops now).")
        store = self._crawler.get_item_pipeline(Store)
        if store and store.session:
            session = store.session
            self._line.show(described(session.posts, session.comments, self._pages, self._line.seconds, self._where))
