"""Blogs made with Ghost: posts by their page, comments by the open API that their comment box asks.

Looked up in Ghost's sources (https://github.com/TryGhost/Ghost, ghost/core/core): frontend/helpers/ghost_head.js and comments.js for
the page, server/services/comments, server/models/comment.js and the output mapper mappers/comments.js for the API, of 5.9 to 6.
Ghost's robots.txt closes /members/api/comments/counts/ and leaves /members/api/comments/post/ open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers import answers
from crawlers.platforms import _ghost_comments as comments
from crawlers.platforms import _ghost_post as post
from crawlers.platforms import _served as served
from schema.items import Comment, Link, Page, Post, Skipped

_GENERATOR = re.compile(rb"<meta[^>]{1,40}generator[\"'][^>]{1,40}Ghost\b")
_NAME = b"content=\"Ghost"       # as ghost_head prints it; most pages end here
_COMMENT_BOX = b"data-ghost-comments="


def confidence(page: Page) -> float:
    """How sure we are that Ghost made this page, or gave this answer: 0 no idea, 1 certain."""
    if comments.is_address(page.url):
        return 1.0 if answers.is_json(page) else 0.0
    is_its_page = _NAME in page.body and bool(_GENERATOR.search(page.body))
    return 1.0 if is_its_page or _COMMENT_BOX in page.body else 0.0


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post and where its comments are served; of an answer the comments, and where the rest of them is."""
    if not comments.is_address(page.url):
        yield from post.read(page)
    elif answers.parsed(page) is None:
        yield served.broken(page, "ghost")
    elif not page.about:
        yield served.homeless(page, "ghost")
    else:
        yield from comments.read(page)
