"""Blogs made with Blogger, on blogspot, on an own domain, or published to somebody's server as they were until 2010.

Markup: the stock templates of Blogger (classic tags of 2004, layouts with `dl#comments-block`, threaded comments since
2012, the themes of 2017), see https://support.google.com/blogger/answer/46995 and the pages under tests/pages/blogger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers import head, signs
from crawlers.html import tree
from crawlers.markup import elements, split
from crawlers.platforms import _blogger_comments as comments
from crawlers.platforms import _blogger_completing as completing
from crawlers.platforms import _blogger_listing as listing
from crawlers.platforms import _blogger_post as post
from schema.items import Comment, Link, Page, Post, Skipped

# In lower case, the surest first: a text that must stand there before the pattern is tried.
_SIGNS: tuple[tuple[float, bytes, re.Pattern[bytes]], ...] = (
    (0.9, b".blogger.com/", re.compile(rb"//(?:www|draft|beta)\.blogger\.com/(?:feeds/\d+/posts|rsd\.g\?blogid=|comment\.g\?blogid=|delete-comment\.g|static/v1/widgets)")),
    (0.7, b"/feeds/posts/default", re.compile(rb"")),
    (0.7, b"/comments/default", re.compile(rb"/feeds/\d{6,}/comments/default")),
    (0.6, b"blogcomment", re.compile(rb"class=['\"]blogcomments?['\"]")),
    (0.6, b".blogger.com/", re.compile(rb"//(?:www|beta)\.blogger\.com/(?:profile|img|app/blogger|comment\.|email-post)")),
)
_LISTING_PATH = re.compile(
    r"^$|/$|^/search$|^/search/|^/\d{4}$|^/\d{4}/\d\d$|/\d{4}_\d\d_\d\d_[^/]*$|^/(?:archives?|labels)/|_archive\.\w+$|/(?:index|default)\.\w+$",
    re.I,
)
_ITEM_PATH = re.compile(r"/\d{4}/\d\d/[^/]+\.\w+$|^/p/[^/]+\.html$")
_MESSAGE = elements("/descendant::*[contains(@class, 'status-msg')]")


def confidence(page: Page) -> float:
    """How sure we are that Blogger made this page: 0 no idea, 1 certain."""
    start = page.body[:400].lstrip()
    if start.startswith(b"<?xml") and re.search(rb"<(?:feed|rss|urlset|sitemapindex)\b", start):
        return 0.0
    if b"blogger" in signs.generator(page).split(b"|"):
        return 0.95
    if signs.made_by_another(page, b"blogger"):
        return 0.0
    body = signs.lowered(page)
    return next((weight for weight, text, sign in _SIGNS if text in body and sign.search(body)), 0.0)


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post and its comments, or what a list of posts leads to."""
    bodies = post.bodies(page)
    if not bodies and _says_not_found(page):
        yield Skipped("not found page", page.url, "blogger status message")
        return
    if _is_item(page, len(bodies)):
        yield from _item(page)
    else:
        yield from listing.read(page)
    yield from listing.feeds(page)


def _item(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    found = post.read(page)
    if found is None:
        yield Skipped("no post found", page.url, "blogger post body")
        return
    yield found
    yield from comments.read(page, found)
    yield from comments.further_pages(page)
    yield from completing.feed(page, found.url)


def _is_item(page: Page, bodies: int) -> bool:
    """Whether the page shows one post: its address tells, and where there is none, that it holds one post."""
    address = head.canonical(page)
    path = split(address).path
    if _ITEM_PATH.search(path):
        return True
    return bodies == 1 and (address.startswith("file:") or not _LISTING_PATH.search(path))


def _says_not_found(page: Page) -> bool:
    if page.status in (404, 410):
        return True
    return "/search" not in page.url and bool(_MESSAGE(tree(page)))
