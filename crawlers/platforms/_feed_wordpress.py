"""The comments in a feed of WordPress: of one post (/post/feed/) or of a whole blog; the newest ones only, ten by default.

RSS names nobody's address and no parents; Atom does both, its `thr:in-reply-to` naming the post where a comment answers none
(wp-includes/feed-rss2-comments.php and feed-atom-comments.php, the same since 2.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from crawlers import xml
from crawlers.markup import absolute
from schema import keys
from schema.items import Comment, Page, Post

_REF = re.compile(r"#comment-(\d+)$")
_EXCERPT = re.compile(r"^\s*(?:<p>)?\s*\[(?:…|\.\.\.|&#8230;)\].*\[(?:…|\.\.\.|&#8230;)\]\s*(?:</p>)?\s*$", re.S)


class _Entry(NamedTuple):
    """One comment, whichever format it came in."""

    ref: str
    link: str
    author: str
    author_url: str
    published: datetime | None
    html: str
    parent: str | None


def is_of_comments(root: etree._Element) -> bool:
    """Whether these are comments of a WordPress blog."""
    return next(_entries(root), None) is not None


def read(page: Page, root: etree._Element) -> Iterator[Post | Comment]:
    """A bare post for each thread, and its comments."""
    found = [(keys.canonical_url(absolute(page.url, entry.link.partition("#")[0])), entry) for entry in _entries(root)]
    about = page.about if len({keys.post_key(url) for url, _entry in found}) == 1 else ""
    for url, thread in groupby(sorted(found, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        yield Post(about or url, "wordpress", "wordpress comment feed", "feed", comments_elsewhere="feed limit")
        yield from (_comment(page, entry) for _url, entry in thread)


def _comment(page: Page, entry: _Entry) -> Comment:
    return Comment(
        ref=entry.ref,
        platform="wordpress",
        rule="wordpress comment feed",
        via="feed",
        parent_ref=entry.parent,
        reply_to_how="feed" if entry.parent else None,
        kind="pingback" if _EXCERPT.match(entry.html) else "comment",
        url=absolute(page.url, entry.link),
        author=entry.author,
        author_url=entry.author_url,
        published=entry.published,
        published_how="feed" if entry.published else None,
        html=entry.html,
    )


def _entries(root: etree._Element) -> Iterator[_Entry]:
    for channel in xml.children(root, "channel"):
        for item in xml.children(channel, "item"):
            if ref := _REF.search(xml.text(item, "guid")) or _REF.search(xml.text(item, "link")):
                yield _Entry(ref[1], xml.text(item, "link"), xml.text(item, "creator"), "", _rfc_822(xml.text(item, "pubDate")),
                             xml.text(item, "encoded") or xml.text(item, "description"), None)
    for entry in xml.children(root, "entry"):
        if ref := _REF.search(xml.text(entry, "id")):
            yield _atom(entry, ref[1])


def _atom(entry: etree._Element, ref: str) -> _Entry:
    author = next(xml.children(entry, "author"), entry)
    link = next((one.get("href") or "" for one in xml.children(entry, "link") if (one.get("rel") or "alternate") == "alternate"), "")
    answered = next((_REF.search(one.get("ref") or "") for one in xml.children(entry, "in-reply-to")), None)
    return _Entry(ref, link, xml.text(author, "name"), xml.text(author, "uri"), _iso(xml.text(entry, "published") or xml.text(entry, "updated")),
                  xml.text(entry, "content"), answered[1] if answered else None)


def _rfc_822(stamp: str) -> datetime | None:
    try:
        return _utc(parsedate_to_datetime(stamp))
    except (ValueError, IndexError):
        return None


def _iso(stamp: str) -> datetime | None:
    try:
        return _utc(datetime.fromisoformat(stamp))
    except ValueError:
        return None


def _utc(when: datetime) -> datetime | None:
    try:
        return when.astimezone(UTC) if when.tzinfo else None
    except OverflowError:
        return None
