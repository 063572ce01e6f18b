"""Pages of the sample for tests, without a server in between."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast
from urllib.parse import urljoin, urlsplit

from lxml import html

from crawlers import reading
from crawlers.sample.server import answer
from crawlers.sample.truth import truth
from schema.items import Comment, Page, Thread


def fetched(url: str) -> Page:
    """What the sample answers at that address."""
    found = answer(urlsplit(url).netloc, url)
    return Page(url, found.body.encode("utf-8"), datetime(2026, 1, 1, tzinfo=UTC), (("content-type", found.type),), found.status)


def addresses(url: str, xpath: str) -> list[str]:
    """The absolute addresses that an XPath over the page finds."""
    tree = html.fromstring(fetched(url).body.decode("utf-8"))
    return [urljoin(url, value) for value in cast("list[str]", tree.xpath(xpath))]


def read_whole(url: str) -> Thread:
    """The thread at that address, with the comments of all its comment pages."""
    found = reading.read(fetched(url))
    (thread,) = found.threads
    comments, seen, waiting = list(thread.comments), {url}, _comment_pages(found)
    while waiting:
        page = waiting.pop()
        if page not in seen:
            seen.add(page)
            more = reading.read(fetched(page))
            comments += [comment for one in more.threads for comment in one.comments]
            waiting += _comment_pages(more)
    return Thread(thread.post, tuple(comments))


def _comment_pages(found: reading.Reading) -> list[str]:
    return [link.url for link in found.links if link.kind == "comments"]


def true_thread(path: str) -> Thread:
    """What the sample's files say about the thread whose address ends so."""
    (thread,) = (thread for thread in truth() if thread.post.url.endswith(path))
    return thread


def true_comments() -> list[Comment]:
    return [comment for thread in truth() for comment in thread.comments]
