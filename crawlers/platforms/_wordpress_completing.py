"""Where WordPress keeps a post's comments for programs: its REST API (since 4.7, 2016), and the feed of the newest ones (since 1.5, 2005).

The API is named in the head; the post's number stands in the body's class, the shortlink or the comment form
(wp-includes/rest-api.php, post-template.php, comment-template.php).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from crawlers import head
from crawlers.markup import split
from schema import keys
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
    for feed in [link for link in head.feeds(page) if is_of_post(link.url, post_url)][:1]:
        yield Link(feed.url, "completion", "newest comments", for_post=post_url)


def is_of_post(feed: str, post_url: str) -> bool:
    """Whether the feed is that of the post's comments: at its address, with `feed` behind it or as a parameter."""
    post, own = split(keys.canonical_url(post_url)), split(feed)
    if "feed=" in own.query and post.query:
        return own.path == post.path and any(part in own.query.split("&") for part in post.query.split("&"))
    return post.path.strip("/") != "" and re.sub(r"/feed(?:/(?:rss2?|atom))?/?$", "", own.path) == post.path.rstrip("/")
