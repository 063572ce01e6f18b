"""Where a feed goes on: Blogger counts entries, WordPress counts pages, others name the next page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlunsplit

from lxml import etree

from crawlers import xml
from crawlers.markup import absolute, split
from schema import keys
from schema.items import Link, Page

_BLOGGER_FEED = re.compile(r"/feeds/(?:\d+/)?(?:posts|comments)/")
_GOOGLE_FEED = "http://schemas.google.com/g/2005#feed"
_MOST = 100_000    # entries; a feed that claims more is not believed


def further(page: Page) -> Link | None:
    """The next page of the feed, on the feed's own host, or None."""
    document = xml.document(page)
    if document is None:
        return None
    top = next(xml.children(document.root, "channel"), document.root)
    return _by_counting_entries(page, top) or _by_next_link(page, top) or _by_counting_pages(page, top)


def total(top: etree._Element) -> int | None:
    """How many entries the feed says there are on all its pages."""
    return _number(top, "totalResults") if next(xml.children(top, "totalResults"), None) is not None else None


def _by_counting_entries(page: Page, top: etree._Element) -> Link | None:
    """Blogger names www.blogger.com as the host of its next page (seen 2013); the blog itself has that page, too."""
    total, start = _number(top, "totalResults"), _number(top, "startIndex") or 1
    shown = sum(1 for _ in xml.children(top, "entry", "item"))
    if not total or not shown or start + shown > min(total, _MOST):
        return None
    own = page.url if _BLOGGER_FEED.search(split(page.url).path) else absolute(page.url, _href(top, _GOOGLE_FEED))
    if not own.startswith(("http://", "https://")):
        return None
    size = _number(top, "itemsPerPage") or shown
    return Link(_with(own, {"start-index": str(start + shown), "max-results": str(size)}), "feed", "openSearch:totalResults")


def _by_next_link(page: Page, top: etree._Element) -> Link | None:
    url = absolute(page.url, _href(top, "next"))
    if url and url != page.url and keys.source_of(url) == keys.source_of(page.url):
        return Link(url, "feed", "link rel=next")
    return None


def _by_counting_pages(page: Page, top: etree._Element) -> Link | None:
    """WordPress gives the page asked for by `paged`, and 404 after the last one."""
    generator = next(xml.children(top, "generator"), None)
    if generator is None or "wordpress" not in f"{generator.text} {generator.get('uri')}".lower() or page.url.startswith("file:"):
        return None
    now = dict(parse_qsl(split(page.url).query)).get("paged", "1")
    number = int(now) if now.isascii() and now.isdigit() and len(now) < 6 else 1
    return Link(_with(page.url, {"paged": str(number + 1)}), "feed", "wordpress paged")


def _with(url: str, changed: dict[str, str]) -> str:
    parts = split(url)
    query = {**dict(parse_qsl(parts.query, keep_blank_values=True)), **changed}
    return urlunsplit(parts._replace(query=urlencode(query), fragment=""))


def _number(top: etree._Element, name: str) -> int:
    stated = xml.text(top, name)
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 9 else 0


def _href(top: etree._Element, rel: str) -> str:
    return next((link.get("href") or "" for link in xml.children(top, "link") if link.get("rel") == rel), "")
