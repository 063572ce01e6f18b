"""Items as rows: the one place that makes values fit for the database, whichever it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache

from schema.items import Comment, Item, Mark, Post, TextLink
from schema.tables import utc_iso

Row = dict[str, object]
Stamp = Callable[[datetime | None], object]     # a moment as the driver wants it


def stamp_for(dialect: str) -> Stamp:
    """How a moment is handed to the driver: as it is to PostgreSQL, as text to SQLite."""
    return _to_milliseconds if dialect == "postgresql" else _as_text


def _to_milliseconds(moment: datetime | None) -> object:
    return moment and moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@lru_cache(maxsize=4096)
def _as_text(moment: datetime | None) -> object:
    return moment and utc_iso(moment)


def storable(text: str) -> str:
    """The text as both databases take it: PostgreSQL refuses NUL, sqlite3 refuses lone surrogates."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def content_hash(item: Item) -> str:
    """Changes when somebody changed the post or comment; the theme around it does not matter."""
    title = item.title if isinstance(item, Post) else item.removed_how or ""
    words = "\x1f".join((title, item.author, item.author_url, item.text))
    return text_hash(words)


def text_hash(text: str) -> str:
    """16 hex digits that tell one text from another."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def post_row(post: Post, stamp: Stamp, now: datetime) -> Row:
    """The row of a post, without what settling its thread adds."""
    row = _common(post, stamp, now)
    row.update(
        title=storable(post.title),
        bio=storable(post.bio),
        comments_reported=post.comments_reported,
        pings_reported=post.pings_reported,
        comments_closed=post.comments_closed,
        comments_elsewhere=storable(post.comments_elsewhere),
    )
    return row


def comment_row(comment: Comment, stamp: Stamp, now: datetime) -> Row:
    """The row of a comment, without what settling its thread adds."""
    row = _common(comment, stamp, now)
    row.update(
        post_key=comment.post_key,
        ref=storable(comment.ref),
        page=comment.page,
        place=comment.place,
        reply_to=comment.reply_to,
        reply_to_how=comment.reply_to_how,
        by_post_author=comment.by_post_author,
        kind=comment.kind,
        removed_how=comment.removed_how,
        missed=0,
        missed_at=None,
    )
    return row


def _common(item: Item, stamp: Stamp, now: datetime) -> Row:
    seen = stamp(item.fetched_at or now)
    return {
        "key": item.key,
        "source": storable(item.source),
        "platform": item.platform,
        "rule": item.rule,
        "via": item.via,
        "url": storable(item.url),
        "author": storable(item.author),
        "author_url": storable(item.author_url),
        "author_key": item.author_key,
        "author_how": item.author_how,
        "published": stamp(item.published),
        "published_raw": storable(item.published_raw),
        "published_how": item.published_how,
        "html": storable(item.html),
        "text": storable(item.text),
        "marks": marks_json(item.marks) if item.marks else "[]",
        "language": item.language,
        "reservations": item.reservations,
        "origin": storable(item.origin),
        "content_hash": content_hash(item),
        "first_seen": seen,
        "last_seen": seen,
        "changed_at": seen,
    }


def marks_json(marks: Sequence[Mark]) -> str:
    """Marks as they stand in the database: [{"start", "end", "kind"}, ...]."""
    return json.dumps([{"start": mark.start, "end": mark.end, "kind": mark.kind} for mark in marks])


def link_rows(item_key: str, found: Sequence[TextLink]) -> list[Row]:
    """The rows of an item's hyperlinks, numbered from 1 in the order of the text."""
    return [
        {
            "item_key": item_key,
            "number": number,
            "url": storable(link.url),
            "anchor": storable(link.anchor),
            "start": link.start,
            "end": link.end,
        }
        for number, link in enumerate(found, 1)
    ]
