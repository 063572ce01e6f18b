from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.platforms._blogger_completing import feed
from schema.items import Link, Page

URL = "http://counter-talk.blogspot.com/2009/11/note-1.html"
NAMED = "<link rel='alternate' type='application/atom+xml' title='Atom' href='http://counter-talk.blogspot.com/feeds/8790405898372485787/comments/{}'/>"
SERVED = "<link href='http://www.blogger.com/static/v1/widgets/1-css.css' rel='stylesheet'/>"
FEED = "http://counter-talk.blogspot.com/feeds/8790405898372485787/comments/default?max-results=500"


@pytest.mark.parametrize(("url", "body", "expected"), [
    (URL, NAMED.format("default"), FEED),
    (URL, NAMED.format("summary?alt=rss"), FEED),
    (URL, SERVED + "<div class='post-body' id='post-body-8790405898372485787'>", FEED),
    (URL, SERVED + "<a href='http://www.blogger.com/comment.g?blogID=12&amp;postID=8790405898372485787'>", FEED),
    (URL, "<a href='http://www.blogger.com/comment.g?blogID=12&amp;postID=8790405898372485787'>", ""),
    ("file:note.html", SERVED + "<div class='post-body' id='post-body-8790405898372485787'>", ""),
    (URL, SERVED, ""),
])
def test_where_the_comment_feed_of_a_post_is(url: str, body: str, expected: str) -> None:
    page = Page(url, f"<html><head>{body}</head></html>".encode(), datetime(2026, 1, 1, tzinfo=UTC))
    assert list(feed(page, URL)) == ([Link(expected, "completion", "comment feed", for_post=URL)] if expected else [])
