"""The spider `explain`: fetches one page, under the same rules as a crawl, and keeps it for a look. Stores nothing.

Of a page whose theme nobody knows it fetches the feed of its comments, too, as a crawl would.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import failures, fetched
from crawlers.addresses import parse_opened
from crawlers.anchoring import Anchoring
from crawlers.failures import DISALLOWED, ROBOTS_UNREACHABLE
from crawlers.reading import read
from schema.items import Page


class Explain(Spider):
    """Leaves the page in `page`, or the sentence that says why there is none in `failure`."""

    name = "explain"
    custom_settings = {"ITEM_PIPELINES": {"crawlers.pipelines.Store": None}, "HUBBUB_ARCHIVE": ""}   # noqa: RUF012  Scrapy's own attribute

    def __init__(self, url: str = "", allow_private: str = "", **others: Any) -> None:   # Any: whatever -a names
        super().__init__(**others)
        self.url = url
        self.opened = parse_opened(allow_private.split())
        self.page: Page | None = None
        self.teacher: Page | None = None    # the feed, if there is one
        self.failure = ""
        self.robots = "allows it"

    async def start(self) -> AsyncIterator[Request]:
        yield Request(self.url, callback=self.parse, errback=self.failed, dont_filter=True)

    def parse(self, response: Response) -> Iterator[Request]:
        self.page = fetched.page(response)
        if fetched.is_page(self.page) and (link := Anchoring().teacher(fetched.kept(read(self.page)))):
            yield Request(link.url, callback=self.taught, errback=self.untaught, dont_filter=True, cb_kwargs={"about": link.for_post})

    def taught(self, response: Response, about: str) -> None:
        self.teacher = replace(fetched.page(response), about=about)

    def untaught(self, failure: Failure) -> None:
        """The page is explained without it."""

    def failed(self, failure: Failure) -> None:
        why = failures.reason(failure.value)
        detail = failures.detail(failure.value)
        self.failure = failures.sentence(self.url, why, detail)
        if why == DISALLOWED:
            self.robots = "disallows it"
        elif why == ROBOTS_UNREACHABLE:
            self.robots = f"could not be had ({detail}), so nothing may be fetched"
