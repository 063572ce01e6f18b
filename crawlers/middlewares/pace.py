"""How requests travel: hosts that the person opened need no delay, and all go through the proxy where one is set."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler

from crawlers.addresses import Opened, place_of

AT_ONCE = "opened"      # the download slot without a delay; see `slots`


def slots() -> dict[str, dict[str, float]]:
    """The setting DOWNLOAD_SLOTS that gives opened hosts no delay."""
    return {AT_ONCE: {"concurrency": 2, "delay": 0.0, "jitter": 0.0}}


class Pace:
    """Sends each request through the right slot and, if there is one, the proxy. An opened host is asked directly."""

    def __init__(self, opened: Opened, proxy: str, hurry: bool) -> None:
        self._opened = opened
        self._proxy = proxy
        self._hurry = hurry

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Pace:
        slots_there = AT_ONCE in crawler.settings.getdict("DOWNLOAD_SLOTS")
        return cls(getattr(crawler.spider, "opened", frozenset()), crawler.settings.get("HUBBUB_PROXY") or "", slots_there)

    def process_request(self, request: Request) -> None:
        is_opened = place_of(self._proxy or request.url) in self._opened
        if self._proxy:
            request.meta["proxy"] = self._proxy
        elif is_opened:
            request.meta["proxy"] = None
        if is_opened and self._hurry:
            request.meta["download_slot"] = AT_ONCE
            request.meta["autothrottle_dont_adjust_delay"] = True
        elif request.meta.get("download_slot") == AT_ONCE:   # a redirect has left the opened host
            del request.meta["download_slot"], request.meta["autothrottle_dont_adjust_delay"]
