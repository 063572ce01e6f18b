"""What a page that lists posts leads to: the posts behind their titles, and the next page of the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from crawlers import head
from crawlers.markup import absolute
from schema import keys
from schema.items import Link, Page


def posts(page: Page, titles: Iterable[HtmlElement], rule: str) -> Iterator[Link]:
    """The posts that links lead to, once each; titles may lead off the blog, and those of banners to its front."""
    own, found = keys.canonical_url(page.url), set()
    for url in _addresses(page, titles):
        if url not in found and url != own and not _is_front(url):
            found.add(url)
            yield Link(url, "post", rule)


def further(page: Page, links: Iterable[HtmlElement], rule: str) -> Iterator[Link]:
    """The next page of the list: the first of these links that stays on the blog."""
    own = page.url.partition("#")[0]
    yield from [Link(url, "next", rule) for link in links if (url := _on_blog(page, link)) and url != own][:1]


def _is_front(url: str) -> bool:
    return "/" not in url.partition("://")[2].rstrip("/") and "?" not in url


def _addresses(page: Page, titles: Iterable[HtmlElement]) -> Iterator[str]:
    return (keys.canonical_url(url) for title in titles if (url := _on_blog(page, title)))


def _on_blog(page: Page, link: HtmlElement) -> str:
    """The absolute address of a link without its fragment, or "" where it leaves the blog."""
    base = head.base_url(page)
    url = absolute(base, link.get("href")).partition("#")[0]
    is_own = keys.source_of(url) == keys.source_of(base) or base.startswith("file:")
    return url if url.startswith(("http://", "https://", "file:")) and is_own else ""
