"""What the stages know of an item besides the item itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from urllib.parse import urljoin

from pipeline.clean._order import day_first
from schema.items import Comment, Page, Post

_BASE = re.compile(rb"""<base\s[^>]{0,200}?href\s*=\s*["']?([^"'\s>]{1,500})""", re.I)
_HEAD_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Context:
    """The page that items came from, and the post they belong to."""

    page: Page
    base: str                # what relative addresses start from
    page_language: str       # what the page says it is in; its texts may be in another
    post: Post               # as read, then (for its comments) as cleaned
    day_first: bool | None = None       # whether the thread writes 3/2/2010 for 3 February; None: nothing tells


def context_of(page: Page, post: Post, comments: Sequence[Comment] = ()) -> Context:
    """The context of a thread that was read from this page."""
    return Context(page, _base(page) or post.url, post.language, post, day_first(post, comments, page.fetched_at))


@lru_cache(maxsize=4)
def _base(page: Page) -> str:
    """The page's base element, else the address of the post it is about, else its own; "" for a bare file."""
    found = _BASE.search(page.body, 0, _HEAD_BYTES)
    try:
        base = urljoin(page.url, unescape(found[1].decode("utf-8", "replace"))) if found else page.about or page.url
    except ValueError:
        base = page.url
    return base if base.startswith(("http://", "https://")) else ""
