from __future__ import annotations

from scrapy import Request

from crawlers.addresses import parse_opened
from crawlers.middlewares.pace import AT_ONCE, Pace, slots

OPENED = parse_opened(["127.0.0.1:8080"])


def sent(url: str, pace: Pace) -> dict[str, object]:
    request = Request(url)
    pace.process_request(request)
    return dict(request.meta)


def test_an_opened_host_gets_no_delay_and_no_proxy_of_the_environment() -> None:
    meta = sent("http://127.0.0.1:8080/a", Pace(OPENED, "", hurry=True))
    assert meta == {"proxy": None, "download_slot": AT_ONCE, "autothrottle_dont_adjust_delay": True}
    assert slots()[AT_ONCE]["delay"] == 0


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
