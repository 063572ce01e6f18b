"""What is stored of one blog, and what of it is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, case, func, select

from schema.tables import address, comment, post


@dataclass(frozen=True, slots=True)
class Holdings:
    """Posts and comments of a blog, pings not among them."""

    posts: int
    comments: int
    new_posts: int
    new_comments: int

    def __str__(self) -> str:
        """In plain words, as a source's last outcome says it."""
        new = [_many(number, f"new {thing}") for number, thing in ((self.new_posts, "post"), (self.new_comments, "comment")) if number]
        if (self.new_posts, self.new_comments) == (self.posts, self.comments):
            return ", ".join(new) or "no posts yet"
        return f"{', '.join(new) or 'nothing new'}; {_many(self.posts, 'post')} and {_many(self.comments, 'comment')} in all"


def of_blog(connection: Connection, blog: str, since: datetime) -> Holdings:
    """The holdings of the blog at an address (see the table `address`); new is what was first seen at that moment or later."""
    keys = select(address.c.post_key).where(address.c.blog == blog, address.c.post_key != "")
    posts, new_posts = _counted(connection, post, since, post.c.key.in_(keys))
    comments, new_comments = _counted(connection, comment, since, comment.c.post_key.in_(keys), comment.c.kind == "comment")
    return Holdings(posts, comments, new_posts, new_comments)


def was_asked(connection: Connection, blog: str, since: datetime) -> bool:
    """Whether there has been an answer, good or bad, from the blog's own address at that moment or later."""
    asked = select(func.count()).where(address.c.blog == blog, address.c.kind == "start", address.c.fetched_at >= since)
    return bool(connection.execute(asked).scalar_one())


def has_posts(connection: Connection, blog: str) -> bool:
    """Whether posts of the blog are stored."""
    stored = select(address.c.post_key).join(post, post.c.key == address.c.post_key).where(address.c.blog == blog).limit(1)
    return connection.execute(stored).first() is not None


def has_more(connection: Connection, blog: str) -> bool:
    """Whether addresses of the blog still wait."""
    return bool(connection.execute(select(func.count()).where(address.c.blog == blog, address.c.state == "waiting")).scalar_one())


def _counted(connection: Connection, table: Table, since: datetime, *conditions: object) -> tuple[int, int]:
    new = func.coalesce(func.sum(case((table.c.first_seen >= since, 1), else_=0)), 0)
    every, fresh = connection.execute(select(func.count(), new).select_from(table).where(*conditions)).one()    # type: ignore[arg-type]  # conditions
    return int(every), int(fresh)


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing if number == 1 else f'{thing}s'}"
