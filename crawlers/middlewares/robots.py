"""robots.txt obeyed as RFC 9309 wants it: what cannot be had because the server fails disallows everything.

Scrapy's own middleware takes a 5xx, a 429 and a timeout for permission. What the file says is read in `crawlers.robots`; a good
copy of the last 24 hours, kept in the database, serves while the server fails.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from sqlalchemy import Engine

from crawlers import failures
from crawlers.failures import DISALLOWED, LONG_DELAY, PRIVATE_ADDRESS, ROBOTS_UNREACHABLE, Refused
from crawlers.middlewares.conditional import conditions, validators
from crawlers.middlewares.pace import slow_down
from crawlers.pipelines import Store
from crawlers.robots import LARGEST, AgentRules, RobotsFile, parse
from pipeline import hosts
from pipeline.hosts import COPY_SERVES, Host

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
    """Asks each site for its robots.txt once a run (and a day), before anything else of it, and refuses what that disallows."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._longest_delay = crawler.settings.getfloat("HUBBUB_LONGEST_CRAWL_DELAY")
        self._sites: dict[str, asyncio.Task[Rules]] = {}
        self._asked_at: dict[str, datetime] = {}

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
        known = self._sites.get(site_of(url))
        named = known.result().sitemaps if known and known.done() else ()
        return [address for sitemap in named if (address := joined(url, sitemap))]

    async def _rules(self, url: str) -> Rules:
        site, now = site_of(url), datetime.now(UTC)
        if site not in self._sites or (self._sites[site].done() and now - self._asked_at[site] > COPY_SERVES):
            self._asked_at[site] = now
            self._sites[site] = asyncio.create_task(self._fetch(site))
        return await asyncio.shield(self._sites[site])

    async def _fetch(self, site: str) -> Rules:
        store = self._crawler.get_item_pipeline(Store)
        copies = Copies(store.session.engine if store and store.session else None)
        known = copies.of(site)
        meta = {"dont_obey_robotstxt": True}
        request = Request(f"{site}/robots.txt", priority=PRIORITY, meta=meta, headers=conditions(known.robots_etag, known.robots_modified), callback=NO_CALLBACK)
        try:
            response = await self._crawler.engine.download_async(request)
        except failures.DOWNLOAD_ERRORS as error:
            why = failures.reason(error)
            there_is_none = Rules(unreachable=_why(why, failures.detail(error)), private=why == PRIVATE_ADDRESS)
            return there_is_none if there_is_none.private else self._copy(known) or there_is_none
        copies.keep(known, response)
        if response.status == 304 or _has_failed(response):
            return self._copy(known) or rules_from(response, self._agent)
        return rules_from(response, self._agent)

    def _copy(self, known: Host) -> Rules | None:
        """What the copy of the last day says, if there is one."""
        return _read(known.robots, self._agent) if known.robots is not None and known.has_copy(datetime.now(UTC)) else None


class Copies:
    """The robots.txt files that earlier runs have read. Without a database there are none."""

    def __init__(self, engine: Engine | None) -> None:
        self._engine = engine

    def of(self, site: str) -> Host:
        """What is known of the site; validators only of a copy that is still there to serve."""
        known = hosts.load(self._engine, [site]).get(site) if self._engine else None
        if known is None or not known.has_copy(datetime.now(UTC)):
            return Host(site)
        return known

    def keep(self, known: Host, response: Response) -> None:
        """A good answer takes the place of the copy; that it has not changed makes the copy as good as new; a failure leaves it."""
        if not self._engine or _has_failed(response):
            return
        now = datetime.now(UTC)
        if response.status == 304:
            hosts.keep_robots(self._engine, replace(known, robots_at=now))
            return
        is_file = 200 <= response.status < 300
        etag, modified = validators(response) if response.url == f"{known.site}/robots.txt" else ("", "")     # not those of another address
        hosts.keep_robots(self._engine, Host(known.site, response.body[:LARGEST + 1] if is_file else None, response.status, now, etag, modified))


def rules_from(response: Response, agent: str) -> Rules:
    """RFC 9309, 2.3.1: a 4xx means there are no rules; a 5xx (and 429) means that nobody knows, so hands off."""
    if _has_failed(response):
        return Rules(unreachable=f"robots.txt answered {response.status}")
    return _read(response.body if 200 <= response.status < 300 else b"", agent)


def _has_failed(response: Response) -> bool:
    return response.status >= 500 or response.status == 429


def _read(body: bytes, agent: str) -> Rules:
    robots: RobotsFile = parse(body)
    return Rules(robots.for_agent(agent), robots.sitemaps)


def joined(url: str, sitemap: str) -> str:
    """Empty where somebody wrote what cannot be an address."""
    try:
        return urljoin(url, sitemap)
    except ValueError:
        return ""


def _why(why: str, detail: str) -> str:
    return detail if why == PRIVATE_ADDRESS else why


def site_of(url: str) -> str:
    """Scheme and host: what a robots.txt holds for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
