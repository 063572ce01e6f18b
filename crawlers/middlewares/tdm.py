"""Asks each site once a run for its tdmrep.json, where reservations are obeyed; what it says is read in `crawlers.tdm`."""

from __future__ import annotations

import asyncio

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http.request import NO_CALLBACK

from crawlers import failures
from crawlers.middlewares.robots import PRIORITY, site_of
from crawlers.tdm import NO_FILE, PATH, TdmFile, parse

_OWN = "hubbub_tdm"     # in a request's meta: it asks for such a file itself


class Tdm:
    """Lets no page of a site be asked for before its file was; one that cannot be had reserves nothing."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("HUBBUB_OBEY_RESERVATIONS"):
            raise NotConfigured
        self._crawler = crawler
        self._sites: dict[str, asyncio.Task[TdmFile]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Tdm:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get(_OWN) or request.meta.get("dont_obey_robotstxt"):
            return
        site = site_of(request.url)
        if site not in self._sites:
            self._sites[site] = asyncio.create_task(self._fetch(site))
        await asyncio.shield(self._sites[site])

    def file(self, url: str) -> TdmFile:
        """That of the site of this page."""
        known = self._sites.get(site_of(url))
        return known.result() if known and known.done() else NO_FILE

    async def _fetch(self, site: str) -> TdmFile:
        request = Request(site + PATH, priority=PRIORITY - 1, meta={_OWN: True}, callback=NO_CALLBACK)
        try:
            response = await self._crawler.engine.download_async(request)
        except failures.DOWNLOAD_ERRORS:
            return NO_FILE
        return parse(response.body) if 200 <= response.status < 300 else NO_FILE
