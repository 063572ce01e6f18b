"""What the database knows already of the posts and comments that a batch brings: which text, since when, and where in its thread."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy import Row as DatabaseRow
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from pipeline.flow import in_batches
from pipeline.rows import content_hash
from pipeline.threads import Place
from pipeline.upsert import REPLY_HOW, VIA
from schema.items import Comment, Item, Post, ReplyHow, Via
from schema.tables import comment, post


@dataclass(frozen=True, slots=True)
class KnownText:
    """Whether an item has a text, the way it came, and since when it is this one."""

    via: Via
    is_there: bool
    content_hash: str
    changed_at: datetime

    def gives_way_to(self, one: Item) -> bool:
        """As the upsert has it."""
        now, before = VIA.index(one.via), VIA.index(self.via)
        return not self.is_there or now > before or (now == before and not self.is_newer_than(one))

    def is_newer_than(self, one: Item) -> bool:
        """Whether that sight is older than the text: an archive may be replayed long after an edit."""
        return one.fetched_at is not None and _milliseconds(one.fetched_at) < self.changed_at

    def is_unlike(self, one: Item) -> bool:
        """Whether a sight that came the same way tells something else."""
        return self.is_there and bool(one.text) and one.via == self.via and content_hash(one) != self.content_hash


@dataclass(frozen=True, slots=True)
class Known:
    """A comment that the database has already."""

    post_key: str
    place: Place
    reply_to_how: ReplyHow | None
    text: KnownText


@dataclass(frozen=True, slots=True)
class Reported:
    """What the sources say of the number of comments under a post."""

    number: int | None
    with_pings: bool        # the number counts pingbacks and trackbacks, too
    elsewhere: str


def reported(one: Post, known: Reported | None, text: KnownText | None) -> Reported:
    """What this sight of the post says, else what an earlier one said; a feed's number does not contest that of the page.

    That of the service which has the comments does: a page may print a "0 comments" of its own above those of Disqus.
    """
    number, with_pings = one.comments_reported, one.pings_reported is not None
    is_better = text is None or VIA.index(one.via) >= VIA.index(text.via)
    is_of_the_service = one.via == "api" and bool(one.comments_elsewhere)
    if known and known.number is not None and (number is None or not (one.via == "page" or is_of_the_service)):
        number, with_pings = known.number, known.with_pings
    return Reported(number, with_pings, one.comments_elsewhere if known is None or is_better or not known.elsewhere else known.elsewhere)


def find_posts(connection: Connection, keys: Collection[str]) -> Iterator[tuple[str, Reported, KnownText]]:
    """Those of the posts that are there."""
    c = post.c
    wanted = select(c.key, c.comments_reported, c.pings_reported, c.comments_elsewhere, *_of_texts(c))
    for batch in in_batches(keys, 500):
        for row in connection.execute(wanted.where(c.key.in_(batch))):
            yield row.key, Reported(row.comments_reported, row.pings_reported is not None, row.comments_elsewhere), _known_text(row)


def find_comments(connection: Connection, post_keys: Collection[str]) -> Iterator[tuple[str, Known]]:
    """All comments that these posts have."""
    c = comment.c
    wanted = select(c.post_key, c.key, c.reply_to, c.reply_to_how, c.page, c.place, c.kind, c.depth, c.published, *_of_texts(c))
    for batch in in_batches(sorted(post_keys), 500):
        for row in connection.execute(wanted.where(c.post_key.in_(batch))):
            yield row.key, Known(row.post_key, _known_place(row), row.reply_to_how, _known_text(row))


def place_of(one: Comment, known: Known | None) -> Place:
    """Where a comment stands after this sight of it: a feed does not move what a page has shown."""
    if known is None:
        return Place(one.key, one.reply_to, one.page, one.place, one.kind != "comment", one.depth, one.published)
    seen, before = one if one.place else known.place, known.place
    return Place(
        key=one.key,
        reply_to=one.reply_to if _knows_reply(one, known) else before.reply_to,
        page=seen.page,
        place=seen.place,
        is_ping=one.kind != "comment" if VIA.index(one.via) >= VIA.index(known.text.via) else before.is_ping,
        depth=seen.depth,
        published=one.published or before.published,
    )


def _milliseconds(moment: datetime) -> datetime:
    """As exact as the database keeps it."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _of_texts(c: ReadOnlyColumnCollection[str, Any]) -> list[Any]:      # Any: columns of every type
    return [c.via, (c.text != "").label("has_text"), c.content_hash, c.changed_at]


def _known_text(row: DatabaseRow[*tuple[Any, ...]]) -> KnownText:
    return KnownText(row.via, row.has_text, row.content_hash, row.changed_at)


def _known_place(row: DatabaseRow[*tuple[Any, ...]]) -> Place:
    return Place(row.key, row.reply_to, row.page, row.place, row.kind != "comment", row.depth, row.published)


def _knows_reply(one: Comment, known: Known) -> bool:
    if one.reply_to is None or known.reply_to_how is None:
        return one.reply_to is not None
    return one.reply_to_how is None or REPLY_HOW.index(one.reply_to_how) >= REPLY_HOW.index(known.reply_to_how)
