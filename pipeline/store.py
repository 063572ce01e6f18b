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
from pipeline.upsert import OF_THE_TEXT, REPLY_HOW, VIA, upsert
from schema.items import Comment, Item, Post, ReplyHow, Skipped, Thread, Via
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
        self._ways: dict[str, Via] = {}         # how the posts among them came
        self._waiting = 0
        self._skipped: Counter[Skipped] = Counter()
        self._flushed_at = time.monotonic()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if not isinstance(error, SQLAlchemyError):
            self.flush()

    def add(self, thread: Thread) -> None:
        """Take a cleaned thread; it is stored when a batch is full or a moment has passed.

        What came in another way is a statement of its own: the database knows which of two values is the better one.
        """
        if self._ways.setdefault(thread.post.key, thread.post.via) != thread.post.via:
            self.flush()
            self._ways[thread.post.key] = thread.post.via
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
        self._threads, self._ways, self._waiting, self._skipped = [], {}, 0, Counter()
        self._flushed_at = time.monotonic()

    def _count(self, batch: _Batch) -> None:
        self.counts.posts += len(batch.posts)
        self.counts.comments += len(batch.comments)
        self.counts.new_posts += len(batch.posts.keys() - batch.known_posts.keys())
        self.counts.new_comments += len(batch.comments.keys() - batch.known_comments.keys())


def _skip_row(run: int, skip: Skipped, count: int) -> Row:
    return {"run": run, "reason": skip.reason, "url": skip.url, "rule": skip.rule, "count": count}


@dataclass(frozen=True, slots=True)
class KnownText:
    """Whether an item has a text, and the way it came."""

    via: Via
    is_there: bool

    def gives_way_to(self, one: Item) -> bool:
        """As the upsert has it."""
        return not self.is_there or VIA.index(one.via) >= VIA.index(self.via)


@dataclass(frozen=True, slots=True)
class Known:
    """A comment that the database has already."""

    post_key: str
    place: Place
    reply_to_how: ReplyHow | None
    text: KnownText


@dataclass(frozen=True, slots=True)
class Reported:
    """What the sources say of the number of comments under a post."""

    number: int | None
    with_pings: bool        # the number counts pingbacks and trackbacks, too
    elsewhere: str


def _reported(one: Post, known: Reported | None, text: KnownText | None) -> Reported:
    """What this sight of the post says, else what an earlier one said; a feed's number does not contest that of the page.

    That of the service which has the comments does: a page may print a "0 comments" of its own above those of Disqus.
    """
    number, with_pings = one.comments_reported, one.pings_reported is not None
    is_better = text is None or VIA.index(one.via) >= VIA.index(text.via)
    is_of_the_service = one.via == "api" and bool(one.comments_elsewhere)
    if known and known.number is not None and (number is None or not (one.via == "page" or is_of_the_service)):
        number, with_pings = known.number, known.with_pings
    return Reported(number, with_pings, one.comments_elsewhere if known is None or is_better or not known.elsewhere else known.elsewhere)


class _Batch:
    """One transaction's worth of threads, and what the database already knows of them."""

    def __init__(self, connection: Connection, threads: Sequence[Thread]) -> None:
        self.posts: dict[str, Post] = {}
        self.comments: dict[str, Comment] = {}
        for thread in threads:
            self._take(thread)
        self._connection = connection
        self.known_texts: dict[str, KnownText] = {}
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
        wanted = select(c.key, c.comments_reported, c.pings_reported, c.comments_elsewhere, c.via, (c.text != "").label("has_text"))
        found = {}
        for keys in in_batches(self.posts, 500):
            for row in self._connection.execute(wanted.where(c.key.in_(keys))):
                found[row.key] = Reported(row.comments_reported, row.pings_reported is not None, row.comments_elsewhere)
                self.known_texts[row.key] = KnownText(row.via, row.has_text)
        return found

    def _find_comments(self) -> dict[str, Known]:
        """By key, the comments that these posts already have."""
        if not self.known_posts:
            return {}
        c = comment.c
        wanted = select(
            c.post_key, c.key, c.reply_to, c.reply_to_how, c.page, c.place, c.kind, c.depth, c.published, c.via, (c.text != "").label("has_text"),
        )
        found = {}
        for keys in in_batches(sorted(self.known_posts), 500):
            for row in self._connection.execute(wanted.where(c.post_key.in_(keys))):
                found[row.key] = Known(row.post_key, _known_place(row), row.reply_to_how, KnownText(row.via, row.has_text))
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
        for key, known in self.known_comments.items():
            if key not in self.comments:
                places[known.post_key].append(known.place)
        for one in self.comments.values():
            places[one.post_key].append(_place(one, self.known_comments.get(one.key)))
        return places

    def _post_row(self, one: Post, thread: Settled, stamp: Stamp, now: datetime) -> Row:
        row = post_row(one, stamp, now)
        reported = _reported(one, self.known_posts.get(one.key), self.known_texts.get(one.key))
        pings = thread.pings_stored if reported.with_pings else None
        number = None if reported.number is None else reported.number - (pings or 0)
        state, reason = completeness(number, thread.comments_stored, reported.elsewhere)
        row.update(
            comments_reported=reported.number,
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
            {"moved": key, **_seat(settled[known.post_key], key)}
            for key, known in self.known_comments.items()
            if key not in self.comments
        ]
        if moved:
            changes: dict[str, Any] = {name: bindparam(name) for name in ("position", "depth", "reply_note")}
            self._connection.execute(update(comment).where(comment.c.key == bindparam("moved")).values(changes), moved)

    def _write_links(self) -> None:
        """The links of a text stand and fall with it; a sight without text leaves them."""
        seen: list[Item] = [*self.posts.values(), *self.comments.values()]
        items = [one for one in seen if one.text and self._is_taken(one)]
        known = [one.key for one in items if one.key in self.known_posts or one.key in self.known_comments]
        for keys in in_batches(known, 500):
            self._connection.execute(delete(links).where(links.c.item_key.in_(keys)))
        upsert(self._connection, links, [row for one in items if one.links for row in link_rows(one.key, one.links)])

    def _is_taken(self, one: Item) -> bool:
        """Whether the text of this sight is the one that is stored."""
        known = self.known_comments.get(one.key)
        text = known.text if known else self.known_texts.get(one.key)
        return text is None or text.gives_way_to(one)


def _known_place(row: DatabaseRow[*tuple[Any, ...]]) -> Place:
    return Place(row.key, row.reply_to, row.page, row.place, row.kind != "comment", row.depth, row.published)


def _place(one: Comment, known: Known | None) -> Place:
    """Where a comment stands after this sight of it: a feed does not move what a page has shown."""
    if known is None:
        return Place(one.key, one.reply_to, one.page, one.place, one.kind != "comment", one.depth, one.published)
    seen, before = one if one.place else known.place, known.place
    return Place(
        key=one.key,
        reply_to=one.reply_to if _knows_reply(one, known) else before.reply_to,
        page=seen.page,
        place=seen.place,
        is_ping=one.kind != "comment" if VIA.index(one.via) >= VIA.index(known.text.via) else before.is_ping,
        depth=seen.depth,
        published=one.published or before.published,
    )


def _knows_reply(one: Comment, known: Known) -> bool:
    if one.reply_to is None or known.reply_to_how is None:
        return one.reply_to is not None
    return one.reply_to_how is None or REPLY_HOW.index(one.reply_to_how) >= REPLY_HOW.index(known.reply_to_how)


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
