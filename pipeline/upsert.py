"""Statements that may be repeated at will: insert, or bring the row that has the same key up to date.

Compiled once by SQLAlchemy and handed to the driver as they are: binding 35 columns a row through Core took longer than
SQLite's own work (bench/store.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table, case, func, literal_column, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from pipeline.rows import Row
from schema.tables import metadata

Excluded = ReadOnlyColumnCollection[str, Any]     # Any: columns of every type
# What the first sight of an item settles for ever.
_LASTING = ("key", "first_seen", "post_key")
_NOTHING: ColumnElement[Any] = literal_column("''")      # spelled out: a bound value would need a place in every row
# What describes the text: it comes together, and stays when a later sight has no text (a comment page, a tombstone) or a worse one.
OF_THE_TEXT = ("text", "html", "marks", "language", "content_hash", "platform", "rule", "via", "origin")
# The best known value wins, from the worst to the best way of knowing it; of equals, the latest.
VIA = ("summary", "feed", "export", "api", "page")
PUBLISHED_HOW = ("relative", "date", "local", "zone", "feed", "api", "offset", "epoch")
REPLY_HOW = ("markup", "feed", "api")       # pages stop nesting at some depth; those who keep the thread know the parent itself
AUTHOR_HOW = ("anonymous", "name", "url", "profile")
_OF_THE_TIME = ("published", "published_how")
_OF_THE_REPLY = ("reply_to", "reply_to_how")
_OF_THE_AUTHOR = ("author_url", "author_key", "author_how")
_OF_THE_PLACE = ("page", "place")
_OF_MISSING = ("missed", "missed_at")       # see pipeline.vanished
_WORDS = frozenset(("url", "author", "published_raw", "title", "bio", "source"))


def upsert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Write rows that all have the same columns, as the driver wants their values. No rows: nothing happens."""
    if not rows:
        return
    sql, names = _statement(table.name, connection.dialect.name, tuple(rows[0]))
    if names:
        pick = itemgetter(*names)
        connection.exec_driver_sql(sql, [pick(row) for row in rows])
    else:
        connection.exec_driver_sql(sql, list(rows))


@lru_cache(maxsize=64)
def _statement(table_name: str, dialect: str, columns: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The SQL, and the order of its parameters where the driver counts them instead of naming them."""
    table = metadata.tables[table_name]
    insert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    changes = _changes(table, insert.excluded, columns)
    keys = list(table.primary_key.columns)
    statement = insert.on_conflict_do_update(index_elements=keys, set_=changes)
    compiled = statement.compile(dialect=_dialect(dialect), column_keys=columns)
    return str(compiled), tuple(compiled.positiontup or ())


def _dialect(name: str) -> Dialect:
    return make_url("postgresql+psycopg://" if name == "postgresql" else "sqlite://").get_dialect()()


def _changes(table: Table, new: Excluded, columns: Sequence[str]) -> dict[str, object]:
    """How a row that is there takes up what is new: a value never gives way to nothing."""
    changes: dict[str, object] = {}
    for name in columns:
        if name not in _LASTING and not table.c[name].primary_key:
            changes[name] = _change(table, new, name)
    return changes


def _change(table: Table, new: Excluded, name: str) -> Any:     # Any: an expression of the column's own type
    old = table.c[name]
    if table.name == "skipped":
        return old + new[name]
    if table.name not in ("post", "comment"):
        return new[name]
    if name in OF_THE_TEXT or name in ("changed_at", "removed_how"):
        return _of_the_text(table, new, name)
    if name == "last_seen":
        return case((new[name] > old, new[name]), else_=old)
    if name in _OF_THE_PLACE:
        return case((new["place"] > literal_column("0"), new[name]), else_=old)
    if name == "inferred_at":       # whatever was inferred of the thread is to be looked at again
        return new[name]
    if name in _OF_MISSING:
        return case((_is_back(table, new), new[name]), else_=old)
    if ranked := _ranked(table, new, name):
        return ranked[0]
    return func.coalesce(new[name], old) if old.nullable else new[name]


def _of_the_text(table: Table, new: Excluded, name: str) -> Any:        # Any: an expression of the column's own type
    old, is_better = table.c[name], _is_as_good_and_no_older(table, new)
    has_text, had_none = new["text"] != _NOTHING, table.c.text == _NOTHING
    if name == "removed_how":
        told = case((has_text, new[name]), else_=func.coalesce(new[name], old))
        return case((_is_missing(table), case((_is_back(table, new), new[name]), else_=old)), else_=told)
    if name == "changed_at":
        is_changed = has_text & is_better & (new["content_hash"] != table.c.content_hash)
        return case((is_changed | _is_missing(table) & _is_back(table, new) if table.name == "comment" else is_changed, new[name]), else_=old)
    is_taken = had_none & (has_text | is_better) | has_text & is_better
    if name == "origin":        # the fetch that brought the text that is stored, not the latest that saw it again
        brought = had_none | (new["content_hash"] != table.c.content_hash) | (new["via"] != table.c.via)
        return case((is_taken & brought, new[name]), else_=old)
    return case((is_taken, new[name]), else_=old)


def _ranked(table: Table, new: Excluded, name: str) -> tuple[Any] | None:       # Any: an expression of the column's own type
    """For what is known better from some ways than from others; None for other columns."""
    old = table.c[name]
    if name in _OF_THE_TIME:
        return (case((new["published"].is_not(None) & _is_as_good(table, new, "published_how", PUBLISHED_HOW), new[name]), else_=old),)
    if name in _OF_THE_REPLY:
        return (case((new["reply_to"].is_not(None) & _is_as_good(table, new, "reply_to_how", REPLY_HOW), new[name]), else_=old),)
    if name in _OF_THE_AUTHOR:
        return (case((_knows_author(table, new), new[name]), else_=old),)
    if name in _WORDS:
        better = (new[name] != _NOTHING) & (_is_as_good_and_no_older(table, new) | (old == _NOTHING))
        return (case((better, new[name]), else_=old),)
    if name == "comments_elsewhere":
        return (case((_is_as_good(table, new, "via", VIA) | (old == _NOTHING), new[name]), else_=old),)
    if name in ("kind", "reservations"):      # a feed tells neither a pingback from a comment nor what a page reserves
        return (case((_is_as_good(table, new, "via", VIA), new[name]), else_=old),)
    return None


def _knows_author(table: Table, new: Excluded) -> Any:      # Any: an expression
    """Name, address and key belong together: a better way to know wins, of equals the better sight."""
    now, before = _rank(new["author_how"], AUTHOR_HOW), _rank(table.c.author_how, AUTHOR_HOW)
    return (now > before) | ((now == before) & _is_as_good(table, new, "via", VIA))


def _is_as_good_and_no_older(table: Table, new: Excluded) -> Any:       # Any: an expression
    """What was fetched before the stored text came (an archive that is replayed after an edit) does not bring the old one back."""
    now, before = _rank(new["via"], VIA), _rank(table.c.via, VIA)
    return (now > before) | ((now == before) & (new["last_seen"] >= table.c.changed_at))


def _is_missing(table: Table) -> Any:       # Any: an expression
    return table.c.removed_how.in_([literal_column("'vanished'"), literal_column("'page_gone'")])


def _is_back(table: Table, new: Excluded) -> Any:       # Any: an expression
    """A comment is where it was, and this sight is later than the one that missed it."""
    return _is_as_good_and_no_older(table, new) & (table.c.missed_at.is_(None) | (new["last_seen"] > table.c.missed_at))


def _is_as_good(table: Table, new: Excluded, name: str, ranks: Sequence[str]) -> Any:      # Any: an expression
    return _rank(new[name], ranks) >= _rank(table.c[name], ranks)


def _rank(value: Any, ranks: Sequence[str]) -> Any:     # Any: an expression
    """How good a value is by how it is known: 1 for the first of the names, 0 for none of them."""
    names: dict[Any, Any] = {literal_column(f"'{name}'"): literal_column(str(rank)) for rank, name in enumerate(ranks, 1)}
    return case(names, value=value, else_=literal_column("0"))
