"""What was fetched, as a Page, and whether it is one worth reading; the same for live answers and archived ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawlers import answers, xml
from crawlers.archive import RECORD
from crawlers.reading import Reading
from schema.items import Page

if TYPE_CHECKING:
    from scrapy.http import Response

LISTS = ("feed", "sitemap")     # platforms whose pages only lead on
GUESSES = ("/sitemap.xml", "/wp-sitemap.xml")   # where sitemaps are when nobody says so
_OUTERMOST = ("feed", "rss", "rdf", "urlset", "sitemapindex")
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/xml", "application/xml", "text/plain")


def page(response: Response) -> Page:
    """The response as a value; its origin is the record that was kept of it, if any, and gets its run where that is known."""
    record = response.meta.get(RECORD, "") if response.request else ""
    return Page(response.url, response.body, datetime.now(UTC), headers(response), response.status, origin=record)


def headers(response: Response) -> tuple[tuple[str, str], ...]:
    """All headers, names in lower case."""
    return tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )


def content_type(page: Page) -> str:
    """The media type that the server stated, or ""."""
    return page.header("content-type").partition(";")[0].strip().lower()


def looks(page: Page) -> str:
    """Of what is no page: that it is empty, or its media type."""
    return (content_type(page) or "without a media type") if page.body.strip() else "it is empty"


def is_page(page: Page) -> bool:
    """Whether this is worth reading: a feed, a sitemap, an API's JSON with something in it, or HTML by its type or its looks."""
    return xml.outermost(page).lower() in _OUTERMOST or _is_html(page) or answers.is_json(page)


def _is_html(page: Page) -> bool:
    start = page.body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    stated = content_type(page)
    if not start or (stated and stated not in _PAGE_TYPES):
        return False
    return stated in _PAGE_TYPES[:2] or start.startswith((b"<!doctype", b"<html", b"<!--")) or b"<html" in start


def is_front(url: str) -> bool:
    """Whether an address is that of the front page of a site."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and parts.path in ("", "/") and not parts.query


def is_told(reading: Reading) -> bool:
    """Whether a list says more than where pages are: comments, or how many there are of them."""
    is_list = reading.platform in LISTS
    return (is_list and bool(reading.threads)) or any(link.kind == "post" and link.comments_reported is not None for link in reading.links)


def kept(reading: Reading) -> Reading:
    """Without what a front page shows: it is a list of posts, even where it shows only one, and each has its own page."""
    return replace(reading, threads=tuple(thread for thread in reading.threads if not is_front(thread.post.url)))
