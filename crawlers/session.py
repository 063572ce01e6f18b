"""One run that stores: what was read is cleaned and written, and the run's row says how it ended. For every door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import func, select

from crawlers.reading import Reading
from pipeline import runs
from pipeline.clean import clean
from pipeline.edges import infer_edges
from pipeline.store import Counts, Writer
from schema import database
from schema.items import Skipped
from schema.tables import comment, post


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run has seen."""

    posts: int
    comments: int
    incomplete: int     # threads that lack comments which the blog says it has


class Session:
    """Opens the database and starts a run; `close` ends both. What was taken is stored within seconds."""

    def __init__(self, url: str, command: str, settings: Mapping[str, object]) -> None:
        self._url = database.parse_url(url)
        self.engine = database.open_database(url, create=True)
        self.started = datetime.now(UTC)
        with database.understandable(self._url):
            self.run = runs.start(self.engine, command, settings)
        self._writer = Writer(self.engine, self.run)
        self._posts: set[str] = set()
        self.outcome: runs.Outcome = "running"

    @property
    def counts(self) -> Counts:
        """What has been stored so far."""
        return self._writer.counts

    @property
    def posts(self) -> int:
        """How many different posts were taken: one with several comment pages comes several times."""
        return len(self._posts)

    def take(self, reading: Reading) -> None:
        """Clean and store the threads of a page; count what was left out."""
        page = reading.page if reading.page.origin else replace(reading.page, origin=f"run {self.run}")
        with database.understandable(self._url):
            for thread in reading.threads:
                cleaned = clean(thread, page)
                if cleaned.thread:
                    self._posts.add(cleaned.thread.post.key)
                    self._writer.add(cleaned.thread)
                for skipped in cleaned.skipped:
                    self._writer.skip(skipped)
            for skipped in reading.skipped:
                self._writer.skip(skipped)

    def skip(self, skipped: Skipped) -> None:
        """Count something that was not taken."""
        self._writer.skip(skipped)

    def close(self, outcome: runs.Outcome, **more: object) -> None:
        """Store what is left and note how the run ended; once."""
        if self.outcome != "running":
            return
        self.outcome = outcome
        with database.understandable(self._url):
            self._writer.flush()
            infer_edges(self.engine)
            counts, seen = self.counts, self.seen()
            runs.finish(self.engine, self.run, outcome, {
                "posts": seen.posts,
                "comments": seen.comments,
                "new_posts": counts.new_posts,
                "new_comments": counts.new_comments,
                "skipped": dict(counts.skipped),
                **more,
            })

    def seen(self) -> Seen:
        """What this run has seen, each post and comment counted once however many pages it stood on."""
        lacking = post.c.completeness.in_(("partial", "none"))
        posts, comments = post.c.last_seen >= self.started, comment.c.last_seen >= self.started
        with self.engine.connect() as connection:
            return Seen(*(
                int(connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one())
                for table, conditions in ((post, (posts,)), (comment, (comments,)), (post, (posts, lacking)))
            ))
