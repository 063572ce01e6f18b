"""The comments in an Atom feed of Blogger: of one post (/feeds/POST/comments/default) or of a whole blog.

What names the comment that is answered is `link rel=related`; `thr:in-reply-to` always names the post. Times are exact.
Seen in feeds of 2009-2024; https://developers.google.com/blogger/docs/2.0/reference tells the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby

from lxml import etree

from crawlers import xml
from crawlers.markup import absolute
from crawlers.platforms import _blogger_words as say
from crawlers.platforms import _feed_pages as pages
from schema import keys
from schema.items import Comment, Link, Page, Post, RemovedHow

_ID = re.compile(r"blog-\d+\.post-?(\d+)$")
_OF_ONE_POST = re.compile(r"\.post-?\d+\.\.comments$")
_PARENT = re.compile(r"/comments/\w+/(\d+)")
_TAGS = re.compile(r"<[^>]{0,2000}>")
_GONE = frozenset(("blogger.contentRemoved", "blogger.deleted"))


def is_of_comments(root: etree._Element) -> bool:
    """Whether these are comments of a Blogger blog."""
    entry = next(xml.children(root, "entry"), None)
    return entry is not None and bool(_ID.search(xml.text(entry, "id"))) and next(xml.children(entry, "in-reply-to"), None) is not None


def read(page: Page, root: etree._Element) -> Iterator[Post | Comment | Link]:
    """A bare post for each thread, its comments, and where the feed goes on."""
    entries = [(_post_url(page, entry), entry) for entry in xml.children(root, "entry") if _ID.search(xml.text(entry, "id"))]
    urls = {keys.post_key(url) for url, _entry in entries}
    about = page.about if len(urls) == 1 else ""     # a feed may have been replaced by that of the whole blog
    total = pages.total(root) if _OF_ONE_POST.search(xml.text(root, "id")) else None
    for url, thread in groupby(sorted(entries, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        yield Post(about or url, "blogger", "blogger comment feed", "feed", comments_reported=total, comments_elsewhere="" if total else "feed limit")
        yield from (_comment(page, entry) for _url, entry in thread)
    if total is not None and entries and (further := pages.further(page)):
        yield Link(further.url, "completion", "comment feed", for_post=about or entries[0][0])


def _post_url(page: Page, entry: etree._Element) -> str:
    answered = next(xml.children(entry, "in-reply-to"), None)
    stated = answered.get("href") if answered is not None else ""
    return keys.canonical_url(absolute(page.url, stated or _link(entry, "alternate").partition("#")[0]))


def _comment(page: Page, entry: etree._Element) -> Comment:
    ref, parent = _ID.search(xml.text(entry, "id")), _PARENT.search(_link(entry, "related"))
    author = next(xml.children(entry, "author"), None)
    properties = {one.get("name") or "": one.get("value") or "" for one in xml.children(entry, "extendedProperty")}
    words = xml.text(entry, "content") or xml.text(entry, "summary")
    removed = _removed_how(words, properties)
    when = _moment(xml.text(entry, "published"))
    return Comment(
        ref=ref[1] if ref else "",
        platform="blogger",
        rule="blogger comment feed",
        via="feed",
        parent_ref=parent[1] if parent else None,
        reply_to_how="feed" if parent else None,
        url=absolute(page.url, _link(entry, "alternate")),
        author=xml.text(author, "name") if author is not None else "",
        author_url=xml.text(author, "uri") if author is not None else "",
        published=when,
        published_raw=properties.get("blogger.displayTime", ""),
        published_how="feed" if when else None,
        html="" if removed else words,
        removed_how=removed,
    )


def _link(entry: etree._Element, rel: str) -> str:
    return next((link.get("href") or "" for link in xml.children(entry, "link") if link.get("rel") == rel), "")


def _removed_how(words: str, properties: dict[str, str]) -> RemovedHow | None:
    """Any of the entry's properties may say so; by whom it was removed stands in the words."""
    gone = any(properties.get(name, "").lower() == "true" for name in _GONE)
    return say.removed_how(" ".join(_TAGS.sub(" ", words).split()), marked=gone)


def _moment(stamp: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return when.astimezone(UTC) if when.tzinfo else None
