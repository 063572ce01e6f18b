"""What Scrapy fetched, as a Page: the last place where a Scrapy response is known."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy.http import Response

from schema.items import Page

_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/xml", "application/xml", "text/plain")


def page(response: Response) -> Page:
    """The response as a value; its origin is set where the run is known."""
    return Page(response.url, response.body, datetime.now(UTC), headers(response), response.status)


def headers(response: Response) -> tuple[tuple[str, str], ...]:
    """All headers, names in lower case."""
    return tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )


def content_type(response: Response) -> str:
    """The media type that the server states, or ""."""
    stated = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return stated.partition(";")[0].strip().lower()


def is_page(response: Response) -> bool:
    """Whether this can be a page of a blog: HTML by its type, or by its looks where the server states nothing."""
    start = response.body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    stated = content_type(response)
    if not start or (stated and stated not in _PAGE_TYPES):
        return False
    return stated in _PAGE_TYPES[:2] or start.startswith((b"<!doctype", b"<html", b"<!--")) or b"<html" in start
