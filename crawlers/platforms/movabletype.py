"""Blogs made with Movable Type, from 2.6 to 7, on a server of their own.

Markup: the default templates of each version and the themes Classic Blog and Eiger (default_templates/ and themes/ in
https://github.com/movabletype/movabletype), and saved pages of 2005. Hosted blogs of the family are in `typepad`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers import signs
from crawlers.platforms import _movabletype
from schema.items import Comment, Link, Page, Post, Skipped

_NAMES = (b"movable type", b"movabletype")
_OWN_CLASS = re.compile(rb"class=[\"'][^\"'>]{0,60}\bmt-(?:entry|main|archive|page)")
_SCRIPTS = (
    (b"/mt-", re.compile(rb"/mt-(?:(?:comments|tb|cp|search)(?:\.f?cgi)?[\"'?&/]|static/)")), (b"mt-site.js", re.compile(rb"mt-site\.js")),
    (b"mtcmt", re.compile(rb"\bmtcmt(?:auth|home|mail)\b")), (b"mtentryonload", re.compile(b"mtentryonload")),
    (b"mtcommentonsubmit", re.compile(b"mtcommentonsubmit")),
    *((b"mt-" + part, _OWN_CLASS) for part in (b"entry", b"main", b"archive", b"page")),
)
_HINTS = (
    (b"sixapart-standard", re.compile(rb"id=[\"']sixapart-standard")), (b"comments-", re.compile(rb"class=[\"']comments-(?:post|body|header|open)")),
    (b"trackback:ping=", re.compile(b"trackback:ping=")), (b"www.movabletype.", re.compile(rb"www\.movabletype\.(?:org|com)")),
    (b"blogbody", re.compile(rb"<div class=[\"']blogbody")),
)


def confidence(page: Page) -> float:
    """How sure we are that Movable Type made this page: 0 no idea, 1 certain."""
    if any(name in signs.generator(page) for name in _NAMES):
        return 1.0
    if signs.made_by_another(page, *_NAMES):
        return 0.0
    if any(True for _ in signs.near(page, *_SCRIPTS)):
        return 0.9
    return min(0.3 * len(set(signs.near(page, *_HINTS))), 0.7)


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post with its comments and trackbacks, or the posts an index leads to; feeds in any case."""
    yield from _movabletype.read(page, "movabletype")
