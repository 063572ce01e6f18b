"""The feed of one post's comments, which Blogger keeps for every post: it knows parents and exact times where a template does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers import head
from crawlers.markup import absolute, split
from schema.items import Link, Page

_FEED = re.compile(r"/feeds/\d{6,}/comments/(?:default|full|summary)(?:\?|$)")
_POST_ID = re.compile(rb"[?&;]postID=(\d{6,})|\bid=['\"]post-body-(\d{6,})|'postId': '(\d{6,})'")
_ALL_AT_ONCE = "max-results=500"     # the most that Blogger gives


def feed(page: Page, post_url: str) -> Iterator[Link]:
    """The comment feed of the post on this page, by the page's head or by the post's number."""
    named = next((link.url for link in head.feeds(page) if _FEED.search(link.url)), "")
    address = named or _by_number(page)
    if address.startswith(("http://", "https://")):
        yield Link(f"{address.partition('?')[0].replace('/summary', '/default')}?{_ALL_AT_ONCE}", "completion", "comment feed", for_post=post_url)


def _by_number(page: Page) -> str:
    """Where Google serves the blog. What was published to somebody's own server (until 2010) has no feed beside it."""
    found = _POST_ID.search(page.body)
    if not found or not split(page.url).hostname or b"www.blogger.com/static/" not in page.body:
        return ""
    return absolute(page.url, f"/feeds/{next(filter(None, found.groups())).decode()}/comments/default")
