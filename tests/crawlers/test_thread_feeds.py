from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.thread_feeds import is_of_post, of_post
from schema.items import Link, Page

URL = "http://odd.example/labels/"
HEAD = "<link rel='alternate' type='application/rss+xml' href='/feed/'><link rel='alternate' type='application/rss+xml' href='/labels/feed/'>"


@pytest.mark.parametrize(("url", "body", "expected"), [(URL, HEAD, "http://odd.example/labels/feed/"), (URL, "", ""), ("file:labels.html", HEAD, "")])
def test_the_feed_that_a_page_names_for_its_post(url: str, body: str, expected: str) -> None:
    page = Page(url, f"<html><head>{body}</head></html>".encode(), datetime(2026, 1, 1, tzinfo=UTC))
    assert list(of_post(page, URL, "some rule")) == ([Link(expected, "completion", "some rule", for_post=URL)] if expected else [])


@pytest.mark.parametrize(("feed", "post", "expected"), [
    ("http://till.example/a/feed/", "http://till.example/a/", True),
    ("http://till.example/a/feed/atom/", "http://till.example/a/", True),
    ("http://till.example/feed/", "http://till.example/a/", False),
    ("http://till.example/feed/", "http://till.example/", False),
    ("http://till.example/?feed=rss2&p=7", "http://till.example/?p=7", True),
    ("http://till.example/?feed=rss2&p=78", "http://till.example/?p=7", False),
    ("http://till.example/?feed=comments-rss2", "http://till.example/?p=7", False),
])
def test_whose_feed_it_is(feed: str, post: str, expected: bool) -> None:
    assert is_of_post(feed, post) == expected
