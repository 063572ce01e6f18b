"""The pass that stores inferred reply edges: over flat threads that are new or have changed since it last looked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, exists, select, update
from sqlalchemy import Row as DatabaseRow

from pipeline.flow import in_batches
from pipeline.replies import Edge, Turn, infer
from schema.tables import comment, post

STORED_FROM = 0.5       # below, an edge would be a guess
_AT_A_TIME = 50         # threads a transaction


def infer_edges(engine: Engine) -> int:
    """Infer who answers whom where the page does not tell; how many edges were found. What is up to date is left alone."""
    with engine.connect() as connection:
        keys = list(connection.execute(_due()).scalars())
    found = 0
    for some in in_batches(keys, _AT_A_TIME):
        with engine.begin() as connection:
            found += sum(_infer(connection, key) for key in some)
    return found


def _due() -> Any:      # Any: a Select of one text column
    """Flat threads that were stored since their edges were inferred, and threads that are flat no more."""
    has_edges = exists().where(comment.c.post_key == post.c.key, comment.c.reply_to_inferred.is_not(None))
    new = (post.c.threading == "flat") & post.c.inferred_at.is_(None)
    was_flat = (post.c.threading != "flat") & has_edges
    return select(post.c.key).where(new | was_flat).order_by(post.c.key)


def _infer(connection: Connection, key: str) -> int:
    one = connection.execute(select(post).where(post.c.key == key)).one()
    edges: dict[str, Edge] = {}
    turns = list(_turns(connection, key))
    if one.threading == "flat":
        edges = infer(turns, post_text=one.text, post_author=one.author)
        edges = {answer: edge for answer, edge in edges.items() if edge.confidence >= STORED_FROM}
    _write(connection, turns, edges)
    connection.execute(update(post).where(post.c.key == key).values(inferred_at=datetime.now(UTC)))
    return len(edges)


def _turns(connection: Connection, key: str) -> Iterator[Turn]:
    c = comment.c
    wanted = select(c.key, c.author, c.text, c.by_post_author, c.marks)
    for row in connection.execute(wanted.where(c.post_key == key, c.kind == "comment").order_by(c.position)):
        yield Turn(row.key, row.author, row.text, bool(row.by_post_author), tuple(_quotes(row)))


def _quotes(row: DatabaseRow[*tuple[Any, ...]]) -> Iterator[str]:
    for mark in row.marks:
        if mark["kind"] == "quote":
            yield row.text[mark["start"]:mark["end"]]


def _write(connection: Connection, turns: Sequence[Turn], edges: dict[str, Edge]) -> None:
    rows = [
        {
            "answer": turn.key,
            "reply_to_inferred": edges[turn.key].reply_to if turn.key in edges else None,
            "reply_confidence": edges[turn.key].confidence if turn.key in edges else None,
        }
        for turn in turns
    ]
    changes: dict[str, Any] = {name: bindparam(name) for name in ("reply_to_inferred", "reply_confidence")}
    connection.execute(update(comment).where(comment.c.key == bindparam("answer")).values(changes), rows)
