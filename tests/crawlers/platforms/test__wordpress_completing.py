from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.platforms._wordpress_completing import sources
from schema.items import Page

URL = "http://till.example/2016/12/labels/"
API = "<link rel='https://api.w.org/' href='http://till.example/wp-json/' />"
PLAIN_API = "<link rel='https://api.w.org/' href='http://till.example/index.php?rest_route=/' />"
FEED = "<link rel='alternate' type='application/rss+xml' title='Comments' href='http://till.example/2016/12/labels/feed/' />"
OTHER = "<link rel='alternate' type='application/rss+xml' title='All' href='http://till.example/comments/feed/' />"
COMMENTS = "http://till.example/wp-json/wp/v2/comments?post=7&per_page=100&orderby=date&order=asc&page=1"


@pytest.mark.parametrize(("head", "body", "expected"), [
    (API + FEED, "<body class='single postid-7'>", [("api", COMMENTS), ("newest comments", f"{URL}feed/")]),
    (API, "<link rel='shortlink' href='http://till.example/?p=7' />", [("api", COMMENTS)]),
    (API, "<input type='hidden' name='comment_post_ID' value='7' />", [("api", COMMENTS)]),
    (PLAIN_API, "<body class='page page-id-7'>", [("api", f"http://till.example/index.php?rest_route=/wp/v2/comments&{COMMENTS.partition('?')[2]}")]),
    (API + OTHER, "", []),
    (OTHER + FEED, "", [("newest comments", f"{URL}feed/")]),
])
def test_the_api_is_asked_before_the_feed(head: str, body: str, expected: list[tuple[str, str]]) -> None:
    page = Page(URL, f"<html><head>{head}</head>{body}".encode(), datetime(2026, 1, 1, tzinfo=UTC))
    assert [(link.rule, link.url) for link in sources(page, URL)] == expected
    assert {link.for_post for link in sources(page, URL)} <= {URL}
