from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.settings import BaseSettings, Settings

from crawlers.addresses import parse_opened
from crawlers.middlewares.pace import Pace, slot_of, slots, slow_down

OPENED = parse_opened(["127.0.0.1:8080"])
AT_ONCE = "opened 127.0.0.1:8080"


def sent(url: str, pace: Pace) -> dict[str, object]:
    request = Request(url)
    pace.process_request(request)
    return dict(request.meta)


def test_an_opened_host_gets_no_delay_and_no_proxy_of_the_environment() -> None:
    meta = sent("http://127.0.0.1:8080/a", Pace(OPENED, "", hurry=True))
    assert meta == {"proxy": None, "download_slot": AT_ONCE, "autothrottle_dont_adjust_delay": True}
    assert slots(OPENED) == {AT_ONCE: {"concurrency": 1, "delay": 0, "jitter": 0}}


def test_each_opened_host_has_a_slot_of_its_own() -> None:
    opened = parse_opened(["127.0.0.1:8080", "127.0.0.1:8081", "127.0.0.2:8080"])
    assert set(slots(opened)) == {slot_of(place) for place in opened}
    assert len(slots(opened)) == 3


def test_a_host_with_a_delay_of_its_own_keeps_it_opened_or_not() -> None:
    own = {("127.0.0.1", 8080): 0.5, ("blog.example", 443): 5.0}
    assert slots(OPENED, own) == {AT_ONCE: {"concurrency": 1, "delay": 0.5, "jitter": 0}, "blog.example": {"concurrency": 1, "delay": 5.0, "jitter": 0}}
    pace = Pace(OPENED, "", hurry=True, own=own)
    assert sent("https://blog.example/a", pace) == {"autothrottle_dont_adjust_delay": True}
    assert sent("https://other.example/a", pace) == {}


def test_a_delay_that_was_asked_for_holds_for_opened_hosts_too() -> None:
    assert sent("http://127.0.0.1:8080/a", Pace(OPENED, "", hurry=False)) == {"proxy": None}


def test_other_hosts_and_other_ports_keep_their_pace() -> None:
    pace = Pace(OPENED, "", hurry=True)
    assert sent("http://blog.example/a", pace) == sent("http://127.0.0.1:8081/", pace) == {}


def test_through_an_opened_proxy_everything_goes_at_once() -> None:
    meta = sent("http://blog.example/robots.txt", Pace(OPENED, "http://127.0.0.1:8080", hurry=True))
    assert meta == {"proxy": "http://127.0.0.1:8080", "download_slot": AT_ONCE, "autothrottle_dont_adjust_delay": True}


def test_a_proxy_that_is_not_opened_does_not_hurry() -> None:
    assert sent("http://blog.example/", Pace(frozenset(), "http://127.0.0.1:8080", hurry=True)) == {"proxy": "http://127.0.0.1:8080"}


def test_a_redirect_out_of_the_opened_host_loses_its_hurry() -> None:
    pace = Pace(OPENED, "", hurry=True)
    request = Request("http://127.0.0.1:8080/a")
    pace.process_request(request)
    redirected = request.replace(url="http://blog.example/a")
    pace.process_request(redirected)
    assert "download_slot" not in redirected.meta
    assert "autothrottle_dont_adjust_delay" not in redirected.meta


def test_a_redirect_to_another_host_keeps_the_pace_of_that_host() -> None:
    pace = Pace(OPENED, "", hurry=False)
    request = Request("http://other.example/a", meta={"download_slot": "blog.example", "autothrottle_dont_adjust_delay": True})    # as Scrapy left it
    pace.process_request(request)
    assert "download_slot" not in request.meta
    assert "autothrottle_dont_adjust_delay" not in request.meta


@pytest.mark.parametrize(("before", "asked", "kept"), [(1.0, 5.0, 5.0), (8.0, 5.0, 8.0)])
def test_slowing_down_never_shortens_a_delay(before: float, asked: float, kept: float) -> None:
    queue = Queue(Settings({"DOWNLOAD_DELAY": before}))
    request = Request("http://blog.example/a", meta={"download_slot": AT_ONCE})
    slow_down(queue, request, asked)
    assert queue.per_slot_settings == {"blog.example": {"concurrency": 1, "delay": kept, "jitter": 0}}
    queue.slots["blog.example"] = Slot(1, before, 0.5)
    slow_down(queue, request, asked)
    assert (queue.slots["blog.example"].delay, queue.slots["blog.example"].jitter) == (kept, 0)
    assert request.meta == {"autothrottle_dont_adjust_delay": True}


@dataclass
class Queue:
    """As much of Scrapy's downloader as the pace needs."""

    settings: BaseSettings
    slots: dict[str, Slot] = field(default_factory=dict)
    per_slot_settings: dict[str, dict[str, Any]] = field(default_factory=dict)  # Any: as Scrapy has it

    def get_slot_key(self, request: Request) -> str:
        return str(request.meta.get("download_slot") or urlsplit(request.url).hostname)
