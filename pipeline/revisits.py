"""When a post is visited again: the longer its thread has been quiet, the later; see docs/revisits.md for the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from schema.tables import comment, post

SHARE = 0.5                             # of the time since something last happened
SOONEST = timedelta(hours=6)            # also for a thread in full swing: what is missed is not lost, the next visit brings it
LATEST = timedelta(days=90)             # old posts draw spam and late answers, and bloggers take comments away
ENDED_AFTER = timedelta(days=2 * 365)   # a thread that its blog has closed, and in which nothing happened for so long, has ended


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of the life of a thread."""

    last_event: datetime | None         # the post, its last comment, or the last change that hubbub saw
    is_closed: bool = False             # the blog takes no more comments


def next_visit(now: datetime, life: Life) -> datetime | None:
    """The moment of the next visit; None: never again, unless a feed or a list tells of news."""
    quiet = max(now - life.last_event, timedelta(0)) if life.last_event else timedelta(0)
    if life.is_closed and quiet > ENDED_AFTER:
        return None
    return now + min(max(quiet * SHARE, SOONEST), LATEST)


def life_of(connection: Connection, post_key: str, now: datetime) -> Life | None:
    """The life of a stored thread; None where there is no such post."""
    p, c = post.c, comment.c
    known = connection.execute(select(p.published, p.first_seen, p.changed_at, p.comments_closed).where(p.key == post_key)).one_or_none()
    if known is None:
        return None
    said = connection.execute(select(func.max(c.published), func.max(c.first_seen), func.max(c.changed_at)).where(c.post_key == post_key)).one()
    seen = [moment for moment in (known.changed_at, *said[1:]) if moment and moment > known.first_seen]    # else it is only that we came then
    events = [moment for moment in (known.published, said[0], *seen) if moment and moment <= now]
    return Life(max(events, default=known.first_seen), bool(known.comments_closed))
