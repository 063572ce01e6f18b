from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scrapy.http import HtmlResponse

from crawlers import fetched
from crawlers.reading import Reading
from schema.items import Page, Post, Thread

HTML = b"<!DOCTYPE html><html><body>words</body></html>"
FEED = b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>"


def page(body: bytes, stated: str) -> Page:
    return Page("http://blog.example/a", body, datetime(2026, 1, 1, tzinfo=UTC), (("content-type", stated),))


def test_a_response_becomes_a_page_with_its_headers_in_lower_case() -> None:
    response = HtmlResponse("http://blog.example/a", body=HTML, headers={"Content-Type": "text/html", "X-Total": "3"}, status=203)
    made = fetched.page(response)
    assert (made.url, made.body, made.status, made.header("x-total")) == ("http://blog.example/a", HTML, 203, "3")
    assert made.fetched_at.tzinfo is UTC


@pytest.mark.parametrize(("body", "stated", "readable"), [
    (HTML, "text/html; charset=utf-8", True),
    (HTML, "", True),
    (HTML, "application/xhtml+xml", True),
    (b"just words", "text/html", True),
    (b"just words", "text/plain", False),
    (HTML, "text/plain", True),
    (FEED, "application/rss+xml", True),
    (FEED, "text/html", True),
    (b"%PDF-1.4", "application/pdf", False),
    (b"\x89PNG", "", False),
    (b"{}", "application/json", False),
    (b'{"comments": []}', "application/json", True),
    (b'{"comments": []}', "text/plain", False),
    (b"", "text/html", False),
])
def test_what_is_worth_reading_is_told_by_type_and_looks(body: bytes, stated: str, readable: bool) -> None:
    assert fetched.is_page(page(body, stated)) == readable


@pytest.mark.parametrize(("url", "front"), [
    ("http://blog.example/", True), ("http://blog.example", True), ("http://blog.example/?p=7", False), ("http://blog.example/a", False), ("file:a.html", False),
])
def test_a_front_page_is_told_by_its_address(url: str, front: bool) -> None:
    assert fetched.is_front(url) == front


def test_what_a_front_page_shows_is_no_post() -> None:
    threads = tuple(Thread(Post(url, "generic")) for url in ("http://blog.example/", "http://blog.example/a"))
    reading = Reading(page(HTML, "text/html"), "generic", (), threads, (), ())
    assert [thread.post.url for thread in fetched.kept(reading).threads] == ["http://blog.example/a"]
