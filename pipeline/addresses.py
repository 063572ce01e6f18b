"""The frontier as rows: every address that a crawl has found, what became of it, and when it is to be asked again.

A row is written in the transaction of the page that it was found on, and is done in that of what was read there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Integer, Row, Text, and_, bindparam, case, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from schema.tables import address, post

State = Literal["waiting", "done", "failed", "refused"]
NOT_MODIFIED = 304
ONLY_THIS_POST = "only this post"       # the reason in the row of a start address that is that of a post, not of a blog
LISTS_REST = timedelta(hours=1)
_KEY = ("blog", "name")


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a blog as it was found: to be fetched, in the order of rank and number."""

    blog: str                           # the start address without its scheme
    name: str                           # how the address counts as seen
    url: str
    kind: str
    rank: int
    number: int
    rule: str = ""
    for_post: str = ""
    is_guess: bool = False
    is_again: bool = False              # it was visited before, and is to be visited once more
    post_key: str = ""
    comments_stated: int | None = None  # by a feed or a list, of the post behind the address


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of an address."""

    blog: str
    name: str
    state: State
    fetched_at: datetime
    status: int | None = None
    reason: str = ""
    etag: str = ""
    last_modified: str = ""
    content_hash: str = ""
    post_key: str = ""
    next_visit: datetime | None = None      # None: never again of its own accord


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an address when a run begins."""

    name: str
    url: str
    kind: str
    is_waiting: bool
    is_visited: bool        # by an earlier run
    post_key: str
    comments_stated: int | None
    number: int


@dataclass(frozen=True, slots=True)
class Recalled:
    """What the last visit left behind."""

    etag: str
    last_modified: str
    content_hash: str
    post_key: str
    status: int | None
    attempts: int
    comments_stated: int | None
    fetched_at: datetime | None
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Validators:
    """By what it will be seen whether a page has changed."""

    blog: str
    name: str
    etag: str
    last_modified: str
    content_hash: str


def known(connection: Connection, blog: str) -> Iterator[Known]:
    """All addresses of a blog."""
    c = address.c
    wanted = select(c.name, c.url, c.kind, c.state, c.done_run, c.post_key, c.comments_stated, c.number).where(c.blog == blog)
    for row in connection.execution_options(yield_per=1000).execute(wanted):
        yield Known(row.name, row.url, row.kind, row.state == "waiting", row.done_run is not None, row.post_key, row.comments_stated, row.number)


def waiting(connection: Connection, blog: str, *, posts: bool, after: tuple[int, int], most: int) -> list[Address]:
    """The best of what waits behind that rank and number: posts, or everything else but the start address."""
    c = address.c
    behind = or_(c.rank > after[0], and_(c.rank == after[0], c.number > after[1]))
    kinds: ColumnElement[bool] = c.kind == "post" if posts else c.kind.not_in(("post", "start"))
    rows = connection.execute(
        select(address).where(c.blog == blog, c.state == "waiting", behind, kinds).order_by(c.rank, c.number, c.name).limit(most),
    )
    return [_address(row) for row in rows]


def _address(row: Row[Any]) -> Address:     # Any: all columns
    return Address(
        row.blog, row.name, row.url, row.kind, row.rank, row.number, row.rule, row.for_post, row.is_guess, row.done_run is not None,
        row.post_key, row.comments_stated,
    )


def recall(connection: Connection, blog: str, name: str) -> Recalled | None:
    """What the last visit of an address left behind; None for one that is not known."""
    c = address.c
    wanted = select(
        c.etag, c.last_modified, c.content_hash, c.post_key, c.status, c.attempts, c.comments_stated, c.fetched_at, c.changed_at,
    ).where(c.blog == blog, c.name == name)
    row = connection.execute(wanted).one_or_none()
    return Recalled(*row) if row else None


def is_post(connection: Connection, blog: str) -> bool:
    """Whether an earlier run has found that the start address is that of a post."""
    c = address.c
    return connection.execute(select(c.name).where(c.blog == blog, c.kind == "start", c.reason == ONLY_THIS_POST)).first() is not None


def served_apart(connection: Connection, blog: str, name: str) -> list[Address]:
    """Where the comments of the post at that address are kept, if that is not in its page: they change without it."""
    c, of = address.c, address.alias()
    same = (of.c.blog == blog) & (of.c.name == name) & (of.c.post_key == c.post_key) & (c.post_key != "")
    rows = connection.execute(select(address).join(of, same).where(c.blog == blog, c.kind == "comments", c.for_post != "").order_by(c.number))
    return [_address(row) for row in rows]


def stated(connection: Connection, blog: str) -> dict[str, int]:
    """By post key, the numbers of comments that feeds and lists state of posts which do not state one themselves."""
    is_silent = (post.c.key == address.c.post_key) & post.c.comments_reported.is_(None)
    wanted = select(address.c.post_key, address.c.comments_stated).join(post, is_silent)
    found = connection.execute(wanted.where(address.c.blog == blog, address.c.comments_stated.is_not(None)).order_by(address.c.number))
    return {row.post_key: row.comments_stated for row in found}


def blocked(connection: Connection, blog: str) -> set[str]:
    """The keys of posts some page or source of whose threads is there but could not be had."""
    c = address.c
    missed = c.kind.in_(("comments", "completion")) & c.state.in_(("failed", "refused")) & c.reason.not_in(("not found", "not needed"))
    return set(connection.execute(select(c.post_key).where(c.blog == blog, missed, c.status.is_distinct_from(200))).scalars())


def posts(connection: Connection, blog: str) -> set[str]:
    """The keys of the posts of a blog that are stored."""
    c = address.c
    wanted = select(c.post_key).join(post, post.c.key == c.post_key).where(c.blog == blog, c.kind.in_(("post", "start")))
    return set(connection.execute(wanted).scalars())


def home(connection: Connection, blog: str) -> str:
    """The host of the stored posts of a blog; "" where there are none. Many a blog's feed is kept on another host."""
    is_post = (post.c.key == address.c.post_key) & (address.c.blog == blog) & address.c.kind.in_(("post", "start"))
    wanted = select(post.c.source).join(address, is_post).group_by(post.c.source).order_by(func.count().desc(), post.c.source).limit(1)
    return connection.execute(wanted).scalar() or ""


def make_due(connection: Connection, blog: str, now: datetime, post_rank: int) -> None:
    """Let wait again what is to be visited by now; posts come at that rank.

    As long as posts wait that nobody has read yet, lists that have just been asked are not: a run that was broken off, or
    stopped at a limit, is to get on.
    """
    c = address.c
    due = (c.blog == blog) & (c.state != "waiting") & (c.next_visit <= now)
    unread = select(c.name).where(c.blog == blog, c.kind == "post", c.state == "waiting", c.done_run.is_(None)).limit(1)
    if connection.execute(unread).first():
        due &= c.kind.not_in(("feed", "sitemap")) | (c.fetched_at < now - LISTS_REST)
    rank = case((c.kind == "post", post_rank), (c.kind == "comments", post_rank + 1), else_=c.rank)
    connection.execute(update(address).where(due).values(state="waiting", rank=rank, next_visit=None))


def note_found(connection: Connection, run: int, found: Iterable[Address]) -> None:
    """Keep addresses: new ones wait, and so do those that are to be visited again; of others only the number of comments is new."""
    rows = {(one.blog, one.name): one for one in found}
    ordered = [rows[key] for key in sorted(rows)]       # always the same order: two runs at once must not wait for each other
    _insert(connection, [_row(one, run) for one in ordered if not one.is_again], again=False)
    _insert(connection, [_row(one, run) for one in ordered if one.is_again], again=True)


def _insert(connection: Connection, rows: Sequence[dict[str, object]], *, again: bool) -> None:
    if not rows:
        return
    statement = postgresql.insert(address) if connection.dialect.name == "postgresql" else sqlite.insert(address)
    changes: dict[str, Any] = {"comments_stated": func.coalesce(statement.excluded.comments_stated, address.c.comments_stated)}
    if again:
        changes |= {"state": "waiting", "rank": statement.excluded.rank, "next_visit": None}
    connection.execute(statement.on_conflict_do_update(index_elements=list(_KEY), set_=changes), rows)


def _row(one: Address, run: int) -> dict[str, object]:
    return {
        "blog": one.blog, "name": one.name, "url": one.url, "kind": one.kind, "rank": one.rank, "number": one.number,
        "rule": one.rule, "for_post": one.for_post, "is_guess": one.is_guess, "comments_stated": one.comments_stated,
        "state": "waiting", "reason": "", "attempts": 0, "found_run": run, "etag": "", "last_modified": "", "content_hash": "", "post_key": one.post_key,
    }


def note_visits(connection: Connection, run: int, visits: Iterable[Visit]) -> None:
    """Keep what became of addresses. What a visit did not learn stays as it was: an unchanged page (304) leaves all but the date."""
    rows = [_visit_row(one, run) for one in sorted(visits, key=lambda one: (one.blog, one.name))]
    if rows:
        connection.execute(_VISITED, rows)


def keep_validators(connection: Connection, validators: Sequence[Validators]) -> int:
    """Keep those of pages that were visited; no comment is gone by that."""
    c = address.c
    for one in sorted(validators, key=lambda one: (one.blog, one.name)):
        of_page = (c.blog == one.blog) & (c.name == one.name)
        connection.execute(update(address).where(of_page).values(etag=one.etag, last_modified=one.last_modified, content_hash=one.content_hash))
    return 0


def _visit_row(one: Visit, run: int) -> dict[str, object]:
    return {
        "of_blog": one.blog, "of_name": one.name, "new_state": one.state, "new_reason": one.reason, "new_status": one.status, "new_run": run,
        "new_etag": one.etag, "new_modified": one.last_modified, "new_hash": one.content_hash, "new_key": one.post_key,
        "at": one.fetched_at, "next": one.next_visit, "failed": int(one.state == "failed"), "kept": int(one.status == NOT_MODIFIED or one.state != "done"),
    }


def _visited() -> Any:      # Any: an Update with all its parameters
    c = address.c
    at, next_visit = bindparam("at", type_=c.fetched_at.type), bindparam("next", type_=c.next_visit.type)
    status = bindparam("new_status", type_=Integer)
    kept, digest, key = bindparam("kept", type_=Integer), bindparam("new_hash", type_=Text), bindparam("new_key", type_=Text)
    is_new = (kept == 0) & (digest != c.content_hash)
    return update(address).where(c.blog == bindparam("of_blog"), c.name == bindparam("of_name")).values(
        state=bindparam("new_state"),
        reason=case((status == NOT_MODIFIED, c.reason), else_=bindparam("new_reason", type_=Text)),
        status=status,
        attempts=case((bindparam("failed", type_=Integer) == 1, c.attempts + 1), else_=0),
        done_run=bindparam("new_run"),
        etag=case((kept == 1, c.etag), else_=bindparam("new_etag")),
        last_modified=case((kept == 1, c.last_modified), else_=bindparam("new_modified")),
        content_hash=case((kept == 1, c.content_hash), else_=digest),
        post_key=case((key == "", c.post_key), else_=key),
        fetched_at=at,
        changed_at=case((is_new, at), else_=c.changed_at),
        next_visit=next_visit,
    )


_VISITED = _visited()
