"""How requests travel: how long each host is left in peace between two, and through which proxy.

Hosts that the person opened need no delay, unless their robots.txt asks for one.
"""

from __future__ import annotations

from typing import Any, Protocol

from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawlers.addresses import Opened, place_of

AT_ONCE = "opened"      # begins the names of the download slots without a delay


def slots(opened: Opened) -> dict[str, dict[str, float]]:
    """The setting DOWNLOAD_SLOTS that gives opened hosts no delay: a slot for each, so that a slow one holds up none of the others."""
    return {slot_of(place): {"concurrency": 1, "delay": 0.0, "jitter": 0.0} for place in opened}


def slot_of(place: tuple[str, int]) -> str:
    """The slot of an opened host."""
    return f"{AT_ONCE} {place[0]}:{place[1]}"


class Slots(Protocol):
    """What is needed of Scrapy's downloader."""

    settings: BaseSettings
    slots: dict[str, Slot]
    per_slot_settings: dict[str, dict[str, Any]]    # Any: as Scrapy has it

    def get_slot_key(self, request: Request) -> str: ...


def slow_down(downloader: Slots, request: Request, delay: float) -> None:
    """Leave at least these seconds between two requests to the host of this one, from now to the end of the crawl."""
    request.meta.pop("download_slot", None)
    request.meta["autothrottle_dont_adjust_delay"] = True      # it would shorten the delay again
    host = downloader.get_slot_key(request)
    known = downloader.slots.get(host)
    wait = max(delay, known.delay if known else downloader.settings.getfloat("DOWNLOAD_DELAY"))
    if known:
        known.delay, known.jitter = wait, 0.0
    downloader.per_slot_settings[host] = {"concurrency": 1, "delay": wait, "jitter": 0.0}   # for a slot that is made anew


class Pace:
    """Sends each request through the right slot and, if there is one, the proxy. An opened host is asked directly."""

    def __init__(self, opened: Opened, proxy: str, hurry: bool) -> None:
        self._opened = opened
        self._proxy = proxy
        self._hurry = hurry

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Pace:
        slots_there = any(name.startswith(AT_ONCE) for name in crawler.settings.getdict("DOWNLOAD_SLOTS"))
        return cls(getattr(crawler.spider, "opened", frozenset()), crawler.settings.get("HUBBUB_PROXY") or "", slots_there)

    def process_request(self, request: Request) -> None:
        place = place_of(self._proxy or request.url)
        is_opened = place in self._opened
        if self._proxy:
            request.meta["proxy"] = self._proxy
        elif is_opened:
            request.meta["proxy"] = None
        for name in ("download_slot", "autothrottle_dont_adjust_delay"):     # a redirect brings them from the host before
            request.meta.pop(name, None)
        if is_opened and self._hurry:
            request.meta["download_slot"] = slot_of(place)
            request.meta["autothrottle_dont_adjust_delay"] = True
