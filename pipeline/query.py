"""Named queries: what the commands ask of the views and of what belongs to their rows. No other place asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urldefrag

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, literal_column, or_, select

from pipeline import revisions
from pipeline.flow import in_batches
from pipeline.reader import streaming, understandable_sql
from schema import keys, tables, views

Fields = dict[str, Any]             # Any: columns of every type; names are those of the view or table
View = Literal["posts", "comments"]

POSTS_AT_ONCE = 100
KEYS_AT_ONCE = 500                  # SQLite takes 32,766 parameters, old ones 999

_LINK = (tables.links.c.url, tables.links.c.anchor, tables.links.c.start, tables.links.c.end)
_TAG = (
    tables.tag.c.tagger, tables.tag.c.version, tables.tag.c.tag_run, tables.tag.c.score, tables.tag.c.text_score,
    tables.tag.c.level, tables.tag.c.subtype, tables.tag.c.spans, tables.tag.c.context, tables.tag.c.tagged_at,
)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows are wanted: SQL conditions over the columns of each view; "" is no condition.

    A comment is taken when it meets its condition and its post is taken. With a condition on comments alone, the
    posts are those of the comments that meet it.
    """

    comments: str = ""
    posts: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A post or comment with everything that belongs to it."""

    view: View
    fields: Fields                  # the columns of the view, in its order
    links: tuple[Fields, ...]       # url, anchor, start, end
    marks: tuple[Fields, ...]       # start, end, kind
    tags: tuple[Fields, ...]        # the current judgements, by name of the tagger


@dataclass(frozen=True, slots=True)
class StoredThread:
    """A post and all its comments as displayed; `wanted` is the comment that was asked for, if it was one."""

    post: Record
    comments: tuple[Record, ...]
    wanted: str | None = None
    earlier_versions: Mapping[str, int] = field(default_factory=dict)     # of those that were edited, by key: how many


def records(connection: Connection, selection: Selection) -> Generator[Record]:
    """Each post, by source, time and key, followed by its comments as displayed. The order is the same on both engines."""
    posts = _stream(connection, _posts(selection))
    for batch in in_batches(posts, POSTS_AT_ONCE):
        comments = _comments_of(connection, [post["key"] for post in batch], selection)
        for post in _complete(connection, "posts", batch):
            yield post
            yield from _complete(connection, "comments", comments.get(post.fields["key"], []))


def check(connection: Connection, selection: Selection) -> None:
    """Let the database judge the conditions before anything is written."""
    for view, condition in ((views.posts, selection.posts), (views.comments, selection.comments)):
        if condition:
            list(_stream(connection, select(view.c.key).where(_condition(condition)).limit(1)))


def find_thread(connection: Connection, wanted: str) -> StoredThread | None:
    """The thread of the post or comment with that key or address."""
    key, comment = _find_post(connection, wanted) or _find_comment(connection, wanted) or (None, None)
    if key is None:
        return None
    post = _complete(connection, "posts", _all(connection, select(views.posts).where(views.posts.c.key == key)))
    comments = list(_complete(connection, "comments", _comments_of(connection, [key], Selection()).get(key, [])))
    edited = revisions.counts(connection, [key, *(one.fields["key"] for one in comments)])
    return StoredThread(next(post), tuple(comments), comment, edited)


def _posts(selection: Selection) -> Select[Any]:     # Any: as in Fields
    view, comments = views.posts, views.comments
    query = select(view).order_by(view.c.source, view.c.published.asc().nulls_last(), view.c.key)
    if selection.posts:
        return query.where(_condition(selection.posts))
    if selection.comments:
        return query.where(view.c.key.in_(select(comments.c.post_key).where(_condition(selection.comments))))
    return query


def _condition(words: str) -> ColumnElement[Any]:    # Any: as in Fields
    """A user's own condition, in parentheses that a comment at its end cannot swallow."""
    return literal_column(f"({words}\n)")


def _comments_of(connection: Connection, posts: Sequence[str], selection: Selection) -> dict[str, list[Fields]]:
    view = views.comments
    query = select(view).where(view.c.post_key.in_(posts)).order_by(view.c.position.asc().nulls_last(), view.c.key)
    if selection.comments:
        query = query.where(_condition(selection.comments))
    by_post: dict[str, list[Fields]] = defaultdict(list)
    for comment in _stream(connection, query):
        by_post[comment["post_key"]].append(comment)
    return by_post


def _stream(connection: Connection, query: Select[Any]) -> Iterator[Fields]:     # Any: as in Fields
    with understandable_sql(), streaming(connection).execute(query) as result:
        for row in result:
            yield dict(row._mapping)


def _all(connection: Connection, query: Select[Any]) -> list[Fields]:            # Any: as in Fields
    return [dict(row._mapping) for row in connection.execute(query)]


def _complete(connection: Connection, view: View, rows: Iterable[Fields]) -> Iterator[Record]:
    table = tables.post if view == "posts" else tables.comment
    for batch in in_batches(rows, KEYS_AT_ONCE):
        wanted = [row["key"] for row in batch]
        links = _belonging(connection, tables.links, _LINK, wanted)
        tags = _belonging(connection, tables.tag, _TAG, wanted)
        marks = {row.key: row.marks for row in connection.execute(select(table.c.key, table.c.marks).where(table.c.key.in_(wanted)))}
        for row in batch:
            key = row["key"]
            yield Record(view, row, tuple(links[key]), tuple(marks[key]), tuple(tags[key]))


def _belonging(
    connection: Connection, table: Table, columns: Sequence[ColumnElement[Any]], items: Sequence[str]    # Any: as in Fields
) -> dict[str, list[Fields]]:
    c = table.c
    query = select(c.item_key, *columns).where(c.item_key.in_(items)).order_by(*table.primary_key.columns)
    if table is tables.tag:
        query = query.where(c.current)
    by_item: dict[str, list[Fields]] = defaultdict(list)
    for row in _all(connection, query):
        by_item[row.pop("item_key")].append(row)
    return by_item


def _find_post(connection: Connection, wanted: str) -> tuple[str, str | None] | None:
    """By key or address; where the address points into the page (`#comment-7`), with the comment that has this place."""
    c = views.posts.c
    query = select(c.key).where(or_(c.key.in_((wanted, keys.post_key(wanted))), c.url == wanted)).order_by(c.key).limit(1)
    key = connection.execute(query).scalar()
    return (key, _comment_at(connection, key, urldefrag(wanted).fragment)) if key else None


def _comment_at(connection: Connection, post: str, place: str) -> str | None:
    c = views.comments.c
    if not place:
        return None
    at_place = and_(c.post_key == post, c.url.endswith(f"#{place}", autoescape=True))
    return connection.execute(select(c.key).where(at_place).order_by(c.position).limit(1)).scalar()


def _find_comment(connection: Connection, wanted: str) -> tuple[str, str] | None:
    c = views.comments.c
    either = or_(c.key == wanted, c.url == wanted) if wanted else c.key == wanted
    row = connection.execute(select(c.post_key, c.key).where(either).order_by(c.key).limit(1)).first()
    return (row.post_key, row.key) if row else None
