"""Sitemaps as sitemaps.org describes them: addresses of pages, or of further sitemaps. Packed ones are unpacked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree

from crawlers import xml
from crawlers.markup import split

_SHORT = 64        # pieces of 64 KiB
LIMIT = 50_000    # entries in one sitemap, by sitemaps.org
# Lists of lists: WordPress' own (wp-sitemap-users-1.xml), Yoast's (category-sitemap.xml), Jetpack's (image-sitemap-1.xml).
_NO_POSTS = re.compile(
    r"wp-sitemap-(?:taxonomies|users)-|(?:^|[/_-])(?:category|categories|post_tag|tags?|authors?|users?|post_format|product_cat|product_tag"
    r"|taxonom\w+|image|video)[_-]sitemap|sitemap[_-](?:category|categories|post_tag|tags?|authors?|users?|image|video|taxonom\w*)\b",
    re.I,
)


class Place(NamedTuple):
    """One entry: an address, and whether another sitemap is there."""

    url: str
    is_sitemap: bool


def places(body: bytes) -> list[Place] | None:
    """The entries worth following, in order; None when the sitemap is broken beyond repair."""
    found: list[Place] = []
    try:
        found.extend(islice(_places(body), LIMIT))
    except etree.XMLSyntaxError:
        return found or None
    return found if found or _is_empty_but_whole(body) else None


def leads_to_posts(sitemap: str) -> bool:
    """Whether a sitemap of that address may name posts, rather than archives of them."""
    return not _NO_POSTS.search(split(sitemap).path)


def _places(body: bytes) -> Iterator[Place]:
    for element in xml.elements(body, "url", "sitemap"):
        url, is_sitemap = xml.text(element, "loc"), xml.name(element) == "sitemap"
        if url.startswith(("http://", "https://")) and (not is_sitemap or leads_to_posts(url)) and (is_sitemap or not _is_front(url)):
            yield Place(url, is_sitemap)


def _is_front(url: str) -> bool:
    """WordPress names the blog's front page among its pages."""
    try:
        parts = split(url)
    except ValueError:
        return True
    return parts.path in ("", "/") and not parts.query


def _is_empty_but_whole(body: bytes) -> bool:
    """A sitemap may have nothing to say, or nothing that is worth following; but then it does not say so at length."""
    if sum(map(len, islice(xml.chunks(body), _SHORT))) >= _SHORT * 64 * 1024:
        return False
    root = xml.whole(body)
    return root is not None and xml.name(root) in ("urlset", "sitemapindex")
