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
_SCRIPTS = re.compile(rb"/mt-(?:comments|tb|cp|search)(?:\.f?cgi)?[\"'?&/]|mt-site\.js|/mt-static/|\bmtcmt(?:auth|home|mail)\b|mtentryonload|mtcommentonsubmit|class=[\"'][^\"'>]{0,60}\bmt-(?:entry|main|archive|page)")
_SCRIPT_TEXTS = (b"/mt-", b"mt-site.js", b"mtcmt", b"mtentryonload", b"mtcommentonsubmit", b" mt-", b"\"mt-")
_HINTS = re.compile(rb"id=[\"']sixapart-standard|class=[\"']comments-(?:post|body|header|open)|trackback:ping=|www\.movabletype\.(?:org|com)|<div class=[\"']blogbody")
_HINT_TEXTS = (b"sixapart-standard", b"comments-", b"trackback:ping=", b"movabletype.", b"blogbody")


def confidence(page: Page) -> float:
    """How sure we are that Movable Type made this page: 0 no idea, 1 certain."""
    if any(name in signs.generator(page) for name in _NAMES):
        return 1.0
    if signs.made_by_another(page, *_NAMES):
        return 0.0
    if signs.has(page, *_SCRIPT_TEXTS) and _SCRIPTS.search(signs.lowered(page)):
        return 0.9
    if not signs.has(page, *_HINT_TEXTS):
        return 0.0
    return min(0.3 * len(set(_HINTS.findall(signs.lowered(page)))), 0.7)


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post with its comments and trackbacks, or the posts an index leads to; feeds in any case."""
    yield from _movabletype.read(page, "movabletype")
