"""robots.txt as RFC 9309 wants it: what cannot be had because the server fails disallows everything.

Scrapy's own middleware takes a 5xx, a 429 and a timeout for permission.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawlers import failures
from crawlers.failures import DISALLOWED, PRIVATE_ADDRESS, ROBOTS_UNREACHABLE, Refused

LARGEST = 512 * 1024    # bytes that are read; RFC 9309, 2.5, asks for at least 500 KiB
PRIORITY = 1000


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site's robots.txt says to us."""

    parsed: Protego | None = None       # None: everything is allowed, or nothing (see `unreachable`)
    unreachable: str = ""               # why the file could not be had, which disallows everything
    private: bool = False               # ... namely because it leads to a private address

    def check(self, url: str, agent: str) -> None:
        """Raises Refused when the page may not be fetched."""
        if self.unreachable:
            raise Refused(PRIVATE_ADDRESS if self.private else ROBOTS_UNREACHABLE, self.unreachable)
        if self.parsed and not self.parsed.can_fetch(url, agent):
            raise Refused(DISALLOWED)


class Robots:
    """Asks each site for its robots.txt once, before anything else of it, and refuses what that disallows."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._sites: dict[str, asyncio.Task[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if not request.meta.get("dont_obey_robotstxt"):
            (await self._rules(request.url)).check(request.url, self._agent)

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the robots.txt of this site names, once it has been read."""
        known = self._sites.get(_site(url))
        if known is None or not known.done() or not (parsed := known.result().parsed):
            return []
        return [urljoin(url, sitemap) for sitemap in parsed.sitemaps]

    async def _rules(self, url: str) -> Rules:
        site = _site(url)
        if site not in self._sites:
            self._sites[site] = asyncio.create_task(self._fetch(site))
        return await asyncio.shield(self._sites[site])

    async def _fetch(self, site: str) -> Rules:
        request = Request(f"{site}/robots.txt", priority=PRIORITY, meta={"dont_obey_robotstxt": True}, callback=NO_CALLBACK)
        try:
            response = await self._crawler.engine.download_async(request)
        except failures.DOWNLOAD_ERRORS as error:
            why = failures.reason(error)
            return Rules(unreachable=_why(why, failures.detail(error)), private=why == PRIVATE_ADDRESS)
        return rules_from(response)


def rules_from(response: Response) -> Rules:
    """RFC 9309, 2.3.1: a 4xx means there are no rules; a 5xx (and 429) means that nobody knows, so hands off."""
    if response.status >= 500 or response.status == 429:
        return Rules(unreachable=f"robots.txt answered {response.status}")
    if not 200 <= response.status < 300:
        return Rules()
    return Rules(Protego.parse(response.body[:LARGEST].decode("utf-8-sig", "ignore")))


def _why(why: str, detail: str) -> str:
    return detail if why == PRIVATE_ADDRESS else why


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
