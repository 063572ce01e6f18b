"""Keeps `duplicate_group` of the stored comments up to date: fingerprints of what is new or changed, then the groups of all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, Select, bindparam, func, or_, select, update

from pipeline.fingerprints import Fingerprint, fingerprint
from pipeline.flow import in_batches
from pipeline.rows import Row
from pipeline.upsert import upsert
from schema import tables
from schema.tables import comment

AT_ONCE = 500
_kept = tables.fingerprint


def group_duplicates(engine: Engine) -> int:
    """How many comments changed their group. The fingerprints stay, whatever happens meanwhile; nothing is done where nothing is new."""
    with engine.connect() as reading:
        stale: list[str] = list(reading.execute(_stale()).scalars())
    for keys in in_batches(stale, AT_ONCE):
        with engine.begin() as connection:
            _keep(connection, keys)
    with engine.begin() as connection:
        return _regroup(connection) if _is_ungrouped(connection) else 0


def _stale() -> Select[str]:
    joined = comment.outerjoin(_kept, _kept.c.item_key == comment.c.key)
    is_stale = or_(_kept.c.content_hash.is_(None), _kept.c.content_hash != comment.c.content_hash)
    return select(comment.c.key).select_from(joined).where(is_stale).order_by(comment.c.key)


def _keep(connection: Connection, keys: Sequence[str]) -> None:
    c = comment.c
    rows = connection.execute(select(c.key, c.content_hash, c.text).where(c.key.in_(keys)).order_by(c.key)).all()
    upsert(connection, _kept, [_row(row.key, row.content_hash, fingerprint(row.text)) for row in rows])


def _row(key: str, content_hash: str, kept: Fingerprint) -> Row:
    return {"item_key": key, "content_hash": content_hash, "words_hash": kept.words_hash, "signature": kept.signature, "is_grouped": False}


def _is_ungrouped(connection: Connection) -> bool:
    return bool(connection.execute(select(func.count()).select_from(_kept).where(~_kept.c.is_grouped)).scalar_one())


def _regroup(connection: Connection) -> int:
    from pipeline.duplicates import groups  # numpy takes a moment to load

    wanted = select(_kept.c.item_key, _kept.c.words_hash, _kept.c.signature, comment.c.duplicate_group).join(comment, comment.c.key == _kept.c.item_key)
    rows = connection.execute(wanted.order_by(_kept.c.item_key)).all()
    found = groups([row.item_key for row in rows], (Fingerprint(row.words_hash, row.signature) for row in rows))
    moved = [{"moved": row.item_key, "group": found.get(row.item_key)} for row in rows if row.duplicate_group != found.get(row.item_key)]
    if moved:
        connection.execute(update(comment).where(comment.c.key == bindparam("moved")).values(duplicate_group=bindparam("group")), moved)
    connection.execute(update(_kept).where(~_kept.c.is_grouped).values(is_grouped=True))
    return len(moved)
