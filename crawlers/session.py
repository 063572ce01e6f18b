"""One run that stores: what was read is cleaned and written, and the run's row says how it ended. For every door."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Connection, Engine, func, select

from crawlers.failures import HANGS
from crawlers.reading import Reading
from crawlers.returning import Returning
from crawlers.targets import REVISIT, Target, row_of
from crawlers.visits import Visited
from pipeline import addresses, audit, holdings, runs, turns
from pipeline.addresses import Address, Known, Recalled, Visit
from pipeline.clean import clean
from pipeline.edges import infer_edges
from pipeline.flow import in_batches
from pipeline.gaps import Gaps, gaps
from pipeline.store import Counts, Writer
from schema import database
from schema.items import Skipped, Thread
from schema.keys import post_key
from schema.tables import comment, post

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run has seen: the posts, and what their threads hold in the database."""

    posts: int
    comments: int
    incomplete: int     # threads that lack comments which the blog says it has
    pings: int = 0      # pingbacks and trackbacks, which are not among the comments


class Session:
    """Opens the database and starts a run; `close` ends both. What was taken is stored within seconds."""

    def __init__(self, url: str, command: str, settings: Mapping[str, object]) -> None:
        self._url = database.parse_url(url)
        self._engine = database.open_database(url, create=True)
        with database.understandable(self._url):
            self.run = runs.start(self._engine, command, settings)
        self._writer = Writer(self._engine, self.run)
        self._returning = Returning(self._engine)
        self._posts: set[str] = set()
        self._comments: set[int] = set()        # hashes of their keys: a crawl may meet millions
        self._numbers: dict[str, int] = {}      # of comments, by post key, as feeds and lists state them
        self._blogs: set[str] = set()           # whose addresses are rows
        self._heard: set[str] = set()           # blogs of which something answered
        self.seen = Seen(0, 0, 0)       # known when the session is closed
        self.outcome: runs.Outcome = "running"

    @property
    def where(self) -> str:
        """The database, without secrets."""
        return database.shown(self._url)

    @property
    def engine(self) -> Engine:
        """The database, for what is remembered beside posts and comments."""
        return self._engine

    @property
    def counts(self) -> Counts:
        """What has been stored so far."""
        return self._writer.counts

    @property
    def posts(self) -> int:
        """How many different posts were taken: one with several comment pages comes several times."""
        return len(self._posts)

    @property
    def comments(self) -> int:
        """How many different comments were taken, pings not among them: a page and a feed may both bring one."""
        return len(self._comments)

    def take(self, reading: Reading) -> None:
        """Clean and store the threads of a page; count what was left out."""
        with database.understandable(self._url):
            threads, skips = self._cleaned(reading)
            for thread in threads:
                self._writer.add(thread)
            for one in skips:
                self._writer.skip(one)
            self._returning.taken(reading, threads, self._numbers)
            self._settle(only_if_due=True)

    def _cleaned(self, reading: Reading) -> tuple[list[Thread], list[Skipped]]:
        page = reading.page if reading.page.origin else replace(reading.page, origin=f"run {self.run}")
        threads, skips = [], list(reading.skipped)
        for thread in reading.threads:
            cleaned = clean(thread, page)
            skips += cleaned.skipped
            if cleaned.thread:
                threads.append(cleaned.thread)
                self._posts.add(cleaned.thread.post.key)
                self._comments.update(hash(one.key) for one in cleaned.thread.comments if one.kind == "comment")
        for link in reading.links if not self._blogs else ():       # a crawl has rows for that
            if link.kind == "post" and link.comments_reported is not None:
                self._numbers[post_key(link.url)] = link.comments_reported
        return threads, skips

    def begin(self, blog: str) -> None:
        """From here on the addresses of this blog are rows; those that are due wait again."""
        self._blogs.add(blog)
        with database.understandable(self._url):
            turns.write(self._engine, lambda connection: addresses.make_due(connection, blog, datetime.now(UTC), REVISIT), [blog])

    def holds(self, blog: str) -> bool:
        """Whether posts of this blog are stored."""
        return self._ask(lambda connection: holdings.has_posts(connection, blog))

    def known(self, blog: str) -> Iterator[Known]:
        """All addresses of a blog that earlier runs, or this one, have stored."""
        with database.understandable(self._url), self._engine.connect() as connection:
            yield from addresses.known(connection, blog)

    def waiting(self, blog: str, *, posts: bool, after: tuple[int, int], most: int) -> list[Address]:
        """The best of what waits behind that rank and number."""
        self.flush()
        return self._ask(lambda connection: addresses.waiting(connection, blog, posts=posts, after=after, most=most))

    def recall(self, blog: str, name: str) -> Recalled | None:
        """What the last visit of an address left behind: its ETag, for one."""
        return self._ask(lambda connection: addresses.recall(connection, blog, name))

    def is_post(self, blog: str) -> bool:
        """Whether an earlier run has found that the start address is that of a post."""
        return self._ask(lambda connection: addresses.is_post(connection, blog))

    def served_apart(self, blog: str, name: str) -> list[Address]:
        """Where the comments of the post at that address are kept, if that is not in its page."""
        return self._ask(lambda connection: addresses.served_apart(connection, blog, name))

    def gaps(self, post_key: str) -> Gaps | None:
        """What a thread leaves open, with everything that was taken so far; None for a post that is not stored."""
        self.flush()
        return self._ask(lambda connection: gaps(connection, post_key))

    def flush(self) -> None:
        """Store what was taken so far."""
        with database.understandable(self._url):
            self._writer.flush()

    def _ask(self, question: Callable[[Connection], T]) -> T:
        with database.understandable(self._url):
            return turns.read(self._engine, question)

    def visited(self, visit: Visited) -> None:
        """Store what an answer gave, what became of its address, and what was found there, in one transaction."""
        threads: list[Thread] = []
        skips: list[Skipped] = []
        with database.understandable(self._url):
            for given in visit.gave:
                more = self._cleaned(given) if isinstance(given, Reading) else ([], [given])
                threads += more[0]
                skips += more[1]
            if visit.state == "done":
                self._heard.add(visit.blog)
            visit = self._returning.visited(visit, threads)
            self._writer.add_visit(threads, skips, _visit(visit), [row_of(target, visit.blog) for target in visit.found])
            self._settle(only_if_due=True)

    def unchanged(self, url: str, at: datetime) -> None:
        """An archived page had not changed since it was last kept."""
        self._returning.unchanged(url, at)

    def home(self, blog: str) -> str:
        """The host of the posts that earlier runs have stored of this blog; "" for none."""
        return self._ask(lambda connection: addresses.home(connection, blog))

    def _settle(self, *, only_if_due: bool = False) -> None:
        if self._returning.is_due or not only_if_due:
            self._writer.flush()
            self.counts.vanished += self._returning.settle()

    def skip(self, skipped: Skipped) -> None:
        """Count something that was not taken."""
        self._writer.skip(skipped)

    def close(self, outcome: runs.Outcome, *, in_a_hurry: bool = False, **more: object) -> None:
        """Store what is left, note how the run ended, and let the database go; once. In a hurry, conclusions are left to the next run."""
        if self.outcome != "running":
            return
        self.outcome = outcome
        try:
            with database.understandable(self._url):
                self._settle()
                turns.patiently(self._engine, lambda: self._conclude(outcome, more, in_a_hurry))
        finally:
            self._engine.dispose()

    def _conclude(self, outcome: runs.Outcome, more: Mapping[str, object], in_a_hurry: bool) -> None:
        """What can only be said when all is there. May be repeated."""
        if not in_a_hurry:
            self._audit()
            infer_edges(self._engine)
        self.seen = self._look()
        runs.finish(self._engine, self.run, outcome, {**self._figures(), **more})

    def note_the_end(self, outcome: runs.Outcome, reading: tuple[str, Target] | None = None) -> None:
        """Note how the run ends, where nothing else can be done any more; what is not stored by now is fetched again.

        `reading`: blog and address of the page that is being read and does not come to an end. No later run reads it, unless it is a start address.
        """
        engine = database.engine_for(self._url)
        if reading:
            blog, target = reading
            with engine.begin() as connection:
                addresses.note_found(connection, self.run, [row_of(target, blog)])
                addresses.note_visits(connection, self.run, [Visit(blog, target.name, "refused", datetime.now(UTC), reason=HANGS)])
        runs.finish(engine, self.run, outcome, self._figures())

    def _audit(self) -> None:
        """Numbers that feeds and lists state, and threads some page or source of which could not be had, in this run or before."""
        numbers, blocked = self._numbers, set()
        with self._engine.connect() as connection:
            for blog in sorted(self._blogs):
                numbers |= addresses.stated(connection, blog)
                blocked |= addresses.blocked(connection, blog)
                self._posts |= addresses.posts(connection, blog) if blog in self._heard else set()
        audit.fill_reported(self._engine, numbers)
        audit.note_reasons(self._engine, dict.fromkeys(blocked, "blocked"))

    def _look(self) -> Seen:
        """What the threads of this run hold by now; each comment once, however many pages it stood on."""
        comments = pings = incomplete = 0
        is_comment = comment.c.kind == "comment"
        lacking = post.c.completeness.in_(("partial", "none"))
        with self._engine.connect() as connection:
            for keys in in_batches(sorted(self._posts), 500):
                of_these = select(func.count()).select_from(comment).where(comment.c.post_key.in_(keys))
                comments += connection.execute(of_these.where(is_comment)).scalar_one()
                pings += connection.execute(of_these.where(~is_comment)).scalar_one()
                incomplete += connection.execute(select(func.count()).select_from(post).where(post.c.key.in_(keys), lacking)).scalar_one()
        return Seen(len(self._posts), comments, incomplete, pings)

    def _figures(self) -> dict[str, object]:
        return {
            "posts": self.seen.posts,
            "comments": self.seen.comments,
            "pings": self.seen.pings,
            "new_posts": self.counts.new_posts,
            "new_comments": self.counts.new_comments,
            "edited": self.counts.edited,
            "vanished": self.counts.vanished,
            "skipped": dict(self.counts.skipped),
        }


def _visit(visit: Visited) -> Visit:
    return Visit(
        visit.blog, visit.target.name, visit.state, visit.fetched_at or datetime.now(UTC), visit.status, visit.reason,
        visit.etag, visit.last_modified, visit.content_hash, visit.post_key, visit.next_visit,
    )
