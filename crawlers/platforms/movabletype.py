"""Blogs made with Movable Type, from 2.6 to 7, on a server of their own.

Markup: the default templates of each version and the themes Classic Blog and Eiger (default_templates/ and themes/ in
https://github.com/movabletype/movabletype), and saved pages of 2005. Hosted blogs of the family are in `typepad`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers.platforms import _movabletype
from schema.items import Comment, Link, Page, Post, Skipped

_GENERATOR = re.compile(rb"<meta[^>]{1,40}generator[\"'][^>]{1,40}movable\s?type", re.I)
_SCRIPTS = re.compile(rb"/mt-(?:comments|tb|cp|search)(?:\.f?cgi)?[\"'?&/]|mt-site\.js|/mt-static/|\bmtcmt(?:auth|home|mail)\b|mtEntryOnLoad|mtCommentOnSubmit|class=[\"'][^\"'>]{0,60}\bmt-(?:entry|main|archive|page)", re.I)
_HINTS = re.compile(rb"id=[\"']sixapart-standard|class=[\"']comments-(?:post|body|header|open)|trackback:ping=|www\.movabletype\.(?:org|com)|<div class=[\"']blogbody", re.I)
_OTHERS = re.compile(rb"<meta[^>]{1,40}generator[\"'][^>]{1,60}(?:blogger|wordpress|drupal|typepad|ghost|joomla|typo3|serendipity|hugo|jekyll)", re.I)


def confidence(page: Page) -> float:
    """How sure we are that Movable Type made this page: 0 no idea, 1 certain."""
    if _GENERATOR.search(page.body):
        return 1.0
    if _OTHERS.search(page.body):
        return 0.0
    if _SCRIPTS.search(page.body):
        return 0.9
    return min(0.3 * len({hint.lower() for hint in _HINTS.findall(page.body)}), 0.7)


def read(page: Page) -> Iterator[Post | Comment | Link | Skipped]:
    """The post with its comments and trackbacks, or the posts an index leads to; feeds in any case."""
    yield from _movabletype.read(page, "movabletype")
