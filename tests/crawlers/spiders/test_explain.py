from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse
from twisted.python.failure import Failure

from crawlers.failures import Refused
from crawlers.spiders.explain import Explain

URL = "http://blog.example/a"


def test_it_keeps_the_one_page() -> None:
    spider = Explain(URL)
    assert list(spider.parse(HtmlResponse(URL, body=b"<html>words</html>", request=Request(URL)))) == []
    assert spider.page is not None
    assert (spider.page.url, spider.page.body, spider.failure, spider.robots) == (URL, b"<html>words</html>", "", "allows it")


@pytest.mark.parametrize(("refused", "robots"), [
    (Refused("disallowed by robots.txt"), "disallows it"),
    (Refused("robots unreachable", "robots.txt answered 503"), "could not be had (robots.txt answered 503), so nothing may be fetched"),
    (Refused("private address", "10.0.0.1:80"), "allows it"),
])
def test_it_says_why_there_is_none(refused: Refused, robots: str) -> None:
    spider = Explain(URL)
    spider.failed(Failure(refused))     # type: ignore[no-untyped-call]  # Twisted has no types here
    assert spider.page is None
    assert spider.robots == robots
    assert spider.failure.startswith(f"{URL} could not be collected: ")


def test_it_stores_nothing() -> None:
    assert Explain.custom_settings == {"ITEM_PIPELINES": {"crawlers.pipelines.Store": None}, "HUBBUB_ARCHIVE": ""}
