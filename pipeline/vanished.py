"""Comments that are no longer where they were. Their rows and texts stay; `removed_how` says what became of them.

One that two complete readings of its thread did not show has `vanished`; those of a post whose page was gone (404, 410) on two visits
at least a day apart have gone with it (`page_gone`). Whoever is seen again is back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, case, func, or_, select, update

from schema.tables import address, comment, post

READINGS = 2                            # complete ones: caches and moderation queues let comments flicker
GONE_FOR = timedelta(days=1)            # a night's maintenance is no deletion
LOOK_AGAIN_AFTER = timedelta(hours=6)   # as for a thread in full swing


@dataclass(frozen=True, slots=True)
class ThreadReading:
    """One complete, successful reading of all pages of a thread."""

    post_key: str
    at: datetime                        # when the last of its pages was fetched
    seen: frozenset[str]                # the keys of all comments on them
    is_partly_unchanged: bool = False   # some pages answered 304: they show what they showed, and lack what they lacked


def judge(connection: Connection, reading: ThreadReading) -> int:
    """Note which known comments this reading did not show; how many of them have vanished by now."""
    missing = [row for row in connection.execute(_candidates(reading)).all() if row.key not in reading.seen]
    if not missing:
        return 0
    gone = [row.key for row in missing if row.missed + 1 >= READINGS]
    changes = [{"of": row.key, "new_at": reading.at, "new_how": "vanished" if row.key in gone else None} for row in missing]
    connection.execute(_MISSED, sorted(changes, key=lambda change: str(change["of"])))
    if len(gone) < len(missing):
        _look_again(connection, reading)
    return len(gone)


def suspect(connection: Connection, reading: ThreadReading, page: int) -> int:
    """One further comment page was read, by itself. Where it does not show all that stood on it, the thread is to be read as a whole; nobody is gone by that."""
    stood_there = connection.execute(_candidates(reading).where(comment.c.page == page)).all()
    if any(row.key not in reading.seen for row in stood_there):
        _look_again(connection, reading)
    return 0


def _candidates(reading: ThreadReading) -> Any:     # Any: a Select over columns of several types
    """What this reading would have shown: it was seen on a page or by an API before, not later, and is not known to be removed.

    Feeds hold the newest comments only, so who was seen nowhere else cannot be missed.
    """
    c = comment.c
    query = select(c.key, c.missed).where(
        c.post_key == reading.post_key, c.removed_how.is_(None), or_(c.place > 0, c.via == "api"), c.last_seen < reading.at,
        or_(c.missed_at.is_(None), c.missed_at < reading.at),
    )
    return query.where(c.missed > 0) if reading.is_partly_unchanged else query


_MISSED = update(comment).where(comment.c.key == bindparam("of")).values(
    missed=comment.c.missed + 1,
    missed_at=func.coalesce(comment.c.missed_at, bindparam("new_at", type_=comment.c.missed_at.type)),
    removed_how=bindparam("new_how", type_=comment.c.removed_how.type),
    changed_at=case(
        (bindparam("new_how", type_=comment.c.removed_how.type).is_(None), comment.c.changed_at), else_=bindparam("new_at", type_=comment.c.changed_at.type),
    ),
)


def _look_again(connection: Connection, reading: ThreadReading) -> None:
    """The second reading must be a whole one: without validators, no server can answer that nothing has changed."""
    a, soon = address.c, reading.at + LOOK_AGAIN_AFTER
    moment = bindparam("soon", soon, type_=a.next_visit.type)
    connection.execute(update(address).where(a.post_key == reading.post_key).values(
        etag="", last_modified="", content_hash="",
        next_visit=case((a.kind == "post", case((a.next_visit < moment, a.next_visit), else_=moment)), else_=a.next_visit),
    ))


def page_gone(connection: Connection, post_key: str, at: datetime) -> int:
    """The page of a post answered that it is gone; how many comments have gone with it by now."""
    c = comment.c
    of_post = (c.post_key == post_key) & c.removed_how.is_(None) & (c.last_seen < at)
    gone = update(comment).where(of_post, c.missed_at <= at - GONE_FOR).values(removed_how="page_gone", changed_at=at)
    number = connection.execute(gone).rowcount
    connection.execute(update(comment).where(of_post, c.missed_at.is_(None)).values(missed_at=at))
    return number


def seen_again(connection: Connection, post_key: str, at: datetime) -> int:
    """The page of a post has not changed: the post and the comments that it last showed are seen once more. None is gone by that."""
    c = comment.c
    connection.execute(update(post).where(post.c.key == post_key, post.c.last_seen < at).values(last_seen=at))
    shown = (c.post_key == post_key) & _is_shown()
    back = shown & (c.missed_at < at)
    connection.execute(update(comment).where(back).values(missed_at=None, removed_how=case((c.removed_how == "page_gone", None), else_=c.removed_how)))
    connection.execute(update(comment).where(shown, c.last_seen < at).values(last_seen=at))
    return 0


def _is_shown() -> ColumnElement[bool]:
    c = comment.c
    return (c.missed == 0) & (c.removed_how.is_(None) | c.removed_how.not_in(("vanished",)))
