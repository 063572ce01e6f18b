"""Rows back to items, by whole threads and in batches: the memory it takes does not grow with the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Table, select

from pipeline.flow import in_batches
from schema.items import Comment, Mark, Post, TextLink, Thread
from schema.tables import comment, links, post

T = TypeVar("T", Post, Comment)

POSTS_AT_ONCE = 50      # threads in memory; a blog's busiest have some thousand comments
KEYS_AT_ONCE = 500      # of one IN list: SQLite before 3.32 takes 999 parameters


def post_keys(connection: Connection, size: int = POSTS_AT_ONCE) -> Iterator[list[str]]:
    """The keys of all posts, in batches and in order; posts that come in meanwhile do no harm."""
    last = ""
    while True:
        query = select(post.c.key).where(post.c.key > last).order_by(post.c.key).limit(size)
        batch = list(connection.execute(query).scalars())
        if not batch:
            return
        yield batch
        last = batch[-1]


def threads(connection: Connection, keys: Iterable[str] | None = None) -> Iterator[Thread]:
    """The threads of these posts (None: of all), each whole, comments as displayed; without the source HTML."""
    batches = post_keys(connection) if keys is None else in_batches(keys, POSTS_AT_ONCE)
    for batch in batches:
        yield from _threads(connection, batch)


def _threads(connection: Connection, keys: Sequence[str]) -> Iterator[Thread]:
    posts = connection.execute(select(*_columns(post, Post)).where(post.c.key.in_(keys)).order_by(post.c.key)).mappings().all()
    in_place = select(*_columns(comment, Comment)).where(comment.c.post_key.in_(keys)).order_by(comment.c.post_key, *_as_displayed())
    comments = connection.execute(in_place).mappings().all()
    linked = links_of(connection, [row["key"] for row in (*posts, *comments)])
    by_post: dict[str, list[Comment]] = {}
    for row in comments:
        by_post.setdefault(row["post_key"], []).append(_item(Comment, row, linked))
    for row in posts:
        yield Thread(_item(Post, row, linked), tuple(by_post.get(row["key"], ())))


def _columns(table: Table, kind: type[T]) -> list[Any]:  # Any: columns of every type
    """The columns that are fields of the item; the HTML is large, and the text is made from it."""
    names = {field.name for field in fields(kind)} - {"html"}
    return [column for column in table.columns if column.name in names]


def _as_displayed() -> list[Any]:  # Any: columns of every type
    return [comment.c.position, comment.c.page, comment.c.place, comment.c.key]


def links_of(connection: Connection, keys: Sequence[str]) -> Mapping[str, list[TextLink]]:
    """The links of these items, by the item's key and as they stand in its text."""
    found: dict[str, list[TextLink]] = {}
    for batch in in_batches(keys, KEYS_AT_ONCE):
        query = select(links).where(links.c.item_key.in_(batch)).order_by(links.c.item_key, links.c.number)
        for row in connection.execute(query).mappings():
            found.setdefault(row["item_key"], []).append(TextLink(row["url"], row["anchor"], row["start"], row["end"]))
    return found


def _item(kind: type[T], row: RowMapping, linked: Mapping[str, list[TextLink]]) -> T:
    values = dict(row)
    values["marks"] = tuple(Mark(mark["start"], mark["end"], mark["kind"]) for mark in values["marks"] or ())
    return kind(**values, links=tuple(linked.get(values["key"], ())))
