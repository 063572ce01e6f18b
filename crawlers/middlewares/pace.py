"""How requests travel: how long each host is left in peace between two, and through which proxy.

Hosts that the person opened need no delay, unless their robots.txt asks for one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Protocol

from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawlers.addresses import Opened, place_of

Place = tuple[str, int]
NO_DELAYS: Mapping[Place, float] = MappingProxyType({})
AT_ONCE = "opened"      # begins the names of the download slots without a delay


def slots(opened: Opened, own: Mapping[Place, float] = NO_DELAYS) -> dict[str, dict[str, float]]:
    """The setting DOWNLOAD_SLOTS that gives opened hosts no delay: a slot for each, so that a slow one holds up none of the others.

    `own`: the delays of hosts that have one of their own, opened or not.
    """
    delays = {slot_of(place): 0.0 for place in opened} | {slot_of(place) if place in opened else place[0]: delay for place, delay in own.items()}
    return {name: {"concurrency": 1, "delay": delay, "jitter": 0.0} for name, delay in delays.items()}


def slot_of(place: Place) -> str:
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

    def __init__(self, opened: Opened, proxy: str, hurry: bool, own: Mapping[Place, float] = NO_DELAYS) -> None:
        """`own`: delays that hosts have of their own, which nothing may adjust."""
        self._opened = opened
        self._own = own
        self._proxy = proxy
        self._hurry = hurry

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Pace:
        slots_there = any(name.startswith(AT_ONCE) for name in crawler.settings.getdict("DOWNLOAD_SLOTS"))
        opened: Opened = getattr(crawler.spider, "opened", frozenset())
        return cls(opened, crawler.settings.get("HUBBUB_PROXY") or "", slots_there, getattr(crawler.spider, "own_delays", NO_DELAYS))

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
        if (is_opened and self._hurry) or place in self._own:
            request.meta["autothrottle_dont_adjust_delay"] = True
