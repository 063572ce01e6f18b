"""Atom and RSS feeds of any blog: they lead to posts, say how many comments each has, and name the next page of the feed.

Entries are not taken as posts here; a feed of comments is known as such and leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from crawlers import xml
from crawlers.platforms import _feed_entries as entries
from crawlers.platforms import _feed_pages as pages
from schema.items import Link, Page, Skipped

_OUTERMOST = frozenset(("feed", "rss", "rdf"))
_WORDPRESS_EXPORT = b"//wordpress.org/export/"    # an export file looks like RSS, and holds drafts and settings, too
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")


def confidence(page: Page) -> float:
    """1 for whatever begins like a feed, a little less for what is only called one by its server."""
    if _WORDPRESS_EXPORT in page.body[:8000]:
        return 0.0
    outermost = xml.outermost(page).lower()
    if outermost in _OUTERMOST:
        return 1.0
    return 0.9 if page.header("content-type").lower().startswith(_TYPES) and outermost != "html" else 0.0


def read(page: Page) -> Iterator[Link | Skipped]:
    """A link for each post, then one for the next page of the feed."""
    found = entries.read(page)
    if found is None:
        yield Skipped("broken feed", page.url, "feed")
        return
    if any(entry.is_comment for entry in found):
        return
    for entry in found:
        if entry.url:
            yield Link(entry.url, "post", entry.rule, entry.comments_reported)
    if found and (further := pages.further(page)):
        yield further
