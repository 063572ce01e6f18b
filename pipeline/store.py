"""The Writer: cleaned threads in, rows out, in batches. A post and the comments that came with it go in together;
storing the same thing twice changes nothing.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, select, update
from sqlalchemy import Row as DatabaseRow
from sqlalchemy.exc import SQLAlchemyError

from pipeline.flow import in_batches
from pipeline.rows import Row, Stamp, comment_row, link_rows, post_row, stamp_for, storable
from pipeline.threads import Place, Settled, completeness, settle
from pipeline.upsert import OF_THE_TEXT, upsert
from schema.items import Comment, Item, Post, Skipped, Thread
from schema.tables import comment, links, post, skipped

FLUSH_AFTER = 2.0       # seconds: what a crash could cost at most, beside the batch
MAX_URL = 1000          # of a skipped address; PostgreSQL's indexes refuse rows over 2.7 kB


@dataclass(slots=True)
class Counts:
    """What a Writer has stored so far."""

    posts: int = 0
    comments: int = 0
    new_posts: int = 0
    new_comments: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


class Writer:
    """Stores threads of one run. Use it as a context manager: leaving it flushes what is left, unless the database failed."""

    def __init__(self, engine: Engine, run: int, *, batch_size: int = 500) -> None:
        self.counts = Counts()
        self._engine = engine
        self._run = run
        self._batch_size = batch_size
        self._threads: list[Thread] = []
        self._waiting = 0
        self._skipped: Counter[Skipped] = Counter()
        self._flushed_at = time.monotonic()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if not isinstance(error, SQLAlchemyError):
            self.flush()

    def add(self, thread: Thread) -> None:
        """Take a cleaned thread; it is stored when a batch is full or a moment has passed."""
        self._threads.append(thread)
        self._waiting += 1 + len(thread.comments)
        if self._waiting >= self._batch_size or time.monotonic() - self._flushed_at > FLUSH_AFTER:
            self.flush()

    def skip(self, skip: Skipped) -> None:
        """Count something that was deliberately not taken."""
        self._skipped[replace(skip, url=storable(skip.url)[:MAX_URL])] += 1
        self.counts.skipped[skip.reason] += 1

    def flush(self) -> None:
        """Store everything taken so far, in one transaction."""
        threads, skips = self._threads, self._skipped
        if threads or skips:
            with self._engine.begin() as connection:
                batch = _Batch(connection, threads)
                batch.write()
                upsert(connection, skipped, [_skip_row(self._run, skip, count) for skip, count in skips.items()])
            self._count(batch)
        self._threads, self._waiting, self._skipped = [], 0, Counter()
        self._flushed_at = time.monotonic()

    def _count(self, batch: _Batch) -> None:
        self.counts.posts += len(batch.posts)
        self.counts.comments += len(batch.comments)
        self.counts.new_posts += len(batch.posts.keys() - batch.known_posts.keys())
        self.counts.new_comments += len(batch.comments.keys() - batch.known_comments.keys())


def _skip_row(run: int, skip: Skipped, count: int) -> Row:
    return {"run": run, "reason": skip.reason, "url": skip.url, "rule": skip.rule, "count": count}


@dataclass(frozen=True, slots=True)
class Reported:
    """What the sources say of the number of comments under a post."""

    number: int | None
    with_pings: bool        # the number counts pingbacks and trackbacks, too
    elsewhere: str


def _reported(one: Post, known: Reported | None) -> Reported:
    """What this sight of the post says, else what an earlier one said."""
    number, with_pings = one.comments_reported, one.pings_reported is not None
    if number is None and known:
        number, with_pings = known.number, known.with_pings
    return Reported(number, with_pings, one.comments_elsewhere or (known.elsewhere if known else ""))


class _Batch:
    """One transaction's worth of threads, and what the database already knows of them."""

    def __init__(self, connection: Connection, threads: Sequence[Thread]) -> None:
        self.posts: dict[str, Post] = {}
        self.comments: dict[str, Comment] = {}
        for thread in threads:
            self._take(thread)
        self._connection = connection
        self.known_posts = self._find_posts()
        self.known_comments = self._find_comments()

    def _take(self, thread: Thread) -> None:
        before = self.posts.get(thread.post.key)
        self.posts[thread.post.key] = _completed(before, thread.post) if before else thread.post
        for one in thread.comments:
            if one.text or one.key not in self.comments:
                self.comments[one.key] = one

    def _find_posts(self) -> dict[str, Reported]:
        c = post.c
        wanted = select(c.key, c.comments_reported, c.pings_reported, c.comments_elsewhere)
        return {
            row.key: Reported(row.comments_reported, row.pings_reported is not None, row.comments_elsewhere)
            for keys in in_batches(self.posts, 500)
            for row in self._connection.execute(wanted.where(c.key.in_(keys)))
        }

    def _find_comments(self) -> dict[str, tuple[str, Place]]:
        """Key -> (post key, place) of the comments that these posts already have."""
        if not self.known_posts:
            return {}
        c = comment.c
        wanted = select(c.post_key, c.key, c.reply_to, c.page, c.place, c.kind, c.depth, c.published)
        found = {}
        for keys in in_batches(sorted(self.known_posts), 500):
            for row in self._connection.execute(wanted.where(c.post_key.in_(keys))):
                found[row.key] = (row.post_key, _known_place(row))
        return found

    def write(self) -> None:
        """Posts first, then comments, then the links of both."""
        now = datetime.now(UTC)
        stamp = stamp_for(self._connection.dialect.name)
        settled = {key: settle(places) for key, places in self._places().items()}
        upsert(self._connection, post, [self._post_row(one, settled[key], stamp, now) for key, one in self.posts.items()])
        upsert(self._connection, comment, [_placed_row(one, settled[one.post_key], stamp, now) for one in self.comments.values()])
        self._move_neighbors(settled)
        self._write_links()

    def _places(self) -> dict[str, list[Place]]:
        places: dict[str, list[Place]] = {key: [] for key in self.posts}
        for key, (post_key, place) in self.known_comments.items():
            if key not in self.comments:
                places[post_key].append(place)
        for one in self.comments.values():
            _post_key, known = self.known_comments.get(one.key, ("", None))
            places[one.post_key].append(_place(one, known))
        return places

    def _post_row(self, one: Post, thread: Settled, stamp: Stamp, now: datetime) -> Row:
        row = post_row(one, stamp, now)
        reported = _reported(one, self.known_posts.get(one.key))
        pings = thread.pings_stored if reported.with_pings else None
        number = None if reported.number is None else reported.number - (pings or 0)
        state, reason = completeness(number, thread.comments_stored, reported.elsewhere)
        row.update(
            pings_reported=pings,
            threading=thread.threading,
            comments_stored=thread.comments_stored,
            completeness=state,
            completeness_reason=reason,
            inferred_at=None,
        )
        return row

    def _move_neighbors(self, settled: dict[str, Settled]) -> None:
        """Comments that were there already may have got another seat."""
        moved = [
            {"moved": key, **_seat(settled[post_key], key)}
            for key, (post_key, _place) in self.known_comments.items()
            if key not in self.comments
        ]
        if moved:
            changes: dict[str, Any] = {name: bindparam(name) for name in ("position", "depth", "reply_note")}
            self._connection.execute(update(comment).where(comment.c.key == bindparam("moved")).values(changes), moved)

    def _write_links(self) -> None:
        """The links of a text stand and fall with it; a sight without text leaves them."""
        items: list[Item] = [one for one in self.posts.values() if one.text]
        items += [one for one in self.comments.values() if one.text]
        known = [one.key for one in items if one.key in self.known_posts or one.key in self.known_comments]
        for keys in in_batches(known, 500):
            self._connection.execute(delete(links).where(links.c.item_key.in_(keys)))
        upsert(self._connection, links, [row for one in items if one.links for row in link_rows(one.key, one.links)])


def _known_place(row: DatabaseRow[*tuple[Any, ...]]) -> Place:
    return Place(row.key, row.reply_to, row.page, row.place, row.kind != "comment", row.depth, row.published)


def _place(one: Comment, known: Place | None) -> Place:
    """Where a comment stands after this sight of it: a feed does not move what a page has shown."""
    seen = one if one.place or known is None else known
    return Place(
        key=one.key,
        reply_to=one.reply_to or (known.reply_to if known else None),
        page=seen.page,
        place=seen.place,
        is_ping=one.kind != "comment",
        depth=seen.depth,
        published=one.published or (known.published if known else None),
    )


def _placed_row(one: Comment, thread: Settled, stamp: Stamp, now: datetime) -> Row:
    return {**comment_row(one, stamp, now), **_seat(thread, one.key)}


def _seat(thread: Settled, key: str) -> Row:
    seat = thread.seats[key]
    return {"position": seat.position, "depth": seat.depth, "reply_note": seat.note}


def _completed(before: Post, after: Post) -> Post:
    """The later sight of a post, with what only the earlier one knew."""
    missing = {
        one.name: getattr(before, one.name) for one in fields(Post)
        if getattr(after, one.name) in ("", None, ()) or (one.name in OF_THE_TEXT and before.text and not after.text)
    }
    return replace(after, **missing)


def store(engine: Engine, run: int, threads: Iterable[Thread]) -> Counts:
    """Store cleaned threads and say what came of it."""
    with Writer(engine, run) as writer:
        for thread in threads:
            writer.add(thread)
    return writer.counts
