"""What coming back tells: when to come again, who is seen once more, and who is missing. For a crawl and for the replay of its archive."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Connection, Engine

from crawlers.reading import Reading
from crawlers.rereading import Rereading
from crawlers.reservations import REASONS
from crawlers.targets import name_of
from crawlers.visits import ATTEMPTS, Visited, next_visit
from pipeline import addresses, revisits, turns, vanished
from pipeline.addresses import Recalled, Validators
from pipeline.revisits import Life
from pipeline.vanished import ThreadReading
from schema import keys
from schema.items import Item, Thread

GONE = (404, 410)
AT_ONCE = 100       # threads whose news is written in one transaction


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that was learnt of a thread, and how it is written; gives the number of comments that are gone by it."""

    at: datetime
    post_key: str
    tell: Callable[[Connection], int]


class Returning:
    """Belongs to a session; what it learns is written by `settle`, after the rows that it is about."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rereading = Rereading()
        self._events: list[_Event] = []
        self._held: dict[str, list[Validators]] = {}        # of pages whose threads are not finished, by post key
        self._posts_at: dict[str, str] = {}         # keys of posts by the name of the page that showed them

    def visited(self, visit: Visited, threads: Sequence[Thread]) -> Visited:
        """Take note of a visit; the same visit, with the moment of the next one."""
        at = visit.fetched_at or datetime.now(UTC)
        recalled = self._recall(visit) if visit.target.is_again else None
        if visit.is_unchanged:
            visit = replace(visit, post_key=recalled.post_key if recalled else "")
            self._unchanged(visit.target.name, visit.post_key, at)
        elif visit.state == "done":
            visit = self._read(_without_validators(visit) if _is_reserved(visit) else visit, threads)
        else:
            self._held.pop(self._rereading.failed(visit.target.name), None)
            return self._failed(visit, recalled, at)
        return replace(visit, next_visit=self._next(visit, threads, at)) if visit.target.kind in ("post", "comments") and visit.state == "done" else visit

    def taken(self, reading: Reading, threads: Sequence[Thread], listed: Mapping[str, int]) -> None:
        """A page of an archive was read; `listed` has the numbers of comments that feeds and lists state, by post key."""
        name = _name(reading.page.url)
        if len(threads) == 1:
            self._posts_at[name] = threads[0].post.key
        if reading.page.status in GONE:
            self._note(reading.page.fetched_at, vanished.page_gone, self._posts_at.get(name) or keys.post_key(reading.page.url))
            self._rereading.failed(name)
            return
        self._rereading.read(name, reading, threads, listed=listed.get(threads[0].post.key) if threads else None)
        self._note_readings()

    def unchanged(self, url: str, at: datetime) -> None:
        """An archive says that a page had not changed."""
        name = _name(url)
        self._unchanged(name, self._posts_at.get(name) or keys.post_key(url), at)

    @property
    def is_due(self) -> bool:
        """Whether there is enough to be written."""
        return len(self._events) >= AT_ONCE

    def settle(self) -> int:
        """Write what was learnt, in the order in which it happened; how many comments are gone by that. The rows of what was read must be there."""
        number = turns.write(self._engine, self._tell) if self._events else 0
        self._events = []
        return number

    def _tell(self, connection: Connection) -> int:
        return sum(event.tell(connection) for event in sorted(self._events, key=lambda event: (event.at, event.post_key)))

    def _note(self, at: datetime, what: Callable[[Connection, str, datetime], int], post_key: str) -> None:
        if post_key:
            self._events.append(_Event(at, post_key, lambda connection: what(connection, post_key, at)))

    def _note_readings(self) -> None:
        for one in self._rereading.finished():
            if held := self._held.pop(one.post_key, []):
                self._events.append(_Event(one.at, one.post_key, partial(addresses.keep_validators, validators=held)))
            if one.reading:
                self._events.append(_Event(one.at, one.post_key, partial(vanished.judge, reading=one.reading)))

    def _read(self, visit: Visited, threads: Sequence[Thread]) -> Visited:
        """Without validators as long as the thread is not finished: a run that is killed before leaves nothing that would be answered
        with a 304, so that the next one reads the whole thread, and sees who is missing.
        """
        target, key = visit.target, ""
        for given in visit.gave:
            if isinstance(given, Reading) and target.kind in ("post", "start", "comments"):
                key = self._rereading.read(
                    target.name, given, threads, begins=target.is_again and target.kind != "comments", listed=target.comments_stated,
                ) or key
        if key:
            held = Validators(visit.blog, target.name, visit.etag, visit.last_modified, visit.content_hash)
            self._held[key] = [*(self._held.get(key, []) if target.kind == "comments" else []), held]
            visit = _without_validators(visit)
        elif target.kind == "comments" and target.is_again:
            self._suspect(threads, visit.fetched_at or datetime.now(UTC))
        self._note_readings()
        return visit

    def _suspect(self, threads: Sequence[Thread], at: datetime) -> None:
        """A comment page that was read without its post, whose page had not changed or was not due: who left it can only be told by all pages."""
        for thread in threads:
            pages = {one.page for one in thread.comments if one.place}
            if len(pages) == 1:
                reading = ThreadReading(thread.post.key, at, frozenset(one.key for one in thread.comments))
                self._events.append(_Event(at, thread.post.key, partial(vanished.suspect, reading=reading, page=pages.pop())))

    def _unchanged(self, name: str, post_key: str, at: datetime) -> None:
        self._rereading.unchanged(name, at)
        self._note_readings()
        self._note(at, vanished.seen_again, post_key)

    def _recall(self, visit: Visited) -> Recalled | None:
        return turns.read(self._engine, lambda connection: addresses.recall(connection, visit.blog, visit.target.name))

    def _failed(self, visit: Visited, recalled: Recalled | None, at: datetime) -> Visited:
        """A post, or a further page of its comments, that was there and is gone is looked for again for a month, a day after the first time, then ever more seldom."""
        attempts = recalled.attempts if recalled else 0
        if visit.target.kind in ("post", "comments") and recalled and recalled.changed_at and visit.status in GONE:
            if visit.target.kind == "post":
                self._note(at, vanished.page_gone, recalled.post_key)
            again = at + vanished.GONE_FOR * 2**attempts if attempts < ATTEMPTS else None
            return replace(visit, state="failed", next_visit=again)
        return replace(visit, next_visit=next_visit(visit.target, visit.state, attempts, at)) if visit.state == "failed" else visit

    def _next(self, visit: Visited, threads: Sequence[Thread], at: datetime) -> datetime | None:
        """From what was just read, and from what is stored, if the post was known. Where there is nothing to read, hardly ever."""
        known = None
        if visit.target.is_again and visit.post_key:
            known = turns.read(self._engine, lambda connection: revisits.life_of(connection, visit.post_key, at))
        return revisits.next_visit(at, _life(threads, known, at)) if threads or known else at + revisits.LATEST


def _without_validators(visit: Visited) -> Visited:
    return replace(visit, etag="", last_modified="", content_hash="")


def _is_reserved(visit: Visited) -> bool:
    """Whether something was left for what its page reserves: should the project decide otherwise, it must be there to be read."""
    skipped = (one for given in visit.gave if isinstance(given, Reading) for one in given.skipped)
    return any(one.reason in REASONS for one in skipped)


def _life(threads: Sequence[Thread], known: Life | None, at: datetime) -> Life:
    items: list[Item] = [*(thread.post for thread in threads), *(one for thread in threads for one in thread.comments)]
    events = [one.published for one in items if one.published and one.published <= at]
    if known and known.last_event:
        events.append(known.last_event)
    return Life(max(events, default=None), any(thread.post.comments_closed for thread in threads) or bool(known and known.is_closed))


def _name(url: str) -> str:
    return name_of(url, "comments")
