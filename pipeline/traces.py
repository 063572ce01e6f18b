"""The traces of the stored comments: see pipeline.corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from pipeline.corpus import Index, Trace, hosts
from pipeline.load import links_of, post_keys
from schema.tables import comment


def index(connection: Connection) -> Index:
    """Of all comments."""
    return Index(trace for keys in post_keys(connection) for trace in traces(connection, keys).values())


def traces(connection: Connection, posts: Sequence[str]) -> Mapping[str, Trace]:
    """By key, those of the comments of these posts, post by post."""
    c = comment.c
    wanted = select(c.key, c.post_key, c.source, c.author_url, c.author_key, c.author_how, c.duplicate_group)
    rows = connection.execute(wanted.where(c.post_key.in_(posts)).order_by(c.post_key, c.key)).all()
    linked = links_of(connection, [row.key for row in rows])
    return {
        row.key: Trace(
            row.post_key, row.source, hosts((row.author_url, *(link.url for link in linked.get(row.key, ())))),
            "" if row.author_how == "anonymous" else row.author_key, row.duplicate_group or "",
        )
        for row in rows
    }
