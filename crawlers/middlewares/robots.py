"""robots.txt obeyed as RFC 9309 wants it: what cannot be had because the server fails disallows everything.

Scrapy's own middleware takes a 5xx, a 429 and a timeout for permission. What the file says is read in `crawlers.robots`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawlers import failures
from crawlers.failures import DISALLOWED, LONG_DELAY, PRIVATE_ADDRESS, ROBOTS_UNREACHABLE, Refused
from crawlers.middlewares.pace import slow_down
from crawlers.robots import AgentRules, RobotsFile, parse

PRIORITY = 1000
_NO_RULES = AgentRules()


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site's robots.txt says to us."""

    agent: AgentRules = _NO_RULES
    sitemaps: tuple[str, ...] = ()
    unreachable: str = ""               # why the file could not be had, which disallows everything
    private: bool = False               # ... namely because it leads to a private address

    def check(self, url: str, longest_delay: float) -> None:
        """Raises Refused when the page may not be fetched, or only after a longer wait than we have time for."""
        if self.unreachable:
            raise Refused(PRIVATE_ADDRESS if self.private else ROBOTS_UNREACHABLE, self.unreachable)
        if not self.agent.allows(url):
            raise Refused(DISALLOWED)
        if (self.agent.delay or 0) > longest_delay:
            raise Refused(LONG_DELAY, f"{self.agent.delay:g} seconds")


class Robots:
    """Asks each site for its robots.txt once, before anything else of it, and refuses what that disallows."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._longest_delay = crawler.settings.getfloat("HUBBUB_LONGEST_CRAWL_DELAY")
        self._sites: dict[str, asyncio.Task[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("dont_obey_robotstxt"):
            return
        rules = await self._rules(request.url)
        rules.check(request.url, self._longest_delay)
        if rules.agent.delay:
            slow_down(self._crawler.engine.downloader, request, rules.agent.delay)

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the robots.txt of this site names, once it has been read."""
        known = self._sites.get(_site(url))
        named = known.result().sitemaps if known and known.done() else ()
        return [address for sitemap in named if (address := joined(url, sitemap))]

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
        return rules_from(response, self._agent)


def rules_from(response: Response, agent: str) -> Rules:
    """RFC 9309, 2.3.1: a 4xx means there are no rules; a 5xx (and 429) means that nobody knows, so hands off."""
    if response.status >= 500 or response.status == 429:
        return Rules(unreachable=f"robots.txt answered {response.status}")
    robots = parse(response.body) if 200 <= response.status < 300 else RobotsFile()
    return Rules(robots.for_agent(agent), robots.sitemaps)


def joined(url: str, sitemap: str) -> str:
    """Empty where somebody wrote what cannot be an address."""
    try:
        return urljoin(url, sitemap)
    except ValueError:
        return ""


def _why(why: str, detail: str) -> str:
    return detail if why == PRIVATE_ADDRESS else why


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
