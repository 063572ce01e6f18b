"""What the tests of every platform ask of a saved page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from lxml import html

from crawlers.markup import words
from crawlers.reading import Platform
from schema.items import Comment, Link, Page, Post, Skipped

PAGES = Path(__file__).parents[2] / "pages"
FETCHED = datetime(2026, 1, 1, tzinfo=UTC)


def saved(platform: str, name: str, url: str = "") -> Page:
    """A page kept in tests/pages, as a bare file or as if fetched from an address."""
    return Page(url or f"file:{name}", (PAGES / platform / name).read_bytes(), FETCHED)


def page_of(body: str, url: str = "http://counter-talk.example/a", status: int = 200) -> Page:
    """A page written in the test itself."""
    return Page(url, body.encode(), FETCHED, status=status)


def names(platform: str) -> list[str]:
    """The pages kept for a platform."""
    return [page.name for page in sorted((PAGES / platform).glob("*.html"))]


def post_of(platform: Platform, page: Page) -> Post:
    """The post that the platform's module reads."""
    return next(found for found in platform.read(page) if isinstance(found, Post))


def comments_of(platform: Platform, page: Page) -> list[Comment]:
    """The comments, pings among them."""
    return [found for found in platform.read(page) if isinstance(found, Comment)]


def links_of(platform: Platform, page: Page, kind: str) -> list[str]:
    """The addresses of the links of that kind."""
    return [found.url for found in platform.read(page) if isinstance(found, Link) and found.kind == kind]


def skipped_of(platform: Platform, page: Page) -> list[str]:
    """The reasons for what was not taken."""
    return [found.reason for found in platform.read(page) if isinstance(found, Skipped)]


def text_of(fragment: str) -> str:
    """The words of a piece of HTML."""
    return words(html.fromstring(f"<div>{fragment.replace('<br', ' <br').replace('</p>', '</p> ')}</div>")) if fragment else ""


def damaged(platform: str, name: str, start: float, length: int, instead: bytes) -> Page:
    """A kept page with a piece of it replaced; `start` is a share of its length."""
    body = (PAGES / platform / name).read_bytes()
    at = int(start * len(body))
    return Page("http://counter-talk.example/2009/a.html", body[:at] + instead + body[at + length:], FETCHED)
