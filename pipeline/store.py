"""The Writer: cleaned threads in, rows out, in batches. A post and the comments that came with it go in together;
storing the same thing twice changes nothing.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from operator import itemgetter
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, update
from sqlalchemy.exc import SQLAlchemyError

from pipeline import addresses, revisions, runs, turns
from pipeline.addresses import Address, Visit
from pipeline.flow import in_batches
from pipeline.known import KnownText, Reported, find_comments, find_posts, place_of, reported
from pipeline.rows import Row, Stamp, comment_row, link_rows, post_row, stamp_for
from pipeline.taken import Taken
from pipeline.threads import Place, Settled, completeness, settle
from pipeline.upsert import OF_THE_TEXT, upsert
from schema.items import Comment, Item, Post, Skipped, Thread
from schema.tables import comment, links, post, skipped

FLUSH_AFTER = 2.0       # seconds: what a crash could cost at most, beside the batch


@dataclass(slots=True)
class Counts:
    """What a Writer has stored so far."""

    posts: int = 0
    comments: int = 0
    new_posts: int = 0
    new_comments: int = 0
    edited: int = 0         # texts that have an earlier version by it
    vanished: int = 0       # comments that are no longer where they were
    skipped: Counter[str] = field(default_factory=Counter)


class Writer:
    """Stores threads of one run. Use it as a context manager: leaving it flushes what is left, unless the database failed."""

    def __init__(self, engine: Engine, run: int, *, batch_size: int = 500) -> None:
        self.counts = Counts()
        self._engine = engine
        self._run = run
        self._batch_size = batch_size
        self._taken = Taken()
        self._flushed_at = time.monotonic()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if not isinstance(error, SQLAlchemyError):
            self.flush()

    def add(self, thread: Thread) -> None:
        """Take a cleaned thread; it is stored when a batch is full or a moment has passed."""
        self._taken.add(thread)
        self._flush_if_due()

    def add_visit(self, threads: Iterable[Thread], skips: Iterable[Skipped], visit: Visit, found: Iterable[Address]) -> None:
        """Take all that one answer gave, what became of its address, and the addresses found on it: stored together or not at all."""
        for thread in threads:
            self._taken.add(thread)
        for one in skips:
            self.skip(one)
        self._taken.visits.append(visit)
        self._taken.found.extend(found)
        self._flush_if_due()

    def skip(self, skip: Skipped) -> None:
        """Count something that was deliberately not taken."""
        self._taken.skip([skip])
        self.counts.skipped[skip.reason] += 1

    def _flush_if_due(self) -> None:
        if self._taken.size >= self._batch_size or time.monotonic() - self._flushed_at > FLUSH_AFTER:
            self.flush()

    def flush(self) -> None:
        """Store everything taken so far, in one transaction."""
        if not self._taken.is_empty:
            taken = self._taken
            self.counts = turns.write(self._engine, lambda connection: self._write(connection, taken), taken.names)
        self._taken = Taken()
        self._flushed_at = time.monotonic()

    def _write(self, connection: Connection, taken: Taken) -> Counts:
        batches = []
        for threads in taken.parts:
            batches.append(batch := _Batch(connection, threads))
            batch.write()
        upsert(connection, skipped, sorted((_skip_row(self._run, skip, count) for skip, count in taken.skipped.items()), key=_skip_key))
        addresses.note_found(connection, self._run, taken.found)
        addresses.note_visits(connection, self._run, taken.visits)
        counts = _counted(self.counts, batches)
        runs.note_so_far(connection, self._run, {"new_posts": counts.new_posts, "new_comments": counts.new_comments, "edited": counts.edited})
        return counts


def _counted(before: Counts, batches: Sequence[_Batch]) -> Counts:
    return replace(
        before,
        posts=before.posts + sum(len(batch.posts) for batch in batches),
        comments=before.comments + sum(len(batch.comments) for batch in batches),
        edited=before.edited + sum(batch.edited for batch in batches),
        new_posts=before.new_posts + sum(len(batch.posts.keys() - batch.known_posts.keys()) for batch in batches),
        new_comments=before.new_comments + sum(len(batch.comments.keys() - batch.known_comments.keys()) for batch in batches),
    )


def _skip_row(run: int, skip: Skipped, count: int) -> Row:
    return {"run": run, "reason": skip.reason, "url": skip.url, "rule": skip.rule, "count": count}


def _skip_key(row: Row) -> tuple[str, ...]:
    return str(row["reason"]), str(row["url"]), str(row["rule"])


class _Batch:
    """One transaction's worth of threads, and what the database already knows of them."""

    def __init__(self, connection: Connection, threads: Sequence[Thread]) -> None:
        self.posts: dict[str, Post] = {}
        self.comments: dict[str, Comment] = {}
        for thread in threads:
            self._take(thread)
        # Always the same order: two that write at once must not wait for each other.
        self.posts, self.comments = dict(sorted(self.posts.items())), dict(sorted(self.comments.items()))
        self.edited = 0
        self._connection = connection
        self.known_texts: dict[str, KnownText] = {}
        self.known_posts = self._find_posts()
        self.known_comments = dict(find_comments(connection, self.known_posts))

    def _take(self, thread: Thread) -> None:
        before = self.posts.get(thread.post.key)
        self.posts[thread.post.key] = _completed(before, thread.post) if before else thread.post
        for one in thread.comments:
            if one.text or one.key not in self.comments:
                self.comments[one.key] = one

    def _find_posts(self) -> dict[str, Reported]:
        found = {}
        for key, said, text in find_posts(self._connection, self.posts):
            found[key], self.known_texts[key] = said, text
        return found

    def write(self) -> None:
        """Posts first, then comments, then the links of both."""
        now = datetime.now(UTC)
        stamp = stamp_for(self._connection.dialect.name)
        settled = {key: settle(places) for key, places in self._places().items()}
        self.edited = revisions.keep(self._connection, list(self._unlike()), now)
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
            places[one.post_key].append(place_of(one, self.known_comments.get(one.key)))
        return places

    def _post_row(self, one: Post, thread: Settled, stamp: Stamp, now: datetime) -> Row:
        row = post_row(one, stamp, now)
        said = reported(one, self.known_posts.get(one.key), self.known_texts.get(one.key))
        pings = thread.pings_stored if said.with_pings else None
        number = None if said.number is None else said.number - (pings or 0)
        state, reason = completeness(number, thread.comments_stored, said.elsewhere)
        row.update(
            comments_reported=said.number,
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
            for key, known in sorted(self.known_comments.items(), key=itemgetter(0))
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
        text = self._text_of(one)
        return text is None or text.gives_way_to(one)

    def _unlike(self) -> Iterator[Item]:
        """What tells something else than before: perhaps an edit."""
        seen: list[Item] = [*self.posts.values(), *self.comments.values()]
        for one in seen:
            if (text := self._text_of(one)) and text.is_unlike(one):
                yield one

    def _text_of(self, one: Item) -> KnownText | None:
        known = self.known_comments.get(one.key)
        return known.text if known else self.known_texts.get(one.key)


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
