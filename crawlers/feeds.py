"""Where a feed or a sitemap leads: addresses of posts, and the next page of it. Its entries are not read as posts here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from lxml import etree

from crawlers.markup import absolute
from crawlers.packed import gunzip
from schema import keys
from schema.items import Link, LinkKind, Page

Shape = Literal["feed", "sitemap", "other"]

GUESSES = ("/sitemap.xml", "/wp-sitemap.xml")       # where sitemaps are when nobody says so
_SHAPES: dict[str, Shape] = {"feed": "feed", "rss": "feed", "rdf": "feed", "urlset": "sitemap", "sitemapindex": "sitemap"}
# Sitemaps of things that are no posts: WordPress' users and taxonomies, Yoast's and others' images, tags, authors.
_OTHER_SITEMAP = re.compile(r"taxonom|users?-sitemap|sitemap-users?|author|categor|[-_/]tags?[-_.]|image|video|product", re.I)
_COMMENTS_FEED = re.compile(r"/comments/(?:feed|default|summary|full)|comments[-_.]?(?:rss|feed|atom)|feed=comments", re.I)


def shape(page: Page) -> Shape:
    """Whether the page is a feed, a sitemap, or something else, told by its outermost element."""
    root = _root(page)
    return _SHAPES.get(_name(root).lower(), "other") if root is not None else "other"


def links(page: Page) -> list[Link]:
    """The posts that a feed or sitemap names, its further pages and its parts, in its order."""
    root = _root(page)
    if root is None:
        return []
    found = _in_sitemap(root) if shape(page) == "sitemap" else _in_feed(page, root)
    return list(dict.fromkeys(Link(absolute(page.url, url), kind, rule) for url, kind, rule in found if absolute(page.url, url)))


def is_comments_feed(url: str) -> bool:
    """Whether an address is that of a feed of comments, which names no posts of its own."""
    return bool(_COMMENTS_FEED.search(url))


Found = tuple[str, LinkKind, str]


def _in_sitemap(root: etree._Element) -> Iterator[Found]:
    is_index = _name(root) == "sitemapindex"
    for entry in root:
        if _name(entry) not in ("url", "sitemap"):
            continue
        url = _text(entry, "loc")
        if is_index and url and not _OTHER_SITEMAP.search(url):
            yield url, "sitemap", "sitemap index"
        elif url and not is_index:
            yield url, "post", "sitemap"


def _in_feed(page: Page, root: etree._Element) -> Iterator[Found]:
    for element in root.iter():
        match _name(element):
            case "entry":
                yield _atom_link(element, "alternate"), "post", "feed entry"
            case "item":
                yield _rss_link(element), "post", "feed item"
    yield _next_page(page, _atom_link(root, "next")), "feed", "feed rel=next"


def _atom_link(element: etree._Element, rel: str) -> str:
    for link in element:
        if _name(link) == "link" and (link.get("rel") or "alternate") == rel and link.get("href"):
            return link.get("href") or ""
    channel = next((child for child in element if _name(child) == "channel"), None)
    return _atom_link(channel, rel) if channel is not None and rel == "next" else ""


def _rss_link(item: etree._Element) -> str:
    """FeedBurner keeps the blog's own address in origLink; a guid that is a permalink will do where there is no link."""
    own = _text(item, "origLink") or _text(item, "link")
    guid = _text(item, "guid")
    return own or (guid if guid.startswith(("http://", "https://")) else "")


def _next_page(page: Page, url: str) -> str:
    """Blogger's feeds name www.blogger.com as the host of their next page (seen 2009-2026): the blog itself has it, too."""
    if not url or keys.source_of(url) == keys.source_of(page.url):
        return url
    query = urlsplit(url).query
    return urlunsplit((*urlsplit(page.url)[:3], query, "")) if "start-index" in query else ""


def _text(element: etree._Element, name: str) -> str:
    return next(((child.text or "").strip() for child in element if _name(child) == name), "")


def _name(element: etree._Element) -> str:
    """The name without its namespace; "" for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


@lru_cache(maxsize=2)
def _root(page: Page) -> etree._Element | None:
    body = gunzip(page.body).lstrip()      # sitemaps may be packed files (sitemaps.org)
    if not body.startswith((b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"<html" in body[:1000].lower():
        return None
    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except etree.XMLSyntaxError:
        return None

