"""Where WordPress keeps a post's comments for programs: its REST API (since 4.7, 2016), and the feed of the newest ones (since 1.5, 2005).

The API is named in the head; the post's number stands in the body's class, the shortlink or the comment form
(wp-includes/rest-api.php, post-template.php, comment-template.php).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from crawlers import head, thread_feeds
from schema.items import Link, Page

_API = "https://api.w.org/"
_NUMBER = re.compile(
    rb"/wp/v2/(?:posts|pages)/(\d+)|<body[^>]{1,2000}\b(?:postid|page-id)-(\d+)|rel=['\"]shortlink['\"] href=['\"][^'\"]{1,300}\?p=(\d+)"
    rb"|name=['\"]comment_post_ID['\"] value=['\"](\d+)")
_QUERY = {"per_page": "100", "orderby": "date", "order": "asc", "page": "1"}     # 100 is the most that it gives


def sources(page: Page, post_url: str) -> Iterator[Link]:
    """The API, which knows everything but the pings, before the feed."""
    if not page.url.startswith(("http://", "https://")):
        return
    root, number = head.linked(page, _API), _NUMBER.search(page.body)
    if root and number:
        query = urlencode({"post": next(filter(None, number.groups())).decode(), **_QUERY})
        yield Link(f"{root.rstrip('/')}/wp/v2/comments{'&' if '?' in root else '?'}{query}", "completion", "api", for_post=post_url)
    yield from thread_feeds.of_post(page, post_url, "newest comments")
