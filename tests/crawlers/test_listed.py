"""Links from a list of posts."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import html

from crawlers import listed
from schema.items import Page

PAGE = Page("http://counter-talk.example/", b"<p>", datetime(2026, 1, 1, tzinfo=UTC))


def links(*hrefs: str) -> list[html.HtmlElement]:
    return [html.fromstring(f'<a href="{href}">x</a>') for href in hrefs]


def test_each_post_once_and_neither_the_front_nor_another_site() -> None:
    found = listed.posts(PAGE, links("/a", "/a#comments", "/", "http://elsewhere.example/b", "/?p=3", "mailto:x@y.example", "http://a]b/", "http://[x/"), "title")
    assert [link.url for link in found] == ["http://counter-talk.example/a", "http://counter-talk.example/?p=3"]


def test_the_next_page_is_the_first_that_is_another() -> None:
    assert [link.url for link in listed.further(PAGE, links("/#top", "http://elsewhere.example/2", "/2", "/3"), "pager")] == ["http://counter-talk.example/2"]
