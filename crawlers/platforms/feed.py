"""Atom and RSS feeds of any blog: they lead to posts, say how many comments each has, and name the next page of the feed.

Entries are not taken as posts here; the comments in a feed of Blogger or WordPress are taken, each under its post.
"""

from __future__ import annotations

from collections.abc import Iterator

from crawlers import xml
from crawlers.platforms import _feed_blogger as blogger
from crawlers.platforms import _feed_entries as entries
from crawlers.platforms import _feed_pages as pages
from crawlers.platforms import _feed_wordpress as wordpress
from schema.items import Comment, Link, Page, Post, Skipped

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


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """A link for each post, or the comments under their posts; then a link for the next page of the feed."""
    found = entries.read(page)
    if found is None:
        yield Skipped("broken feed", page.url, "feed")
        return
    if any(entry.is_comment for entry in found):
        yield from _comments(page)
        return
    for entry in found:
        if entry.url:
            yield Link(entry.url, "post", entry.rule, entry.comments_reported)
    if found and (further := pages.further(page)):
        yield further


def _comments(page: Page) -> Iterator[Post | Comment | Link]:
    document = xml.document(page)
    if document and blogger.is_of_comments(document.root):
        yield from blogger.read(page, document.root)
    elif document and wordpress.is_of_comments(document.root):
        yield from wordpress.read(page, document.root)
