"""Sitemaps of any blog: they lead to posts and to further sitemaps."""

from __future__ import annotations

from collections.abc import Iterator

from crawlers import sitemaps, xml
from schema import keys
from schema.items import Link, Page, Skipped


def confidence(page: Page) -> float:
    """1 for whatever begins like a sitemap, packed or not."""
    return 1.0 if xml.outermost(page).lower() in ("urlset", "sitemapindex") else 0.0


def read(page: Page) -> Iterator[Link | Skipped]:
    """A link for each page that may be a post, and for each sitemap that may name some."""
    found = sitemaps.places(page.body) if sitemaps.leads_to_posts(page.url) else []
    if found is None:
        yield Skipped("broken sitemap", page.url, "sitemap")
        return
    for place in found:
        if place.is_sitemap:
            yield Link(place.url, "sitemap", "sitemap index")
        else:
            yield Link(keys.canonical_url(place.url), "post", "sitemap")
