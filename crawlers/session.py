"""One run that stores: what was read is cleaned and written, and the run's row says how it ended. For every door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from crawlers.completing import Lacking
from crawlers.reading import Reading
from pipeline import audit, runs
from pipeline.clean import clean
from pipeline.edges import infer_edges
from pipeline.flow import in_batches
from pipeline.store import Counts, Writer
from schema import database
from schema.items import Skipped
from schema.keys import post_key
from schema.tables import comment, post


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
        self._posts: set[str] = set()
        self._comments: set[int] = set()        # hashes of their keys: a crawl may meet millions
        self._numbers: dict[str, int] = {}      # of comments, by post key, as feeds and lists state them
        self._reasons: dict[str, str] = {}      # why comments could not be had, by post key
        self.seen = Seen(0, 0, 0)       # known when the session is closed
        self.outcome: runs.Outcome = "running"

    @property
    def where(self) -> str:
        """The database, without secrets."""
        return database.shown(self._url)

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
        page = reading.page if reading.page.origin else replace(reading.page, origin=f"run {self.run}")
        with database.understandable(self._url):
            for thread in reading.threads:
                cleaned = clean(thread, page)
                if cleaned.thread:
                    self._posts.add(cleaned.thread.post.key)
                    self._comments.update(hash(one.key) for one in cleaned.thread.comments if one.kind == "comment")
                    self._writer.add(cleaned.thread)
                for skipped in cleaned.skipped:
                    self._writer.skip(skipped)
            for skipped in reading.skipped:
                self._writer.skip(skipped)
        for link in reading.links:
            if link.kind == "post" and link.comments_reported is not None:
                self._numbers[post_key(link.url)] = link.comments_reported

    def skip(self, skipped: Skipped) -> None:
        """Count something that was not taken."""
        self._writer.skip(skipped)

    def lacks(self, lacking: Lacking) -> None:
        """Take note of why comments could not be had; it counts where the thread lacks some."""
        self._reasons[post_key(lacking.post_url)] = lacking.reason

    def close(self, outcome: runs.Outcome, **more: object) -> None:
        """Store what is left, note how the run ended, and let the database go; once."""
        if self.outcome != "running":
            return
        self.outcome = outcome
        try:
            with database.understandable(self._url):
                self._writer.flush()
                audit.fill_reported(self._engine, self._numbers)
                audit.note_reasons(self._engine, self._reasons)
                infer_edges(self._engine)
                self.seen = self._look()
                runs.finish(self._engine, self.run, outcome, {**self._figures(), **more})
        finally:
            self._engine.dispose()

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
            "skipped": dict(self.counts.skipped),
        }
