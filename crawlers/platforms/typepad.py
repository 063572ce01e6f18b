"""Blogs made with TypePad, on its own domain or on anyone else's: the hosted member of the Movable Type family, 2003 to 2025.

Markup: TypePad's themes as their authors rebuilt them (https://github.com/sippey/Sandbox-for-TypePad) and as programs that
archive such blogs describe them. Its ids begin with `6a` (since 2008); the parts are those of Movable Type 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers import signs
from crawlers.platforms import _movabletype
from schema.items import Comment, Link, Page, Post, Skipped

_IDS = re.compile(rb"id=[\"'](?:comment|entry|ping)-6a[0-9a-f]{10}|typepad\.com/(?:t/(?:trackback|comments|stats|app)|services/trackback|\.shared)|/\.shared/(?:themes|themes\.css)|static\.typepad\.com/\.shared")
_TEXTS = (b"-6a", b"typepad.com/", b"/.shared/")


def confidence(page: Page) -> float:
    """How sure we are that TypePad made this page: 0 no idea, 1 certain."""
    if b"typepad.com" in signs.generator(page):
        return 1.0
    if signs.made_by_another(page, b"typepad") or not signs.has(page, *_TEXTS):
        return 0.0
    return 0.95 if _IDS.search(signs.lowered(page)) else 0.0


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post with its comments and trackbacks, or the posts an index leads to; feeds in any case."""
    yield from _movabletype.read(page, "typepad")
