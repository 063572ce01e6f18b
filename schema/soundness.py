"""Whether a database is in order: what the engine says of its file, and rows that belong to nothing that is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, FromClause, Select, exists, func, or_, select

from schema.tables import comment, feature, links, post, tag

# What an orphan is, and how to find it. Foreign keys forbid most; a crash of the disk or an edit by hand does not ask them.
_ITEM_TABLES = {"links": links, "features": feature, "tags": tag}


@dataclass(frozen=True, slots=True)
class Soundness:
    """What an examination found."""

    integrity: str              # "ok", or what the engine says is wrong
    posts: int
    comments: int
    orphans: dict[str, int]     # by kind, all kinds named

    def lines(self) -> Iterator[tuple[str, str]]:
        """For people: what was looked at and how it is."""
        yield "integrity", self.integrity
        yield "posts", str(self.posts)
        yield "comments", str(self.comments)
        yield "orphans", ", ".join(f"{kind} {count}" for kind, count in self.orphans.items())

    def faults(self) -> str:
        """What is wrong, as part of a sentence; "" when nothing is."""
        broken = [] if self.integrity == "ok" else [self.integrity]
        lost = [f"{count} {kind} belong to nothing that is stored" for kind, count in self.orphans.items() if count]
        return "; ".join([*broken, *lost])


def examine(connection: Connection) -> Soundness:
    """Look at everything once; takes a while on a large database."""
    return Soundness(
        integrity=_integrity(connection),
        posts=_count(connection, select(func.count()).select_from(post)),
        comments=_count(connection, select(func.count()).select_from(comment)),
        orphans={kind: _count(connection, query) for kind, query in _orphans()},
    )


def _integrity(connection: Connection) -> str:
    """PostgreSQL checks its pages itself while reading them; only SQLite has to be asked."""
    if connection.dialect.name != "sqlite":
        return "ok"
    said = connection.exec_driver_sql("PRAGMA integrity_check(3)").scalars().all()
    return "; ".join(" ".join(str(line).split()) for line in said)


def _count(connection: Connection, query: Select[int]) -> int:
    return connection.execute(query).scalar_one()


def _orphans() -> Iterator[tuple[str, Select[int]]]:
    yield "comments", select(func.count()).select_from(comment).where(~exists().where(post.c.key == comment.c.post_key))
    answered = comment.alias()
    yield "replies", select(func.count()).select_from(comment).where(
        comment.c.reply_to.is_not(None), ~exists().where(answered.c.key == comment.c.reply_to)
    )
    for kind, table in _ITEM_TABLES.items():
        yield kind, select(func.count()).select_from(table).where(~_stored(table))


def _stored(table: FromClause) -> ColumnElement[bool]:
    return or_(exists().where(post.c.key == table.c.item_key), exists().where(comment.c.key == table.c.item_key))
