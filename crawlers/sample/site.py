"""What the two platforms of the sample share: an answer to a request, the months of a blog, a sitemap, paging."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from crawlers.sample.content import Blog, Comment, Post

HTML = "text/html; charset=UTF-8"
PLAIN = "text/plain; charset=UTF-8"
XML = "application/xml; charset=UTF-8"
Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sends back."""

    body: str
    type: str = HTML
    status: int = 200
    location: str = ""      # of a redirect


class Site(Protocol):
    """A module that shows a blog."""

    def answer(self, blog: Blog, path: str, query: Query) -> Answer:
        """The answer to `GET path?query`."""


def months(blog: Blog) -> list[tuple[str, list[Post]]]:
    """(2010/02, its posts) of every month that has some, the newest first."""
    return [(month, list(posts)) for month, posts in groupby(blog.posts, key=lambda post: f"{post.time:%Y/%m}")]


def newest_comments(blog: Blog, count: int) -> list[tuple[Post, Comment]]:
    """What stands in the sidebar under "Recent comments"."""
    found = [(post, comment) for post in blog.posts for comment in post.comments if comment.kind == "comment" and not comment.removed]
    return sorted(found, key=lambda pair: pair[1].time, reverse=True)[:count]


def sitemap(addresses: Iterable[tuple[str, str]]) -> Answer:
    """A sitemap of (address, day of the last change, or "")."""
    urls = "".join(f"<url><loc>{url}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>\n" for url, changed in addresses)
    return Answer(f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n', XML)


def neighbors(posts: Sequence[Post], post: Post) -> tuple[Post | None, Post | None]:
    """The newer and the older post."""
    place = posts.index(post)
    newer = posts[place - 1] if place else None
    return newer, posts[place + 1] if place + 1 < len(posts) else None


def number(text: str, otherwise: int) -> int:
    """A positive number in an address, or what holds without one."""
    return max(1, int(text)) if text.isascii() and text.isdigit() else otherwise
