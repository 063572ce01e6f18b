"""What a stored thread leaves open: how many comments it has and should have, times without a zone, parents that nobody told."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, distinct, func, or_, select

from schema.tables import address, comment, post

TOLD_ALL = "told all"                           # the reason in the row of a source that has nothing further to tell
EXACT = ("offset", "epoch", "feed", "api")      # ways of knowing a moment, not only a time of day somewhere


@dataclass(frozen=True, slots=True)
class Gaps:
    """One thread."""

    reported: int | None = None     # by its page or a service
    stated: int | None = None       # by a feed or a list of posts
    stored: int = 0                 # pings included
    vague: int = 0                  # comments whose moment is not known; nobody asks for the minute of a pingback
    pages: int = 0                  # comment pages that were read
    shows_nesting: bool = False
    is_exhausted: bool = False      # a source has told all it knows

    @property
    def expected(self) -> int:
        """How many comments there should be."""
        return max(self.reported or 0, self.stated or 0)


def gaps(connection: Connection, post_key: str) -> Gaps | None:
    """What the thread leaves open; None for a post that is not stored."""
    row = connection.execute(select(post.c.comments_reported).where(post.c.key == post_key)).one_or_none()
    if row is None:
        return None
    c = comment.c
    is_vague = and_(c.kind == "comment", or_(c.published_how.is_(None), c.published_how.not_in(EXACT)))
    nesting = or_(c.depth.is_not(None), c.reply_to.is_not(None))
    held = connection.execute(select(
        func.count().label("stored"),
        func.count(case((is_vague, 1))).label("vague"),
        func.count(distinct(case((c.place > 0, c.page)))).label("pages"),
        func.count(case((nesting, 1))).label("nesting"),
    ).where(c.post_key == post_key)).one()
    a = address.c
    stated = connection.execute(select(func.max(a.comments_stated)).where(a.post_key == post_key)).scalar()
    return Gaps(row.comments_reported, stated, held.stored, held.vague, held.pages, held.nesting > 0, _is_exhausted(connection, post_key))


def _is_exhausted(connection: Connection, post_key: str) -> bool:
    """Whether a source has told all it knows since the page of the post was last read."""
    a = address.c
    of_thread = select(func.max(a.fetched_at)).where(a.post_key == post_key)
    told = connection.execute(of_thread.where(a.kind == "completion", a.state == "done", a.reason == TOLD_ALL)).scalar()
    read = connection.execute(of_thread.where(a.kind.in_(("post", "start")))).scalar()
    return told is not None and (read is None or told >= read)
