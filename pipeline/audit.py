"""What is learnt of a thread's completeness away from its page: numbers in feeds and lists, and why comments could not be had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, select, update

from pipeline.flow import in_batches
from pipeline.threads import completeness
from schema.tables import comment, post

_LACKING = ("partial", "none")


def fill_reported(engine: Engine, numbers: Mapping[str, int]) -> None:
    """Give the posts (by key) that state no number themselves the one that a feed or list states; unknown posts stay unknown.

    Feeds count pings among the comments where there are any (WordPress' `slash:comments`), so these are taken off.
    """
    with engine.begin() as connection:
        for keys in in_batches(sorted(numbers), 500):
            _write(connection, list(_filled(connection, keys, numbers)))


def note_reasons(engine: Engine, reasons: Mapping[str, str]) -> None:
    """Say of the posts (by key) whose threads lack comments for no known reason why they do."""
    with engine.begin() as connection:
        for keys in in_batches(sorted(reasons), 500):
            lacking = select(post.c.key).where(post.c.key.in_(keys), post.c.completeness.in_(_LACKING), post.c.completeness_reason == "")
            _write(connection, [{"row": key, "completeness_reason": reasons[key]} for key in connection.execute(lacking).scalars()])


def _filled(connection: Connection, keys: Sequence[str], numbers: Mapping[str, int]) -> Iterator[dict[str, object]]:
    pings = select(func.count()).where(comment.c.post_key == post.c.key, comment.c.kind != "comment").scalar_subquery()
    silent = select(post.c.key, post.c.comments_stored, post.c.comments_elsewhere, pings.label("pings"))
    for row in connection.execute(silent.where(post.c.key.in_(keys), post.c.comments_reported.is_(None))):
        state, reason = completeness(numbers[row.key] - row.pings, row.comments_stored, row.comments_elsewhere)
        yield {
            "row": row.key, "comments_reported": numbers[row.key], "pings_reported": row.pings or None,
            "completeness": state, "completeness_reason": reason,
        }


def _write(connection: Connection, changes: list[dict[str, object]]) -> None:
    if changes:
        values: dict[str, Any] = {name: bindparam(name) for name in changes[0] if name != "row"}     # Any: a parameter of any type
        connection.execute(update(post).where(post.c.key == bindparam("row")).values(values), changes)
