"""Earlier texts of edited posts and comments: what an edit replaces is kept, as a row of `revision`, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select
from sqlalchemy import Row as DatabaseRow

from pipeline.flow import in_batches
from pipeline.rows import storable
from schema.items import Item, Post
from schema.tables import comment, post, revision


def keep(connection: Connection, items: Sequence[Item], now: datetime) -> int:
    """Before these items are stored: keep the texts that they are going to replace because somebody edited them; how many."""
    number = 0
    for table, kind in ((post, True), (comment, False)):
        edited = [item for item in items if isinstance(item, Post) is kind]
        for batch in in_batches(edited, 500):
            number += _keep(connection, table, {item.key: item for item in batch}, now)
    return number


def counts(connection: Connection, keys: Iterable[str]) -> Mapping[str, int]:
    """How many earlier texts each of these items has; those without any are left out."""
    found: dict[str, int] = {}
    for batch in in_batches(keys, 500):
        query = select(revision.c.item_key, func.count()).where(revision.c.item_key.in_(batch)).group_by(revision.c.item_key)
        found.update((key, number) for key, number in connection.execute(query))
    return found


def _keep(connection: Connection, table: Table, items: Mapping[str, Item], now: datetime) -> int:
    stored = connection.execute(select(*_columns(table)).where(table.c.key.in_(items))).all()
    replaced = sorted((row for row in stored if _is_edit(row, items[row.key], now)), key=lambda row: str(row.key))
    last = _last_numbers(connection, [row.key for row in replaced])
    if replaced:
        rows = [_revision(row, last.get(row.key, 0) + 1, items[row.key].fetched_at or now) for row in replaced]
        connection.execute(insert(revision), rows)
    return len(replaced)


def _columns(table: Table) -> list[Any]:    # Any: columns of every type
    title = [table.c.title] if table is post else []
    c = table.c
    return [c.key, *title, c.text, c.html, c.marks, c.via, c.origin, c.content_hash, c.changed_at, c.last_seen]


def _is_edit(row: DatabaseRow[*tuple[Any, ...]], item: Item, now: datetime) -> bool:     # Any: columns of every type
    """Other words that came the same way, and later. The same HTML read otherwise is a better reading, a better way no edit, either."""
    if item.via != row.via or not (row.text and item.text) or (item.fetched_at or now) < row.changed_at:
        return False
    if item.html and storable(item.html) == row.html:
        return False
    return storable(item.text) != row.text or (isinstance(item, Post) and bool(item.title) and storable(item.title) != row.title)


def _last_numbers(connection: Connection, keys: Sequence[str]) -> Mapping[str, int]:
    query = select(revision.c.item_key, func.max(revision.c.number)).where(revision.c.item_key.in_(keys)).group_by(revision.c.item_key)
    return {key: number for key, number in connection.execute(query)} if keys else {}   # noqa: C416  a Row is no pair to mypy


def _revision(row: DatabaseRow[*tuple[Any, ...]], number: int, replaced_at: datetime) -> dict[str, object]:     # Any: as above
    return {
        "item_key": row.key, "number": number, "title": getattr(row, "title", ""), "text": row.text, "html": row.html, "marks": row.marks,
        "via": row.via, "origin": row.origin, "content_hash": row.content_hash,
        "first_seen": row.changed_at, "last_seen": row.last_seen, "replaced_at": replaced_at,
    }
