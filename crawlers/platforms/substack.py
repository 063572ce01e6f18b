"""Newsletters on Substack, on its own hosts and on those of their writers: posts by their page, comments by the open API of its reader.

Looked up in what clients of the API and tools that read the pages rely on (Automattic/wpcom-substack-importer's PHP and others on
GitHub, 2022 to 2026): `window._preloads = JSON.parse("...")` with `post` in the page, and `/api/v1/post/ID/comments?all_comments=true`,
which gives the whole thread at once. Substack publishes no reference of either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers import answers
from crawlers.platforms import _served as served
from crawlers.platforms import _substack_comments as comments
from crawlers.platforms import _substack_post as post
from schema.items import Comment, Link, Page, Post, Skipped

_PRELOADED = b"window._preloads"
_ITS_HOSTS = re.compile(rb"\bsubstack(?:cdn)?\.com\b")


def confidence(page: Page) -> float:
    """How sure we are that Substack made this page, or gave this answer: 0 no idea, 1 certain."""
    if comments.is_address(page.url):
        return 1.0 if answers.is_json(page) else 0.0
    is_its_page = _PRELOADED in page.body and bool(_ITS_HOSTS.search(page.body))
    return 1.0 if is_its_page and post.preloaded(page) else 0.0


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post and where its comments are served; of an answer the comments."""
    if not comments.is_address(page.url):
        yield from post.read(page)
    elif answers.parsed(page) is None:
        yield served.broken(page, "substack")
    elif not page.about:
        yield served.homeless(page, "substack")
    else:
        yield from comments.read(page)
